"""What the page knows of its groups' posts: the block for its script, the first hour, when accounts were made."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from report_example import BURST, CLUB, CROWD, RING, START, groups, handle, posts, report_data

from campaign.reporting.data import FIRST_SCHEMA, POSTS_SCHEMA
from campaign.reporting.first_hour import first_hour
from campaign.reporting.levels import levels
from campaign.reporting.posts_block import fitting, posts_block
from campaign.reporting.sections import parts, sections
from campaign.reporting.sections.first_hour import first_hour_of
from campaign.reporting.sections.made import _between, narrowest
from campaign.reporting.sections.other_hashtags import other_hashtags
from campaign.reporting.small_bars import binned, small_bars
from campaign.reporting.view import make_view

CLUB_GROUP, RING_GROUP = groups()


def written(rows: list[tuple[str, Any, str]]) -> pl.DataFrame:
    """Posts of accounts at times with texts, all with one hashtag."""
    made = [(f"x:p{i}", a, handle(a), at, "original", text, ["votenow"]) for i, (a, at, text) in enumerate(rows)]
    return pl.DataFrame(made, schema=POSTS_SCHEMA, orient="row")


def rows_of(block: dict[str, Any]) -> list[tuple[str, int, str, str, str, bool]]:
    """A block as the page's script reads it."""
    at, read = 0, []
    for i, step in enumerate(block["at"]):
        at += step
        account, kind = block["accounts"][block["who"][i]], block["kinds"][block["kind"][i]]
        read.append((account[0], at, block["id"][i], kind, block["texts"][block["text"][i]], bool(block["shown"][i])))
    return read


def test_the_block_has_every_post_of_the_groups_and_nobody_else_s() -> None:
    view = make_view(report_data())
    mine = posts().filter(pl.col("account").is_in([*RING, *CLUB])).sort("created_at", "post")
    expected = mine.select("account", pl.col("created_at").dt.epoch("ms"), "post", "kind", "text").rows()
    assert [row[:5] for row in rows_of(posts_block(view, 10**9))] == expected
    accounts = {a[0]: a for a in posts_block(view, 10**9)["accounts"]}
    assert set(accounts) == {*RING, *CLUB}
    assert accounts[RING[0]][1:4] == [f"@{handle(RING[0])}", 1, "core, in step"]
    assert accounts[CLUB[0]][2] == 2


def test_posts_beyond_the_hashtag_are_in_it_and_marked() -> None:
    beyond = written([(RING[0], START, "elsewhere")]).with_columns(hashtags=pl.lit(["other"]))
    both = pl.concat([beyond, posts().filter(pl.col("account").is_in(RING))])
    rows = rows_of(posts_block(make_view(report_data(member_posts=both)), 10**9))
    assert [row[5] for row in rows].count(False) == 1
    assert next(row for row in rows if not row[5])[4] == "elsewhere"


def test_where_not_all_posts_fit_each_account_keeps_every_kth() -> None:
    many = [(RING[0], BURST + timedelta(seconds=i), f"text {i} " * 8) for i in range(300)]
    many += [(RING[1], BURST + timedelta(seconds=i), "rare") for i in range(4)]
    view = make_view(report_data(posts=written(many)))
    kept = fitting(view.member_posts, 12_000)
    of = {account: part for (account,), part in kept.partition_by("account", as_dict=True).items()}
    assert of[RING[1]].height == 4  # few posts are not thinned out
    steps = set(of[RING[0]]["at"].diff().drop_nulls())
    assert len(steps) == 1 and 3 < of[RING[0]].height < 150
    assert fitting(view.member_posts, 0).is_empty()
    assert fitting(view.member_posts, 10**9).height == 304


def test_the_first_hour_waits_for_three_accounts() -> None:
    early = [(RING[0], START, "alone"), (CROWD[0], START, "other"), (CROWD[1], START, "other")]
    hour = [(RING[i], BURST + timedelta(minutes=20 * i), "now") for i in range(3)]
    assert first_hour(RING_GROUP, written([*early, *hour])) == BURST
    apart = [(RING[i], BURST + timedelta(minutes=30 * i), "now") for i in range(3)]  # the third comes when it is over
    assert first_hour(RING_GROUP, written([*early, *apart])) == BURST  # so that two have to do
    assert first_hour(RING_GROUP, written(early)) == START
    assert first_hour(RING_GROUP, written(early[1:])) is None


