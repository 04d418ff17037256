"""A group's posts in time: among everybody's, and account by account, with the days on which its accounts were made."""

from __future__ import annotations

import polars as pl
from campaign_analysis.results import Group

from campaign.reporting.charts import GRID, Trace, bars, chart, count_axis, time_axis
from campaign.reporting.markup import Html, chart_text, clean
from campaign.reporting.sections import Part
from campaign.reporting.timescale import Scale, close_up, whole
from campaign.reporting.view import EVERYBODY_ELSE, View

# Heights in pixels.
ROW_HEIGHT, LEAST, MOST = 14, 70, 520
TEN_MINUTES = 600_000
NAMED = 40  # rows that can bear their names
EVERYBODY, BARS, MADE, GAP, MARGINS = 70, 70, 34, 14, 52
FEW_TICKS = {"nticks": 3}
NAMELESS = {"tickvals": [0], "ticktext": ["made"], "showgrid": False, "zeroline": False, "automargin": True}


def moments(view: View, group: Group) -> Html:
    """The chart; the page's script puts the posts into it and lets it be looked at by the hour, the day, the week."""
    mine = view.member_posts.filter(pl.col("account").is_in([m.id for m in group.accounts]))
    if mine.is_empty() or view.posts.is_empty():
        return Html("")
    number, made = view.number(group), view.made(group)
    rows = max(LEAST, min(MOST, mine["account"].n_unique() * ROW_HEIGHT))
    panels = [EVERYBODY, BARS, rows, *([MADE] if made else [])]
    domains = _domains(panels)
    all_of_it = whole(pl.concat([mine["at"], view.posts["at"]]))
    meta: dict[str, object] = {"whole": [all_of_it.start, all_of_it.end], "group": number, "named": NAMED}
    meta |= {"peak": _peak(mine["at"])} | ({"made": min(made.values())} if made else {})
    first = _first(mine["at"], all_of_it)
    axis = time_axis(first.start, first.end) | {"showgrid": True, "gridcolor": GRID, "anchor": "y4" if made else "y3"}
    layout: dict[str, object] = {
        "barmode": "stack",
        "bargap": 0,
        "hovermode": "closest",
        "meta": meta,
        "xaxis": axis,
        "yaxis": count_axis("everybody") | FEW_TICKS | domains[0],
        "yaxis2": count_axis("group") | FEW_TICKS | domains[1],
        "yaxis3": {"showgrid": False, "zeroline": False, "automargin": True} | domains[2],
    }
    traces = [*_bars(view, group), *_dots(view, group)]
    if made:
        layout["yaxis4"] = NAMELESS | {"range": [-1, 1]} | domains[3]
        traces.append(_made(view, group, made))
    says = _says(view, group, bool(made))
    height = sum(panels) + GAP * (len(panels) - 1) + MARGINS
    return chart(f"moments-{number}", traces, layout, height, says, says, data_clock=f"group-{number}")


def _first(times: pl.Series, all_of_it: Scale) -> Scale:
    """The stretch to begin with: the group's busy time, all of it where that is most of it anyway."""
    busy = close_up(times) or whole(times)
    return busy if (busy.end - busy.start) * 2 < all_of_it.end - all_of_it.start else all_of_it


def _domains(panels: list[int]) -> list[dict[str, object]]:
    """The parts of the chart's height that panels of these heights have, from above, as plotly counts: from below."""
    inside = sum(panels) + GAP * (len(panels) - 1)
    ends = [sum(panels[: i + 1]) + GAP * i for i in range(len(panels))]
    spans = ((1 - end / inside, 1 - (end - high) / inside) for end, high in zip(ends, panels, strict=True))
    return [{"domain": [max(0.0, round(low, 4)), round(high, 4)], "fixedrange": True} for low, high in spans]


def _peak(times: pl.Series) -> int:
    """The middle of the ten minutes with most posts."""
    bins = (times // TEN_MINUTES).value_counts(sort=False).sort(["count", "at"], descending=[True, False])
    return int(bins["at"][0]) * TEN_MINUTES + TEN_MINUTES // 2


def _bars(view: View, group: Group) -> list[Trace]:
    """Everybody's bars, this group's the lowest and the others' in grey; and below them this group's alone."""
    own = [trace for trace in bars(view) if trace["meta"]["series"] == view.series_of[group.id]]
    grey = {"marker": {"color": EVERYBODY_ELSE, "line": {"width": 0}}}
    others = [trace | grey for trace in bars(view) if trace["meta"]["series"] != view.series_of[group.id]]
    return [*own, *others, *(trace | {"yaxis": "y2"} for trace in own)]


def _dots(view: View, group: Group) -> list[Trace]:
    """Dots of the core and of those beside it, still without a place."""
    looks = {"core": ("circle", 0.95), "together": ("circle-open", 0.85)}
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [],
            "y": [],
            "yaxis": "y3",
            "marker": {"color": view.colour(group), "symbol": symbol, "size": 7, "opacity": opacity},
            "meta": {"role": role},
            "hovertemplate": "%{text}<br>%{x}<extra></extra>",
        }
        for role, (symbol, opacity) in looks.items()
    ]


def _made(view: View, group: Group, made: dict[str, int]) -> Trace:
    known = sorted(made.items(), key=lambda one: (one[1], one[0]))
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [at for _, at in known],
        "y": [0] * len(known),
        "yaxis": "y4",
        "text": [f"{chart_text(view.label(account))}: account made" for account, _ in known],
        "marker": {"color": view.colour(group), "symbol": "line-ns-open", "size": 16, "line": {"width": 1.5}},
        "meta": {"accounts": [clean(account) for account, _ in known]},
        "hovertemplate": "%{text}<br>%{x}<extra></extra>",
    }


def _says(view: View, group: Group, made: bool) -> str:
    name = view.names[group.id]
    topic = f"posts with {view.topic}" if view.data.hashtags else "posts"
    said = [
        f"From above: everybody's {topic}, those of {name} in its colour; then these alone, on a scale of their own; "
        "then a row for each of its accounts, ordered by first post, and a dot for each post"
        + (f" (pale: without {view.topic})." if view.data.hashtags else "."),
    ]
    if any(m.role != "core" for m in group.accounts) and group.core:
        said.append("Filled: the core; open: together with it.")
    if made:
        said.append(
            "The strokes at the bottom are the days on which its accounts were made: “Since its accounts were made” "
            "shows them all."
        )
    return " ".join([*said, "A click on a dot shows what its account posted."])


PART = Part(35, "When it posts", moments)
