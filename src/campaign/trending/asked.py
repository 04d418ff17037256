"""What a trending report is asked, and which hours of the store that means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.absent import no_posts
from campaign.failures import NotFoundError, UsageError
from campaign.request import Request, moment, seconds

HOUR = 3600
LATER = timedelta(days=2)  # than the newest post `until` may lie: quiet days are told of, years to come are not
SHORTEST = 3  # hours of a past: the shortest stretch must fit into it three times


@dataclass(frozen=True)
class Asked:
    """The question. `since` is a duration back from `until`, or a date or time; `until` None: the newest post.

    Raises UsageError for what no detection takes, also where nothing will rise.
    """

    since: str = "24h"
    until: str | None = None
    past: str = "7d"
    top: int = 20
    fdr: float = 0.01
    seed: int = 1
    placebos: int | None = None

    def __post_init__(self) -> None:
        Request(fdr=self.fdr, seed=self.seed, placebos=self.placebos)


@dataclass(frozen=True)
class Window:
    """Whole hours, as hours since 1970 (UTC): the past from `first` on, the window from `begin`, up to before `end`."""

    first: int
    begin: int
    end: int

    @property
    def past(self) -> datetime:
        """First moment of the past."""
        return _time(self.first)

    @property
    def since(self) -> datetime:
        """First moment of the window."""
        return _time(self.begin)

    @property
    def until(self) -> datetime:
        """Last moment of the window."""
        return _time(self.end) - timedelta(microseconds=1)


def window_of(store: Store, asked: Asked) -> Window:
    """The hours that are meant.

    Raises UsageError for dates that cannot be read or lie the wrong way round, and for a past that is too short;
    NotFoundError where the store has no post in the window, or none before it, with what to do.
    """
    reach = seconds(asked.past) // HOUR
    if reach < SHORTEST:
        raise UsageError(f"--past {asked.past} is too short to compare with: give {SHORTEST}h or more")
    there = store.read(queries.get("overview/range"), {}).row(0, named=True)
    if there["first"] is None:
        raise no_posts(store)
    first, last = (there[side].astimezone(UTC) for side in ("first", "last"))
    until = last if asked.until is None else moment(asked.until, end=True)
    end = _hour(until) + 1
    begin = _begin(asked.since, end)
    since = _time(begin)
    if since > until:
        raise UsageError(f"since {since:%Y-%m-%d %H:%M} is after until {until:%Y-%m-%d %H:%M}: nothing lies between")
    posts = store.read(queries.get("overview/range"), {"since": since, "until": until})["posts"][0]
    if not posts:
        raise NotFoundError(
            f"no post from {since:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M} in {store.address}, which has posts from "
            f"{first:%Y-%m-%d} to {last:%Y-%m-%d}: give other dates with --since and --until"
        )
    if until > last + LATER:  # hours in which nobody can have posted yet would be told as quiet
        raise NotFoundError(
            f"{store.address} has no post after {last:%Y-%m-%d %H:%M}: load newer ones, or leave --until "
            f"{until:%Y-%m-%d %H:%M} out"
        )
    begins = max(begin - reach, _hour(first))
    if begin - begins < SHORTEST:
        raise NotFoundError(
            f"no past to compare with: {store.address} has posts from {first:%Y-%m-%d %H:%M} on, and the window begins "
            f"{since:%Y-%m-%d %H:%M}: give a later --since, such as "
            f"{_time(_hour(first) + 24):%Y-%m-%dT%H:%M}, or load older posts"
        )
    return Window(begins, begin, end)


def _begin(written: str, end: int) -> int:
    if re.fullmatch(r"\s*\d+\s*[smhd]?\s*", written):
        return end - -(-seconds(written) // HOUR)
    return _hour(moment(written))


def _hour(time: datetime) -> int:
    return int(time.timestamp() // HOUR)


def _time(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * HOUR, UTC)
