"""The acts behind a finding: when a group's members co-act, and the very acts that make each episode of a pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

import numpy as np
import polars as pl

from campaign_analysis.arrays import Ints
from campaign_analysis.episodes import first_of_each
from campaign_analysis.events import SECOND, Events, encode
from campaign_analysis.moments import TICK, moments_of
from campaign_analysis.sessions import Posts, Scale, Sessions, posts_of, sessions_of

EPISODES = {
    "object": pl.String,
    "block_start": pl.Int64,  # epoch ms
    "a_time": pl.Int64,  # epoch ms of the two acts that are closest
    "b_time": pl.Int64,
}
ATTENDED = {
    "object": pl.String,
    "block_start": pl.Int64,  # epoch ms
    "time": pl.Int64,  # epoch ms of the account's own act
    "a": pl.String,  # the two accounts of the core that act nearest to it, and when
    "a_time": pl.Int64,
    "b": pl.String,
    "b_time": pl.Int64,
}


def co_acting(events: pl.DataFrame, members: Iterable[str], window: int) -> pl.DataFrame:
    """Events (account, object, time) of members within `window` seconds of the next or last act of another member."""
    inside = events.filter(pl.col("account").is_in(list(members))).sort("object", "time", "account")

    def gap(step: int) -> pl.Expr:
        """To the nearest act of another on one side: that of the last of the account's own acts there."""
        other = pl.when(pl.col("account") != pl.col("account").shift(step)).then(pl.col("time").shift(step))
        filled = other.forward_fill() if step > 0 else other.backward_fill()
        return (pl.col("time") - filled).abs().over("object").fill_null(window * SECOND + 1)

    return inside.filter((gap(1) <= window * SECOND) | (gap(-1) <= window * SECOND))


def episodes(
    acts: pl.DataFrame, a: str, b: str, scale: Scale, frequency: dict[str, int] | None = None, one_object: bool = False
) -> pl.DataFrame:
    """The episodes of two accounts (EPISODES), in order of time; each with the two acts that are closest.

    `acts`: account, object, time (epoch ms). `frequency`: all events of each object, which says which of several
    shared hashtags is the rarest. The same rules as the counting: repeats collapse, two posts meet on one object.
    """
    return episodes_of(acts, [(a, b)], scale, frequency, one_object).select(EPISODES.keys())


def episodes_of(
    acts: pl.DataFrame,
    pairs: Sequence[tuple[str, str]],
    scale: Scale,
    frequency: dict[str, int] | None = None,
    one_object: bool = False,
) -> pl.DataFrame:
    """The same of many pairs: `a` and `b` before the columns of EPISODES; pair after pair as given."""
    wanted = pl.DataFrame(pairs, schema={"a": pl.String, "b": pl.String}, orient="row").with_row_index("pair")
    events = encode(acts.filter(pl.col("account").is_in([x for pair in pairs for x in pair])), one_object)
    codes = pl.DataFrame({"name": events.accounts, "code": np.arange(len(events.accounts), dtype=np.int32)})
    coded = wanted.join(codes, left_on="a", right_on="name").join(codes, left_on="b", right_on="name", suffix="_b")
    if coded.is_empty():
        return pl.DataFrame(schema={"a": pl.String, "b": pl.String, **EPISODES})
    coded = coded.with_columns(low=pl.min_horizontal("code", "code_b"), high=pl.max_horizontal("code", "code_b"))
    posts = posts_of(events, _known(events, frequency))
    s = sessions_of(events, posts, scale)
    met = _closest(s, scale, coded.select("low", "high"))
    low_is_a = pl.col("low") == pl.col("code")
    found = (
        coded.join(met, on=["low", "high"])
        .with_columns(a_time=pl.when(low_is_a).then("time").otherwise("time_b"))
        .with_columns(b_time=pl.when(low_is_a).then("time_b").otherwise("time"))
        .sort("pair", "a_time", "cell")
    )
    length = scale.block * SECOND
    return found.select(
        "a",
        "b",
        object=events.objects.gather(s.cell_object[found["cell"].to_numpy()].astype(np.int64)),
        block_start=pl.col("a_time") // length * length,
        a_time="a_time",
        b_time="b_time",
    )


def _closest(s: Sessions, scale: Scale, pairs: pl.DataFrame) -> pl.DataFrame:
    """The two acts that are closest of each pair of accounts (codes low, high) in each cell in which the two meet, each
    post once (episodes.once_a_post).

    Columns low, high, cell, and the `time` of the one and of the other (`time_b`).
    """
    low, high = _near(s, scale.window * SECOND, _key(s, pairs["low"].to_numpy(), pairs["high"].to_numpy()))
    rows = pl.DataFrame(
        {
            "low": s.account[low],
            "high": s.account[high],
            "cell": s.cell[low],
            "rank": s.rank[low],
            "time": s.time_of(low),
            "time_b": s.time_of(high),
            "post": s.post[low],
            "post_b": s.post[high],
        }
    )
    near = (
        _on_rarest_shared(rows, s.events, s.posts)
        .with_columns(gap=(pl.col("time") - pl.col("time_b")).abs())
        .sort("low", "high", "cell", "gap", "time", "time_b")
    )
    key = _key(s, near["low"].to_numpy(), near["high"].to_numpy())
    counts = first_of_each(key, *(near[name].to_numpy() for name in ("cell", "post", "post_b")))
    return near.filter(pl.Series(counts)).select("low", "high", "cell", "time", "time_b")


