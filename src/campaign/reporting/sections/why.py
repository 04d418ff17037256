"""Why one pair is in and another is not, in words that need no statistics."""

from __future__ import annotations

from campaign_analysis.results import Group, PairTest

from campaign.pair_words import pair_sentences
from campaign.reporting.markup import Html, el, join, stranger
from campaign.reporting.view import View


def why(view: View, group: Group) -> Html:
    """The group's strongest pair, and one that is not joined; empty where neither was kept."""
    if not group.why:
        return Html("")
    members = {m.id for m in group.accounts}
    return join([el("h3", "Why this pair is in and that one is not"), *(_pair(view, t, members) for t in group.why)])


def _pair(view: View, test: PairTest, members: set[str]) -> Html:
    verdict = f": joined, {test.claim}." if test.joined else ": not joined."
    names = [stranger(_label(view, test.a, test.a_handle)), " and ", stranger(_label(view, test.b, test.b_handle))]
    outside = "" if {test.a, test.b} <= members else " One of the two is not in the group."
    return el("p", el("b", *names, verdict), f"{outside} {' '.join(pair_sentences(test))}")


def _label(view: View, account: str, handle: str | None) -> str:
    return f"@{handle}" if handle else view.label(account)
