"""How far this can be trusted: errors, placebo runs, what would have been found, and how far the methods agree."""

from __future__ import annotations

from campaign_analysis.results import Honesty, Planted

from campaign.honest_words import WHAT_IS_PLACEBO, honesty_sentences
from campaign.reporting.markup import Html, el
from campaign.reporting.numbers import percent
from campaign.reporting.sections import Section
from campaign.reporting.tables import Column, table
from campaign.reporting.view import View

COLUMNS = (
    Column("Accounts", number=True),
    Column("Acts together", number=True),
    Column("Turn up each time", number=True),
    Column("Planted", number=True),
    Column("Found", number=True),
    Column("Of many such rings", number=True, hint="as many would be found: a 95% interval"),
    Column("Accounts found", number=True),
)


def honesty(view: View) -> Html:
    """The section; empty where the run said nothing of itself."""
    said = view.detection.honesty
    sentences = honesty_sentences(view.detection)
    if not sentences:
        return Html("")
    items = el("ul", *(el("li", sentence) for sentence in sentences))
    placebo = el("p", WHAT_IS_PLACEBO, class_="said") if said.placebo else ""
    return el(
        "section", el("h2", "How far this can be trusted"), items, placebo, _planted(said), id="trust", class_="limits"
    )


def _planted(said: Honesty) -> Html:
    if not said.planted:
        return Html("")
    caption = f"Rings planted into this data, and how many would have been found ({said.planted[0].layer} alone)"
    return table(caption, COLUMNS, [_row(row) for row in said.planted])


def _row(row: Planted) -> list[str]:
    return [
        f"{row.size:,}",
        f"{row.actions:,} times",
        percent(row.turnout),
        f"{row.rings:,}",
        percent(row.found / row.rings),
        f"{row.low:.0%} – {row.high:.0%}",
        percent(row.members),
    ]


SECTION = Section(60, honesty)
