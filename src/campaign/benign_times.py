"""Innocent explanations by the clock: chats, habits of the day, timetables, and times that move with the sun."""

from __future__ import annotations

import numpy as np
from campaign_analysis.clock import clock_of
from campaign_analysis.events import SECOND

from campaign.benign_seen import MOST, Clue, Seen, fits, not_in_step, not_there, untested
from campaign.words import counted

WEEK, DAY, HOUR, MINUTE = 604_800 * SECOND, 86_400 * SECOND, 3_600 * SECOND, 60 * SECOND
FEW_DAYS = 3  # with meetings, from which something is said of the times of the day
HALF_A_WEEK = 84  # hours
WEEKS = 3  # in which a group must have met for its meetings to be called weekly
OFTEN = 0.5  # share of days with meetings at the same times from which these often come again
SELDOM = 0.1  # share of days with meetings at the same times below which these hardly ever come again
MANY_DAYS = 10  # with meetings, from which it is said that their times move
MOVES = np.arange(5, 41) / 10  # minutes a day by which times may move, either way: the sun's, up to the polar circles
# Weeks are counted from Thursday, 1 January 1970.
DAYS = ("Thursdays", "Fridays", "Saturdays", "Sundays", "Mondays", "Tuesdays", "Wednesdays")


def weekly_meeting(seen: Seen) -> Clue:
    """A group that meets at the same hour of the week, week after week; nobody is in step by that."""
    hours = seen.times % WEEK // HOUR
    hour = int(np.bincount(hours).argmax())
    near = np.isin((hours - hour) % 168, (0, 1, 167))  # an hour more on either side: people run late
    weeks = len(np.unique((seen.times[near] - (hour - HALF_A_WEEK) * HOUR) // WEEK))  # none ends while they meet
    when = f"around {DAYS[hour // 24]} {hour % 24:02}:00 UTC"
    if near.mean() < MOST:
        kept = "its meetings do not keep to one hour of the week"
        return not_there(f"{kept}: {near.mean():.0%} fall {when}, its busiest; a chat has {MOST:.0%} or more there")
    if weeks < WEEKS:
        few = f"{near.mean():.0%} of its meetings fall {when}, but in {counted(weeks, 'week')} only"
        return untested(f"{few}: it takes {WEEKS} to tell")
    return not_in_step(seen, f"{near.mean():.0%} of its meetings fall {when}, in {counted(weeks, 'week')}")


def same_times(seen: Seen) -> Clue:
    """A group that meets at the same times of the day, to the minute, on most of its days; unknown on a clock of hours.

    Nobody is in step by that.
    """
    if clock_of(seen.times) > MINUTE:
        return untested("the times of this group's meetings have no minutes")
    share, days = again(seen.times, DAY)
    if days < FEW_DAYS:
        return untested(f"it met on {counted(days, 'day')}, too few to tell")
    how = "often" if share >= OFTEN else "seldom" if share >= SELDOM else "hardly ever"
    others = f"of the other days on which it met, {share:.0%} had a meeting within a minute of the same time"
    what = f"it {how} repeats a time of day: for one of its meetings, on average, {others}"
    return not_in_step(seen, what) if share >= OFTEN else not_there(what)


def timetable(seen: Seen) -> Clue:
    """A group that meets at the same minutes of the week (lessons, services, broadcasts), or at times that move by the
    same minutes each day (sunset); unknown in a few weeks. It can be in step by that: no habit of the day explains it.
    """
    if clock_of(seen.times) > MINUTE:
        return untested("the times of this group's meetings have no minutes")
    daily, days = again(seen.times, DAY)
    weekly, weeks = again(seen.times - seen.times.min() // DAY * DAY, WEEK)  # weeks from its first day on
    if weeks < WEEKS and days < MANY_DAYS:
        return untested(f"it met on {counted(days, 'day')} of {counted(weeks, 'week')}, too few to tell")
    if daily >= OFTEN:
        return not_there("its times of day come again as they are, whatever the day of the week")
    on_weeks = f"of the other weeks in which it met, {weekly:.0%} had a meeting at nearly the same minute of the week"
    if weeks >= WEEKS and weekly >= OFTEN:
        return fits(f"it keeps to times of the week: for one of its meetings, on average, {on_weeks}")
    moving, minutes = _moving(seen.times) if days >= MANY_DAYS else (0.0, 0.0)
    on_days = f"of the other days on which it met, {moving:.0%} had a meeting within a minute of that time"
    if moving >= OFTEN:
        later = f"moves by {abs(minutes):.1f} minutes a day, {'later' if minutes > 0 else 'earlier'}"
        return fits(f"it keeps to a time of day that {later}, as sunrise and sunset do: {on_days}")
    looked = ((weeks >= WEEKS, on_weeks), (days >= MANY_DAYS, f"with times that move a little each day, {on_days}"))
    return not_there("; ".join(said for known, said in looked if known))


def again(times: np.ndarray, period: int) -> tuple[float, int]:
    """Of the other periods (ms) in which there are such times (epoch ms), the share with one at the same minute of it,
    or the minute before or after: the mean over the minutes; and how many periods there are.
    """
    long, met = period // MINUTE, np.unique(times // MINUTE)
    around = np.unique(np.concatenate([met - 1, met, met + 1]))
    number = len(np.unique(met // long))
    on = np.bincount(around % long, minlength=long)[met % long]
    return (min(float(np.mean((on - 1) / (number - 1))), 1.0) if number > 1 else 0.0), number


def _moving(times: np.ndarray) -> tuple[float, float]:
    """The largest such share of days where times move by so many minutes a day."""
    times = np.unique(times // MINUTE) * MINUTE
    days = (times - times.min()) // DAY
    moves = np.concatenate([-MOVES, MOVES])
    shares = [again(times - np.int64(move * MINUTE) * days, DAY)[0] for move in moves.tolist()]
    best = int(np.argmax(shares))
    return shares[best], float(moves[best])
