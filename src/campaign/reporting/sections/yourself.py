"""How to check a group without statistics: what to open, to compare, to look for, and whom to ask."""

from __future__ import annotations

from campaign_analysis.results import Group

from campaign.account_words import standings
from campaign.check_words import HEADING, Step, check_steps
from campaign.reporting.markup import Html, el, stranger
from campaign.reporting.sections import Part
from campaign.reporting.view import View


def yourself(view: View, group: Group) -> Html:
    """The steps, in order."""
    return el("ul", *(_step(step) for step in check_steps(group, standings(group, view.detection.edges))))


def _step(step: Step) -> Html:
    commands = (el("p", stranger(command, "code")) for command in step.commands)
    return el("li", el("b", f"{step.what}. "), stranger(step.how, "span"), *commands)


PART = Part(32, HEADING, yourself)
