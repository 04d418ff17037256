"""Going dark: a group's accounts fall silent sooner than others of the conversation, or on the same day."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import polars as pl

from campaign_analysis.account_frames import TIMES
from campaign_analysis.arrays import Ints
from campaign_analysis.detectability import wilson
from campaign_analysis.permutation import Bools, alike, score_test
from campaign_analysis.scan import Lot, Strata, scan
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal
from campaign_analysis.survival import DAY, FEWEST, Lives, lives, logrank_scores

NAME = "dark"
WINDOWS = (DAY, 3 * DAY)
LEAST = 5  # accounts of the group with enough posts
LONG = 7 * DAY  # data must last so long
STRATUM = 8  # others who came at about the same time, at least,
STRATA = 50  # in at most so many strata


def look(asked: Asked) -> SignalResult:
    """Log-rank and a scan of the days of silence, among those who came at about the same time: twice the smaller p."""
    times = asked.frames[TIMES.name]
    if times.is_empty():
        return SignalResult(NAME, untried="no posts of its accounts are here")
    begin = int(times["time"].min())  # type: ignore[arg-type]
    known = asked.once("lives", lambda: lives(times)).of(asked.counts)
    mine = known.account.is_in(list(asked.group)).to_numpy()
    if mine.sum() < LEAST:
        return SignalResult(NAME, untried=f"{int(mine.sum())} of its accounts have {FEWEST} posts, {LEAST} are wanted")
    if known.end - begin < LONG:
        return SignalResult(NAME, untried="the posts span less than a week: silence cannot be told from a pause")
    last = known.last
    came = alike(known.first.astype(np.float64), mine, STRATUM, STRATA)  # an event takes away whom it brought
    found = scan(
        last[mine & known.dark],
        last[~mine & known.dark],
        WINDOWS,
        side=LONG,
        span=(begin, known.end - DAY),
        strata=_strata(known, mine, came),
    )
    others = bool((~mine).any())
    p = min(1.0, 2 * min(found.p, score_test(logrank_scores(known), mine, came, ranks=False))) if others else found.p
    gone, of = int((mine & known.dark).sum()), int(mine.sum())
    low, high = wilson(gone, of)
    names = known.account.filter(pl.Series(mine & known.dark)).to_list()
    return SignalResult(
        NAME,
        p=p,
        measure=Measure("share of its accounts that fell silent", gone / of, low, high),
        seen=(*_against(known, mine), *(_sight(lot, names) for lot in found.lots)),
        notes=() if others else ("there is nobody else to hold them against",),
    )


def _strata(known: Lives, mine: Bools, came: Ints) -> Strata:
    """The strata of those that fell silent, and how many of each did not."""
    there = [np.bincount(came[side & ~known.dark], minlength=int(came.max()) + 1) for side in (mine, ~mine)]
    return Strata(came[mine & known.dark], came[~mine & known.dark], np.stack(there, axis=1))


def _against(known: Lives, mine: Bools) -> list[Sight]:
    """How many of both fell silent: the Kaplan-Meier estimate at the end."""
    said = [f"{int((side & known.dark).sum())} of {int(side.sum())}" for side in (mine, ~mine)]
    if not (mine & known.dark).any():
        return []
    others = f"and {said[1]} of the others" if (~mine).any() else "and there are no others here"
    what = f"{said[0]} of its accounts fell silent for longer than ever before, {others}"
    first, last = (datetime.fromtimestamp(t / 1000, UTC) for t in _range(known.last[mine & known.dark]))
    return [Sight(what, tuple(known.account.filter(pl.Series(mine & known.dark))), first, last)]


def _range(times: np.ndarray) -> tuple[float, float]:
    return float(times.min()), float(times.max())


def _sight(lot: Lot, names: list[str]) -> Sight:
    what = f"{len(lot.members)} accounts were last seen on {lot.days}, {lot.against}"
    return Sight(what, tuple(names[i] for i in lot.members), *lot.span, lot.p)


SIGNAL = Signal(
    name=NAME,
    title="Going dark",
    meaning="Accounts that fall silent to the end of the data, for longer than they ever were before: sooner than "
    "others of the conversation, or many on the same days.",
    supports="Accounts that stop together may be run, or were removed, together; an event that ends for all of them, a "
    "holiday, or a collection that stopped for some looks the same.",
    source="log-rank scores (Peto & Peto 1972) and the scan of windows, groups drawn by chance within strata "
    "of accounts that were first seen at about the same time; twice the smaller p",
    needs=(TIMES,),
    look=look,
)
