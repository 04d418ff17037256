"""Even gaps: the pauses between a group's posts are more alike than those of others who post as much."""

from __future__ import annotations

import numpy as np

from campaign_analysis.account_frames import TIMES
from campaign_analysis.arrays import Ints
from campaign_analysis.clock import clock_of
from campaign_analysis.rhythm import GAPS, LEAST, MINUTE, compared, gap_entropy, short_gaps
from campaign_analysis.scan import STATISTICS
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal

NAME = "gaps"
FEWEST = 20  # posts of an account


def look(asked: Asked) -> SignalResult:
    """Each account's entropy of gaps; the group's against that of others who have as many."""
    times = asked.frames[TIMES.name]
    found = compared(asked, NAME, _evenness, FEWEST, lambda moments: len(short_gaps(moments)))
    if found is None:
        wanted = f"{FEWEST} posts and {GAPS} pauses under six hours"
        return SignalResult(NAME, untried=f"fewer than {LEAST} of its accounts, or no others, have {wanted}")
    mine, others = -np.median(found.score[found.mine]), -np.median(found.score[~found.mine])
    how = "more alike" if mine < others else "no more alike"
    what = (
        f"the pauses between its accounts' posts are {how} than those of others who have as many ({STATISTICS}: "
        f"median entropy {mine:.2f} bits, the others' {others:.2f}; lower is more alike)"
    )
    coarse = clock_of(np.sort(times["time"].to_numpy())) >= MINUTE
    return SignalResult(
        NAME,
        p=found.p,
        measure=Measure("how unlike its pauses are (median entropy of the gaps, in bits)", float(mine)),
        seen=(Sight(what, tuple(a for a, m in zip(found.account, found.mine, strict=True) if m)),),
        notes=("the clock is of minutes: gaps under a minute are not seen",) if coarse else (),
    )


def _evenness(times: Ints) -> float | None:
    entropy = gap_entropy(times)
    return None if entropy is None else -entropy


SIGNAL = Signal(
    name=NAME,
    title="Even gaps",
    meaning="Pauses of less than six hours between an account's posts that are more alike than those of others who "
    "have as many.",
    supports="Even pauses come from timers and queues; newsrooms, feeds and people with a scheduler have them too.",
    source="Shannon entropy of log gaps under six hours (half doublings); van Elteren's rank test in strata of their "
    "number",
    needs=(TIMES,),
    look=look,
)
