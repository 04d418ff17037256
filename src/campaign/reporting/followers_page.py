"""The page of follower audits: for each account the plot of who followed against when made, and its lots.

After the New York Times' plot of customers of the seller Devumi (Confessore et al. 2018): each follower a dot, from the
first to follow on the left to the newest on the right, as high as its account is young. Lots stand out as blocks.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from campaign_analysis.followers.audit import Audit

from campaign.follower_lists import FollowerList
from campaign.follower_words import audit_sentences, lot_label
from campaign.reporting.charts import GRID, Trace, chart
from campaign.reporting.markup import Html, chart_text, el, join, stranger
from campaign.reporting.numbers import day, decimal, probability
from campaign.reporting.page import whole
from campaign.reporting.tables import Cell, Column, table
from campaign.reporting.view import COLOURS

Found = tuple[FollowerList, Audit]
DOTS = 1_000_000
"""Followers that are drawn one by one; of longer lists the density is drawn."""
FEW = 5_000
"""Followers up to which no WebGL is needed."""
CELLS = (400, 200)


def page(found: Sequence[Found]) -> str:
    """The page's text. The same audits give the same bytes."""
    names = " and ".join(listed.called for listed, _ in found)
    title = f"Followers of {names}"
    parts = [_section(number, listed, result) for number, (listed, result) in enumerate(found, 1)]
    if len(found) > 1:
        parts.insert(0, _overlaid(found))
    head = el("header", el("p", "Follower audit", class_="kicker"), el("h1", stranger(title)))
    return whole(title, join([head, *parts]), webgl=any(result.followers.height > FEW for _, result in found))


def _section(number: int, listed: FollowerList, result: Audit) -> Html:
    paragraphs = [el("p", stranger(text)) for text in audit_sentences(listed, result)]
    parts = [el("h2", stranger(listed.called)), *paragraphs[:1]]
    if result.followers.height:
        parts.append(_plot(f"followers-{number}", listed, result))
    if result.lots:
        parts.append(_lots(result))
    return el("section", *parts, *paragraphs[1:], id=f"account-{number}")


def _plot(id: str, listed: FollowerList, result: Audit) -> Html:
    drawn = _placed(result)
    if drawn.height > DOTS:
        traces, how = [_density(drawn)], "The darker, the more followers."
    else:
        rest, lots = drawn.filter(pl.col("lot").is_null()), drawn.filter(pl.col("lot").is_not_null())
        traces = [_dots(rest, "followers", "#5b6b7c"), _dots(lots, "in lots", COLOURS[0])]
        how = "Each dot is a follower; those in lots are coloured." if result.lots else "Each dot is a follower."
    says = (
        f"{drawn.height:,} followers from the first to follow (left) to the newest (right), and when their accounts "
        f"were made. {how} Lots show as blocks; the slope above is those who followed when new: nobody follows before "
        "joining."
    )
    return chart(id, traces, _layout(drawn.height), 520, f"Followers of {listed.called}. {says}", says)


def _overlaid(found: Sequence[Found]) -> Html:
    """All accounts in one plot, each in its colour."""
    traces: list[Trace] = []
    items = []
    for number, (listed, result) in enumerate(found):
        colour = COLOURS[number % len(COLOURS)]
        drawn = _placed(result)
        step = -(-drawn.height * len(found) // DOTS) or 1
        traces.append(_dots(drawn.gather_every(step), chart_text(listed.called), colour))
        chip = el("span", class_="chip", style=f"background:{colour}")
        items.append(el("li", chip, stranger(listed.called)))
    says = (
        "All accounts in one plot: the place in each list, from the first follower to the newest, and when the "
        "follower's account was made. Lots of one stock lie at the same height."
    )
    longest = max(result.followers.height for _, result in found)
    picture = chart("overlaid", traces, _layout(longest), 520, says, says)
    return el("section", el("h2", "Side by side"), el("ul", *items, class_="legend"), picture, id="side-by-side")


def _placed(result: Audit) -> pl.DataFrame:
    return result.followers.with_row_index("place", 1).with_columns(at=pl.col("made") * 1000)


def _dots(drawn: pl.DataFrame, name: str, colour: str) -> Trace:
    size = 2 if drawn.height > 20_000 else 3
    return {
        "type": "scattergl" if drawn.height > FEW else "scatter",
        "mode": "markers",
        "x": _packed(drawn["place"].to_numpy(), np.dtype("<u4"), "u4"),
        "y": _packed(drawn["at"].to_numpy(), np.dtype("<f8"), "f8"),
        "marker": {"color": colour, "size": size, "opacity": 0.55},
        "name": name,
        "hovertemplate": "follower %{x:,}<br>account made %{y|%-d %b %Y}<extra></extra>",
    }


def _density(drawn: pl.DataFrame) -> Trace:
    """Followers in cells of place and date, on a logarithmic scale."""
    counts, xs, ys = np.histogram2d(drawn["place"].to_numpy(), drawn["at"].to_numpy(), bins=CELLS)
    shade = np.log10(counts.T + 1)
    shade[shade == 0] = np.nan
    z: list[list[float | None]] = [[None if np.isnan(v) else round(float(v), 3) for v in row] for row in shade]
    return {
        "type": "heatmap",
        "x": xs[:-1].round().tolist(),
        "y": ys[:-1].round().tolist(),
        "z": z,
        "showscale": False,
        "colorscale": [[0, "#cdd5de"], [1, "#1b1f24"]],
        "hoverinfo": "skip",
    }


def _packed(values: np.ndarray, dtype: np.dtype[Any], name: str) -> dict[str, str]:
    """An array as plotly takes it: bytes in base64, a third of the text."""
    return {"dtype": name, "bdata": base64.b64encode(values.astype(dtype).tobytes()).decode()}


def _layout(longest: int) -> dict[str, Any]:
    return {
        "hovermode": "closest",
        "xaxis": {
            "title": {"text": "followers, in the order in which they followed"},
            "range": [0, longest + 1],
            "tickformat": ",d",
            "gridcolor": GRID,
            "zeroline": False,
        },
        "yaxis": {"type": "date", "title": {"text": "account made"}, "gridcolor": GRID, "zeroline": False},
        "margin": {"l": 64, "r": 8, "t": 30, "b": 48},
    }


def _lots(result: Audit) -> Html:
    columns = (
        Column("Lot", wide=True),
        Column("Followed after", short=True),
        Column("Excess", number=True, hint="beyond what those before and after explain"),
        Column("At least", number=True),
        Column("At most", number=True),
        Column("Usual", number=True),
        Column("By chance", number=True, hint="how often as strong a lot comes by chance anywhere in such a list"),
    )
    rows = [
        [
            Cell(lot_label(lot), str(lot.rank_from)),
            Cell(day(lot.followed_after), lot.followed_after.isoformat()),
            Cell(f"{lot.excess:,.0f}", str(lot.excess)),
            Cell(f"{lot.low:,.0f}", str(lot.low)),
            Cell(f"{lot.high:,.0f}", str(lot.high)),
            Cell(decimal(lot.expected), str(lot.expected)),
            Cell(probability(lot.p), str(lot.p)),
        ]
        for lot in result.lots
    ]
    return table("Lots; place 1 is the newest follower", columns, rows, sortable=True)
