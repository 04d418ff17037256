"""When a group's accounts were made, and when they posted, on one axis."""

from __future__ import annotations

from datetime import datetime

import polars as pl
from campaign_analysis.results import Group

from campaign import words
from campaign.reporting.markup import Html, el
from campaign.reporting.numbers import day, duration
from campaign.reporting.sections import Part
from campaign.reporting.small_bars import binned, small_bars
from campaign.reporting.view import View, at_time

BINS = 120
MADE_TOGETHER = "born"  # the signal
YEAR = 365.25
HALF = 0.5  # the part of the accounts whose narrowest stretch is told


def made(view: View, group: Group) -> Html:
    """Two rows of bars over the same stretch of time; of accounts made together the narrowest time that has half."""
    known = sorted(view.made(group).values())
    posts = view.member_posts.filter(pl.col("account").is_in([m.id for m in group.accounts]))["at"].to_list()
    if not known or not posts:
        return Html("")
    start, end = min(known[0], posts[0]), max(known[-1], posts[-1])
    width = (end - start) / BINS / 1000
    wide = duration(round(width / 86_400) * 86_400 or max(1, round(width / 3600)) * 3600)
    said = _said(group, known)
    accounts = small_bars(binned(known, start, end, BINS), view.colour(group), f"Accounts made. {said}")
    spread = f"Posts of these accounts, from {day(at_time(posts[0]))} to {day(at_time(posts[-1]))}"
    posted = small_bars(binned(posts, start, end, BINS), "currentColor", spread, down=True)
    return el(
        "figure",
        el("p", said),
        el("p", "Accounts made", class_="said label"),
        accounts,
        posted,
        el("p", "Their posts", class_="said label"),
        el("p", el("span", day(at_time(start))), el("span", day(at_time(end))), class_="ends said"),
        el("figcaption", f"Each bar: about {wide}. Each row has its own height."),
        class_="made",
    )


def _said(group: Group, known: list[int]) -> str:
    unknown = group.size - len(known)
    rest = f" Of {words.counted(unknown, 'account')} it is not known." if unknown else ""
    if len(known) < 3:
        return f"Made on {words.listed([day(at_time(at)) for at in known])}.{rest}"
    return (
        f"The {len(known):,} accounts whose age is known were made between {day(at_time(known[0]))} and "
        f"{day(at_time(known[-1]))}{_half(group, known)}.{rest}"
    )


def _half(group: Group, known: list[int]) -> str:
    """The narrowest time in which half of them were made, where the signal says that it is a finding."""
    if not any(result.signal == MADE_TOGETHER and result.speaks for result in group.signals):
        return ""
    first, last = (at_time(at) for at in narrowest(known))
    number = sum(first.date() <= at_time(at).date() <= last.date() for at in known)
    return f"; the {number:,} of them made nearest to each other {_between(first, last)}"


def _between(first: datetime, last: datetime) -> str:
    days = (last.date() - first.date()).days + 1
    if days == 1:
        return f"on {day(first)}"
    long = f"some {days / YEAR:.1f} years" if days >= 2 * YEAR else f"{days:,} days"
    return f"within {long}, from {day(first)} to {day(last)}"


def narrowest(times: list[int]) -> tuple[int, int]:
    """The shortest stretch that holds half of the times (ascending): its first and last."""
    wanted = max(2, round(len(times) * HALF))
    starts = range(len(times) - wanted + 1)
    best = min(starts, key=lambda i: (times[i + wanted - 1] - times[i], i))
    return times[best], times[best + wanted - 1]


PART = Part(72, "When its accounts were made", made)
