"""Which words do hashtags get whose truth is known? Prints the tables of docs/trending.md, a row for each kind.

    python benchmarks/trending_words.py simulated --seeds 31-36
    python benchmarks/trending_words.py ira ../shared/data/ira/ira_2015-11-17_2015-12-31.parquet --seeds 31

`simulated`: a fortnight each seed, with spikes, news, chats, fan parties, and guilty groups of two kinds: rings whose
every action has a hashtag of its own, and groups whose actions all fall into one hour. A report on each day of the
second week. `ira`: all of the file of 2015 in an invented
crowd; a report on each day on which it has a hashtag of its own. A count is a hashtag in a report. The rows behind the
table go to stderr.
"""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from campaign_analysis.simulation import Setting, simulate
from mix_week import as_ira

WORDS = ("pushed", "organic", "cannot tell")
INNOCENT: dict[str, dict[str, Any]] = {"chats": {"chats": 2}, "fan_communities": {"communities": 2}}
RINGS = (12, 30, 80)  # accounts of a ring, of one size each seed
BURSTS = (12, 25, 60, 150)  # accounts of the groups that act in one hour
MANY = 30  # accounts of the IRA from which a hashtag of a day counts as its own
DAYS = ["11-24", "11-25", "11-26", "11-27", "12-03", "12-04", "12-10", "12-16", "12-20", "12-23"]  # that have such
Row = tuple[str, str, str, str]  # day, hashtag, kind, word


def main() -> None:
    """Print the table of one of the two."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("part", choices=["simulated", "ira"])
    parser.add_argument("file", type=Path, nargs="?", help="the IRA file of 2015")
    parser.add_argument("--seeds", default="31-33", help="from-to")
    asked = parser.parse_args()
    first, _, last = asked.seeds.partition("-")
    found: list[Row] = []
    for seed in range(int(first), int(last or first) + 1):
        for row in of_ira(pl.read_parquet(asked.file), seed) if asked.part == "ira" else of_simulated(seed):
            found.append(row)
            print(f"seed {seed}, {', '.join(row)}", file=sys.stderr, flush=True)
    print_table(found)


def of_simulated(seed: int) -> Iterator[Row]:
    """A fortnight. Half of the rings push rare hashtags; the bursts push popular ones in odd seeds."""
    bursts = {"size": BURSTS, "groups": len(BURSTS), "popularity": "popular" if seed % 2 else "rare"}
    rings = {"rings": 4, "size": RINGS[seed % len(RINGS)], "actions": 30, "tags": 30, "joining": 20}
    worlds = INNOCENT | {
        "spikes": {"spikes": 10, "size": 300},
        "breaking_news": {"events": 4, "posts": 800, "people": 400},
        "burst": bursts | {"turnout": (0.9, 0.6)},
        "rings": rings | {"turnout": (0.9, 0.6)},
    }
    setting = Setting(days=14, crowd=4000, hashtags=3000)
    posts, truth = simulate(worlds, seed, posts=60_000, setting=setting)
    known = kinds_of(posts, truth)
    days = [setting.start.date() + timedelta(days=n) for n in range(7, 14)]
    with tempfile.TemporaryDirectory() as folder:
        store = stored(posts, Path(folder))
        for day in days:
            for tag, word in words(store, f"{day}", f"{day}"):
                yield f"{day}", tag, known.get(tag, "everyday hashtags of the crowd"), word


def of_ira(ira: pl.DataFrame, seed: int) -> Iterator[Row]:
    """All of the IRA's posts in a crowd of the same weeks."""
    start = datetime(2015, 11, 17, tzinfo=UTC)
    worlds = INNOCENT | {"spikes": {"spikes": 40, "size": 400}, "breaking_news": {"events": 8, "posts": 1500}}
    setting = Setting(start=start, days=45, crowd=8000, hashtags=3000)
    posts, truth = simulate(worlds, seed, posts=200_000, setting=setting)
    known, own = kinds_of(posts, truth), own_by_day(ira)
    with tempfile.TemporaryDirectory() as folder:
        store = stored(pl.concat([ira, as_ira(posts, ira.schema)]).sort("publish_date", "author_id"), Path(folder))
        days = [(f"2015-{day}", f"2015-{day}") for day in DAYS] + [("2015-11-26", "2015-11-27")]
        for since, until in days:
            for tag, word in words(store, since, until):
                most = max(own.get((tag, date.fromisoformat(day)), 0) for day in {since, until})
                kind = known.get(tag) or (
                    f"the IRA's, {MANY} accounts or more" if most >= MANY
                    else "the IRA's, fewer accounts" if most
                    else "everyday hashtags of the crowd"
                )  # fmt: skip
                yield since if since == until else f"{since} to {until}", tag, kind, word


