"""The panel of a group: which signals about its accounts were tried, which speak, which wanted data."""

from __future__ import annotations

from campaign_analysis.results import Group
from campaign_analysis.signal_results import SignalResult

from campaign.reporting.markup import Html, el, join, stranger
from campaign.reporting.sections import Part
from campaign.reporting.tables import Cell, Column, table
from campaign.reporting.view import View
from campaign.signal_words import (
    HOW_TO_READ,
    NO_VERDICT,
    figures_words,
    looks_for,
    luck_words,
    meaning,
    panel_sentences,
    title,
    verdict,
)

SHOWN = 5  # sights of one signal; all are in the JSON file

COLUMNS = (
    Column("Signal"),
    Column("Says", short=True),
    Column("By luck in", number=True, hint="groups in which luck alone would show as much; 1 over p, corrected (Holm)"),
    Column("What was seen", wide=True),
)


def signals(view: View, group: Group) -> Html:  # noqa: ARG001  # a part is given both
    """The panel; empty where no signal was asked."""
    if not group.signals:
        return Html("")
    made = table(f"Signals about the accounts of {group.id}", COLUMNS, [_row(result) for result in group.signals])
    said = el("p", " ".join(panel_sentences(group.signals)))
    how = el("p", HOW_TO_READ, class_="said")
    return join([said, how, made, el("p", NO_VERDICT, class_="said")])


def _row(result: SignalResult) -> list[Cell | str]:
    what = [el("br"), el("span", looks_for(result), class_="name")] if result.untried is None else []
    name = el("span", title(result), title=meaning(result))
    return [
        join([name, *what]),
        verdict(result),
        "–" if result.corrected is None else Cell(luck_words(result), f"{result.corrected:.4g}"),
        _seen(result),
    ]


def _seen(result: SignalResult) -> Html:
    if result.untried is not None:
        return stranger(result.untried)
    figures = figures_words(result)
    more = len(result.seen) - SHOWN
    rest = [f"and {more:,} more, in the JSON file"] if more > 0 else []
    sights = (sight.what for sight in result.seen[:SHOWN])
    said = [*sights, *rest, *result.notes, *([figures] if figures else [])]
    return el("ul", *(stranger(text, "li") for text in said)) if said else Html("–")


PART = Part(75, "What its accounts show", signals)
