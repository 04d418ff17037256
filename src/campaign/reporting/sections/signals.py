"""The panel of a group: which signals about its accounts were tried, which speak, which wanted data."""

from __future__ import annotations

from campaign_analysis.results import Group
from campaign_analysis.signal_results import SignalResult

from campaign.reporting.markup import Html, el, join, stranger
from campaign.reporting.numbers import probability
from campaign.reporting.sections import Part
from campaign.reporting.tables import Column, table
from campaign.reporting.view import View
from campaign.signal_words import (
    HOW_TO_READ,
    NO_VERDICT,
    looks_for,
    meaning,
    measure_words,
    panel_sentences,
    title,
    verdict,
)

SHOWN = 5  # sights of one signal; all are in the JSON file

COLUMNS = (
    Column("Signal"),
    Column("Says", short=True),
    Column("p, corrected", number=True, hint="by Holm's rule, for the number of signals that were tested"),
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


def _row(result: SignalResult) -> list[Html | str]:
    what = [el("br"), el("span", looks_for(result), class_="name")] if result.untried is None else []
    name = el("span", title(result), title=meaning(result))
    return [
        join([name, *what]),
        verdict(result),
        "–" if result.corrected is None else probability(result.corrected),
        _seen(result),
    ]


def _seen(result: SignalResult) -> Html:
    if result.untried is not None:
        return stranger(result.untried)
    size = measure_words(result.measure)
    more = len(result.seen) - SHOWN
    rest = [f"and {more:,} more, in the JSON file"] if more > 0 else []
    said = [*([size] if size else []), *(sight.what for sight in result.seen[:SHOWN]), *rest, *result.notes]
    return el("ul", *(stranger(text, "li") for text in said)) if said else Html("–")


PART = Part(75, "What its accounts show", signals)
