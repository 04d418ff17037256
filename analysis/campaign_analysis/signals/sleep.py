"""Sleep: a group's accounts have no hours of the day in which they are quiet."""

from __future__ import annotations

import numpy as np

from campaign_analysis.account_frames import TIMES
from campaign_analysis.arrays import Ints
from campaign_analysis.rhythm import LEAST, NIGHT, compared, days, quiet_hours
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal

NAME = "sleep"
FEWEST = 50  # posts of an account
DAYS = 5  # on which it posts


def look(asked: Asked) -> SignalResult:
    """Each account's share of posts in its quietest five hours; the group's against that of others who post as much."""
    found = compared(asked, NAME, _awake, FEWEST)
    if found is None:
        reason = f"fewer than {LEAST} of its accounts, or no others, have {FEWEST} posts on {DAYS} days"
        return SignalResult(NAME, untried=reason)
    mine, others = float(np.median(found.score[found.mine])), float(np.median(found.score[~found.mine]))
    what = (
        f"in its quietest {NIGHT} hours of the day its median account makes {mine:.1%} of its posts, and the others' "
        f"{others:.1%}; {NIGHT / 24:.0%} would be no quieter hours at all"
    )
    return SignalResult(
        NAME,
        p=found.p,
        measure=Measure(f"share of posts in the quietest {NIGHT} hours", mine),
        seen=(Sight(what, tuple(a for a, m in zip(found.account, found.mine, strict=True) if m)),),
        notes=("hours are UTC; who is awake by day in two time zones, or several people at one account, never sleeps",),
    )


def _awake(times: Ints) -> float | None:
    return quiet_hours(times)[1] if days(times) >= DAYS else None


SIGNAL = Signal(
    name=NAME,
    title="No sleep",
    meaning=f"Accounts that post in all hours of the day: the share of posts in the quietest {NIGHT} hours, against "
    "others who post as much.",
    supports="Accounts without a night may be run by timers or by shifts; newsrooms and services are, too.",
    source="share in the quietest five hours (circular); van Elteren's rank test in strata of activity",
    needs=(TIMES,),
    look=look,
)
