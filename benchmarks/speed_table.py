"""The table of speed: from a file to edges beside another tool, counting, the whole way, ten times as much."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from cost import Cost, cost
from embedded import warm_up
from peer import PEER, VERSION
from workshop import COMMAND, Workshop, say, show

HOT = ("--hot-posts", "200000")
CORPORA = {  # stem in the cache, options of the generator
    "plain": ("speed_1000000", ("--posts", "1000000")),
    "day": ("hot_24", HOT),
    "hour": ("hot_1", (*HOT, "--hot-hours", "1")),
    "ten": ("speed_10000000", ("--posts", "10000000")),
}
NAMES = {
    "plain": "1 M posts, 1.48 M events",
    "day": "and 200,000 of one hashtag in a day",
    "hour": "and 200,000 of one hashtag in an hour",
}
WANTED = {"plain": 10, "day": 50, "hour": 50}
DUCKDB = "1.4.2"
HEADS = ("work", "campaign", "memory", "against", "took", "memory ", "ratio", "wanted")
NOTE = (
    "Each is a process of its own, from its start to its end, with numba's cache warm; the other tool's two commands "
    "(preprocess, compute) are added up. A ratio is of seconds, the ratio of CPU seconds in brackets."
)


def stem(at: Workshop, corpus: str) -> Path:
    """The corpus's path without endings, generated where it is not there."""
    name, options = CORPORA[corpus]
    return at.generated("generate_posts.py", name, *options)


def edges(file: str | Path, part: str) -> tuple[Cost, int]:
    """What the script beside this one takes for a part, and the number that it prints."""
    script = Path(__file__).with_name("file_to_edges.py")
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        took = cost(sys.executable, script, file, part, out=out)
        return took, int(out.read_text())


def toolkit(at: Workshop, csv: Path) -> Cost:
    """What coordination_network_toolkit takes for the same file: preprocess, then every co-action, without a test."""
    program = at.tool("peer", f"{PEER}=={VERSION}") / "compute_networks"
    with TemporaryDirectory(prefix="campaign-bench-", dir=at.cache) as folder:
        database = Path(folder) / "database"
        preparing = cost(program, database, "preprocess", csv)
        network = ("compute", "co_retweet", "--time_window", "60", "--min_edge_weight", "1")
        return preparing + cost(program, database, *network)


def ratio(theirs: Cost, mine: Cost) -> str:
    """How many times less time, and less CPU."""
    return f"{theirs.seconds / mine.seconds:.1f} × ({theirs.work / mine.work:.1f} ×)"


def against_toolkit(at: Workshop, corpora: Sequence[str]) -> None:
    """From the toolkit's own CSV to edges, at one scale and at all three, against the toolkit."""
    rows = []
    for corpus in corpora:
        csv = Path(f"{stem(at, corpus)}.cnt_rt.csv")
        edges(csv, "all")  # warms the disk's cache and numba's
        mine = {part: edges(csv, part)[0] for part in ("one", "all")}
        say(f"{PEER}: {NAMES[corpus]}")
        theirs = toolkit(at, csv)
        for part, scales in (("one", "one scale"), ("all", "all scales")):
            m = mine[part]
            rows.append([
                f"{NAMES[corpus]}: file to edges, both nulls, {scales}", m, f"{m.memory:.2f} GB", f"{PEER} {VERSION}",
                theirs, f"{theirs.memory:.2f} GB", ratio(theirs, m), f"{WANTED[corpus]} ×, under 1 GB",
            ])  # fmt: skip
    show("File to edges", HEADS, rows, NOTE)


def counting(at: Workshop) -> None:
    """Pairs of rows alone, against DuckDB."""
    csv = Path(f"{stem(at, 'plain')}.cnt_rt.csv")
    python = at.tool("duckdb", f"duckdb=={DUCKDB}") / "python"
    edges(csv, "count")
    mine, pairs = edges(csv, "count")
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        theirs = cost(python, Path(__file__).with_name("duckdb_join.py"), csv, out=out)
        joined = int(out.read_text())
    if joined != pairs:
        raise SystemExit(f"pairs differ: {pairs:,} here, {joined:,} by DuckDB")
    wanted = "faster, a third of the memory"
    row = [f"counting {pairs:,} pairs of rows within 60 s", mine, f"{mine.memory:.2f} GB", f"DuckDB {DUCKDB}", theirs]
    show("Counting alone", HEADS, [[*row, f"{theirs.memory:.2f} GB", ratio(theirs, mine), wanted]], NOTE)


def whole_way(at: Workshop) -> None:
    """`campaign detect` from the embedded store, saved, against the file to edges."""
    files = stem(at, "plain")
    with TemporaryDirectory(prefix="campaign-bench-", dir=at.cache) as folder:
        warm_up(Path(folder))
        store = Path(folder) / "store.lbug"
        cost(COMMAND, "load", f"{files}.posts.parquet", "--store", store, "--platform", "bench", "--quiet")
        detect = cost(COMMAND, "detect", "--store", store, "--json", "--quiet")
    edges(f"{files}.cnt_rt.csv", "all")
    file = edges(f"{files}.cnt_rt.csv", "all")[0]
    times = f"{detect.seconds / file.seconds:.1f} × as long ({detect.work / file.work:.1f} × the CPU)"
    row = ["detect from the embedded store, all layers, placebo, saved", detect, f"{detect.memory:.2f} GB"]
    against = ["file to edges, hashtags, all scales", file, f"{file.memory:.2f} GB", times, "at most 3 ×"]
    show("The whole way", HEADS, [[*row, *against]], NOTE)


def ten_times(at: Workshop) -> None:
    """Ten million posts against one."""
    rows = []
    for part, scales in (("one", "one scale"), ("all", "all scales")):
        less, more = (edges(f"{stem(at, c)}.long.parquet", part)[0] for c in ("plain", "ten"))
        times = f"{more.seconds / less.seconds:.1f} × as long ({more.work / less.work:.1f} × the CPU)"
        what = f"10 M posts, 14.8 M events: file to edges, {scales}"
        small = [less, f"{less.memory:.2f} GB", times, "at most 12 ×, under 4 GB"]
        rows.append([what, more, f"{more.memory:.2f} GB", "1 M posts", *small])
    show("Ten times as much", HEADS, rows, f"{NOTE} Parquet.")


ROWS = {
    "plain": lambda at: against_toolkit(at, ["plain"]),
    "day": lambda at: against_toolkit(at, ["day"]),
    "hour": lambda at: against_toolkit(at, ["hour"]),
    "counting": counting,
    "whole": whole_way,
    "ten": ten_times,
}


def table(at: Workshop, rows: Sequence[str]) -> None:
    """Measure these rows of the table, all if none is given; `hour` takes the other tool some twenty minutes.

    A row that fails is told at the end, and does not keep the others from being measured.
    """
    failed = []
    for row in rows or ROWS:
        began = perf_counter()
        try:
            ROWS[row](at)
        except (SystemExit, OSError, ValueError) as error:
            failed.append(f"row {row}: {error}")
        say(f"row {row}: {(perf_counter() - began) / 60:.1f} min")
    if failed:
        raise SystemExit("\n".join(failed))
