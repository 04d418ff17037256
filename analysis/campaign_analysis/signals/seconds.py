"""Seconds of the minute: a group's accounts post at one second of the minute, as schedulers do."""

from __future__ import annotations

import numpy as np

from campaign_analysis.account_frames import TIMES
from campaign_analysis.clock import clock_of
from campaign_analysis.rhythm import LEAST, MINUTE, compared, top_second
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal

NAME = "seconds"
FEWEST = 20  # posts of an account
CLEAR = 3  # -log10 p of an account from which it is told of


def look(asked: Asked) -> SignalResult:
    """Each account's fullest second against uniform ones; the group against others who post as much."""
    times = asked.frames[TIMES.name]
    if times.height and clock_of(np.sort(times["time"].to_numpy())) >= MINUTE:
        return SignalResult(NAME, untried="the clock is of minutes: seconds cannot be seen")
    found = compared(asked, NAME, lambda moments: top_second(moments)[2], FEWEST)
    if found is None:
        return SignalResult(NAME, untried=f"fewer than {LEAST} of its accounts, or no others, have {FEWEST} posts")
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
    )


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
