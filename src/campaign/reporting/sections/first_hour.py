"""The first hour of a group on its hashtag: who was first, second, third, and whose they were."""

from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl
from campaign_analysis.results import Group

from campaign import words
from campaign.reporting.charts import GRID, Trace, chart, time_axis
from campaign.reporting.first_hour import HOUR, first_hour
from campaign.reporting.markup import Html, chart_text, clean, el, join, one_line, shortened, stranger
from campaign.reporting.numbers import gap, moment
from campaign.reporting.sections import Part
from campaign.reporting.tables import Cell, Column, table
from campaign.reporting.view import View, at_time

ROWS = 12
ORDER = 150  # accounts whose posts are drawn
DOTS = 1_200
MARGIN = timedelta(minutes=1)  # before the first dot

COLUMNS = (
    Column("Place", short=True),
    Column("Account", wide=True, fields=("account", "label")),
    Column("First post of the hour (UTC)", short=True),
    Column("After the first", short=True),
    Column("Who", short=True),
    Column("Text"),
)


def first_hour_of(view: View, group: Group) -> Html:
    """Who posted in the hour, in order of arrival: in words, as a chart, and the first dozen as a table."""
    posts, topic = _posts(view, group)
    start = first_hour(group, posts)
    if start is None:
        return Html("")
    inside = posts.filter(pl.col("created_at").is_between(start, start + HOUR, closed="left"))
    inside = inside.sort("created_at", "post").with_columns(
        at=pl.col("created_at").dt.epoch("ms"), mine=pl.col("account").is_in([m.id for m in group.accounts])
    )
    arrived = inside.unique("account", keep="first", maintain_order=True).with_row_index("place", offset=1)
    said = _said(view, group, start, arrived, topic)
    number = view.number(group)
    last = min(ORDER, arrived.height)
    every = 50 if last > 60 else 10 if last > 12 else 5
    layout = {
        "hovermode": "closest",
        "xaxis": time_axis(int((start - MARGIN).timestamp() * 1000), int((start + HOUR).timestamp() * 1000))
        | {"showgrid": True, "gridcolor": GRID},
        "yaxis": {
            "title": {"text": "place"}, "range": [last + 0.7, 0.3], "zeroline": False, "showgrid": False,
            "tickvals": [1, *range(every, last + 1, every)], "automargin": True,
        },
    }  # fmt: skip
    drawn, cut = _dots(view, group, inside, arrived)
    height = round(min(420, max(150, last * 6 + 60)))
    says = f"A row for each account in order of arrival, a dot for each post. In colour: {view.names[group.id]}.{cut}"
    picture = chart(f"first-{number}", drawn, layout, height, f"{' '.join(said)} {says}", says)
    return join(
        [
            el("p", *(stranger(f"{sentence} ", "span") for sentence in said)),
            picture,
            _table(view, group, arrived, start),
        ]
    )


def _posts(view: View, group: Group) -> tuple[pl.DataFrame, str]:
    """The posts among which the hour is looked for, and what they have in common, fit for any place."""
    if view.data.hashtags:
        return view.data.posts.filter(pl.col("created_at").is_not_null()), view.topic
    supplied = view.data.first_posts.filter(pl.col("group") == group.id)
    if supplied.is_empty():
        return supplied, ""
    return supplied, one_line(f"#{supplied['tag'][0]}")


def _said(view: View, group: Group, start: datetime, arrived: pl.DataFrame, topic: str) -> list[str]:
    mine = arrived.filter("mine")["place"].to_list()
    said = [
        f"The first hour in which several of its accounts posted {topic} begins {moment(start)} UTC. In it "
        f"{words.counted(arrived.height, 'account')} posted {topic}, {len(mine):,} of them of {view.names[group.id]}."
    ]
    early = [sum(place <= first for place in mine) for first in (10, 50)]
    if arrived.height > 10:
        said.append(f"Of the first ten to arrive, {early[0]} are of the group.")
    if arrived.height > 50:
        said.append(f"Of the first fifty: {early[1]}.")
    if before := _before(view, group, start):
        said.append(before)
    return said


def _before(view: View, group: Group, start: datetime) -> str:
    """How many had posted before that hour, as far as the posts shown tell: where a hashtag was asked about."""
    if not view.data.hashtags:
        return ""
    at = int(start.timestamp() * 1000)
    earlier = view.posts.filter(pl.col("at") < at)
    if earlier.is_empty():
        return "Nobody had posted it before."
    mine = earlier.filter(pl.col("account").is_in([m.id for m in group.accounts]))
    first = earlier.row(0, named=True)
    return (
        f"Before it {words.counted(earlier['account'].n_unique(), 'account')} had, "
        f"{mine['account'].n_unique():,} of them of the group; the very first was "
        f"{one_line(str(first['label']))}, "
        f"{moment(at_time(first['at']))} UTC."
    )


def _dots(view: View, group: Group, inside: pl.DataFrame, arrived: pl.DataFrame) -> tuple[list[Trace], str]:
    placed = inside.join(arrived.select("account", "place"), on="account", maintain_order="left")
    kept = placed.filter(pl.col("place") <= ORDER).head(DOTS)
    cut = (
        f" Drawn: {kept.height:,} of {inside.height:,} posts, of those who came first."
        if kept.height < inside.height
        else ""
    )
    looks = ((False, view.series[-1].colour, 5), (True, view.colour(group), 8))
    traces = [_trace(view, kept.filter(pl.col("mine") == mine), colour, size) for mine, colour, size in looks]
    return [trace for trace in traces if trace["x"]], cut


def _trace(view: View, posts: pl.DataFrame, colour: str, size: int) -> Trace:
    accounts = posts["account"].to_list()
    places = posts["place"].to_list()
    return {
        "type": "scatter",
        "mode": "markers",
        "x": posts["at"].to_list(),
        "y": places,
        "text": [
            f"{place}: {chart_text(_label(view, post))}"
            for place, post in zip(places, posts.iter_rows(named=True), strict=True)
        ],
        "marker": {"color": colour, "size": size, "opacity": 0.85},
        "meta": {"accounts": [clean(a) if a in view.people else "" for a in accounts]},
        "hovertemplate": "%{text}<br>%{x}<extra></extra>",
    }


def _label(view: View, post: dict[str, object]) -> str:
    return view.handles.get(str(post["account"])) or (f"@{post['handle']}" if post["handle"] else str(post["account"]))


def _table(view: View, group: Group, arrived: pl.DataFrame, start: datetime) -> Html:
    rows = [_row(view, row, start) for row in arrived.head(ROWS).iter_rows(named=True)]
    more = f" (the first {ROWS} of {arrived.height:,})" if arrived.height > ROWS else ""
    return table(f"Who came first{more}", COLUMNS, rows, file=f"first-hour-{group.id}")


def _row(view: View, row: dict[str, object], start: datetime) -> list[Cell | str]:
    account = str(row["account"])
    number = view.people.get(account)
    whose = view.names[view.groups[number - 1].id] if number else "–"
    time = row["created_at"]
    assert isinstance(time, datetime)  # noqa: S101 (the type of a polars cell)
    after = (time - start).total_seconds()
    named = view.person(account) if number else stranger(_label(view, row))
    return [
        f"{row['place']}",
        Cell(named, _label(view, row).lower(), (account, _label(view, row))),
        Cell(moment(time), time.isoformat()),
        Cell("–" if row["place"] == 1 else gap(after).replace(" apart", ""), f"{after:.0f}"),
        whose,
        stranger(shortened(str(row["text"] or "")), "span", class_="post"),
    ]


PART = Part(40, "Its first hour", first_hour_of)
