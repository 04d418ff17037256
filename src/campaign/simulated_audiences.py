"""Simulated lists as files that `campaign load` takes, and their truth beside them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from campaign_analysis.simulation.audiences import simulate_audience
from campaign_analysis.simulation.audiences.market import Market, simulate_market
from campaign_analysis.simulation.audiences.reactions import Reactions, simulate_reactions

PLATFORM = "sim"


def file_of(kind: str) -> str:
    """Name of the file that the lists of a kind are written to."""
    return "posts.csv" if kind == "reactions" else "followers.csv"


def write_audience(out: Path, kind: str, seed: int, bought: float) -> str:
    """Write followers.csv (or posts.csv) and truth.csv into a folder; what was written, in a line."""
    out.mkdir(parents=True, exist_ok=True)
    data, truth = {"followers": _followers, "market": _market, "reactions": _reactions}[kind](seed, bought)
    path = out / file_of(kind)
    data.with_columns(pl.col(pl.Datetime).dt.strftime("%Y-%m-%dT%H:%M:%SZ")).write_csv(path)
    truth.write_csv(out / "truth.csv")
    return (
        f"{path}: {data.height:,} rows; {out / 'truth.csv'}: {truth.height:,} bought; "
        f"campaign load {path} --platform {PLATFORM}"
    )


def _followers(seed: int, bought: float) -> tuple[pl.DataFrame, pl.DataFrame]:
    frame = simulate_audience(seed, bought=bought).with_columns(account=pl.lit("@customer"))
    truth = frame.drop_nulls("lot").select("follower", "rank", "lot", "kind")
    return frame.select("account", "follower", "rank", "created_at"), truth


def _market(seed: int, bought: float) -> tuple[pl.DataFrame, pl.DataFrame]:
    sold = simulate_market(seed, Market() if bought else Market(sellers=0))
    handle = pl.lit("@") + pl.col("account")
    return sold.follows.with_columns(account=handle), sold.truth.with_columns(account=handle)


def _reactions(seed: int, bought: float) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Posts of one account and retweets of them."""
    setting = Reactions(bought=round(Reactions.posts * bought))
    acts = simulate_reactions(seed, setting)
    own = acts.group_by("post", maintain_order=True).agg(time=pl.col("at").min().dt.offset_by("-1m"))
    posts = own.select(
        "time",
        id="post",
        account=pl.lit("@star"),
        text=pl.lit("post ") + pl.col("post"),
        retweet_of=pl.lit(None, pl.String),
    )
    retweets = acts.select(
        time="at",
        id=pl.col("account") + "-" + pl.col("post"),
        account=pl.lit("@") + pl.col("account"),
        text=pl.lit("RT @star: post ") + pl.col("post"),
        retweet_of="post",
    )
    data = pl.concat([posts, retweets]).rename({"account": "screen_name"})
    return data, acts.filter("bought").select("post", "account", "at")
