"""The audit of one account's followers: lots that were made together and came together, and what they amount to.

The plot that it puts into numbers is the New York Times' (Confessore et al., "The Follower Factory", 2018): followers
in the order in which they followed, against the dates their accounts were made, in which bought lots stand out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import polars as pl

from campaign_analysis.arrays import Floats, Ints
from campaign_analysis.errors import AnalysisError
from campaign_analysis.followers.lists import Listed
from campaign_analysis.followers.lots import Lot, chance, lots, members
from campaign_analysis.followers.order import followed_after
from campaign_analysis.followers.scan import RUNS, scan

FOUNDED = {
    "x": datetime(2006, 3, 21, tzinfo=UTC),
    "bsky": datetime(2022, 11, 1, tzinfo=UTC),
    "mastodon": datetime(2016, 3, 16, tzinfo=UTC),
}
"""First days of platforms: no account is older."""
FEWEST = 2 * RUNS[0]


@dataclass(frozen=True)
class FoundLot:
    """A lot in words that are seen: places in the list (1 the newest), dates, and share of the audience.

    They followed after `followed_after`, and before `followed_before` if that is known.
    """

    rank_from: int
    rank_to: int
    made_from: datetime
    made_until: datetime
    followed_after: datetime
    size: int
    expected: float
    excess: float
    low: float
    high: float
    p: float
    q: float
    at_edge: bool
    """One side of it is the end of the list, so that it was compared with the other side only."""


@dataclass(frozen=True)
class Audit:
    """An audit's result. Frames: `followers` (follower, place, made, bound, lot) in the order of following.

    `p` is how often chance alone would show so strong a lot anywhere in the list (1 where none was looked for); `share`
    is the lots' excess over the `dated` followers, those with a date and a place, with an interval. `why_not` says why
    no lot could be looked for.
    """

    account: str
    listed: int
    dated: int
    without_date: int
    impossible: int
    unranked: int
    lots: tuple[FoundLot, ...]
    p: float
    tests: int
    share: float
    share_low: float
    share_high: float
    why_not: str | None
    followers: pl.DataFrame

    def lots_alone(self) -> Audit:
        """The same with only the followers that are in lots: of thousands of lists the rest is too much to hold."""
        return replace(self, followers=self.followers.drop_nulls("lot"))


def audit_of(account: str, known: Listed) -> Audit:
    """Audit the list of an account (its id) out of a store (lists.listed)."""
    platform = account.partition(":")[0]
    return audit(account, known.followers, platform=platform, seen_at=known.until, why_not=known.why_not)


def audit(
    account: str,
    followers: pl.DataFrame,
    *,
    platform: str | None = None,
    seen_at: datetime | None = None,
    why_not: str | None = None,
) -> Audit:
    """Audit a list of followers.

    `followers` has follower String, rank Int64 (1 the newest; null: not known) and created_at Datetime UTC (null: not
    known). Dates before the platform was founded, or after `seen_at`, are impossible: they count as not known.
    `why_not`: why its order cannot be trusted. Raises AnalysisError where a column is missing.
    """
    if missing := {"follower", "rank", "created_at"} - set(followers.columns):
        raise AnalysisError(f"a list of followers lacks {', '.join(sorted(missing))}")
    frame = followers.select("follower", "rank", made=pl.col("created_at").dt.epoch("us").cast(pl.Float64) / 1e6)
    earliest = FOUNDED.get(platform or "", datetime(1990, 1, 1, tzinfo=UTC)).timestamp()
    latest = seen_at.timestamp() if seen_at else np.inf
    impossible = int(frame.filter((pl.col("made") < earliest) | (pl.col("made") > latest)).height)
    frame = frame.with_columns(made=pl.when(pl.col("made").is_between(earliest, latest)).then("made"))
    ordered = frame.drop_nulls("rank").sort("rank", descending=True, maintain_order=True)
    dated = ordered.drop_nulls("made")
    unranked = frame.height - ordered.height
    counts = (followers.height, dated.height, frame["made"].null_count() - impossible, impossible, unranked)
    if why := why_not or _why_not(frame, ordered, dated):
        drawn = dated.with_columns(bound=pl.lit(None, pl.Float64), lot=pl.lit(None, pl.Int64))
        return Audit(account, *counts, (), 1.0, 0, 0.0, 0.0, 1.0, why, drawn)
    made = dated["made"].to_numpy()
    bound = followed_after(made)
    bound = np.where(np.isfinite(bound), bound, made[0])
    cells = scan(made, bound)
    found = lots(cells, made)
    marks = np.full(len(made), -1)
    for number, lot in enumerate(found):
        marks[members(made, lot)] = number
    ranks = dated["rank"].to_numpy()
    told = tuple(_told(lot, made, bound, ranks) for lot in found)
    p = chance(float(cells.p.min(initial=1.0)) * cells.tests)
    drawn = dated.with_columns(bound=pl.Series(bound), lot=pl.Series(marks).replace(-1, None))
    of = max(dated.height, 1)
    shares = (sum(getattr(lot, part) for lot in told) / of for part in ("excess", "low", "high"))
    share, low, high = (min(1.0, s) for s in shares)
    return Audit(account, *counts, told, p, cells.tests, share, low, high, None, drawn)


def _why_not(frame: pl.DataFrame, ordered: pl.DataFrame, dated: pl.DataFrame) -> str | None:
    """Why no lot can be looked for; None where one can."""
    if frame.is_empty():
        return "no list of its followers is loaded"
    if ordered.height < frame.height / 2:
        return (
            "the order in which they followed is not known, so that lots cannot be told from followers who joined the "
            "platform in the same days and came one by one; load a list with ranks"
        )
    if dated.height < frame.height / 2 and dated.height < FEWEST:
        return "the dates on which their accounts were made are not known; load their profiles"
    if dated.height < FEWEST:
        return f"a run needs {RUNS[0]} followers and as many beside it; {dated.height} with dates are too few"
    return None


def _told(lot: Lot, made: Floats, bound: Floats, ranks: Ints) -> FoundLot:
    return FoundLot(
        rank_from=int(ranks[lot.last - 1]),
        rank_to=int(ranks[lot.first]),
        made_from=_moment(lot.made_from),
        made_until=_moment(lot.made_until),
        followed_after=_moment(float(bound[lot.first])),
        size=lot.k,
        expected=lot.expected,
        excess=lot.excess,
        low=lot.low,
        high=lot.high,
        p=lot.p,
        q=lot.q,
        at_edge=lot.first < RUNS[0] // 2 or len(made) - lot.last < RUNS[0] // 2,
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(round(seconds), UTC)
