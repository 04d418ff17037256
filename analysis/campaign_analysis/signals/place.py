"""Hours and place: a group's accounts sleep when people of their declared place are awake."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import numpy as np
import polars as pl
from scipy.stats import hypergeom

from campaign_analysis.account_frames import PROFILES, TIMES
from campaign_analysis.arrays import Ints
from campaign_analysis.detectability import wilson
from campaign_analysis.places import offsets_of
from campaign_analysis.rhythm import LEAST, NIGHT, days, quiet_hours
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal

NAME = "place"
FEWEST = 50  # posts of an account
DAYS = 5  # on which it posts
CLEAR = 0.1  # at most this share of posts in the quietest hours, or there is no night to be seen
MIDDLE = 3.5  # local hour of the middle of a usual night
APART = 6.0  # hours by which a night must be off


def look(asked: Asked) -> SignalResult:
    """Whose night is six hours or more off at every zone of the declared place; hypergeometric against the others."""
    everybody_judged = asked.once(NAME, lambda: _judged(asked))
    judged = {account: verdict for account, verdict in everybody_judged.items() if asked.counts(account)}
    mine = [account for account in judged if account in asked.group]
    others = len(judged) - len(mine)
    if len(mine) < LEAST or not others:
        wanted = f"a place that is recognised, {FEWEST} posts on {DAYS} days, and quiet hours that can be seen"
        return SignalResult(
            NAME, untried=f"{len(mine)} of its accounts and {others} others have what is wanted: {wanted}"
        )
    off = [account for account in mine if judged[account][0]]
    everybody = sum(is_off for is_off, _ in judged.values())
    p = float(hypergeom.sf(len(off) - 1, len(judged), everybody, len(mine)))
    low, high = wilson(len(off), len(mine))
    return SignalResult(
        NAME,
        p=p,
        measure=Measure("share whose night is at odds with the declared place", len(off) / len(mine), low, high),
        seen=_seen(off, mine, everybody - len(off), others, judged),
    )


def _judged(asked: Asked) -> dict[str, tuple[bool, float]]:
    """Whether the night is off, and its middle, of each account of which that can be said."""
    places = dict(asked.frames[PROFILES.name].select("account", "location").drop_nulls().iter_rows())
    times = asked.frames[TIMES.name].filter(pl.col("account").is_in(list(places)))
    lists = times.sort("account", "time").group_by("account", maintain_order=True).agg("time")
    enough = lists.filter(pl.col("time").list.len() >= FEWEST)
    verdicts = ((a, _judge(places[a], np.asarray(moments, dtype=np.int64))) for a, moments in enough.iter_rows())
    return {account: verdict for account, verdict in verdicts if verdict}


def _judge(place: str, times: Ints) -> tuple[bool, float] | None:
    """Whether the night is off everywhere in the place, and the middle of the night (UTC hour); None where unknown."""
    offsets = offsets_of(place, datetime.fromtimestamp(float(np.median(times)) / 1000, UTC))
    begin, share = quiet_hours(times)
    if not offsets or days(times) < DAYS or share > CLEAR:
        return None
    middle = (begin + NIGHT / 2) % 24
    return all(_apart(middle + offset, MIDDLE) >= APART for offset in offsets), middle


def _apart(a: float, b: float) -> float:
    gap = abs(a - b) % 24
    return min(gap, 24 - gap)


def _seen(
    off: list[str], mine: list[str], others_off: int, others: int, judged: dict[str, tuple[bool, float]]
) -> tuple[Sight, ...]:
    if not off:
        return ()
    hour, number = Counter(judged[account][1] for account in off).most_common(1)[0]
    what = (
        f"{len(off)} of {len(mine)} accounts sleep when their declared place is awake, and {others_off} of {others} "
        f"others; the night of {number} of them is around {int(hour):02}:{int(hour % 1 * 60):02} UTC"
    )
    return (Sight(what, tuple(off)),)


SIGNAL = Signal(
    name=NAME,
    title="Hours and place",
    meaning="Accounts whose quiet hours are six hours or more off the night of their declared place, against others.",
    supports="Accounts that sleep by another clock may be run from elsewhere; emigrants, night workers, jokes in the "
    "field of the place, and schedulers look the same.",
    source="quietest five hours (circular) against 03:30 local time of the tz database's zones; hypergeometric tail",
    needs=(TIMES, PROFILES),
    look=look,
)