def test_the_first_hour_says_who_came_first() -> None:
    told = [(CROWD[0], BURST - timedelta(days=1), "first of all"), (RING[5], BURST, "go")]
    told += [(CROWD[1], BURST + timedelta(seconds=4), "hm"), (RING[6], BURST + timedelta(seconds=9), "go")]
    told += [(RING[7], BURST + timedelta(minutes=50), "go"), (RING[8], BURST + timedelta(minutes=70), "too late")]
    view = make_view(report_data(posts=written(told)))
    text = first_hour_of(view, view.groups[0])
    assert "In it 4 accounts posted #VoteNow, 3 of them of Campaign 1." in text
    assert f"Before it 1 account had, 0 of them of the group; the very first was @{handle(CROWD[0])}" in text
    order = [text.index(f">@{handle(a)}</bdi>") for a in (RING[5], CROWD[1], RING[6], RING[7])]
    assert order == sorted(order)
    assert "9 seconds" in text and "too late" not in text


def test_without_a_hashtag_the_first_hour_is_of_the_one_that_the_group_used_most() -> None:
    told = written([(RING[i], BURST + timedelta(seconds=i), "go") for i in range(3)])
    first = told.with_columns(group=pl.lit(RING_GROUP.id), tag=pl.lit("votenow")).select(FIRST_SCHEMA.keys())
    view = make_view(report_data(hashtags=(), first_posts=first))
    assert "In it 3 accounts posted #votenow, 3 of them of Campaign 1." in first_hour_of(view, view.groups[0])
    assert first_hour_of(view, view.groups[1]) == ""


def test_levels_count_every_post_once_at_every_width() -> None:
    view = make_view(report_data())
    known = levels(view)["levels"]
    widths = [level["width"] for level in known]
    assert widths == sorted(widths) and widths[0] == 10_000 and 3_600_000 in widths
    for level in known:
        assert sum(sum(numbers) for _, numbers in level["cells"].values()) == 1000
    (steps, numbers), bins = known[0]["cells"]["0"], {}
    at = known[0]["start"]
    for step, number in zip(steps, numbers, strict=True):
        at += step * 10_000
        bins[at] = number
    mine = view.posts.filter(pl.col("series") == 0)["at"] // 10_000 * 10_000
    assert bins == dict(mine.value_counts().iter_rows())


def test_a_width_with_too_many_counts_covers_the_time_around_the_peak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("campaign.reporting.levels.CELLS", 40)
    found = levels(make_view(report_data()))
    for level in found["levels"][:-1]:
        assert sum(len(steps) for steps, _ in level["cells"].values()) <= 40
    finest = found["levels"][0]
    assert finest["start"] <= found["peak"] <= finest["end"]


def test_hashtags_in_time_leave_out_the_asked_one() -> None:
    rows = [(RING[i % 4], BURST + timedelta(hours=i), "x") for i in range(12)]
    mine = written(rows).with_columns(hashtags=pl.lit(["votenow", "shame"]))
    view = make_view(report_data(member_posts=mine))
    text = other_hashtags(view, view.groups[0])
    assert "#shame" in text and "12 posts by 4 accounts" in text
    assert "#votenow" not in text
    assert other_hashtags(view, view.groups[1]) == ""


def test_years_are_told_in_years() -> None:
    first = datetime(2015, 1, 1, tzinfo=UTC)
    assert _between(first, first + timedelta(days=1238)).startswith("within some 3.4 years, from 1 Jan 2015")
    assert _between(first, first + timedelta(days=13)).startswith("within 14 days, ")


def test_the_narrowest_stretch_that_holds_half() -> None:
    assert narrowest([0, 100, 200, 201, 203, 900]) == (200, 203)
    assert narrowest([5, 5, 5, 9]) == (5, 5)


def test_bars_fall_where_the_times_are() -> None:
    assert binned([0, 9, 10, 99, 100], 0, 100, 10) == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert binned([7], 7, 7, 3) == [1, 0, 0]
    assert small_bars([0, 0], "red", "none").count("<path") == 1


def test_sections_and_parts_are_found_in_order_and_have_places_of_their_own() -> None:
    for found in (sections(), parts()):
        places = [one.place for one in found]
        assert places == sorted(places) and places
    headings = [part.heading for part in parts() if part.heading]
    assert headings[:3] == ["How to check this yourself", "When it posts", "Its first hour"]


def test_a_group_without_posts_has_no_empty_parts() -> None:
    group = replace(RING_GROUP, hashtags=(), targets=())
    view = make_view(report_data(posts=posts().filter(pl.col("account").is_in(CROWD))))
    named = {"When it posts", "Its first hour", "Its hashtags in time", "When its accounts were made", "All its posts"}
    made = {part.heading: part.make(view, group) for part in parts() if part.heading in named}
    assert made == dict.fromkeys(named, "")
