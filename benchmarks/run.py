"""Speed and memory against what is wanted. Prints Markdown tables; `make bench` calls it.

python benchmarks/run.py                  everything: ten minutes on two cores
python benchmarks/run.py embedded peer    some parts
python benchmarks/run.py table            file to edges, counting, the whole way, 10 M posts: 40 minutes
python benchmarks/run.py table --rows plain,day,counting,whole,ten    without the row that takes another tool 20 minutes
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
from embedded import embedded
from neo4j_speed import against_bare_driver
from peer import PEER, VERSION, against_toolkit
from speed_table import ROWS, table
from workshop import Workshop, campaign, circumstances, options, show, workshop

HEADS = ("what", "measured", "wanted")
SMALL = 10_000  # posts that warm a server up


def corpus(at: Workshop, number: int) -> Path:
    """A file of so many posts: by the generator beside the project, where it is, else by the project's simulator."""
    if (at.shared / "bench" / "generate_posts.py").exists():
        stem = at.generated("generate_posts.py", f"speed_{number}", "--posts", str(number), *few_groups(number))
        return Path(f"{stem}.posts.parquet")
    folder = at.cache / f"simulated_{number}"
    if not (folder / "posts.parquet").exists():
        campaign("simulate", "--out", folder, "--posts", str(number))
    return folder / "posts.parquet"


def few_groups(number: int) -> tuple[str, ...]:
    """Planted groups take some 8,000 posts: a small corpus has fewer of them."""
    return ("--groups", "4", "--spikes", "1") if number < 50_000 else ()


def hashtag_events(posts: Path) -> pl.DataFrame:
    """One row a post and hashtag: account, object, time in ms."""
    table = pl.read_parquet(posts, columns=["account_id", "created_at", "hashtags"])
    time = pl.col("created_at")
    epoch = time.dt.epoch("ms") if table.schema["created_at"].is_temporal() else time * 1000
    split = table.select(account="account_id", object=pl.col("hashtags").str.split(" "), time=epoch).explode("object")
    return split.filter(pl.col("object") != "")


def whole_way(at: Workshop, posts: int, _: int) -> None:
    """The embedded store."""
    show(f"{posts:,} posts, embedded store", HEADS, embedded(at, corpus(at, posts), posts), WARM)


WARM = (
    "Each is the command in a process of its own, from its start to its end; numba's cache is warm (compiling takes "
    "some ten seconds, once after an installation)."
)


def server(at: Workshop, _: int, sample: int) -> None:
    """Neo4j."""
    rows = against_bare_driver(at, corpus(at, SMALL), corpus(at, sample), sample)
    show(f"{sample:,} posts, Neo4j on the same machine, 2 GB heap", HEADS, rows)


def pairs(at: Workshop, _: int, sample: int) -> None:
    """The other tool."""
    heads = ("what", "campaign", f"{PEER} {VERSION}", "ratio")
    show("Pair counts without collapsing", heads, against_toolkit(at, hashtag_events(corpus(at, sample))))


PARTS: dict[str, Callable[[Workshop, int, int], None]] = {"embedded": whole_way, "neo4j": server, "peer": pairs}


def main() -> None:
    """Measure the parts that are asked for."""
    parser = options("Measure speed and memory.")
    parser.add_argument("parts", nargs="*", choices=[[], "table", *PARTS], help="which; all but the table if not given")
    parser.add_argument("--rows", default="", help=f"rows of the table: {','.join(ROWS)}; all if not given")
    parser.add_argument("--posts", type=int, default=1_000_000, help="posts for the embedded store (%(default)s)")
    parser.add_argument("--sample", type=int, default=100_000, help="posts for Neo4j and the other tool (%(default)s)")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a server that was started is stopped
    print(f"{circumstances()}\n", flush=True)
    for part in given.parts or PARTS:
        if part == "table":
            table(workshop(given), [row for row in given.rows.split(",") if row])
        else:
            PARTS[part](workshop(given), given.posts, given.sample)


if __name__ == "__main__":
    main()
