"""Bought followers: a group's accounts are in lots of somebody's followers, more than others of the conversation."""

from __future__ import annotations

import polars as pl

from campaign_analysis.account_frames import Frame
from campaign_analysis.delivered import LEAST, Among, Collection, among, there
from campaign_analysis.detectability import wilson
from campaign_analysis.followers.audit import audit_of
from campaign_analysis.followers.lists import each_list, listed
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal

NAME = "bought_followers"
LISTS = Frame(  # whole lists of followers of those whom most of the accounts asked about follow
    "follower_lists",
    {
        "account": pl.String,  # who is followed
        "follower": pl.String,
        "rank": pl.Int64,  # 1 the newest
        "seen_at": pl.Datetime("us", "UTC"),
        "made": pl.Datetime("us", "UTC"),  # when the follower was made
    },
)


def look(asked: Asked) -> SignalResult:
    """Those in lots of an audited list, of all of the conversation that are in it: noncentral hypergeometric."""
    if asked.frames[LISTS.name].is_empty():
        return SignalResult(NAME, untried="no follower list in the store has enough of these accounts in it")
    lists, why = asked.once(NAME, lambda: _audited(asked.frames[LISTS.name]))
    if not lists:
        return SignalResult(NAME, untried=f"no list of followers could be audited: {why}")
    mine, others = there(lists, asked)
    if mine < LEAST or not others:
        wanted = f"{mine} of its accounts and {others} others are in lists of followers that could be audited"
        return SignalResult(NAME, untried=f"{wanted}: {LEAST} and some others are wanted")
    p, held = among(lists, asked)
    hits = {account for one in held for account in one.hits}
    low, high = wilson(len(hits), mine)
    return SignalResult(
        NAME,
        p=p,
        measure=Measure("share of its accounts in lists that are in lots of followers", len(hits) / mine, low, high),
        seen=tuple(_sight(one, len(held)) for one in held if one.hits),
        notes=(f"{len(lists)} lists of followers were audited, of whom most of these accounts follow", *_not_all(why)),
    )


def _audited(frame: pl.DataFrame) -> tuple[list[Collection], str | None]:
    """The followers with a date and a place of each list that can be audited; why one could not."""
    found, why = [], None
    for whom, rows in each_list(frame):
        result = audit_of(whom, listed(rows, whom))
        if result.why_not:
            why = f"of {whom}: {result.why_not}"
            continue
        known = result.followers
        found.append(Collection(whom, frozenset(known["follower"]), _in_lots(known)))
    return found, why


def _not_all(why: str | None) -> tuple[str, ...]:
    return (f"others could not be audited, {why}",) if why else ()


def _in_lots(followers: pl.DataFrame) -> frozenset[str]:
    return frozenset(followers.drop_nulls("lot")["follower"])


def _sight(one: Among, lists: int) -> Sight:
    what = (
        f"of the followers of {one.whom}, {len(one.hits)} of {one.of} of its accounts are in lots that look bought, "
        f"and {one.others_hit} of {one.others} others"
    )
    return Sight(what, one.hits, p=min(1.0, one.p * lists))


SIGNAL = Signal(
    name=NAME,
    title="Among followers that look bought",
    meaning="Accounts that are in lots of somebody's followers (made in the same days, followed in one run), against "
    "others of the conversation who follow the same account.",
    supports="Accounts that were delivered as followers may be for hire; people whom one event made join and follow "
    "together look the same, and anybody can buy followers for anybody.",
    source="lots as in docs/followers.md; Fisher's noncentral hypergeometric tail at odds of 2, times the lists "
    "with lots",
    needs=(LISTS,),
    look=look,
)
