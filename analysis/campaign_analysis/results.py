"""Typed results of a detection. `docs/json.md` describes the JSON that is made of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import polars as pl

from campaign_analysis.signal_results import SignalResult

Claim = Literal["together", "in step"]
GroupClaim = Literal["campaign", "gathering"]
Role = Literal["core", "together"]
Verdict = Literal["fits", "there, but not enough", "looked for, not there", "could not be looked for"]

EDGE_SCHEMA: dict[str, Any] = {
    "a": pl.String,  # the two account ids, a < b
    "b": pl.String,
    "layer": pl.String,
    "claim": pl.String,
    "window": pl.Int64,  # seconds
    "block": pl.Int64,  # seconds
    "n": pl.Int64,  # episodes
    "expected": pl.Float64,
    "p": pl.Float64,
    "q": pl.Float64,
}
JOINED_SCHEMA: dict[str, Any] = {
    "account": pl.String,
    "anchor": pl.String,  # an account of the core that it joins
    "layer": pl.String,
    "window": pl.Int64,  # seconds
    "block": pl.Int64,  # seconds
    "n": pl.Int64,  # cells in which it acts at a moment of the core
    "expected": pl.Float64,
    "p": pl.Float64,
    "lucky": pl.Float64,  # how many chance alone is expected to bring to so small a p, over all that were tested
    "q": pl.Float64,
}


@dataclass(frozen=True)
class LayerEvidence:
    """What one layer says about a group: its edges under a claim, and their combined p."""

    layer: str
    claim: Claim
    edges: int
    p: float


@dataclass(frozen=True)
class Joined:
    """How an account joined a core: in how many cells (n) it acts at a moment of the core, and how many by chance."""

    layer: str
    window: int
    block: int
    n: int
    expected: float
    p: float
    q: float


@dataclass(frozen=True)
class Member:
    """An account of a group, with its episodes shared with other members against what chance explains."""

    id: str
    role: Role
    episodes: int
    expected: float
    p: float
    handle: str | None = None
    created_at: datetime | None = None
    stability: float | None = None  # share of seeds of the community method in which it lands with its group
    joined: Joined | None = None  # where no pair but the core's moments brought it into the core


@dataclass(frozen=True)
class TagShare:
    """A hashtag that a group used: posts of its members, and their share of all posts with it in the data's range.

    `meetings`: how often its linked pairs met on it, each at the scale that links it; None where nobody counted.
    """

    tag: str
    posts: int
    share: float
    meetings: int | None = None


@dataclass(frozen=True)
class Target:
    """An account that a group's members mention or retweet.

    `accounts`: how many of the group's do, `core`: how many of its core; None where nobody counted.
    """

    id: str
    posts: int
    handle: str | None = None
    accounts: int | None = None
    core: int | None = None


@dataclass(frozen=True)
class PairTest:
    """The test of one pair, so that a reader can see why it is joined or why it is not.

    `n` episodes at the scale (seconds) at which it stands out most, `expected` under the claim, `p` corrected for the
    number of scales, `tests`: the pairs that could have been tested, in its layer or in all layers, whichever asks
    more of it. `lucky`: of these, how many
    chance alone is expected to bring to so small a p (attainable.py). `listed`: of a joined pair, how many were found
    there (lucky over listed is its q); of another, how many are joined by the claim, all of which do better. One that
    is not joined *in step* is together all the same (why.py). `of_window`: those numbers are of
    its window alone.
    """

    a: str
    b: str
    layer: str
    claim: Claim
    window: int
    block: int
    n: int
    expected: float
    p: float
    tests: int
    lucky: float
    listed: int
    joined: bool
    a_handle: str | None = None
    b_handle: str | None = None
    of_window: bool = False

    @property
    def together_only(self) -> bool:
        """Whether it says why two who are together are not in step."""
        return self.claim == "in step" and not self.joined


@dataclass(frozen=True)
class Benign:
    """An innocent explanation of a group: its name, and what was seen that speaks for it or against it.

    `verdict`: None in results of older versions. `text`: where texts are said to be the same, the commonest of them.
    """

    name: str
    seen: str
    verdict: Verdict | None = None
    text: str | None = None


@dataclass(frozen=True)
class Group:
    """Accounts found acting together: a campaign where a core of them is in step, otherwise a gathering."""

    id: str
    claim: GroupClaim
    layers: tuple[LayerEvidence, ...]
    p: float
    accounts: tuple[Member, ...]
    hashtags: tuple[TagShare, ...] = ()
    targets: tuple[Target, ...] = ()
    first: datetime | None = None  # act of a meeting of two linked accounts
    last: datetime | None = None
    stability: float | None = None  # mean over the accounts
    placebo_p: float | None = None  # p of its mass among the heaviest groups of the placebo runs
    own_share: float | None = None  # of the acts around those of its meetings, on the same thing at the same time
    why: tuple[PairTest, ...] = ()  # its strongest pair, and some that are not joined
    benign: tuple[Benign, ...] = ()  # those that the data suggest
    benign_against: tuple[Benign, ...] = ()  # those that were looked for and are not there, or not enough
    benign_untested: tuple[Benign, ...] = ()  # those that could not be looked for in these data
    signals: tuple[SignalResult, ...] = ()  # what its accounts show; nothing of it makes or unmakes a campaign

    @property
    def size(self) -> int:
        return len(self.accounts)

    @property
    def core(self) -> int:
        return sum(m.role == "core" for m in self.accounts)


@dataclass(frozen=True)
class Alone:
    """The same tests on the events of the asked hashtags only."""

    edges: int
    groups: int


@dataclass(frozen=True)
class Run:
    """What was asked, on what, by which version. `id` is a hash of the three."""

    id: str
    parameters: dict[str, Any]
    data_range: tuple[datetime, datetime] | None
    counts: dict[str, int]
    versions: dict[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Placebo:
    """What the same search finds on placebo data, one number for each placebo run: significant pairs and groups.

    `together_mass` and `in_step_mass`: the largest of the groups' masses under the claim (sum of -log10 p).
    """

    together: tuple[int, ...]
    in_step: tuple[int, ...]
    campaigns: tuple[int, ...]
    gatherings: tuple[int, ...]
    together_mass: tuple[float, ...]
    in_step_mass: tuple[float, ...]

    @property
    def runs(self) -> int:
        return len(self.together)


@dataclass(frozen=True)
class Planted:
    """What would have been found of rings of one kind, planted into the data of the run.

    Each of `rings` rings has `size` accounts of the data that act together `actions` times, `turnout` of them each
    time. `found`: rings of which three accounts or more are the core of a campaign; `members`: share of all rings'
    accounts that are in such a core; `low` and `high`: 95 % interval of the share of rings found (Wilson 1927).
    `window`: seconds within which those who turn up act; None of older results.
    """

    layer: str
    size: int
    actions: int
    turnout: float
    rings: int
    found: int
    members: float
    low: float
    high: float
    window: int | None = None


@dataclass(frozen=True)
class Agreement:
    """How far two community methods part the run's pairs alike: the adjusted Rand index, 1 where they agree."""

    a: str
    b: str
    index: float


