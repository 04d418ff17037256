"""Leaps: posts a day, followers or accounts followed of a group jump to another level on the same days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import polars as pl

from campaign_analysis.account_frames import SNAPSHOTS, TIMES
from campaign_analysis.arrays import Floats
from campaign_analysis.changes import Leap, leaps
from campaign_analysis.counters import DAY, Glitch, daily_gains, without_glitches
from campaign_analysis.scan import Lot, Scan, scan
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal

NAME = "leaps"
WINDOWS = (DAY, 3 * DAY, 7 * DAY)
SIDE = 14 * DAY
LEAST = 5  # accounts of the group with a series
LONG = 14  # days of a series
SHOWN = 10  # single leaps, and glitches, told of
WHAT = {"posts": "posts a day", "followers": "new followers a day", "following": "accounts newly followed a day"}


@dataclass(frozen=True)
class _Series:
    """Daily counts of one account from a day on (epoch ms of its beginning)."""

    account: str
    begin: int
    counts: Floats


@dataclass(frozen=True)
class _Leapt:
    """An account's series from `begin` to `end` (epoch ms), and its surest leap with its day, if it has one."""

    account: str
    begin: int
    end: int
    at: int = 0
    leap: Leap | None = None


@dataclass(frozen=True)
class _Found:
    """What was worked out of all accounts: series by what they count, and glitches by counter and account."""

    series: dict[str, list[_Leapt]]
    glitches: dict[str, list[tuple[str, Glitch]]]


def look(asked: Asked) -> SignalResult:
    """Each account's largest leap in three series; a scan of the days on which the group's and the others' came."""
    known = asked.once(NAME, lambda: _found(asked.frames[TIMES.name], asked.frames[SNAPSHOTS.name]))
    series = {what: [one for one in all_ if asked.counts(one.account)] for what, all_ in known.series.items()}
    tried = {what: ones for what, ones in series.items() if _mine(ones, asked.group) >= LEAST}
    if not tried:
        return SignalResult(NAME, untried=f"fewer than {LEAST} of its accounts have posts or counters over {LONG} days")
    found = {what: _scanned(ones, asked.group) for what, ones in tried.items()}
    p = min(1.0, len(found) * min(scanned.p for scanned, _ in found.values()))
    seen = [_lot(what, lot, mine, len(found)) for what, (scanned, mine) in found.items() for lot in scanned.lots]
    single = [(what, leapt, leapt.leap) for what, (_, mine) in found.items() for leapt in mine if leapt.leap]
    single.sort(key=lambda entry: -entry[2].low)
    seen += [_single(what, leapt, leap) for what, leapt, leap in single[:SHOWN]]
    notes = [_glitches(counter, names, asked.group) for counter, names in known.glitches.items()]
    if all(len(ones) == _mine(ones, asked.group) for ones in tried.values()):
        notes.append("there is nobody else to hold them against")
    largest = _measure(single[0][2]) if single else None
    return SignalResult(NAME, p=p, measure=largest, seen=tuple(seen), notes=tuple(filter(None, notes)))


def _found(times: pl.DataFrame, snapshots: pl.DataFrame) -> _Found:
    glitches: dict[str, list[tuple[str, Glitch]]] = {"followers": [], "following": []}
    series = {"posts": [_leapt(one) for one in _posting(times)]}
    for counter, odd in glitches.items():
        series[counter] = [_leapt(one) for one in _gains(snapshots, counter, odd)]
    return _Found(series, glitches)


def _leapt(one: _Series) -> _Leapt:
    end, rises = one.begin + len(one.counts) * DAY, leaps(one.counts)
    if not rises:
        return _Leapt(one.account, one.begin, end)
    top = max(rises, key=lambda leap: leap.low)
    return _Leapt(one.account, one.begin, end, one.begin + top.day * DAY, top)


