"""One section for each group: the claim, and below it the parts, each from its own file."""

from __future__ import annotations

from campaign_analysis.results import Group

from campaign import words
from campaign.alarm_words import doubt
from campaign.group_words import core_sentence, named_sentence, rarer_pair
from campaign.reporting.markup import Html, el, join, stranger
from campaign.reporting.numbers import span
from campaign.reporting.sections import Part, Section, parts
from campaign.reporting.sections.found import share_sentence
from campaign.reporting.view import View


def groups(view: View) -> Html:
    """The groups that are shown in detail, and how many are not."""
    shown = [group for group in view.groups if view.detailed(group)]
    more = len(view.groups) - len(shown)
    rest = el(
        "p", f"{words.counted(more, 'smaller group')} more: in the table above and in the JSON file.", class_="said"
    )
    return join([*(_group(view, group) for group in shown), rest if more else ""])


def _group(view: View, group: Group) -> Html:
    chip = el("span", class_="chip", style=f"background:{view.colour(group)}")
    met = f"First and last meeting: {span(group.first, group.last)}." if group.first and group.last else ""
    sure = (words.group_sentence(group), rarer_pair(group), doubt(view.detection, group))
    claim = (*sure, core_sentence(group, view.detection.edges))
    said = " ".join(filter(None, (*claim, share_sentence(view, group), met)))
    named = named_sentence(group)
    number = view.number(group)
    heading = el("h2", chip, f"{view.names[group.id]}: {words.size_of(group)}")
    contents = el(
        "div",
        el("p", said, class_="lead"),
        stranger(named, "p") if named else "",
        *(_part(view, group, part) for part in parts()),
    )
    # The first is open; the others are opened by a click, or by a link that leads to them.
    first = {"open": ""} if number == 1 else {}
    whole = el("details", el("summary", heading), contents, class_="whole", **first)
    return el("section", whole, id=f"group-{number}", class_="group")


def _part(view: View, group: Group, part: Part) -> Html:
    """A part under its heading; nothing where it would be empty."""
    made = part.make(view, group)
    return join([el("h3", part.heading) if part.heading else "", made]) if made else Html("")


SECTION = Section(50, groups)
