"""Bought engagement: a group's accounts are in crowds that like or retweet somebody's posts in one go."""

from __future__ import annotations

import polars as pl

from campaign_analysis.account_frames import Frame
from campaign_analysis.delivered import LEAST, Among, Collection, among, there
from campaign_analysis.detectability import wilson
from campaign_analysis.followers.engagement import engagement
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal

NAME = "bought_engagement"
OFTEN = 2  # posts of one author to which an account reacted: who reacted to one is in no crowd
REACTIONS = Frame(  # whole lists of likers and retweeters of those to whom most of the accounts asked about react
    "reactions",
    {
        "author": pl.String,  # to whose posts
        "post": pl.String,
        "account": pl.String,  # who reacted
        "kind": pl.String,  # like or retweet
        "rank": pl.Int64,  # 1 the newest
    },
)


def look(asked: Asked) -> SignalResult:
    """Those in crowds, of all of the conversation who reacted to one author as often: noncentral hypergeometric."""
    acts = asked.frames[REACTIONS.name]
    if acts.is_empty():
        return SignalResult(NAME, untried="no list of likers or retweeters in the store has enough of these accounts")
    authors, why = asked.once(NAME, lambda: _looked(acts))
    mine, others = there(authors, asked)
    if mine < LEAST or not others:
        wanted = f"{mine} of its accounts and {others} others are in {OFTEN} lists of who likes or retweets one author"
        reason = f"; {why}" if why else ""
        return SignalResult(NAME, untried=f"{wanted}: {LEAST} and some others are wanted{reason}")
    p, held = among(authors, asked)
    hits = {account for one in held for account in one.hits}
    low, high = wilson(len(hits), mine)
    return SignalResult(
        NAME,
        p=p,
        measure=Measure("share of its accounts in lists that are in crowds", len(hits) / mine, low, high),
        seen=tuple(_sight(one, len(held)) for one in held if one.hits),
        notes=("lists of likers and retweeters alone: by retweets that are posts themselves the group may be found",),
    )


def _looked(acts: pl.DataFrame) -> tuple[list[Collection], str | None]:
    """Who reacted to two posts of an author or more, and who of them is in a crowd; why one could not be looked at."""
    found, why = [], None
    for (author,), rows in acts.group_by(["author"], maintain_order=True):
        reactions = rows.select("post", "account", "kind", "rank", at=pl.lit(None, pl.Datetime("us", "UTC")))
        result = engagement(reactions)
        if result.why_not:
            why = result.why_not
            continue
        often = rows.group_by("account").agg(pl.col("post").n_unique()).filter(pl.col("post") >= OFTEN)["account"]
        crowds = frozenset(account for crowd in result.crowds for account in crowd.members)
        found.append(Collection(str(author), frozenset(often), crowds))
    return found, why


def _sight(one: Among, authors: int) -> Sight:
    what = (
        f"of those who react to {one.whom}, {len(one.hits)} of {one.of} of its accounts are in crowds that come in one "
        f"go, and {one.others_hit} of {one.others} others"
    )
    return Sight(what, one.hits, p=min(1.0, one.p * authors))


SIGNAL = Signal(
    name=NAME,
    title="In crowds that look bought",
    meaning="Accounts that are in crowds which like or retweet some posts of one author, the same accounts each time "
    "and each time in one go, against others of the conversation who react to that author.",
    supports="Crowds that are delivered come so; fans who agreed to react at once look the same, and anybody can buy "
    "reactions for anybody.",
    source="crowds as in docs/followers.md; Fisher's noncentral hypergeometric tail at odds of 2, times the authors "
    "with crowds",
    needs=(REACTIONS,),
    look=look,
)
