"""Both sides: what accounts that a group serves or names have in common, and where they differ.

Sides are communities of the accounts by what they use (hashtags and accounts that they name themselves). The same
settings hold for all sides: nobody's side is known to the program, and none has a name. What sets a side apart is the
log-odds of a use against the other sides with an informative Dirichlet prior, as a z-score (Monroe, Colaresi & Quinn
2008); what all share is used in every side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from campaign_analysis.communities import communities

ALIKE = 0.1  # cosine of two accounts' uses (tf-idf) from which they are joined
CLEAR = 2.0  # z-score from which a use sets a side apart
TOLD = 8  # uses told of


@dataclass(frozen=True)
class Side:
    """Accounts of one side, and uses that set it apart, clearest first."""

    accounts: tuple[str, ...]
    apart: tuple[str, ...]


@dataclass(frozen=True)
class Sides:
    """The sides, largest first; accounts that belong to none; uses that every side shares, most shared first."""

    sides: tuple[Side, ...]
    alone: tuple[str, ...]
    common: tuple[str, ...]


def sides(uses: pl.DataFrame) -> Sides:
    """Part the accounts of `account, used, posts` (one row for each thing that an account uses)."""
    uses = uses.sort("account", "used")
    everybody = uses["account"].unique().sort().to_list()
    shared = uses.join(uses.group_by("used").len().filter(pl.col("len") > 1), on="used").sort("account", "used")
    found = sorted(communities(_alike(shared)), key=lambda accounts: (-len(accounts), accounts))
    if not found:
        return Sides((), tuple(everybody), ())
    home = {account: i for i, accounts in enumerate(found) for account in accounts}
    counted = (
        uses.filter(pl.col("account").is_in(list(home)))
        .with_columns(side=pl.col("account").replace_strict(home, return_dtype=pl.Int64))
        .group_by("used", "side")
        .agg(pl.col("posts").sum())
    )
    made = tuple(Side(tuple(accounts), tuple(_apart(counted, i))) for i, accounts in enumerate(found))
    return Sides(made, tuple(a for a in everybody if a not in home), tuple(_common(counted, len(found))))


def _alike(uses: pl.DataFrame) -> pl.DataFrame:
    """Pairs of accounts `a, b, weight` whose uses are alike: cosine of log counts, rare uses counting more."""
    empty = pl.DataFrame(schema={"a": pl.String, "b": pl.String, "weight": pl.Float64})
    if uses.is_empty():
        return empty
    names, row = np.unique(uses["account"].to_numpy(), return_inverse=True)
    things, column = np.unique(uses["used"].to_numpy(), return_inverse=True)
    rarity = np.log(1 + len(names) / np.bincount(column))
    value = np.log1p(uses["posts"].to_numpy()) * rarity[column]
    table = csr_matrix((value, (row, column)), shape=(len(names), len(things)))
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    cosine = (table @ table.T).tocoo()
    weight = cosine.data / (length[cosine.row] * length[cosine.col])
    kept = (cosine.row < cosine.col) & (weight >= ALIKE)
    columns = {"a": names[cosine.row[kept]], "b": names[cosine.col[kept]], "weight": weight[kept]}
    return pl.DataFrame(columns, schema=empty.schema)


def _apart(counted: pl.DataFrame, side: int) -> list[str]:
    """Uses by the z-score of their log-odds in this side against all others, the whole as prior."""
    mine = pl.col("posts").filter(pl.col("side") == side).sum().cast(pl.Float64)
    table = counted.group_by("used").agg(mine=mine, whole=pl.col("posts").sum().cast(pl.Float64)).sort("used")
    a, prior = table["mine"].to_numpy(), table["whole"].to_numpy()
    b = prior - a
    if not b.sum():
        return []
    prior = prior / prior.sum() * 10 + 0.01
    odds = [np.log((x + prior) / (x.sum() + prior.sum() - x - prior)) for x in (a, b)]
    z = (odds[0] - odds[1]) / np.sqrt(1 / (a + prior) + 1 / (b + prior))
    order = np.lexsort((table["used"].to_numpy(), -z))
    return [str(table["used"][int(i)]) for i in order[:TOLD] if z[i] >= CLEAR]


def _common(counted: pl.DataFrame, number: int) -> list[str]:
    """Uses of every side, by the smallest share that one has in a side's uses."""
    share = counted.with_columns(share=pl.col("posts") / pl.col("posts").sum().over("side"))
    whole = share.group_by("used").agg(pl.len(), pl.col("share").min()).filter(pl.col("len") == number)
    return whole.sort(["share", "used"], descending=[True, False])["used"].head(TOLD).to_list()
