"""Talk: whoever meets somebody because the two talk to each other is not in step with them (docs/method.md, part 4)."""

from __future__ import annotations

import numpy as np
import polars as pl

from campaign_analysis.arrays import Codes, Ints
from campaign_analysis.events import SECOND, TALKS
from campaign_analysis.sessions import Scale, Sessions

TALK = 3_600 * SECOND  # within which two who name each other talk to each other


def talking(named: pl.DataFrame) -> pl.DataFrame:
    """The acts (TALKS) that name somebody who names their author within the hour before or after.

    `named`: account, object (the account that is named, or answered), time (epoch ms).
    """
    others = named.filter(pl.col("account") != pl.col("object")).select("account", "time", other="object")
    back = others.select(account="other", other="account", answer="time").sort("answer")
    near = others.sort("time").join_asof(
        back,
        left_on="time",
        right_on="answer",
        by=["account", "other"],
        strategy="nearest",
        tolerance=TALK,
        check_sortedness=False,  # both are sorted, which polars cannot see within groups
    )
    return near.drop_nulls("answer").select(TALKS.keys()).unique()


def talked(s: Sessions, scale: Scale, u: Codes, v: Codes) -> Ints:
    """Of the episodes of each pair (u, v) those that are talk: in an act of one, by which it talks to the other."""
    met = _met_talking(s, scale, u, v).select(
        pl.min_horizontal("account", "other").alias("u"), pl.max_horizontal("account", "other").alias("v"), "cell"
    )
    pairs = pl.DataFrame({"u": np.minimum(u, v), "v": np.maximum(u, v)})
    return _counted(pairs, met)


def talked_with(s: Sessions, scale: Scale, accounts: Codes, others: Codes) -> Ints:
    """For each account the cells in which it met one of the others by talking to each other. None is on both sides."""
    met = _met_talking(s, scale, accounts, others)
    mine = pl.col("account").is_in(accounts)
    met = met.select(pl.when(mine).then("account").otherwise("other").alias("account"), "cell")
    return _counted(pl.DataFrame({"account": accounts}), met)


def _counted(wanted: pl.DataFrame, met: pl.DataFrame) -> Ints:
    """The different cells of each row of `wanted`."""
    cells = met.group_by(wanted.columns).agg(cells=pl.col("cell").n_unique().cast(pl.Int64))
    found = wanted.join(cells, on=wanted.columns, how="left", maintain_order="left")
    return found["cells"].fill_null(0).to_numpy()


def _met_talking(s: Sessions, scale: Scale, some: Codes, others: Codes) -> pl.DataFrame:
    """Acts of some to others or of others to some, by which they talk and meet: account, other, cell."""
    talk, asked = s.events.talk, np.zeros((2, len(s.account_start) - 1), dtype=np.bool_)
    asked[0, some] = asked[1, others] = True
    between = asked[0, talk.account] & asked[1, talk.other] | asked[1, talk.account] & asked[0, talk.other]
    said = pl.DataFrame({"account": talk.account, "other": talk.other, "time": talk.time}).filter(pl.Series(between))
    there = np.zeros_like(asked[0])
    there[said["account"].to_numpy()] = there[said["other"].to_numpy()] = True
    at = np.flatnonzero(there[s.account])
    acts = pl.DataFrame({"account": s.account[at], "cell": s.cell[at], "time": s.time_of(at)})
    near = (pl.col("time") - pl.col("answer")).abs() <= scale.window * SECOND
    answers = acts.rename({"account": "other", "time": "answer"})
    met = said.join(acts, on=["account", "time"]).join(answers, on=["other", "cell"]).filter(near)
    return met.select("account", "other", "cell")