def _near(s: Sessions, window: int, pairs: Ints) -> tuple[Ints, Ints]:
    """Positions of two acts of one of the pairs in one cell within the window (ms), that of the lower code first.

    Acts stand in order of time in their cell: who is too late for the next act but one is so for all after that. So
    memory goes by the acts and what is found, not by pairs times acts.
    """
    time, linked = s.time, np.unique(pairs)
    before, after = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    near = np.arange(len(time), dtype=np.int64)
    for step in count(1):
        near = near[near + step < len(time)]
        near = near[(s.cell[near + step] == s.cell[near]) & (time[near + step] - time[near] <= window)]
        if not len(near):
            break
        key = _key(s, s.account[near], s.account[near + step])
        at = np.minimum(np.searchsorted(linked, key), len(linked) - 1)
        hit = near[linked[at] == key]
        before.append(hit)
        after.append(hit + step)
    one, other = np.concatenate(before), np.concatenate(after)
    lower = s.account[one] < s.account[other]
    return np.where(lower, one, other), np.where(lower, other, one)


def _key(s: Sessions, one: np.ndarray, other: np.ndarray) -> Ints:
    """A number for each pair of accounts, whichever of the two comes first."""
    low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other).astype(np.int64)
    key: Ints = low * len(s.events.accounts) + high
    return key


def _known(events: Events, frequency: dict[str, int] | None) -> Ints | None:
    if frequency is None:
        return None
    return np.array([frequency.get(o, 0) for o in events.objects.to_list()], dtype=np.int64)


def attended(
    acts: pl.DataFrame,
    account: str,
    core: Iterable[str],
    scale: Scale,
    frequency: dict[str, int] | None = None,
    one_object: bool = False,
) -> pl.DataFrame:
    """The cells in which an account acts at a moment of a core (ATTENDED), in order of time.

    `acts`: account, object, time (epoch ms); `frequency` as in `episodes`. In each cell the act that is nearest to two
    accounts of the core. The same rules as growing's counting: repeats collapse, a moment is within the window of acts
    of two of the core's accounts, a post counts for its rarest object.
    """
    others = set(core) - {account}
    events = encode(acts.filter(pl.col("account").is_in([*others, account])), one_object)
    names = events.accounts.to_list()
    if account not in names or len(names) < 3:
        return pl.DataFrame(schema=ATTENDED)
    me = names.index(account)
    s = sessions_of(events, posts_of(events, _known(events, frequency)), scale)
    moments = moments_of(s, np.delete(np.arange(len(names), dtype=np.int32), me), scale, TICK)
    if not len(moments.cell):
        return pl.DataFrame(schema=ATTENDED)
    at, of_cell = moments.events()
    mine = np.zeros(len(s.cell), dtype=np.bool_)
    inside = at[moments.covers(at, of_cell) & (s.account[at] == me)]
    mine[inside[moments.once_a_post(inside)]] = True
    rows = pl.DataFrame({"cell": s.cell, "account": s.account, "time": s.time})
    own = rows.filter(pl.Series(mine)).select("cell", "time")
    near = (
        own.join(rows.filter(pl.col("account") != me), on="cell", suffix="_b")
        .with_columns(gap=(pl.col("time") - pl.col("time_b")).abs())
        .sort("cell", "time", "gap", "time_b", "account")
        .unique(["cell", "time", "account"], keep="first", maintain_order=True)
        .group_by("cell", "time", maintain_order=True)
        .agg(a=pl.col("account").get(0), a_time=pl.col("time_b").get(0),
             b=pl.col("account").get(1), b_time=pl.col("time_b").get(1), gap=pl.col("gap").get(1))
        .sort("cell", "gap", "time")
        .unique("cell", keep="first", maintain_order=True)
        .sort("time", "cell")
    )  # fmt: skip
    length = scale.block * SECOND
    return near.select(
        object=events.objects.gather(s.cell_object[near["cell"].to_numpy()].astype(np.int64)),
        block_start=pl.col("time") // length * length,
        time="time",
        a=events.accounts.gather(near["a"]),
        a_time="a_time",
        b=events.accounts.gather(near["b"]),
        b_time="b_time",
    )


def _on_rarest_shared(pairs: pl.DataFrame, events: Events, posts: Posts) -> pl.DataFrame:
    """Those pairs that meet on the rarest object which their two posts share, whether or not its acts collapsed."""
    objects = pl.DataFrame({"post": events.post, "rarest": posts.rank[events.object]})
    shared = (
        pairs.select("post", "post_b")
        .unique()
        .join(objects, on="post")
        .join(objects.rename({"post": "post_b"}), on=["post_b", "rarest"])
        .group_by("post", "post_b")
        .agg(pl.col("rarest").min())
    )
    return pairs.join(shared, on=["post", "post_b"]).filter(pl.col("rank") == pl.col("rarest"))