def own_by_day(ira: pl.DataFrame) -> dict[tuple[str, date], int]:
    """Accounts of the IRA by hashtag and day."""
    used = (
        ira.select(
            "author_id",
            day=pl.col("publish_date").dt.date(),
            tag=pl.col("content").str.extract_all(r"#\w+").list.eval(pl.element().str.slice(1).str.to_lowercase()),
        )
        .explode("tag")
        .drop_nulls()
    )
    counted = used.group_by("tag", "day").agg(pl.col("author_id").n_unique())
    return {(tag, day): accounts for tag, day, accounts in counted.iter_rows()}


def kinds_of(posts: pl.DataFrame, truth: pl.DataFrame) -> dict[str, str]:
    """Hashtags of each group: an innocent group's are what most of it share in an hour, or a quarter as many (news have
    two); of a guilty one, all that a quarter of it do."""
    uses = (
        posts.with_columns(
            tag=pl.col("text").str.extract_all(r"#\S+").list.eval(pl.element().str.slice(1).str.to_lowercase()),
            hour=pl.col("created_at").dt.truncate("1h"),
        )
        .explode("tag")
        .drop_nulls("tag")
    )
    found = {}
    for group in truth["group"].unique().sort():
        members = truth.filter(group=group)
        shared = (
            uses.filter(pl.col("account_id").is_in(members["account_id"].implode()))
            .group_by("tag", "hour")
            .agg(pl.col("account_id").n_unique())
            .sort("account_id", "tag", descending=True)
        )
        kind, size, guilty = members["kind"][0], members.height, members["guilty"][0]
        if size == 1:  # a ring's leader, whose posts the ring retweets
            continue
        most = max(3.0, size / 4) if guilty else 0.25 * float(shared["account_id"][0])
        for tag in shared.filter(pl.col("account_id") >= most)["tag"].unique():
            found[tag] = f"{kind} of {size // 2 * 2}" if guilty else kind  # a ring with its leader is one more
    return found


def stored(posts: pl.DataFrame, folder: Path) -> Path:
    """A store of the posts."""
    posts.write_parquet(folder / "posts.parquet")
    run("load", folder / "posts.parquet", "--store", folder / "mixed.lbug", "--quiet")
    return folder / "mixed.lbug"


def words(store: Path, since: str, until: str) -> list[tuple[str, str]]:
    """Hashtags and their words in a report with defaults, but for the placebos."""
    asked = ("--since", since, "--until", until, "--placebos", "0", "--format", "csv", "--quiet")
    told = run("report", "trending", *asked, "--store", store, "--out", store.parent / "reports")
    return [(row["hashtag"].casefold(), row["word"]) for row in csv.DictReader(io.StringIO(told))]


def run(*arguments: object) -> str:
    """What the `campaign` of this environment prints."""
    command = [Path(sys.executable).with_name("campaign"), *arguments]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def print_table(rows: list[Row]) -> None:
    """Kinds by words."""
    counted = Counter((kind, word) for _, _, kind, word in rows)
    print("| kind of hashtag | hashtags told of | " + " | ".join(WORDS) + " |\n|---|---|" + "---|" * len(WORDS))
    for kind in sorted({kind for kind, _ in counted}):
        numbers = [counted[kind, word] for word in WORDS]
        print(f"| {kind} | {sum(numbers)} | {' | '.join(map(str, numbers))} |")


if __name__ == "__main__":
    main()
