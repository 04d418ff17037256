"""Lists that belong to somebody: an account's followers, whom it follows, a post's likers and retweeters, in order.

A platform gives such a list newest first, page after page; the place in it (rank 1 is the newest) is all that tells
when somebody followed. Whose list it is seldom stands in it, so that it is said beside (`ReadOptions.followers_of`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

import polars as pl

from campaign_loader import texts
from campaign_loader.errors import AskedError
from campaign_loader.options import ReadOptions
from campaign_loader.tables import FOLLOWS, REACTIONS, UTC_TIME, conform

Kind = Literal["followers", "following", "likers", "retweeters"]
OPTIONS: dict[Kind, str] = {
    "followers": "--followers-of",
    "following": "--following-of",
    "likers": "--likers-of",
    "retweeters": "--retweeters-of",
}
_ENTRIES: dict[str, Any] = {
    "kind": pl.String,
    "of": pl.String,
    "member": pl.String,
    "rank": pl.Int64,
    "seen_at": UTC_TIME,
}


@dataclass(frozen=True)
class Listing:
    """A list's kind, and the id (or `@handle`) of the account or post that it belongs to."""

    kind: Kind
    of: str


def asked(options: ReadOptions) -> Listing | None:
    """What the user says that an input lists. Raises AskedError where it is said to be two things."""
    said: dict[Kind, str | None] = {
        "followers": options.followers_of,
        "following": options.following_of,
        "likers": options.likers_of,
        "retweeters": options.retweeters_of,
    }
    given = [Listing(kind, of) for kind, of in said.items() if of]
    if len(given) > 1:
        names = " and ".join(OPTIONS[listing.kind] for listing in given)
        raise AskedError(f"{names}: an input is one list; load each list by itself")
    return given[0] if given else None


def no_list(options: ReadOptions, name: str) -> None:
    """Raise AskedError where the user says that an input is a list, and its format has none."""
    if listing := asked(options):
        option = OPTIONS[listing.kind]
        raise AskedError(f"{name}: is no list, and {option} is of lists: leave it out, or say --format lists")


def key_of(platform: str, named: str) -> str:
    """The key of an account or post named by its id, its `@handle`, or its key."""
    if named.startswith(f"{platform}:"):
        return named
    if named.startswith("@"):
        return f"{platform}:@{texts.folded(pl.Series([named[1:]]))[0]}"
    return f"{platform}:{named}"


class Lists:
    """Collects lists, page by page; ranks go on from page to page."""

    def __init__(self) -> None:
        self._next: Counter[Listing] = Counter()
        self._entries: list[tuple[str, str, str, int, datetime | None]] = []

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, listing: Listing, members: Iterable[str | None], seen_at: datetime | None) -> None:
        """Append a page: ids in the order of the list; None keeps the place of somebody who cannot be seen."""
        for member in members:
            self._next[listing] += 1
            if member is not None:
                self._entries.append((listing.kind, listing.of, member, self._next[listing], seen_at))

    def take(self, platform: str) -> Listed:
        """What was collected since the last time."""
        frame = pl.DataFrame(self._entries, _ENTRIES, orient="row")
        self._entries = []
        owners = {of: key_of(platform, of) for of in frame["of"].unique()}
        owner = pl.col("of").replace_strict(owners, default=None, return_dtype=pl.String)
        return by_kind(frame.with_columns(owner=owner, key=pl.lit(f"{platform}:") + pl.col("member")))


class Listed(NamedTuple):
    """Lists as the tables of the same names."""

    follows: pl.DataFrame
    likes: pl.DataFrame
    retweeted: pl.DataFrame


def by_kind(entries: pl.DataFrame) -> Listed:
    """Entries (kind, owner and key as keys, rank, seen_at) as tables; nobody is in a list twice."""
    following = pl.col("kind") == "following"
    follows = entries.filter(pl.col("kind").is_in(["followers", "following"])).select(
        account=pl.when(following).then("owner").otherwise("key"),
        target=pl.when(following).then("key").otherwise("owner"),
        # The order in which somebody follows others says nothing of the order of their followers.
        rank=pl.when(~following).then("rank"),
        seen_at="seen_at",
    )
    return Listed(
        conform(follows, FOLLOWS).unique(["account", "target"], keep="first", maintain_order=True),
        _reactions(entries, "likers"),
        _reactions(entries, "retweeters"),
    )


def _reactions(entries: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    rows = entries.filter(pl.col("kind") == kind).select("rank", "seen_at", account="key", post="owner")
    return conform(rows, REACTIONS).unique(["account", "post"], keep="first", maintain_order=True)
