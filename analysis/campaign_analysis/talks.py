"""Talk: whoever meets somebody in a conversation is not in step with them (docs/method.md, part 4)."""

from __future__ import annotations

import numpy as np
import polars as pl

from campaign_analysis.arrays import Codes, Ints
from campaign_analysis.episodes import episodes_of
from campaign_analysis.events import SECOND, TALKS
from campaign_analysis.sessions import Scale, Sessions

TALK = 3_600 * SECOND  # within which an act answers another, and two who name each other talk to each other
STEPS = 3  # of who talks to whom that are followed from those who are asked about


def talking(named: pl.DataFrame) -> pl.DataFrame:
    """The acts (TALKS) that name somebody who names their author within the hour before or after.

    `named`: account, object (the account that is named, or answered), time (epoch ms).
    """
    others = _others(named)
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
    return near.drop_nulls("answer").select(TALKS.keys())


def talks_of(named: pl.DataFrame) -> pl.DataFrame:
    """The acts (TALKS) by which people talk to others: answers, and those that name each other within the hour.

    `named` as in `talking`, with `answers`: whether the act is an answer, which all that it names take part in.
    """
    return pl.concat([_others(named.filter("answers")), talking(named)]).unique()


def _others(named: pl.DataFrame) -> pl.DataFrame:
    others = named.filter(pl.col("account") != pl.col("object"))
    return others.select("account", "time", other="object").select(TALKS.keys()).unique()


def talked(s: Sessions, scale: Scale, u: Codes, v: Codes) -> Ints:
    """Of the episodes of each pair (u, v) those by acts of one thread."""
    thread = threads(s, np.union1d(u, v))
    if thread is None:
        return np.zeros(len(u), dtype=np.int64)
    return episodes_of(s, scale, u, v, thread).astype(np.int64)


def threads(s: Sessions, accounts: Codes) -> Codes | None:
    """For each event of these accounts, and of those to whom they talk, the thread that it is in, -1 elsewhere.

    An account's acts in a cell are in one thread with those of the first whom it talks to there, by an act within the
    hour before or after one of theirs. So two are in one who come to the same in the end; not two whom a third answers.
    None where there is no thread.
    """
    talk, wanted = s.events.talk, np.zeros(len(s.account_start) - 1, dtype=np.bool_)
    wanted[accounts] = True
    for _ in range(STEPS):
        wanted[talk.other[wanted[talk.account]]] = True
    rows = np.flatnonzero(wanted[talk.account] & wanted[talk.other])
    if not len(rows):
        return None
    said = pl.DataFrame({"account": talk.account[rows], "other": talk.other[rows], "time": talk.time[rows]})
    who = np.union1d(said["account"].to_numpy(), said["other"].to_numpy())
    acts = _acts_of(s, who)
    answered = acts.select("object", "block", other="account", before="time", to="run").sort("before")
    links = (
        said.join(acts, on=["account", "time"])
        .sort("time")
        .join_asof(
            answered,
            left_on="time",
            right_on="before",
            by=["other", "object", "block"],
            strategy="nearest",
            tolerance=TALK,
            check_sortedness=False,  # both are sorted, which polars cannot see within groups
        )
        .drop_nulls("to")
    )
    links = links.sort("run", "time", "to").unique("run", keep="first")
    if links.is_empty():
        return None
    from scipy.sparse import coo_matrix  # where there is a thread: not every run need load them
    from scipy.sparse.csgraph import connected_components

    ends, runs = (links["run"].to_numpy(), links["to"].to_numpy()), acts["run"].n_unique()
    _, thread_of = connected_components(coo_matrix((np.ones(len(links)), ends), shape=(runs, runs)), directed=False)
    thread = np.full(len(s.cell), -1, dtype=np.int32)
    at = np.concatenate([s.by_account[s.account_start[k] : s.account_start[k + 1]] for k in who])
    kept = pl.DataFrame(
        {"account": s.account[at], "object": s.cell_object[s.cell[at]], "block": s.cell_block[s.cell[at]]}
    )
    runs_of = acts.select(*CELL_OF, "run").unique(CELL_OF)
    thread[at] = thread_of[kept.join(runs_of, on=CELL_OF, how="left", maintain_order="left")["run"].to_numpy()]
    return thread


CELL_OF = ["account", "object", "block"]


def _acts_of(s: Sessions, who: Codes) -> pl.DataFrame:
    """All acts of these accounts (CELL_OF, time), also those that collapse, each with the number of its `run`."""
    e, posts = s.events, s.posts
    at = np.concatenate([posts.by_account[posts.account_start[k] : posts.account_start[k + 1]] for k in who])
    block = np.searchsorted(s.block_time, e.time[at], side="right").astype(np.int32) - np.int32(1)
    acts = pl.DataFrame({"account": e.account[at], "object": e.object[at], "block": block, "time": e.time[at]})
    return acts.with_columns(run=pl.struct(*CELL_OF).rank("dense").cast(pl.Int32) - 1)
