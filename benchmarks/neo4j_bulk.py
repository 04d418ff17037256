"""A first load of a file into an empty local Neo4j: by `campaign load --bulk`, and in batches.

python benchmarks/neo4j_bulk.py posts.parquet      such as `campaign simulate --posts 1000000` writes
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path
from time import perf_counter

from campaign_cypher.server import Options, running, start, stop
from neo4j_speed import free_port
from workshop import campaign, say


def main() -> None:
    """Load twice, each into a server of its own; seconds from the command's start to its end, and the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts", type=Path)
    posts = parser.parse_args().posts.resolve()
    results = [took(posts, bulk) for bulk in (True, False)]
    (bulk, in_bulk), (batch, in_batches) = results
    number = in_batches["Post"]
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name, seconds in (("--bulk", bulk), ("in batches", batch)):
        print(f"{name}: {seconds:,.0f} s, {number / seconds:,.0f} posts/s")
    print(f"the same counts: {in_bulk == in_batches} ({sum(in_batches.values()):,} nodes and relationships)")


def took(posts: Path, bulk: bool) -> tuple[float, dict[str, int]]:
    """Seconds of a load into a new empty server, and what that holds then."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        server, _ = start(home, Options(bolt_port=free_port(), http_port=free_port(), heap="2g", pagecache="1g"), say)
        way = ["--bulk"] if bulk else []
        if bulk:
            stop(server)  # as it is for a first load
        try:
            began = perf_counter()
            told = campaign("load", posts, "--store", server.bolt, "--json", "--quiet", *way, CAMPAIGN_HOME=folder)
            return perf_counter() - began, json.loads(told)["store_counts"]
        finally:
            for one in running(home):
                stop(one)


if __name__ == "__main__":
    main()
