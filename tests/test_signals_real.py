"""What the signals see in real data (issue: creation lots, a day on which hundreds fell silent)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from campaign_analysis.account_frames import PROFILES, SNAPSHOTS, TIMES
from campaign_analysis.signal_results import SignalResult
from campaign_analysis.signals import Asked, named
from campaign_analysis.simulation.quiet import framed

DAY = 86_400_000


def data(shared: Path, name: str) -> Path:
    path = shared / "data" / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path


@pytest.fixture(scope="module")
def cresci(shared_data: Path) -> pl.DataFrame:
    """Profiles; of these, only the date is used, for counters and crawl dates leak the class."""
    return pl.read_parquet(
        data(shared_data, "accounts/cresci2015_users.parquet"), columns=["id", "created_at", "source"]
    )


def born(profiles: pl.DataFrame, group: list[str], platform: str = "x") -> SignalResult:
    columns = {"account": profiles["id"], "created_at": profiles["created_at"]}
    frame = framed(PROFILES, platform=[platform] * profiles.height, **columns)
    return named("born").look(Asked(frozenset(group), {PROFILES.name: frame}))


def of(profiles: pl.DataFrame, source: str) -> list[str]:
    return profiles.filter(source=f"cresci2015:{source}")["id"].to_list()


def test_the_lots_of_bought_followers_are_found_with_their_hour(cresci: pl.DataFrame) -> None:
    found = born(cresci, of(cresci, "INT"))
    assert found.speaks
    lot = found.seen[0]
    assert lot.first is not None and lot.first.date() == date(2012, 6, 23)
    assert "402 of them within the hour from 2012-06-23 15:27 UTC" in lot.what
    in_lots = {account for sight in found.seen for account in sight.accounts}
    day = cresci.filter(pl.col("created_at").dt.date() == date(2012, 6, 23), source="cresci2015:INT")
    assert day.height == 480
    assert set(day["id"]) <= in_lots


def test_among_genuine_accounts_nothing_is_found(cresci: pl.DataFrame) -> None:
    genuine = of(cresci, "E13")
    assert born(cresci, genuine).p == 1  # held against the bought
    alone = cresci.filter(source="cresci2015:E13")
    assert born(alone, genuine).p == 1
    rng = np.random.default_rng(1)
    halves = [born(alone, rng.permutation(genuine)[:740].tolist()).p for _ in range(5)]
    assert min(p for p in halves if p is not None) > 0.01


def test_the_accounts_that_reddit_named_were_made_in_may_2015(shared_data: Path) -> None:
    table = pl.read_csv(data(shared_data, "accounts/reddit_ira_943_users_CC0.csv"))
    made = pl.from_epoch(pl.col("created_utc").cast(pl.Int64)).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    profiles = table.select(id="fullname", created_at=made)
    found = born(profiles, profiles["id"].to_list(), "reddit")
    lot = found.seen[0]
    assert lot.first is not None and lot.last is not None
    assert (lot.first.date(), lot.last.date()) == (date(2015, 5, 12), date(2015, 5, 17))
    assert len(lot.accounts) == 714
    assert any("nobody else" in note for note in found.notes)


@pytest.fixture(scope="module")
def ira(shared_data: Path) -> dict[str, pl.DataFrame]:
    posts = pl.read_parquet(data(shared_data, "ira/ira_2015-11-17_2015-12-31.parquet"))
    at = posts["publish_date"].cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    who = posts["author_id"]
    counters = {"followers": posts["followers"], "following": posts["following"], "posts": posts["updates"]}
    return {
        TIMES.name: framed(TIMES, account=who, time=at.dt.epoch("ms")),
        SNAPSHOTS.name: framed(SNAPSHOTS, account=who, at=at, **counters),
    }


def test_hundreds_fell_silent_on_one_day(ira: dict[str, pl.DataFrame]) -> None:
    found = named("dark").look(Asked(frozenset(ira[TIMES.name]["account"]), ira))
    lot = found.seen[1]
    assert lot.last is not None and lot.last.date() == date(2015, 12, 28)
    assert len(lot.accounts) == 452
    assert lot.p is not None and lot.p < 1e-100


def test_glitching_counters_are_named_and_left_out(ira: dict[str, pl.DataFrame]) -> None:
    found = named("leaps").look(Asked(frozenset(ira[TIMES.name]["account"]), ira))
    assert any("jump and jump back are left out" in note for note in found.notes)
