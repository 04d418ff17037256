"""What the charts draw: the right numbers, no more than fits, and a word on whatever is left out."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from typing import Any

import igraph
import plotly.graph_objects as go
import polars as pl
import pytest
from campaign_analysis.results import EDGE_SCHEMA
from report_example import CLUB, CORE, RING, START, detection, edge, groups, member, posts, report_data

from campaign.reporting.data import POSTS_SCHEMA
from campaign.reporting.layout import places
from campaign.reporting.sections import network, raster, timeline
from campaign.reporting.timescale import Scale, close_up, whole
from campaign.reporting.view import COLOURS, make_view

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def figures(markup: str) -> dict[str, dict[str, Any]]:
    """The charts in a piece of the page, by id; each must be one that plotly knows."""
    found = re.findall(r'<script type="application/json" id="([^"]+)-data">(.*?)</script>', markup)
    read = {id: json.loads(text) for id, text in found}
    for figure in read.values():
        go.Figure(figure)  # raises where a property is unknown or its value wrong
    return read


def times(*values: int) -> pl.Series:
    return pl.Series(values, dtype=pl.Int64)


def crowd(accounts: int, each: int) -> pl.DataFrame:
    rows = [
        (f"x:{a}-{n}", f"x:4{a:06d}", None, START + timedelta(seconds=a + 7 * n), "original", None, ["t"])
        for a in range(accounts)
        for n in range(each)
    ]
    return pl.DataFrame(rows, schema=POSTS_SCHEMA, orient="row")


@pytest.mark.parametrize(
    ("first", "last", "scale"),
    [
        (0, 0, Scale(0, MINUTE, MINUTE)),  # one post on a full minute
        (500, 500, Scale(0, 1000, 1000)),  # one post between minutes
        (0, 2 * HOUR, Scale(0, 2 * HOUR + MINUTE, MINUTE)),
        (30 * MINUTE, 10 * DAY, Scale(0, 10 * DAY + 2 * HOUR, 2 * HOUR)),
        (0, 20_000 * DAY, Scale(0, 191 * 105 * DAY, 105 * DAY)),  # whole weeks where a week is too fine
    ],
)
def test_bins_are_round_and_few(first: int, last: int, scale: Scale) -> None:
    assert whole(times(first, last)) == scale


def test_a_clock_of_minutes_gets_no_bin_under_a_minute() -> None:
    assert whole(times(0, MINUTE)).seconds == 60
    assert whole(times(1_000, MINUTE)).seconds == 1


def test_a_burst_gets_a_close_up_and_an_even_stream_none() -> None:
    even = pl.Series(range(0, 10 * DAY, HOUR), dtype=pl.Int64)
    burst = pl.Series([0, 10 * DAY, *range(5 * DAY, 5 * DAY + 2 * HOUR, 20_000)], dtype=pl.Int64)
    assert close_up(even) is None
    near = close_up(burst)
    assert near is not None
    assert (near.start, near.end) == (5 * DAY + MINUTE, 5 * DAY + 2 * HOUR - MINUTE)  # 98% of it


def test_the_timeline_counts_every_post_once_for_its_group() -> None:
    view = make_view(report_data())
    drawn = figures(timeline.timeline(view))
    assert set(drawn) == {"timeline", "overview"}
    owner = dict.fromkeys(RING, "Campaign 1") | dict.fromkeys(CLUB, "Gathering 1")
    whose = posts().select(pl.col("account").replace_strict(owner, default="Everybody else").alias("who"))
    expected = dict(whose.group_by("who").len().iter_rows())
    assert {t["name"]: sum(t["y"]) for t in drawn["overview"]["data"]} == expected
    assert drawn["timeline"]["layout"]["barmode"] == "stack"
    near, far = close_up(view.posts["at"]), whole(view.posts["at"])
    assert near is not None
    assert drawn["timeline"]["layout"]["xaxis"]["range"] == [near.start, near.end]  # it opens on the busy time
    assert drawn["timeline"]["layout"]["meta"]["whole"] == [far.start, far.end]


def test_the_timeline_says_in_words_what_it_shows() -> None:
    view = make_view(report_data())
    text = timeline.timeline(view)
    near = close_up(view.posts["at"])
    assert near is not None
    inside = view.posts.filter(pl.col("at").is_between(near.start, near.end, closed="left"))
    groups = inside.filter(pl.col("account").is_in([*RING, *CLUB])).height / inside.height
    assert "As it opens, in steps of 1 minute, 6 May 2024, 19:00" in text
    assert f"{inside.height} posts, {inside.height / 10:.0f}% of all shown; {groups:.0%} of them by the groups" in text


def test_groups_beyond_the_colours_share_one() -> None:
    many = tuple(replace(groups()[1], id=f"g{i}", accounts=(member(f"x:{i}"),)) for i in range(20))
    view = make_view(report_data(detection=detection(many)))
    assert len(view.series) == len(COLOURS) + 2
    assert view.series[-2].label == "10 smaller groups"
    assert view.colour(view.groups[19]) == view.colour(view.groups[10]) != view.colour(view.groups[9])


def test_the_raster_draws_everything_of_a_small_set() -> None:
    view = make_view(report_data())
    drawn = raster.sample(view)
    assert (drawn.rows, drawn.posts.height) == (123, 1000)
    assert set(drawn.posts["account"]) == set(posts()["account"])
    chart = figures(raster.raster(view))["raster"]
    assert sum(len(trace["x"]) for trace in chart["data"]) == 1000
    firsts = drawn.posts.group_by("account").agg(pl.col("row").first(), pl.col("at").min()).sort("row")
    assert firsts["at"].is_sorted()


def test_the_raster_of_a_big_set_keeps_the_members_and_says_what_it_leaves_out() -> None:
    big = pl.concat([posts(), crowd(5_000, 4)])
    view = make_view(report_data(posts=big))
    drawn = raster.sample(view)
    assert drawn.rows <= raster.MEMBER_ROWS + raster.OTHER_ROWS
    assert drawn.posts.height <= raster.DOTS
    assert {*RING, *CLUB} <= set(drawn.posts["account"])
    theirs = big.filter(pl.col("account").is_in(drawn.posts["account"].unique().to_list())).height
    assert drawn.rule == (
        "Drawn: all 33 of the groups' accounts; one in 8 of the other accounts (5,090); "
        f"all {theirs:,} of these accounts' posts."
    )
    assert "one in 8 of the other accounts (5,090)" in raster.raster(view)


def test_the_raster_thins_out_posts_evenly() -> None:
    view = make_view(report_data(detection=detection(()), posts=crowd(500, 50)))
    drawn = raster.sample(view)
    assert (drawn.rows, drawn.posts.height) == (500, 5000)
    assert drawn.rule == "Drawn: all 500 of the accounts; one in 5 of these accounts' posts (25,000)."


def test_the_network_draws_the_groups_pairs_and_nobody_elses() -> None:
    view = make_view(report_data())
    ring, club = view.groups
    pairs = network.pairs_among(view.detection.edges, list(ring.accounts))
    mine = view.detection.edges.filter(pl.col("a").is_in(RING) & pl.col("b").is_in(RING))
    names = [m.id for m in ring.accounts]
    assert {(names[p.a], names[p.b]) for p in pairs} == set(mine.select("a", "b").iter_rows())
    assert {frozenset((names[p.a], names[p.b])) for p in pairs if p.in_step} == {
        frozenset(pair) for pair in combinations(CORE, 2)
    }
    chart = figures(network.network(view, club))["network-2"]
    assert [len(t["x"]) for t in chart["data"] if t["mode"] == "markers"] == [len(CLUB)]


def test_a_crowded_network_keeps_the_strongest_leaves_nobody_alone_and_says_so() -> None:
    rows = [edge(a, b, "hashtag", "together", 1e-4) for a, b in combinations(RING, 2)]
    rows += [edge(a, b, "hashtag", "together", 1e-30) for a, b in combinations(RING[:12], 2)]
    pairs = network.pairs_among(pl.DataFrame(rows, schema=EDGE_SCHEMA), list(groups()[1].accounts))
    assert len(pairs) == 276
    kept = network.strongest(pairs, 70)
    assert len(kept) == 70
    assert igraph.Graph(n=24, edges=[(p.a, p.b) for p in kept]).is_connected()
    assert sum(p.strength == 30 for p in kept) == 58


def test_a_cut_network_says_so() -> None:
    many = [f"x:{5000 + i}" for i in range(network.NODES + 10)]
    rows = [edge(a, b, "hashtag", "together", 1e-9) for a, b in pairwise(many)]
    rows += [edge(a, b, "hashtag", "together", 1e-8) for a, b in zip(many, many[2:], strict=False)]
    group = replace(groups()[0], accounts=tuple(member(a) for a in many))
    result = replace(detection((group,)), edges=pl.DataFrame(rows, schema=EDGE_SCHEMA))
    text = network.network(make_view(report_data(detection=result)), group)
    assert "Drawn: the 250 accounts with the strongest pairs, of 260." in text
    assert "Drawn: 400 of the 497 pairs" in text


def test_a_layout_is_the_same_every_time_and_leaves_the_callers_chance_alone() -> None:
    ring = [(i, (i + 1) % 20) for i in range(20)]
    random.seed(3)
    before = igraph.Graph.Erdos_Renyi(n=30, m=40).get_edgelist()
    random.seed(3)
    first = places(20, ring)
    after = igraph.Graph.Erdos_Renyi(n=30, m=40).get_edgelist()
    assert first == places(20, ring)
    assert len(set(first)) == 20
    assert before == after
    assert places(3, []) != []


def test_no_posts_is_said_and_draws_nothing() -> None:
    view = make_view(report_data(posts=posts().clear()))
    for section in (timeline.timeline(view), raster.raster(view)):
        assert "There are no posts to show." in section
        assert figures(section) == {}


def test_posts_without_a_time_are_left_out() -> None:
    row = pl.DataFrame([("x:a", "x:b", None, None, "original", None, [])], schema=POSTS_SCHEMA, orient="row")
    assert make_view(report_data(posts=pl.concat([posts(), row]))).posts.height == 1000


def test_the_time_axis_is_utc() -> None:
    view = make_view(report_data())
    chart = figures(timeline.timeline(view))["overview"]
    first = datetime.fromtimestamp(chart["data"][-1]["x"][0] / 1000, UTC)
    assert first <= posts()["created_at"].min() < first + timedelta(hours=1)  # type: ignore[operator]
