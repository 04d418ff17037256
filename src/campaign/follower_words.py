"""What is said of an account's followers: the one place where lots of followers get their words."""

from __future__ import annotations

from collections.abc import Iterator

from campaign_analysis.followers.audit import Audit, FoundLot

from campaign.follower_lists import FollowerList
from campaign.reporting.numbers import day, percent, probability

MEANING = (
    "A lot says that accounts made within days of each other followed one after the other, far more than those who "
    "followed before and after explain. Sellers deliver so. Where a wave of people joined the platform and one post "
    "of this account then went round among them, it looks the same: look what happened on both dates. It does not say "
    "who paid: anybody can buy followers for anybody. And it says nothing of a single follower: some of those in a lot "
    "came by themselves."
)
OUT_OF_SIGHT = (
    "Out of sight: lots mixed from accounts of all ages; lots of accounts not three days old when they followed, which "
    "look like the newcomers that a viral day brings; lots under a tenth of those who followed meanwhile; and what was "
    "bought and is gone since."
)

WEBSITE = (
    "In a list from X's website the first twenty places or so are out of order: it shows first whom it thinks most "
    "interesting. Lists from X's interfaces for programs are in the order of following."
)


def audit_sentences(listed: FollowerList, found: Audit) -> Iterator[str]:
    """The answer first, then what it rests on and what could not be seen."""
    who = listed.called
    yield answer(who, found)
    if found.lots:
        yield MEANING
    yield from basis(listed, found)
    yield OUT_OF_SIGHT


def answer(who: str, found: Audit) -> str:
    """The answer in one sentence."""
    if found.why_not:
        return f"{who}: nothing can be concluded: {found.why_not}."
    if not found.lots:
        return (
            f"{who}: no lots found among {found.dated:,} followers: what was made together and came together is no "
            "more than crowds explain. That clears nobody: see what is out of sight."
        )
    lots = "1 lot" if len(found.lots) == 1 else f"{len(found.lots)} lots"
    of = f"of the {found.dated:,} followers whose date and place are known"
    whole = f"of its {found.dated:,} followers" if found.dated == found.listed else of
    return (
        f"{who}: {lots} of followers who were made together and came together, {percent(found.share)} {whole} "
        f"({percent(found.share_low)} to {percent(found.share_high)}); as strong a lot comes by chance "
        f"alone in {probability(found.p)} of lists such as this."
    )


def basis(listed: FollowerList, found: Audit) -> Iterator[str]:
    """What the list is like, as far as it limits what can be said."""
    if listed.followers_said and listed.followers_said > found.listed:
        yield f"The list has {found.listed:,} of the {listed.followers_said:,} followers that the platform counts."
    if found.without_date:
        yield f"{found.without_date:,} followers have no creation date (private, deleted, not collected): left out."
    if found.unranked:
        yield f"{found.unranked:,} followers have no place in the list, so that they came at no known time: left out."
    if listed.known.from_ids:
        yield f"{listed.known.from_ids:,} creation dates were read from the accounts' ids, which are early by minutes."
    if found.impossible:
        yield (
            f"{found.impossible:,} creation dates cannot be (before the platform, or after the list was collected): "
            "left out."
        )
    if len(listed.known.seen) > 1:
        yield f"The list was collected {len(listed.known.seen)} times: who came in later stands before who was there."
    if listed.platform == "x" and not found.why_not:
        yield WEBSITE
    if any(lot.at_edge for lot in found.lots):
        yield "A lot at the end of the list was compared with one side only."


def lot_label(lot: FoundLot) -> str:
    """A lot in a line."""
    made = f"made {day(lot.made_from)} to {day(lot.made_until)}"
    return f"places {lot.rank_from:,} to {lot.rank_to:,}: about {lot.excess:,.0f} accounts {made}"
