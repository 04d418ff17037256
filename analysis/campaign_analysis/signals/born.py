"""Creation bursts: more accounts of a group were made within days of each other than others of the conversation."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import polars as pl

from campaign_analysis.account_frames import PROFILES
from campaign_analysis.arrays import Ints
from campaign_analysis.permutation import Bools
from campaign_analysis.scan import HOUR, LEAST, Lot, densest_hour, scan
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal

NAME = "born"
DAY = 24 * HOUR
WINDOWS = (DAY, 3 * DAY, 7 * DAY, 30 * DAY)
FEWEST = 5  # accounts with a date under which nothing is tried
SHARED = 0.1  # of all dates, at one moment of the day: by chance one in thousands is
# No account is older than its platform: such dates are mistakes of a source (0, a wrong year).
FOUNDED = {"x": datetime(2006, 3, 21, tzinfo=UTC), "reddit": datetime(2005, 6, 1, tzinfo=UTC)}
OLDEST = datetime(1997, 1, 1, tzinfo=UTC)  # the first social networks


def look(asked: Asked) -> SignalResult:
    """Scan creation dates for windows of 1, 3, 7 and 30 days, against the others and the group's own surroundings."""
    mine, theirs = (_dated(side) for side in asked.sides(PROFILES))
    if mine.height < FEWEST:
        known = f"{mine.height} of {len(asked.group)} accounts"
        return SignalResult(NAME, untried=f"the creation dates of {known} are known, {FEWEST} are wanted")
    times, others = _epochs(mine), _epochs(theirs)
    found = scan(times, others, WINDOWS)
    names, timed = mine["account"].to_list(), _have_hours(times, others)
    seen = tuple(_sight(lot, names, times, timed) for lot in found.lots)
    inside = sum(len(lot.members) for lot in found.lots)
    return SignalResult(
        NAME,
        p=found.p,
        measure=Measure("share of the accounts made in bursts", inside / mine.height),
        seen=seen,
        notes=tuple(_notes(asked, mine.height, found.against, timed)),
    )


def _dated(side: pl.DataFrame) -> pl.DataFrame:
    """The profiles with a date that can be."""
    founded = pl.col("platform").replace_strict(FOUNDED, default=OLDEST, return_dtype=pl.Datetime("us", "UTC"))
    return side.filter(pl.col("created_at") >= founded).sort("created_at", "account")


def _epochs(side: pl.DataFrame) -> Ints:
    return side["created_at"].dt.epoch("ms").to_numpy()


def _have_hours(times: Ints, others: Ints) -> Bools:
    """Which of the group's dates have a time of day: dates without one share one (midnight somewhere) on many days."""
    everybody = np.concatenate([times, others])
    shared, number = np.unique(everybody % DAY, return_counts=True)
    common = [at for at in shared[number > SHARED * len(everybody)] if _on_days(everybody, int(at)) >= LEAST]
    return ~np.isin(times % DAY, common)


def _on_days(times: Ints, at: int) -> int:
    return len(np.unique(times[times % DAY == at] // DAY))


def _sight(lot: Lot, names: list[str], times: Ints, timed: Bools) -> Sight:
    members = list(lot.members)
    long = lot.window // DAY
    within = f"within {long} days" if long > 1 else "within a day"
    what = f"{len(members)} of {len(names)} accounts were made {within} ({lot.days}), {lot.against}"
    inside = times[members][timed[members]]
    if len(inside) >= LEAST:
        hour, number = densest_hour(inside)
        begun = datetime.fromtimestamp(hour / 1000, UTC)
        what += f"; {number} of them within the hour from {begun:%Y-%m-%d %H:%M} UTC" if number >= LEAST else ""
    what += f" ({lot.figures})"
    return Sight(what, tuple(names[i] for i in members), *lot.span, lot.p)


def _notes(asked: Asked, dated: int, against: int, timed: Bools) -> list[str]:
    notes = []
    if dated < len(asked.group):
        notes.append(f"{len(asked.group) - dated} of {len(asked.group)} accounts have no creation date that can be")
    if not against:
        notes.append(
            "there is nobody else to hold them against: newcomers whom an event brought cannot be told from a lot"
        )
    if not timed.all():
        notes.append(f"{int((~timed).sum())} of {dated} dates have no time of day")
    return notes


SIGNAL = Signal(
    name=NAME,
    title="Made together",
    meaning=f"{LEAST} accounts or more that were made within 1, 3, 7 or 30 days of each other, against everybody else "
    "in the conversation.",
    supports="Accounts made in one batch may have been made by one hand; a sign-up drive or an event that these people "
    "alone joined looks the same.",
    source="scan statistic (Naus 1965; Kulldorff 1997): the larger of a hypergeometric p against the others and a "
    "binomial one against the group's own surroundings, times the number of windows",
    needs=(PROFILES,),
    look=look,
)