@dataclass(frozen=True)
class Honesty:
    """What a run says of itself: placebo runs, planted rings, seeds of the community method tried, methods compared."""

    placebo: Placebo | None = None
    planted: tuple[Planted, ...] = ()
    seeds: int = 0
    agreement: tuple[Agreement, ...] = ()


@dataclass(frozen=True)
class Luck:
    """How many pairs chance alone is expected to bring to each p or below, in all layers together, under either claim:
    ascending p, from just below the largest of a linked pair on.
    """

    together: Mapping[float, float] = field(default_factory=dict)
    in_step: Mapping[float, float] = field(default_factory=dict)

    def pairs(self, p: float, claim: Claim) -> float | None:
        """The number at the next p that is known, as in attainable.false_at; None at the first of them and below."""
        known = self.together if claim == "together" else self.in_step
        at = bisect_left(list(known), p * (1 - 1e-12))
        return list(known.values())[at] if 0 < at < len(known) else None


@dataclass(frozen=True)
class Detection:
    """The result of one detection. `edges` has EDGE_SCHEMA; `tested_pairs` is by layer; `luck` is None of old ones."""

    run: Run
    groups: tuple[Group, ...]
    edges: pl.DataFrame
    tested_pairs: dict[str, int]
    hashtag_alone: Alone | None = None
    louvain_communities: int | None = field(default=None)
    honesty: Honesty = Honesty()
    luck: Luck | None = None
