"""Many accounts with overlapping publics, of whom some buy from sellers: one stock, many customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import polars as pl

from campaign_analysis.arrays import Floats, Ints
from campaign_analysis.simulation.audiences.bought import Kind, stock
from campaign_analysis.simulation.audiences.organic import DAY, cohort


@dataclass(frozen=True, kw_only=True)
class Market:
    """Accounts in circles with one public each, and sellers with a stock of accounts.

    Each seller has `customers_each` customers of any circle, who buy one lot of `lot` accounts out of a stock of
    `stock`, whose accounts are of the seller's kind. A circle's public of `public` people follow `share` of its
    accounts; `strangers` more follow one account each. On one day half of each circle's new followers follow all of its
    accounts: a viral thread that names them.
    """

    accounts: int = 30
    circles: int = 3
    public: int = 6_000
    share: float = 0.3
    strangers: int = 5_000
    sellers: int = 2
    customers_each: int = 6
    stock: int = 3_000
    lot: int = 1_000
    kinds: tuple[Kind, ...] = ("aged", "mixed")
    begins: datetime = datetime(2015, 1, 1, tzinfo=UTC)
    days: int = 700


@dataclass(frozen=True)
class Sold:
    """`follows` (account, follower, rank, created_at) and `truth` (account, follower, seller): who was bought."""

    follows: pl.DataFrame
    truth: pl.DataFrame


def simulate_market(seed: int, market: Market | None = None) -> Sold:
    """All accounts' followers. Without sellers nobody bought anything."""
    market = market or Market()
    rng = np.random.default_rng(seed)
    begins = market.begins.timestamp()
    parts = [_public(rng, market, circle, begins) for circle in range(market.circles)]
    parts += [_strangers(rng, market, account, begins) for account in range(market.accounts)]
    truth = []
    for seller in range(market.sellers):
        for sold in _sales(rng, market, seller, begins):
            parts.append(sold)
            truth.append(sold.select("account", "follower", seller=pl.lit(seller)))
    follows = pl.concat(parts).unique(["account", "follower"], keep="first", maintain_order=True)
    ordered = follows.sort("account", "time", descending=[False, True], maintain_order=True)
    ranked = ordered.with_columns(rank=pl.int_range(1, pl.len() + 1).over("account"))
    empty = pl.DataFrame(schema={"account": pl.String, "follower": pl.String, "seller": pl.Int32})
    return Sold(
        ranked.select("account", "follower", "rank", created_at=_moment("made")),
        pl.concat([empty, *truth], how="vertical_relaxed"),
    )


def _public(rng: np.random.Generator, market: Market, circle: int, begins: float) -> pl.DataFrame:
    """The people of one circle, whom they follow and when."""
    mine = np.arange(circle, market.accounts, market.circles)
    follow = rng.random((market.public, len(mine))) < market.share
    people, which = np.nonzero(follow)
    made = cohort(rng, np.full(market.public, begins))
    time = begins + market.days * DAY * rng.random(len(people))
    viral = begins + market.days * DAY * rng.uniform(0.2, 0.9)
    crowd = rng.random(market.public) < 0.05
    there = crowd[people]
    time[there] = viral + DAY * rng.random(int(there.sum()))
    return _frame(mine[which], [f"c{circle}-{p}" for p in people], time, made[people])


def _strangers(rng: np.random.Generator, market: Market, account: int, begins: float) -> pl.DataFrame:
    time = begins + market.days * DAY * rng.random(market.strangers)
    who = [f"s{account}-{i}" for i in range(market.strangers)]
    return _frame(np.full(market.strangers, account), who, time, cohort(rng, time))


def _sales(rng: np.random.Generator, market: Market, seller: int, begins: float) -> list[pl.DataFrame]:
    """A seller's deliveries, one a customer, each a part of the stock."""
    kind = market.kinds[seller % len(market.kinds)]
    made = stock(rng, kind, market.stock, begins)
    sold = []
    for customer in rng.choice(market.accounts, market.customers_each, replace=False):
        lot = rng.choice(market.stock, market.lot, replace=False)
        time = begins + market.days * DAY * rng.uniform(0.1, 0.9) + DAY * rng.uniform(0.25, 3) * rng.random(market.lot)
        sold.append(_frame(np.full(market.lot, customer), [f"g{seller}-{i}" for i in lot], time, made[lot]))
    return sold


def _frame(account: Ints, follower: list[str], time: Floats, made: Floats) -> pl.DataFrame:
    return pl.DataFrame({"account": [f"a{a}" for a in account], "follower": follower, "time": time, "made": made})


def _moment(column: str) -> pl.Expr:
    return (pl.col(column) * 1e6).cast(pl.Int64).cast(pl.Datetime("us", "UTC"))