def _posting(times: pl.DataFrame) -> Iterator[_Series]:
    """Posts a day, from an account's first day to the last day of the data or of its own last post."""
    day = times.with_columns(day=pl.col("time") // DAY).group_by("account", "day").len().sort("account", "day")
    for (account,), rows in day.group_by("account", maintain_order=True):
        days = rows["day"].to_numpy()
        if days[-1] - days[0] + 1 >= LONG:
            counts = np.zeros(int(days[-1] - days[0]) + 1)
            counts[days - days[0]] = rows["len"].to_numpy()
            yield _Series(str(account), int(days[0]) * DAY, counts)


def _gains(snapshots: pl.DataFrame, counter: str, glitches: list[tuple[str, Glitch]]) -> Iterator[_Series]:
    """New followers (or accounts followed) a day, without glitches, which are noted."""
    known = snapshots.drop_nulls(["at", counter]).sort("account", "at")
    for (account,), rows in known.group_by("account", maintain_order=True):
        at = rows["at"].dt.epoch("ms").to_numpy()
        at, value, odd = without_glitches(at, rows[counter].to_numpy())
        glitches += [(str(account), glitch) for glitch in odd]
        if len(at):
            begin = int(at[0]) // DAY * DAY
            gains = daily_gains(at, value, begin, (int(at[-1]) - begin) // DAY + 1)
            if gains is not None and len(gains) >= LONG:
                yield _Series(str(account), begin + DAY, gains)


def _mine(series: list[_Leapt], group: frozenset[str]) -> int:
    return sum(one.account in group for one in series)


def _scanned(series: list[_Leapt], group: frozenset[str]) -> tuple[Scan, list[_Leapt]]:
    """The scan of the days of the largest leaps, and the group's leaps in the order in which the scan knows them."""
    mine = [one for one in series if one.leap and one.account in group]
    others = [one for one in series if one.leap and one.account not in group]
    size = _mine(series, group)
    scanned = scan(
        np.array([one.at for one in mine], dtype=np.int64),
        np.array([one.at for one in others], dtype=np.int64),
        WINDOWS,
        side=SIDE,
        span=(min(one.begin for one in series), max(one.end for one in series)),
        without=(size - len(mine), len(series) - size - len(others)),
    )
    return scanned, mine


def _lot(what: str, lot: Lot, mine: list[_Leapt], series: int) -> Sight:
    inside = [mine[i] for i in lot.members]
    ratio = float(np.median([leapt.leap.ratio for leapt in inside if leapt.leap]))
    leapt = f"{len(inside)} accounts leapt in {WHAT[what]} on {lot.days} (by {_short(ratio)} times in the middle)"
    return Sight(f"{leapt}, {lot.against}", tuple(one.account for one in inside), *lot.span, min(1.0, lot.p * series))


def _single(what: str, leapt: _Leapt, leap: Leap) -> Sight:
    level = f"{WHAT[what]} from {_short(leap.before)} to {_short(leap.after)}"
    said = f"{level}: {_short(leap.ratio)} times ({_short(leap.low)} to {_short(leap.high)})"
    return Sight(said, (leapt.account,), _utc(leapt.at), None)


def _short(number: float) -> str:
    """`0.039`, `2.61`, `4,300`."""
    return f"{float(f'{number:.2g}'):,.0f}" if number >= 1000 else f"{number:.3g}"


def _measure(leap: Leap) -> Measure:
    return Measure("largest leap of one account, times", leap.ratio, leap.low, leap.high)


def _glitches(counter: str, names: list[tuple[str, Glitch]], group: frozenset[str]) -> str:
    mine = [(account, glitch) for account, glitch in names if account in group]
    if not mine:
        return ""
    accounts = len({account for account, _ in mine})
    account, worst = max(mine, key=lambda pair: abs(pair[1].before - pair[1].shown))
    return (
        f"{len(mine)} values of {counter} that jump and jump back are left out, of {accounts} accounts; "
        f"the largest: {account} {worst.before:,} to {worst.shown:,} on {_utc(worst.at):%Y-%m-%d} and back"
    )


def _utc(epoch_ms: int) -> datetime:
    return datetime.fromtimestamp(epoch_ms / 1000, UTC)


SIGNAL = Signal(
    name=NAME,
    title="Leaps",
    meaning="Accounts whose posts a day, followers or accounts followed jump to another level (surely twice or more), "
    "several on the same days, against leaps of others.",
    supports="Levels that jump together may have been switched on, or bought, together; news that makes these people "
    "talk, a mention by somebody famous, or a change of how the platform counts looks the same.",
    source="change-points by PELT (Killick et al. 2012) with a Poisson cost over each account's own dispersion; the "
    "scan of windows over the days, times the number of series",
    needs=(TIMES, SNAPSHOTS),
    look=look,
)
