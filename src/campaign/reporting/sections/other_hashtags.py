"""The other hashtags of a group, each as a small picture over the same stretch of time."""

from __future__ import annotations

import polars as pl
from campaign_analysis.results import Group

from campaign import words
from campaign.reporting.markup import Html, el, stranger
from campaign.reporting.numbers import day
from campaign.reporting.sections import Part
from campaign.reporting.small_bars import binned, small_bars
from campaign.reporting.view import View, at_time
from campaign.request import folded

PICTURES = 12
BINS = 60
FEWEST = 3  # posts with a hashtag that make a picture


def other_hashtags(view: View, group: Group) -> Html:
    """Small multiples of the hashtags that its accounts used beside those asked about; empty where there are none."""
    posts = view.member_posts.filter(pl.col("account").is_in([m.id for m in group.accounts]))
    asked = [folded(tag) for tag in view.data.hashtags]
    used = posts.select("at", "account", "hashtags").explode("hashtags").drop_nulls()
    used = used.filter(~pl.col("hashtags").is_in(asked))
    by = (
        used.group_by("hashtags")
        .agg(pl.len().alias("posts"), pl.col("account").n_unique().alias("accounts"), pl.col("at"))
        .filter(pl.col("posts") >= FEWEST)
        .sort(["accounts", "posts", "hashtags"], descending=[True, True, False])
    )
    if by.is_empty():
        return Html("")
    start, end = posts["at"][0], posts["at"][-1]
    shown = [_picture(view, group, row, start, end) for row in by.head(PICTURES).iter_rows(named=True)]
    cut = f"{PICTURES} of {by.height:,}, " if by.height > PICTURES else ""
    said = (
        f"Its accounts' posts with each ({cut}those that most of its accounts used first), from {day(at_time(start))} "
        f"to {day(at_time(end))}; each picture has its own height."
    )
    return el("div", el("p", said, class_="said"), el("ul", *shown, class_="multiples"))


def _picture(view: View, group: Group, row: dict[str, object], start: int, end: int) -> Html:
    times = row["at"]
    assert isinstance(times, list)  # noqa: S101 (the type of a polars cell)
    bars = binned(sorted(times), start, end, BINS)
    top = max(range(BINS), key=lambda i: (bars[i], -i))
    peak = f"at most {bars[top]:,} at once, about {day(at_time(start + (end - start) * top // BINS))}"
    number = f"{words.counted(len(times), 'post')} by {words.counted(int(str(row['accounts'])), 'account')}"
    return el(
        "li",
        stranger(f"#{row['hashtags']}", "b"),
        small_bars(bars, view.colour(group), f"{number}; {peak}"),
        el("span", number, class_="said"),
    )


PART = Part(65, "Its hashtags in time", other_hashtags)
