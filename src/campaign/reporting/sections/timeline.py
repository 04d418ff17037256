"""When: the posts over time, with each group's share stacked in them."""

from __future__ import annotations

import polars as pl

from campaign import words
from campaign.reporting.charts import Trace, chart, count_axis, legend, time_axis
from campaign.reporting.markup import Html, el
from campaign.reporting.numbers import duration, moment, percent, span
from campaign.reporting.sections import Section
from campaign.reporting.tables import Column, table
from campaign.reporting.timescale import Scale, close_up, whole
from campaign.reporting.view import View, at_time


def timeline(view: View) -> Html:
    """The section: a close-up of the busy time where there is one, and the whole period."""
    if view.posts.is_empty():
        return el("section", el("h2", "When"), el("p", "There are no posts to show."), id="when")
    near, far = close_up(view.posts["at"]), whole(view.posts["at"])
    closer = [_picture(view, near, "timeline-close", 320)] if near else []
    return el(
        "section",
        el("h2", "When"),
        el("p", "All times are UTC. Groups are stacked from below, everybody else on top."),
        legend(view),
        *closer,
        _picture(view, far, "timeline", 180 if near else 320),
        _numbers(view, near or far),
        id="when",
    )


def counts(view: View, scale: Scale) -> pl.DataFrame:
    """Posts by bin and series inside the scale: columns `bin` (epoch ms of its start), `series`, `posts`."""
    inside = pl.col("at").is_between(scale.start, scale.end, closed="left")
    start = pl.lit(scale.start) + (pl.col("at") - scale.start) // scale.width * scale.width
    return (
        view.posts.lazy()
        .filter(inside)
        .group_by(start.alias("bin"), "series")
        .agg(pl.len().cast(pl.Int64).alias("posts"))
        .sort("bin", "series")
        .collect()
    )


def _picture(view: View, scale: Scale, id: str, height: int) -> Html:
    binned = counts(view, scale)
    layout = {
        "barmode": "stack",
        "bargap": 0,
        "hovermode": "x unified",
        "xaxis": time_axis(scale.start, scale.end),
        "yaxis": count_axis("posts"),
    }
    says = _says(view, scale, binned)
    return chart(id, _bars(view, scale, binned), layout, height, says, says)


def _bars(view: View, scale: Scale, binned: pl.DataFrame) -> list[Trace]:
    traces = []
    for number, series in enumerate(view.series):
        mine = binned.filter(pl.col("series") == number)
        if mine.is_empty():
            continue
        traces.append(
            {
                "type": "bar",
                "x": mine["bin"].to_list(),
                "y": mine["posts"].to_list(),
                "width": scale.width,
                "offset": 0,
                "marker": {"color": series.colour, "line": {"width": 0}},
                "name": series.label,
                "hovertemplate": f"%{{y:,}} {series.label}<extra></extra>",
            }
        )
    return traces


def _says(view: View, scale: Scale, binned: pl.DataFrame) -> str:
    posts = int(binned["posts"].sum())
    part = percent(posts / view.posts.height)
    stretch = span(at_time(scale.start), at_time(scale.end))
    totals = binned.group_by("bin").agg(pl.col("posts").sum()).sort(["posts", "bin"], descending=[True, False])
    top, start = int(totals["posts"][0]), int(totals["bin"][0])
    whose = _groups_part(view, binned)
    return (
        f"Posts in steps of {duration(scale.seconds)}, {stretch}: {posts:,} posts, {part} of all shown{whose}. "
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
