"""Pair counts against coordination_network_toolkit (Graham et al.), unmodified, in an environment of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import polars as pl
from campaign_analysis.background import background_of
from campaign_analysis.events import SECOND, encode
from campaign_analysis.row_pairs import count_row_pairs
from campaign_analysis.sessions import Scale, posts_of
from workshop import Workshop, run, say

PEER = "coordination_network_toolkit"
VERSION = "1.5.2"
WINDOW = 60


def against_toolkit(at: Workshop, events: pl.DataFrame) -> list[list[object]]:
    """Compare numbers of pairs on events (account, object, time in ms); rows of a table (what, here, there, ratio).

    The toolkit's weights count messages that have a partner, not pairs of messages. So two numbers are compared: the
    rows of its own join, counted in the database that it made; and its network as it stands, on events of which no
    two of one account on one object are within two windows, where both are the same. Rows of one account on one object
    at one time are one event here; they are left out for both.
    """
    events = events.unique(maintain_order=True)
    program = at.tool("peer", f"{PEER}=={VERSION}") / "compute_networks"
    sparse = thinned(events)
    with TemporaryDirectory(prefix="campaign-bench-", dir=at.cache) as folder:
        full, thin = Path(folder) / "full", Path(folder) / "thin"
        say(f"counting pairs by {PEER}")
        preparing = preprocess(program, events, full)
        computing = compute(program, full)
        join = joined(full)
        preprocess(program, sparse, thin)
        compute(program, thin)
        network = weights(thin)
    pairs, counting = count(events)
    thin_pairs, _ = count(sparse)
    if (pairs, thin_pairs) != (join, network):
        raise SystemExit(f"pairs differ: {pairs:,} and {thin_pairs:,} here, {join:,} and {network:,} by {PEER}")
    everything = background(events)
    return [
        [f"pairs of {events.height:,} rows within {WINDOW} s", f"{pairs:,}", f"{join:,}", "equal"],
        [f"the same of {sparse.height:,} rows, its network", f"{thin_pairs:,}", f"{network:,}", "equal"],
        [
            "seconds to read and count",
            f"{counting:.2f}",
            f"{preparing + computing:.1f}",
            ratio(preparing + computing, counting),
        ],
        [
            "seconds to read, count by pair, and both backgrounds",
            f"{everything:.2f}",
            f"{preparing + computing:.1f}",
            ratio(preparing + computing, everything),
        ],
    ]


def ratio(theirs: float, mine: float) -> str:
    """How many times faster."""
    return f"{theirs / mine:.0f} ×"


def thinned(events: pl.DataFrame) -> pl.DataFrame:
    """Of an account's events on an object, those more than two windows after the one before."""
    gap = pl.col("time").diff().over("account", "object").fill_null(1 << 60)
    return events.sort("account", "object", "time").filter(gap > 2 * WINDOW * SECOND)


def count(events: pl.DataFrame) -> tuple[int, float]:
    """Pairs of rows, and the seconds from the frame to the number."""
    return best(lambda: count_row_pairs(encode(events), WINDOW * SECOND))


def background(events: pl.DataFrame) -> float:
    """Seconds from the frame to the episodes of all pairs and what chance explains."""

    def work() -> int:
        coded = encode(events)
        return len(background_of(coded, posts_of(coded), Scale(WINDOW, 1800)).n)

    return best(work)[1]


def best(work: Callable[[], int]) -> tuple[int, float]:
    """The result and the shortest time of three times, after one in which numba may have to compile."""
    result, seconds = work(), []
    for _ in range(3):
        began = perf_counter()
        work()
        seconds.append(perf_counter() - began)
    return result, min(seconds)


def preprocess(program: Path, events: pl.DataFrame, database: Path) -> float:
    """Hand the events to the toolkit as reposts of their object; seconds."""
    empty = pl.lit("")
    table = events.with_row_index("message_id").select(
        "message_id",
        user_id="account",
        username="account",
        repost_id="object",
        reply_id=empty,
        message=empty,
        timestamp=pl.col("time") // SECOND,
        urls=empty,
    )
    table.write_csv(f"{database}.csv")
    began = perf_counter()
    run(program, database, "preprocess", f"{database}.csv")
    return perf_counter() - began


def compute(program: Path, database: Path) -> float:
    """Its co-retweet network, every edge; seconds."""
    began = perf_counter()
    run(program, database, "compute", "co_retweet", "--time_window", str(WINDOW), "--min_edge_weight", "1")
    return perf_counter() - began


def joined(database: Path) -> int:
    """Rows of the join that its network is made of, each pair of messages of two accounts once."""
    return number(
        database,
        "select count(*) from edge e_1 inner join edge e_2 on e_1.repost_id = e_2.repost_id "
        "and e_2.timestamp between e_1.timestamp - ?1 and e_1.timestamp + ?1 and e_1.user_id < e_2.user_id",
        WINDOW,
    )


def weights(database: Path) -> int:
    """The sum of its network's weights without loops, each pair of accounts once."""
    return number(database, "select sum(weight) / 2 from co_retweet_network where user_1 <> user_2")


def number(database: Path, query: str, *values: int) -> int:
    """The one number that a query gives."""
    with closing(sqlite3.connect(database)) as opened:
        return int(opened.execute(query, values).fetchone()[0])
