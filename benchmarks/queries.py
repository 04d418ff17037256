"""How long every query of the library takes on a file of posts, on both lines of Neo4j. Prints docs' table.

python benchmarks/queries.py posts.parquet      such as `campaign simulate --posts 1000000` writes
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

from campaign_cypher import StoreTarget
from campaign_cypher.neo4j_store import Neo4jStore
from campaign_cypher.queries import StoredQuery, all_queries, get
from campaign_cypher.server import Options, Server, running, start, stop
from neo4j_speed import free_port
from workshop import campaign, say, show

LINES = ("5.26", "2026.08")
SLOW = 2.0  # seconds from which a query has to say so
MANY = 500  # accounts given to a question about several


def main() -> None:
    """Load, detect twice, ask everything; a row for each query that is slow or says that it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts", type=Path)
    parser.add_argument("--line", action="append", help=f"of {', '.join(LINES)}; both if not given")
    asked = parser.parse_args()
    lines = asked.line or LINES
    took = {line: on_line(asked.posts.resolve(), line) for line in lines}
    asked_of = [query for query in all_queries() if not query.for_program]
    notable = [q for q in asked_of if q.slow or max(took[line].get(q.id, 0) for line in lines) > SLOW]
    rows = [[f"`{q.id}`", *(f"{took[line][q.id]:.1f} s" for line in lines), q.slow or "**nothing**"] for q in notable]
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {len(asked_of)} queries a line")
    show("Queries over 2 s, or that say so", ("query", *lines, "says"), rows)


def on_line(posts: Path, line: str) -> dict[str, float]:
    """Seconds of each query, the slower of two rounds, in a server of this line of its own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        ports = Options(line=line, bolt_port=free_port(), http_port=free_port(), heap="2g", pagecache="1g")
        server, _ = start(home, ports, say)
        stop(server)
        try:
            campaign("load", posts, "--store", server.bolt, "--bulk", "--quiet", CAMPAIGN_HOME=folder)
            runs = [detected(folder, server, fdr) for fdr in ("0.01", "0.05")]
            return timed(server, runs)
        finally:
            for one in running(home):
                stop(one)


def detected(home: str, server: Server, fdr: str) -> str:
    """Id of a saved run at this rate."""
    answer = campaign("detect", "--store", server.bolt, "--fdr", fdr, "--json", "--quiet", CAMPAIGN_HOME=home)
    return str(json.loads(answer)["run"]["id"])


def timed(server: Server, runs: list[str]) -> dict[str, float]:
    """Ask every question of the library twice."""
    with closing(Neo4jStore(StoreTarget(server.bolt, username="neo4j", password=server.password()))) as store:
        given = parameters(store, runs)
        found = {}
        for query in (q for q in all_queries() if not q.for_program):
            say(query.id)
            found[query.id] = max(seconds(store, query, given) for _ in range(2))
        return found


def seconds(store: Neo4jStore, query: StoredQuery, given: dict[str, object]) -> float:
    """From the question to the last row."""
    wanted = {p.name: given[p.name] for p in query.parameters if p.required}
    began = perf_counter()
    store.read(query, wanted)
    return perf_counter() - began


def parameters(store: Neo4jStore, runs: list[str]) -> dict[str, object]:
    """What is asked about: the most used hashtags, the busiest accounts, the largest groups, a pair, some posts."""
    tags = column(store, "hashtags/top", "tag", limit=MANY)
    busy = column(store, "accounts/busiest", "account", limit=MANY)
    groups = column(store, "campaigns/list", "group")
    pair = store.read(get("runs/edges"), {"run": runs[-1]}).row(0, named=True)
    posts = column(store, "evidence/account_posts", "post", account=busy[0], limit=MANY)
    accounts = {"account": busy[0], "accounts": busy, "a": pair["a"], "b": pair["b"], "handles": busy, "text": "a"}
    found = {"run": runs[-1], "before": runs[0], "group_id": groups[0], "other_id": groups[1]}
    return {**accounts, **found, "tag": tags[0], "tags": tags[:2], "ids": posts, "post_id": posts[0]}


def column(store: Neo4jStore, id_: str, name: str, **given: object) -> list[Any]:
    """A column of a query's answer."""
    return store.read(get(id_), given)[name].to_list()


if __name__ == "__main__":
    main()
