"""Lots that customers share: the accounts of one customer's lot in another customer's lot, beyond what audiences share.

Two accounts with one public share followers without anybody paying. So of a customer's audience those are marked who
are in the other customer's lot B: were they spread over the audience as chance would have it, a lot A of it would hold
size(A) * marked / audience of them. p is hypergeometric, the larger of both directions; Benjamini-Hochberg over all
pairs of lots of different customers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import stats

from campaign_analysis.followers.lots import FDR, chance
from campaign_analysis.significance import step_up

LEAST = 20
"""Accounts that two lots share, at least: fewer are no delivery."""


@dataclass(frozen=True)
class Shared:
    """Two lots, by their numbers in the frame given, and how many accounts they share; expected by the audiences."""

    a: int
    b: int
    shared: int
    expected: float
    p: float
    q: float


def shared_lots(follows: pl.DataFrame, lots: pl.DataFrame) -> list[Shared]:
    """Pairs of lots of different customers that share more accounts than their audiences do.

    `follows`: customer, follower (each pair once); `lots`: lot Int64, customer, follower. A follower is in one lot of a
    customer at most.
    """
    customers = follows.group_by("customer").len("audience")
    sizes = lots.group_by("lot", "customer").len("size").join(customers, on="customer")
    pairs = _pairs(lots)
    if pairs.is_empty():
        return []
    tested = pairs.join(sizes.rename({"lot": "a", "customer": "ca", "size": "size_a", "audience": "n_a"}), on="a")
    tested = tested.join(sizes.rename({"lot": "b", "customer": "cb", "size": "size_b", "audience": "n_b"}), on="b")
    tested = tested.join(_crossings(follows, lots, "a", "cb"), on=["a", "cb"], how="left")
    tested = tested.join(_crossings(follows, lots, "b", "ca"), on=["b", "ca"], how="left")
    p = np.maximum(
        _tail(tested, "n_a", "size_a", "b_in_ca"),
        _tail(tested, "n_b", "size_b", "a_in_cb"),
    )
    q = step_up(p * _tests(sizes))
    rows = tested.with_columns(p=pl.Series(p), q=pl.Series(q)).filter(pl.col("q") <= FDR).sort("p", "a", "b")
    expected = pl.max_horizontal(
        pl.col("size_a") * pl.col("b_in_ca") / pl.col("n_a"), pl.col("size_b") * pl.col("a_in_cb") / pl.col("n_b")
    )
    found = rows.select("a", "b", "shared", expected, "p", "q")
    return [Shared(a, b, n, float(e), chance(p), q) for a, b, n, e, p, q in found.iter_rows()]


def _pairs(lots: pl.DataFrame) -> pl.DataFrame:
    """Pairs of lots of different customers with enough accounts in both."""
    left = lots.select("follower", a="lot", ca="customer")
    right = lots.select("follower", b="lot", cb="customer")
    both = left.join(right, on="follower").filter(pl.col("a") < pl.col("b"), pl.col("ca") != pl.col("cb"))
    return both.group_by("a", "b").len("shared").filter(pl.col("shared") >= LEAST).sort("a", "b")


def _crossings(follows: pl.DataFrame, lots: pl.DataFrame, lot: str, customer: str) -> pl.DataFrame:
    """How many accounts of a lot follow another customer."""
    listed = follows.join(lots.select("follower").unique(), on="follower", how="semi")
    both = lots.select("follower", "lot").join(listed, on="follower")
    return both.group_by(pl.col("lot").alias(lot), pl.col("customer").alias(customer)).len(f"{lot}_in_{customer}")


def _tail(tested: pl.DataFrame, audience: str, size: str, marked: str) -> np.ndarray:
    """P(X >= shared), X hypergeometric: `size` drawn of an audience in which `marked` are of the other lot."""
    columns = [tested[name].to_numpy().astype(np.int64) for name in ("shared", audience, marked, size)]
    shared, whole, good, drawn = columns
    return np.asarray(stats.hypergeom.sf(shared - 1, whole, good, drawn), dtype=np.float64)


def _tests(sizes: pl.DataFrame) -> int:
    """Pairs of lots of different customers."""
    own = sizes.group_by("customer").len()["len"].to_numpy().astype(np.int64)
    return int((own.sum() ** 2 - (own**2).sum()) // 2)
