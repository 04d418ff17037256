"""Charts as plotly.js takes them: plain JSON, drawn by the page's own script. All labels go through `chart_text`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from campaign.reporting.markup import Html, data_block, el, join
from campaign.reporting.view import View

Trace = dict[str, Any]
GRID = "rgba(128,128,128,0.22)"
_HOVER = {"bgcolor": "#1d2127", "bordercolor": "#1d2127", "font": {"color": "#ffffff", "size": 13}}
TIME_HOVER = "%-d %b %Y, %H:%M:%S"
# Day before month, as in the text; each for a range of distances between ticks (ms, or months).
_TICKS = (
    {"dtickrange": [None, 59_999], "value": "%H:%M:%S\n%-d %b %Y"},
    {"dtickrange": [60_000, 86_399_999], "value": "%H:%M\n%-d %b %Y"},
    {"dtickrange": [86_400_000, "M1"], "value": "%-d %b\n%Y"},
    {"dtickrange": ["M1", "M12"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
)


def time_axis(start: int, end: int) -> dict[str, Any]:
    """A date axis (UTC) over epoch milliseconds."""
    return {
        "type": "date",
        "range": [start, end],
        "tickformatstops": list(_TICKS),
        "hoverformat": TIME_HOVER,
        "showgrid": False,
        "zeroline": False,
    }


def count_axis(title: str) -> dict[str, Any]:
    """An axis of counts from zero."""
    return {
        "title": {"text": title},
        "rangemode": "tozero",
        "tickformat": ",d",
        "gridcolor": GRID,
        "zeroline": False,
        "automargin": True,
    }


def chart(
    id: str, traces: Sequence[Trace], layout: dict[str, Any], height: int, says: str, caption: str, **more: str
) -> Html:
    """A chart with what it says for those who cannot see it, and a caption for everybody (none where it is empty).

    `more` attributes tell the page's script what to do with it: charts of one `data_clock` show the same stretch of
    time, with buttons above the first.
    """
    frame = {
        "height": height,
        "margin": {"l": 48, "r": 8, "t": 12, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "inherit", "size": 12},
        "showlegend": False,
        "hoverlabel": _HOVER,
        "clickmode": "event",
    }
    figure = {"data": list(traces), "layout": frame | layout}
    place = el("div", id=id, class_="plot", role="img", aria_label=says, style=f"height:{height}px", **more)
    return el("figure", place, data_block(f"{id}-data", figure), el("figcaption", caption) if caption else "")


def bars(view: View) -> list[Trace]:
    """A trace of bars for each series that has posts, in the order of their numbers, without any bar yet."""
    used = set(view.posts["series"].unique())
    return [
        {
            "type": "bar",
            "x": [],
            "y": [],
            "offset": 0,
            "marker": {"color": series.colour, "line": {"width": 0}},
            "name": series.label,
            "meta": {"series": number},
            "hovertemplate": f"%{{y:,}} {series.label}<extra></extra>",
        }
        for number, series in enumerate(view.series)
        if number in used
    ]


def legend(view: View) -> Html:
    """The colours in use and what they stand for, as text: it wraps, and is read aloud."""
    used = [view.series[number] for number in view.posts["series"].unique().sort()]
    items = (el("li", el("span", class_="chip", style=f"background:{s.colour}"), s.label) for s in used)
    return el("ul", join(items), class_="legend")
