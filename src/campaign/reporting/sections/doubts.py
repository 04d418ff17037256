"""What makes a group less certain, and what speaks for and against each innocent explanation."""

from __future__ import annotations

from campaign_analysis.results import Benign, Group

from campaign.benign_words import NOT_ALL_SEEN, commands, sight, verdicts
from campaign.honest_words import group_sentences
from campaign.reporting.markup import Html, el, join, stranger
from campaign.reporting.sections import Part
from campaign.reporting.view import View


def doubts(_: View, group: Group) -> Html:
    """The sentences; innocent explanations under a heading of their own."""
    said = [el("p", sentence) for sentence in group_sentences(group)]
    if checked := verdicts(group):
        items = (_item(group, explanation, verdict) for explanation, verdict in checked)
        said += [el("h3", "Could it have an ordinary explanation?"), el("ul", *items)]
        said += [el("p", NOT_ALL_SEEN, class_="said")]
    return join(said)


def _item(group: Group, explanation: Benign, verdict: str) -> Html:
    how = [join([" ", el("code", command)]) for command in commands(group, explanation)]
    return el("li", el("b", explanation.name), f" ({verdict}): ", stranger(sight(explanation), "span"), *how)


PART = Part(20, "", doubts)
