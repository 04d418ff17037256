"""A week of real pushed hashtags in an invented crowd: the IRA's posts of 2015 among people that nobody pushes.

    python benchmarks/mix_week.py ../shared/data/ira/ira_2015-11-17_2015-12-31.parquet --out mixed
    campaign load mixed/posts.parquet --store mixed/mixed.lbug
    campaign report trending --since 2015-11-27 --until 2015-11-27 --store mixed/mixed.lbug --out mixed/reports

Everything has the IRA file's columns and its clock of whole minutes, so that nothing but what is done tells the two
apart: retweets have no id and no `RT @name`, and meet on their text. `truth.csv` names the organic spikes.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from campaign_analysis.simulation import Setting, simulate

FIRST = datetime(2015, 11, 26, 18)  # a week from here holds KochFarms and Prayers4California
WEEK = timedelta(days=7)
PAST = 8  # days of the crowd alone before it: what a rise is told against
SPIKES: dict[str, dict[str, Any]] = {"spikes": {"spikes": 6, "size": 600}, "breaking_news": {"events": 3}}


def main() -> None:
    """Write posts.parquet and truth.csv."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("ira", type=Path, help="the IRA file of 2015")
    parser.add_argument("--out", type=Path, required=True, help="folder for posts.parquet and truth.csv")
    parser.add_argument("--posts", type=int, default=120_000, help="posts of the crowd")
    parser.add_argument("--accounts", type=int, default=12_000, help="accounts of the crowd")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    posts, truth = mixed(pl.read_parquet(asked.ira), asked.posts, asked.accounts, asked.seed)
    asked.out.mkdir(parents=True, exist_ok=True)
    posts.write_parquet(asked.out / "posts.parquet")
    truth.write_csv(asked.out / "truth.csv")
    print(f"{posts.height:,} posts; organic spikes: {' '.join(truth['tag'])}")


def mixed(ira: pl.DataFrame, posts: int, accounts: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Posts in the columns of `ira`, by time, and the organic spikes: tag, kind, first and last post."""
    week = ira.filter(pl.col("publish_date").is_between(FIRST, FIRST + WEEK, closed="left"))
    start = (FIRST - timedelta(days=PAST)).replace(hour=0, tzinfo=UTC)
    days = (FIRST + WEEK - start.replace(tzinfo=None)).days + 1
    setting = Setting(start=start, days=days, crowd=accounts, hashtags=3000)
    crowd, told = simulate(SPIKES, seed, posts=posts, setting=setting)
    whole = pl.concat([week, as_ira(crowd, ira.schema)]).sort("publish_date", "author_id", "content")
    return whole, organic(crowd, told)


def as_ira(crowd: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """The crowd's posts in the columns of the IRA file; of what it has not, nulls."""
    retweet = pl.col("retweet_of").is_not_null()
    known = {
        "author_id": pl.col("handle"),
        "content": pl.when(retweet).then(pl.col("text").str.replace(r"^RT @\w+: ", "")).otherwise("text"),
        "language": pl.lit("English"),
        "publish_date": pl.col("created_at").dt.replace_time_zone(None).dt.truncate("1m"),
        "harvested_date": pl.col("created_at").dt.replace_time_zone(None).dt.truncate("1m"),
        "followers": pl.col("followers"),
        "post_type": pl.when(retweet).then(pl.lit("RETWEET")),
        "retweet": retweet.cast(pl.Int32),
    }
    columns = [known.get(name, pl.lit(None)).cast(kind).alias(name) for name, kind in schema.items()]
    return crowd.select(columns)


def organic(crowd: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The tags of spikes and news: what most accounts of each innocent group share in its busiest hour."""
    found = []
    for group in told.filter(~pl.col("guilty"))["group"].unique().sort():
        members = told.filter(group=group)["account_id"]
        uses = (
            crowd.filter(pl.col("account_id").is_in(members.implode()) & pl.col("retweet_of").is_null())
            .with_columns(tag=pl.col("hashtags").str.split(" "), hour=pl.col("created_at").dt.truncate("1h"))
            .explode("tag")
            .filter(pl.col("tag") != "")
        )
        busiest = uses.group_by("tag", "hour").agg(pl.len(), pl.col("account_id").n_unique()).sort("account_id", "tag")
        tag, hour = busiest["tag"][-1], busiest["hour"][-1]
        found.append({"tag": tag, "kind": group.rpartition("-")[0], "hour": hour.replace(tzinfo=None).isoformat()})
    return pl.DataFrame(found, schema={"tag": pl.String, "kind": pl.String, "hour": pl.String})


if __name__ == "__main__":
    main()
