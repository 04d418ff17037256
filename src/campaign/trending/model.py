"""Typed results of a trending report; docs/trending.md describes the JSON that is made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from campaign_analysis.results import Detection, GroupClaim
from campaign_analysis.trending.concentration import Concentration
from campaign_analysis.trending.without import Without, Word

from campaign.trending.asked import Window


@dataclass(frozen=True)
class Part:
    """What one group did on a hashtag: posts before the burst, in it, and others' retweets of its posts in it.

    `core`: the posts in the burst that are by its core. `accounts`: members that posted it in the window.
    """

    group: str
    claim: GroupClaim
    accounts: int
    before: int
    burst: int
    core: int
    passed_on: int


@dataclass(frozen=True)
class Named:
    """An account that posts name or pass on: how many posts of the burst do so, and how many of them by campaigns."""

    id: str
    handle: str | None
    named: int
    passed_on: int
    by_campaigns: int


@dataclass(frozen=True)
class Tag:
    """A hashtag that rises.

    Acts are accounts in an hour. `hourly`: acts of each hour of the window; `by_groups`: those by members of campaigns,
    `by_gatherings` by members of gatherings. `rose`: end of the hour by which the rise could be said; `begins`, `ends`:
    the burst. `clock`: seconds of which most of its times are multiples; above an hour `rose` and what is without some
    accounts are None. `new`: accounts in the burst that were made in the 30 days before it, of `dated` whose date is
    known.
    """

    tag: str
    display: str
    word: Word
    clock: int
    posts: int
    accounts: int
    acts: int
    expected: float
    p: float
    q: float
    dispersion: float
    rose: datetime | None
    begins: datetime
    ends: datetime
    burst_posts: int
    parts: tuple[Part, ...]
    without_groups: Without | None
    without_campaigns: Without | None
    without_cores: Without | None
    gatherings: float
    unknown_originals: int
    concentration: Concentration
    new: int
    dated: int
    named: tuple[Named, ...]
    hourly: tuple[int, ...]
    by_campaigns: tuple[int, ...]
    by_gatherings: tuple[int, ...]


@dataclass(frozen=True)
class Back:
    """A group of an earlier report that holds the same people: `shared` accounts of both."""

    date: str
    group: str
    shared: int


@dataclass(frozen=True)
class Pusher:
    """A group across hashtags: those that it posted in their bursts, its own most used, whom it names; `back`."""

    id: str
    claim: GroupClaim
    members: tuple[str, ...]
    core: tuple[str, ...]
    handles: tuple[str, ...]
    tags: tuple[tuple[str, int], ...]
    hashtags: tuple[tuple[str, int, float], ...]
    mentions: tuple[tuple[str, str | None, int], ...]
    back: Back | None


@dataclass(frozen=True)
class Failed:
    """A hashtag that could not be told of, and why."""

    tag: str
    why: str


@dataclass(frozen=True)
class Change:
    """What is different from an earlier report: words of hashtags (None: not in that report), groups new and gone.

    Of the hashtags with one word some rise in the other report too, and are not told of there: `untold` here, and
    `untold_then`.
    """

    date: str
    words: tuple[tuple[str, Word | None, Word | None], ...]
    new_groups: tuple[str, ...]
    gone_groups: tuple[str, ...]
    untold: tuple[str, ...] = ()
    untold_then: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trending:
    """The report. `rose`: hashtags that rise, of which the `tags` are told of, and the `untold` named alone; `cut`: the
    p up to which they do.
    """

    date: str
    window: Window
    top: int
    tested: int
    rose: int
    cut: float
    lengths: tuple[int, ...]
    dispersion: dict[int, float]
    tags: tuple[Tag, ...]
    groups: tuple[Pusher, ...]
    failed: tuple[Failed, ...]
    notes: tuple[str, ...]
    detection: Detection | None
    untold: tuple[str, ...] = ()
    change: Change | None = None

    @property
    def campaigns(self) -> int:
        """How many campaigns posted hashtags that rise."""
        return sum(g.claim == "campaign" and bool(g.tags) for g in self.groups)
