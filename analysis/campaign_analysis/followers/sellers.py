"""One seller, many customers: lots that customers share, and the densest block of their accounts and customers.

Sellers are the connected parts of lots that share more accounts than their customers' audiences do (`shared`). Of each
the densest block is told (FRAUDAR): the accounts that most of its customers got. FRAUDAR is asked about lots only.
Asked about all follows it names circles of fans, who follow the same accounts more densely than a seller's stock does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import igraph
import numpy as np
import polars as pl

from campaign_analysis.arrays import codes_of
from campaign_analysis.followers.audit import Audit
from campaign_analysis.followers.fraudar import densest
from campaign_analysis.followers.shared import Shared, shared_lots


@dataclass(frozen=True)
class Got:
    """What a customer got of a seller: followers of the stock in how many lots, and what else the stock did for it.

    `p` is that of the weakest of these lots: how often its strongest tie to another customer's lot comes by chance.
    """

    customer: str
    followers: int
    lots: int
    p: float
    likes: int = 0
    retweets: int = 0


@dataclass(frozen=True)
class Seller:
    """A stock of accounts that are in lots of several customers, and its densest block.

    `block` are its accounts and customers, `in_block` the lots of these customers that these accounts are in, added
    up; `density` its weights over its members (FRAUDAR).
    """

    accounts: int
    got: tuple[Got, ...]
    p: float
    block: tuple[int, int]
    in_block: int
    density: float
    stock: frozenset[str] = field(repr=False, default=frozenset())


@dataclass(frozen=True)
class Market:
    """What lists of many customers show together."""

    customers: int
    followers: int
    lots: int
    sellers: tuple[Seller, ...]
    shared: tuple[Shared, ...]


def sellers(follows: pl.DataFrame, audits: Mapping[str, Audit], reactions: pl.DataFrame | None = None) -> Market:
    """Sellers among the followers of many customers.

    `follows`: account (the customer) String, follower String, each pair once. `audits` by customer. `reactions`:
    account (the customer), follower, kind (like, retweet), a row each.
    """
    pairs = follows.select(customer="account", follower="follower")
    lots = lots_of(audits)
    shared = shared_lots(pairs, lots) if lots.height else []
    degree = pairs.group_by("customer").len("degree")
    found = [_with_reactions(seller, reactions) for seller in _sellers(lots, shared, degree)]
    return Market(
        pairs["customer"].n_unique(),
        pairs["follower"].n_unique(),
        lots["lot"].n_unique(),
        tuple(sorted(found, key=lambda seller: (-len(seller.got), -seller.accounts, seller.got[0].customer))),
        tuple(shared),
    )


def lots_of(audits: Mapping[str, Audit]) -> pl.DataFrame:
    """All lots with their accounts: lot (numbered through), customer, follower."""
    schema = pl.Schema({"lot": pl.Int64(), "customer": pl.String(), "follower": pl.String()})
    parts, number = [pl.DataFrame(schema=schema)], 0
    for customer, audit in sorted(audits.items()):
        if audit.lots:
            mine = audit.followers.drop_nulls("lot")
            parts.append(
                mine.select(pl.col("lot") + number, customer=pl.lit(customer), follower="follower").cast(schema)
            )
            number += len(audit.lots)
    return pl.concat(parts)


def _sellers(lots: pl.DataFrame, shared: list[Shared], degree: pl.DataFrame) -> list[Seller]:
    """Connected parts of the lots that are joined; their stock are the accounts that lots of two customers hold."""
    if not shared:
        return []
    names = sorted({n for pair in shared for n in (pair.a, pair.b)})
    place = {name: i for i, name in enumerate(names)}
    graph = igraph.Graph(n=len(names), edges=[(place[s.a], place[s.b]) for s in shared])
    part_of = dict(zip(names, graph.connected_components().membership, strict=True))
    strongest: dict[int, float] = {}
    for pair in shared:
        for lot in (pair.a, pair.b):
            strongest[lot] = min(strongest.get(lot, 1.0), pair.p)
    joined = lots.filter(pl.col("lot").is_in(names)).with_columns(part=pl.col("lot").replace_strict(part_of))
    return [_seller(rows, strongest, degree) for _, rows in joined.group_by("part", maintain_order=True)]


def _seller(rows: pl.DataFrame, strongest: Mapping[int, float], degree: pl.DataFrame) -> Seller:
    several = rows.group_by("follower").agg(pl.col("customer").n_unique()).filter(pl.col("customer") > 1)
    mine = rows.join(several.select("follower"), on="follower", how="semi")
    got = [
        Got(customer, part["follower"].n_unique(), part["lot"].n_unique(), max(strongest[n] for n in part["lot"]))
        for (customer,), part in mine.group_by(["customer"], maintain_order=True)
    ]
    got.sort(key=lambda g: (-g.followers, g.customer))
    edges = mine.select("follower", "customer").unique(maintain_order=True)
    followers, follower = codes_of(edges["follower"])
    customers, customer = codes_of(edges["customer"])
    audience = customers.to_frame("customer").join(degree, on="customer", maintain_order="left")["degree"]
    block = densest(follower, customer, len(followers), len(customers), audience.to_numpy())
    size = (len(block.followers), len(block.customers))
    inside = int((np.isin(follower, block.followers) & np.isin(customer, block.customers)).sum())
    stock = frozenset(followers.to_list())
    return Seller(len(followers), tuple(got), max(g.p for g in got), size, inside, block.density, stock)


def _with_reactions(seller: Seller, reactions: pl.DataFrame | None) -> Seller:
    """The seller with the likes and retweets of its stock for each customer."""
    if reactions is None or reactions.is_empty():
        return seller
    mine = reactions.filter(pl.col("follower").is_in(list(seller.stock)))
    counts = {(a, k): n for a, k, n in mine.group_by("account", "kind").len().iter_rows()}
    got = tuple(
        replace(g, likes=counts.get((g.customer, "like"), 0), retweets=counts.get((g.customer, "retweet"), 0))
        for g in seller.got
    )
    return replace(seller, got=got)
