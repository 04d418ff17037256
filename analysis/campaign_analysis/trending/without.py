"""Would a hashtag have risen without some accounts, and when: the counterfactual, and the word that it gives.

The accounts' acts and the retweets of their posts are taken away; of what others did, what they set off is drawn away
(owed.py). Each draw is then judged as the hashtag itself was (rising.py): against the past without these accounts, and
at the same p.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import polars as pl

from campaign_analysis.arrays import Ints
from campaign_analysis.trending.exposure import HOUR, Hours
from campaign_analysis.trending.owed import owed
from campaign_analysis.trending.rising import Scan

Word = Literal["pushed", "organic", "cannot tell"]

SURE = 0.95  # of the draws
MOST = 0.5  # of the burst
CORE = 0.1  # of the burst: what the cores themselves must have made for a hashtag to be called pushed
TIMED = 100  # draws that are asked for their moment


@dataclass(frozen=True)
class Without:
    """A burst without some accounts. Numbers of acts: `acts` in all, `theirs`, and `passed` on from them.

    `low`, `middle`, `high`: what others did of themselves (median and 90 % interval). `rises`: share of the draws in
    which it still rises; `rises_if_nothing_set_off`: whether it would, were only their own acts and retweets gone.
    `since`: hours since 1970 by whose end it would have risen (5 %, median, 95 % of the draws in which it does).
    """

    acts: int
    theirs: int
    passed: int
    low: int
    middle: int
    high: int
    rises: float
    rises_if_nothing_set_off: bool
    since: tuple[int, int, int] | None

    @property
    def part(self) -> tuple[float, float, float]:
        """The part of the burst that is owed to them: low, middle, high."""
        acts = max(1, self.acts)
        return 1 - self.high / acts, 1 - self.middle / acts, 1 - self.low / acts


def acts_of(posts: pl.DataFrame) -> pl.DataFrame:
    """The first post of each account in each hour: `account`, `at` (epoch seconds), `author` of what it retweets."""
    return (
        posts.sort("at", "post")
        .with_columns(hour=pl.col("at") // HOUR)
        .unique(["account", "hour"], keep="first", maintain_order=True)
        .select("account", "at", "author")
    )


def without(acts: pl.DataFrame, who: set[str], hours: Hours, scan: Scan, cut: float, burst: tuple[int, int]) -> Without:
    """Take accounts out of a hashtag.

    Parameters
    ----------
    acts
        As `acts_of` gives them, of past and window.
    who
        The accounts.
    hours, scan, cut
        What the hashtag was tested with, and the p at which it is called.
    burst
        First moment and the moment after the last, epoch seconds.
    """
    begin = (hours.first + hours.past) * HOUR
    theirs, passed = pl.col("account").is_in(list(who)), pl.col("author").is_in(list(who))
    marked = acts.with_columns(theirs=theirs, passed=~theirs & passed.fill_null(False))
    window, past = marked.filter(pl.col("at") >= begin), marked.filter(pl.col("at") < begin)
    of_them = pl.col("theirs") | pl.col("passed")
    before = past.filter(~of_them).height
    others = window.filter(~of_them)["at"].to_numpy()
    everybody = hours.everybody
    drawn = owed(
        window.filter(of_them)["at"].to_numpy(),
        others,
        begin,
        everybody[hours.past :],
        before,
        float(everybody[: hours.past].sum()),
    )
    test = replace(scan, past=before)
    share, since = would_rise(drawn.by_hour(), test, cut, hours.first + hours.past)
    whole = np.bincount((others - begin) // HOUR, minlength=hours.window)[: hours.window]
    inside = window.filter(pl.col("at").is_between(*burst, closed="left"))
    own = drawn.between(*burst)
    low, middle, high = (int(q) for q in np.quantile(own, [0.05, 0.5, 0.95], method="nearest"))
    return Without(
        inside.height,
        int(inside["theirs"].sum()),
        int(inside["passed"].sum()),
        low,
        middle,
        high,
        share,
        test.rises(whole, cut),
        since,
    )


def word_of(
    groups: Without | None, campaigns: Without | None, cores: Without | None, gatherings: float, clock: int = 1
) -> Word:
    """The word for a hashtag.

    Parameters
    ----------
    groups, campaigns, cores
        Without all accounts of campaigns and gatherings, of campaigns, and of campaigns' cores alone; None where no
        campaign posted it.
    gatherings
        Part of the burst that gatherings made.
    clock
        Seconds of which most of its times are multiples.

    *pushed*: the cores, who are what is claimed, made a tenth of the burst or more; and without all groups it does not
    rise in 95 % of the draws, or they made half of it or more at the interval's low end. *organic*: without the
    campaigns it rises all the same in 95 %, they made less than half of it at the high end, and gatherings, of which
    timing cannot tell what they are, made less than half. On a clock of an hour nobody can see that
    there is no campaign, so that nothing is *organic*; on a coarser one nobody sees what came first either.
    """
    word = _word(groups, campaigns, cores, gatherings)
    return "cannot tell" if clock > HOUR or (clock == HOUR and word == "organic") else word


def _word(groups: Without | None, campaigns: Without | None, cores: Without | None, gatherings: float) -> Word:
    if groups is None or campaigns is None or cores is None:
        return "organic" if gatherings < MOST else "cannot tell"
    core = (cores.theirs + cores.passed) / max(1, cores.acts)
    if core >= CORE and (groups.rises <= 1 - SURE or groups.part[0] >= MOST):
        return "pushed"
    if campaigns.rises >= SURE and campaigns.part[2] < MOST and gatherings < MOST:
        return "organic"
    return "cannot tell"


def would_rise(by_hour: Ints, test: Scan, cut: float, first: int) -> tuple[float, tuple[int, int, int] | None]:
    """The share of draws (rows, by hour of the window) that rise, and the hours by whose end they do (`Without.since`).

    `first` is the window's first hour.
    """
    return float(np.mean([test.rises(row, cut) for row in by_hour])), _since(by_hour, test, cut, first)


def _since(by_hour: Ints, test: Scan, cut: float, first: int) -> tuple[int, int, int] | None:
    found = [test.first(row, cut) for row in by_hour[:: max(1, len(by_hour) // TIMED)]]
    there = [first + at - 1 for at in found if at is not None]
    if not there:
        return None
    low, middle, high = np.quantile(there, [0.05, 0.5, 0.95], method="nearest")
    return int(low), int(middle), int(high)
