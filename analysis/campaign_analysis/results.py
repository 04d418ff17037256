"""Typed results of a detection. `docs/json.md` describes the JSON that is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import polars as pl

Claim = Literal["together", "in step"]
GroupClaim = Literal["campaign", "gathering"]
Role = Literal["core", "together"]

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


@dataclass(frozen=True)
class LayerEvidence:
    """What one layer says about a group: its edges under a claim, and their combined p."""

    layer: str
    claim: Claim
    edges: int
    p: float


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


@dataclass(frozen=True)
class TagShare:
    """A hashtag that a group used: posts of its members, and their share of all posts with it in the data's range."""

    tag: str
    posts: int
    share: float


@dataclass(frozen=True)
class Target:
    """An account that a group's members mention or retweet."""

    id: str
    posts: int
    handle: str | None = None


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
    first: datetime | None = None
    last: datetime | None = None

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
class Detection:
    """The result of one detection. `edges` has EDGE_SCHEMA; `tested_pairs` is by layer."""

    run: Run
    groups: tuple[Group, ...]
    edges: pl.DataFrame
    tested_pairs: dict[str, int]
    hashtag_alone: Alone | None = None
    louvain_communities: int | None = field(default=None)
