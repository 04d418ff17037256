"""When: the posts over time, with each group's share stacked in them, by the hour, the day, the week or all of it."""

from __future__ import annotations

import polars as pl

from campaign import words
from campaign.reporting.charts import Trace, bars, chart, count_axis, legend, time_axis
from campaign.reporting.levels import counts, levels
from campaign.reporting.markup import Html, data_block, el
from campaign.reporting.numbers import duration, moment, percent, span
from campaign.reporting.sections import Section
from campaign.reporting.tables import Column, table
from campaign.reporting.timescale import Scale, close_up, whole
from campaign.reporting.view import View, at_time

HEIGHT, OVERVIEW = 320, 96


def timeline(view: View) -> Html:
    """The section: the busy time where there is one, a strip of the whole period below it, and the numbers."""
    if view.posts.is_empty():
        return el("section", el("h2", "When"), el("p", "There are no posts to show."), id="when")
    near, far = close_up(view.posts["at"]), whole(view.posts["at"])
    return el(
        "section",
        el("h2", "When"),
        el("p", "All times are UTC. Groups are stacked from below, everybody else on top."),
        legend(view),
        _picture(view, near or far, far),
        _overview(view, far),
        _numbers(view, near or far),
        data_block("levels", levels(view)),
        id="when",
    )


def _picture(view: View, first: Scale, far: Scale) -> Html:
    """The chart as it stands at first; the page's script shows other stretches in finer or coarser steps."""
    binned = counts(view, first)
    layout = {
        "barmode": "stack",
        "bargap": 0,
        "hovermode": "x unified",
        "xaxis": time_axis(first.start, first.end),
        "yaxis": count_axis("posts") | {"fixedrange": True},
        "meta": {"whole": [far.start, far.end]},
    }
    says = _says(view, first, binned)
    return chart("timeline", _bars(view, first, binned), layout, HEIGHT, says, says, data_clock="all")


def _overview(view: View, far: Scale) -> Html:
    layout = {
        "barmode": "stack",
        "bargap": 0,
        "hovermode": False,
        "xaxis": time_axis(far.start, far.end),
        "yaxis": {"visible": False, "fixedrange": True},
        "margin": {"l": 48, "r": 8, "t": 4, "b": 34},
    }
    says = f"The whole period, {span(at_time(far.start), at_time(far.end))}; what the chart above shows is marked."
    drawn = _bars(view, far, counts(view, far))
    caption = "The whole period, and in it what the chart above shows; drag here or there for another stretch of time."
    return chart("overview", drawn, layout, OVERVIEW, says, caption, data_clock="all", data_overview="")


def _bars(view: View, scale: Scale, binned: pl.DataFrame) -> list[Trace]:
    traces = []
    for trace in bars(view):
        mine = binned.filter(pl.col("series") == trace["meta"]["series"])
        drawn = {"x": mine["bin"].to_list(), "y": mine["posts"].to_list(), "width": scale.width}
        traces.append(trace | drawn)
    return traces


def _says(view: View, scale: Scale, binned: pl.DataFrame) -> str:
    posts = int(binned["posts"].sum())
    part = percent(posts / view.posts.height)
    stretch = span(at_time(scale.start), at_time(scale.end))
    totals = binned.group_by("bin").agg(pl.col("posts").sum()).sort(["posts", "bin"], descending=[True, False])
    top, start = int(totals["posts"][0]), int(totals["bin"][0])
    whose = _groups_part(view, binned)
    return (
        f"As it opens, in steps of {duration(scale.seconds)}, {stretch}: {posts:,} posts, {part} of all "
        f"shown{whose}. "
        f"The busiest step begins {moment(at_time(start))} with {words.counted(top, 'post')}."
    )


def _groups_part(view: View, binned: pl.DataFrame) -> str:
    if not view.groups:
        return ""
    mine = int(binned.filter(pl.col("series") < len(view.series) - 1)["posts"].sum())
    return f"; {percent(mine / int(binned['posts'].sum()))} of them by the groups"


def _numbers(view: View, scale: Scale) -> Html:
    binned = counts(view, scale)
    used = binned["series"].unique().sort().to_list()
    wide = binned.pivot(on="series", on_columns=used, index="bin", values="posts").fill_null(0).sort("bin")
    rows = ([moment(at_time(start)), *(f"{posts:,}" for posts in by)] for start, *by in wide.iter_rows())
    columns = [Column("From (UTC)"), *(Column(view.series[number].label, number=True) for number in used)]
    caption = f"Posts in steps of {duration(scale.seconds)}; steps without posts are left out"
    return el("details", el("summary", "The numbers in this chart"), table(caption, columns, rows))


SECTION = Section(30, timeline)
