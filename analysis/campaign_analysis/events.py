"""Events as arrays: who acted on what and when, encoded once and used by every kernel."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from campaign_analysis.arrays import Codes as Codes
from campaign_analysis.arrays import Floats as Floats
from campaign_analysis.arrays import Ints as Ints
from campaign_analysis.arrays import codes_of
from campaign_analysis.clock import clock_of
from campaign_analysis.errors import AnalysisError
from campaign_analysis.parallel import both
from campaign_analysis.rows import SECOND as SECOND
from campaign_analysis.rows import numbered_posts, sorted_rows

SOON = 60 * SECOND  # after a link was first seen: nobody has read it so soon
AT_ONCE = -1  # who sees a post come out may react to it in the same tick
UNBORN = np.iinfo(np.int64).min  # where nobody knows when an object came out
TALKS = {"account": pl.String, "other": pl.String, "time": pl.Int64}


@dataclass(frozen=True)
class Talk:
    """Acts by which an account talks to another: codes of both, and the time in epoch ms."""

    account: Codes
    other: Codes
    time: Ints


@dataclass(frozen=True)
class Events:
    """Acts of accounts on objects, without repeats of the same row, sorted by (object, time, account).

    `account` and `object` are positions in the sorted names; `post` numbers the posts. Where a post has several
    objects, the pairs (account, time) stand for posts: two posts of one account at the same tick count as one.
    `clock` is the tick of the data in milliseconds: 60,000 where no time has seconds.
    `source` says for each object whose it is (the author of a retweeted post), -1 where nobody knows; `born` when it
    came out (epoch ms), UNBORN where nobody knows. Two who act within `soon` ms after that did not merely read it.
    `talk`: the acts by which these accounts talk to each other (talks.py).
    """

    account: Codes
    object: Codes
    time: Ints
    post: Codes
    accounts: pl.Series
    objects: pl.Series
    source: Codes
    born: Ints
    soon: int
    talk: Talk
    clock: int

    def __len__(self) -> int:
        return len(self.time)


def encode(
    frame: pl.DataFrame, one_object: bool = False, first_seen: bool = False, talks: pl.DataFrame | None = None
) -> Events:
    """Encode a frame `account: String, object: String, time: Int64` (epoch ms) as Events.

    `one_object`: a post has one object (a retweet has one original), so that every row is a post of its own.
    A column `source: String` may say whose the object is, and `born: Int64` when it came out (epoch ms); `first_seen`:
    it came out when it was first acted on. `talks` (TALKS) are acts by which one talks to another.
    Raises AnalysisError where columns are missing.
    """
    missing = {"account", "object", "time"} - set(frame.columns)
    if missing:
        raise AnalysisError(f"events lack the columns {', '.join(sorted(missing))}: give account, object and time")
    frame = frame.drop_nulls(["account", "object", "time"])
    if len(frame) >= 1 << 31:
        raise AnalysisError(f"{len(frame):,} events are more than can be numbered: ask for a shorter time")
    (accounts, account), (objects, obj) = both(
        partial(codes_of, frame["account"]), partial(codes_of, frame["object"]), len(frame)
    )
    moments = frame["time"].cast(pl.Int64).to_numpy()
    born, soon = (_first(obj, moments), SOON) if first_seen else (_born(frame, objects), AT_ONCE)
    known = accounts, objects, _sources(frame, objects), born, soon, _talk(talks, accounts)
    del frame  # what follows needs the memory
    account, obj, moments = sorted_rows(account, obj, moments, len(accounts), len(objects))
    return _coded(account, obj, moments, known, one_object)


Known = tuple[pl.Series, pl.Series, Codes, Ints, int, Talk]  # accounts, objects; sources, births, what is soon; talk


def _coded(account: Codes, obj: Codes, time: Ints, known: Known, one_object: bool) -> Events:
    accounts, objects, source, born, soon, talk = known
    numbered = partial(np.arange, len(time), dtype=np.int32) if one_object else partial(numbered_posts, account, time)
    post = numbered()
    clock = clock_of(times_of(post, time))
    soon = min(soon, SOON if clock <= SOON else AT_ONCE)  # of a coarser clock the same tick may be an hour later
    return Events(account, obj, time, post, accounts, objects, source, born, soon, talk, clock)


def times_of(post: Codes, time: Ints) -> Ints:
    """The time of each post, once, however many objects it has: a few posts with many tags tell no clock."""
    of_post = np.empty(int(post.max(initial=-1)) + 1, dtype=np.int64)
    of_post[post] = time
    return of_post


def with_rows(events: Events, account: Codes, obj: Codes, time: Ints, one_object: bool) -> Events:
    """Other rows (codes, and times in epoch ms, in any order) of the same accounts and objects, all of which occur."""
    known = events.accounts, events.objects, events.source, events.born, events.soon, events.talk
    account, obj, time = sorted_rows(account, obj, time, len(events.accounts), len(events.objects))
    return _coded(account, obj, time, known, one_object)


def _sources(frame: pl.DataFrame, objects: pl.Series) -> Codes:
    """The source of each object as a code, -1 where nobody knows."""
    if "source" not in frame.columns:
        return np.full(len(objects), -1, dtype=np.int32)
    codes = told_of(frame, objects, "source").rank("dense").cast(pl.Int32) - 1
    return codes.fill_null(-1).to_numpy()


def _born(frame: pl.DataFrame, objects: pl.Series) -> Ints:
    """When each object came out, UNBORN where nobody knows."""
    if "born" not in frame.columns:
        return np.full(len(objects), UNBORN, dtype=np.int64)
    return told_of(frame, objects, "born").cast(pl.Int64).fill_null(UNBORN).to_numpy()


def _talk(talks: pl.DataFrame | None, accounts: pl.Series) -> Talk:
    """The talks of these accounts with each other."""
    if talks is None:
        nobody = np.empty(0, dtype=np.int32)
        return Talk(nobody, nobody, np.empty(0, dtype=np.int64))
    rows = talks
    names = pl.DataFrame({"name": accounts, "code": np.arange(len(accounts), dtype=np.int32)})
    for side in ("account", "other"):
        rows = rows.join(names, left_on=side, right_on="name").drop(side).rename({"code": side})
    rows = rows.sort("account", "other", "time")
    return Talk(rows["account"].to_numpy(), rows["other"].to_numpy(), rows["time"].to_numpy())


def _first(obj: Codes, time: Ints) -> Ints:
    """When each object was first acted on."""
    first = np.full(int(obj.max(initial=-1)) + 1, np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(first, obj, time)
    return first


def told_of(frame: pl.DataFrame, objects: pl.Series, column: str) -> pl.Series:
    """What a column tells of each object, null where it tells nothing; the first in order where rows disagree."""
    known = frame.select("object", column).drop_nulls().group_by("object").agg(pl.col(column).min())
    return pl.DataFrame({"object": objects}).join(known, on="object", how="left", maintain_order="left")[column]


def fingerprint(events: Events) -> str:
    """A hash of the events as read: the same events give the same hash, in whatever order they came."""
    digest = hashlib.blake2b(digest_size=16)
    for names in (events.accounts, events.objects):
        digest.update("\n".join(names.to_list()).encode())
    talk = events.talk
    rows = events.account, events.object, events.time, events.source, events.born
    for column in (*rows, talk.account, talk.other, talk.time):
        digest.update(np.ascontiguousarray(column).data)
    return digest.hexdigest()
