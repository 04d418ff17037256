"""Events as arrays: who acted on what and when, encoded once and used by every kernel."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from campaign_analysis.errors import AnalysisError

SECOND = 1_000  # times are epoch milliseconds
CLOCKS = (86_400 * SECOND, 3_600 * SECOND, 60 * SECOND, SECOND, 1)

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Events:
    """Acts of accounts on objects, without repeats of the same row, sorted by (object, time, account).

    `account` and `object` are positions in the sorted names; `post` numbers the posts. Where a post has several
    objects, the pairs (account, time) stand for posts: two posts of one account at the same tick count as one.
    `clock` is the tick of the data in milliseconds: 60,000 where no time has seconds.
    `source` says for each object whose it is (the author of a retweeted post), -1 where nobody knows.
    """

    account: Codes
    object: Codes
    time: Ints
    post: Codes
    accounts: pl.Series
    objects: pl.Series
    source: Codes
    clock: int

    def __len__(self) -> int:
        return len(self.time)


def encode(frame: pl.DataFrame, one_object: bool = False) -> Events:
    """Encode a frame `account: String, object: String, time: Int64` (epoch ms) as Events.

    `one_object`: a post has one object (a retweet has one original), so that every row is a post of its own.
    A column `source: String` may say whose the object is.
    Raises AnalysisError where columns are missing.
    """
    missing = {"account", "object", "time"} - set(frame.columns)
    if missing:
        raise AnalysisError(f"events lack the columns {', '.join(sorted(missing))}: give account, object and time")
    accounts, account = _codes(frame["account"])
    objects, obj = _codes(frame["object"])
    coded = pl.DataFrame({"object": obj, "time": frame["time"].cast(pl.Int64), "account": account})
    coded = coded.drop_nulls().unique().sort("object", "time", "account")
    if one_object:
        post = pl.int_range(len(coded), dtype=pl.Int32, eager=True)
    else:
        post = coded.select(pl.struct("account", "time").rank("dense").cast(pl.Int32) - 1).to_series()
    time = coded["time"].to_numpy()
    return Events(
        account=coded["account"].to_numpy(),
        object=coded["object"].to_numpy(),
        time=time,
        post=post.to_numpy(),
        accounts=accounts,
        objects=objects,
        source=_sources(frame, objects),
        clock=clock_of(time),
    )


def _sources(frame: pl.DataFrame, objects: pl.Series) -> Codes:
    """The source of each object as a code; the first in order where rows disagree."""
    if "source" not in frame.columns:
        return np.full(len(objects), -1, dtype=np.int32)
    known = frame.select("object", "source").drop_nulls().group_by("object").agg(pl.col("source").min())
    codes = known.with_columns(code=pl.col("source").rank("dense").cast(pl.Int32) - 1)
    joined = pl.DataFrame({"object": objects}).join(codes, on="object", how="left", maintain_order="left")
    return joined["code"].fill_null(-1).to_numpy()


def _codes(names: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The sorted names, and each row's position among them."""
    known = names.drop_nulls().unique().sort()
    codes = pl.DataFrame({"name": known}).with_row_index("code").with_columns(pl.col("code").cast(pl.Int32))
    joined = pl.DataFrame({"name": names}).join(codes, on="name", how="left", maintain_order="left")
    return known, joined["code"]


def fingerprint(events: Events) -> str:
    """A hash of the events as read: the same events give the same hash, in whatever order they came."""
    digest = hashlib.blake2b(digest_size=16)
    for names in (events.accounts, events.objects):
        digest.update("\n".join(names.to_list()).encode())
    for column in (events.account, events.object, events.time, events.source):
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()


def clock_of(time: Ints) -> int:
    """The coarsest usual tick (ms) of which at least half of the times are multiples: many archives only keep minutes.

    Half, not all: a few posts with seconds beside an archive of minutes do not make its coincidences any rarer.
    """
    return next(c for c in CLOCKS if np.mean(time % c == 0) >= 0.5) if len(time) else 1
