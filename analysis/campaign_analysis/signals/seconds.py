"""Seconds of the minute: a group's accounts post at one second of the minute, as schedulers do."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from campaign_analysis.account_frames import TIMES
from campaign_analysis.clock import clock_of
from campaign_analysis.rhythm import LEAST, MINUTE, compared, top_second, without_seconds
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal

NAME = "seconds"
FEWEST = 20  # posts of an account
CLEAR = 3  # -log10 p of an account from which it is told of


@dataclass(frozen=True)
class _Clock:
    """Accounts whose source keeps no seconds; the posts of the others, and their tick (ms)."""

    without: frozenset[str]
    kept: pl.DataFrame
    tick: int


def look(asked: Asked) -> SignalResult:
    """Each account's fullest second against uniform ones; the group against others who post as much."""
    clock = asked.once(f"{NAME} clock", lambda: _clock(asked.frames[TIMES.name]))
    if clock.tick >= MINUTE:
        return SignalResult(NAME, untried="the clock is of minutes: seconds cannot be seen")
    seen = replace(asked, frames={TIMES.name: clock.kept})
    found = compared(seen, NAME, lambda moments: top_second(moments)[2], FEWEST)
    left_out = _left_out(asked, clock.without)
    if found is None:
        few = f"fewer than {LEAST} of its accounts, or no others, have {FEWEST} posts"
        return SignalResult(NAME, untried=f"{few} with seconds; {left_out}" if left_out else few)
    clear = found.score >= CLEAR
    named = tuple(a for a, c, m in zip(found.account, clear, found.mine, strict=True) if c and m)
    hits, of = len(named), int(found.mine.sum())
    others, rest = int((clear & ~found.mine).sum()), int((~found.mine).sum())
    what = f"{hits} of {of} accounts prefer one second of the minute, and {others} of {rest} others"
    return SignalResult(
        NAME,
        p=found.p,
        measure=Measure("share of its accounts that prefer one second", hits / of),
        seen=(Sight(what, named),) if hits else (),
        notes=(left_out,) if left_out else (),
    )


def _clock(times: pl.DataFrame) -> _Clock:
    without = without_seconds(times)
    kept = times.filter(~pl.col("account").is_in(list(without)))
    nothing_left = times.height and not kept.height
    return _Clock(without, kept, MINUTE if nothing_left else clock_of(np.sort(kept["time"].to_numpy())))


def _left_out(asked: Asked, without: frozenset[str]) -> str:
    mine = len(without & asked.group)
    others = sum(asked.counts(account) for account in without) - mine
    if not mine and not others:
        return ""
    of = f"{mine:,} of its accounts and {others:,} others"
    return f"{of} have all their posts at full minutes, as where a source keeps no seconds: they are left out"


SIGNAL = Signal(
    name=NAME,
    title="One second of the minute",
    meaning="Accounts that post at one second of the minute far more often than at others, as timers do.",
    supports="Posts at a fixed second are sent by a timer: schedulers that anybody can buy, newsrooms and feeds do so "
    "too; it is automation, not deceit.",
    source="binomial tail of the fullest of 60 seconds for each account; van Elteren's rank test in strata of activity",
    needs=(TIMES,),
    look=look,
)
