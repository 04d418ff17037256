"""Why one pair is in and another is not, and why an account joined, in words that need no statistics."""

from __future__ import annotations

from campaign_analysis.results import Group, Joined, Member, PairTest

from campaign.joined_words import clearest, joined_sentences
from campaign.pair_words import pair_sentences
from campaign.reporting.markup import Html, el, join, stranger
from campaign.reporting.view import View


def why(view: View, group: Group) -> Html:
    """The group's strongest pair, one that is not joined, and who joined the core most clearly; empty without any."""
    members = {m.id for m in group.accounts}
    pairs = [_pair(view, t, members) for t in group.why]
    joined = clearest(group)
    return join(
        [
            *([el("h3", "Why this pair is in and that one is not"), *pairs] if pairs else []),
            *([el("h3", "Why this account joined the core"), _joined(view, group, *joined)] if joined else []),
        ]
    )


def _pair(view: View, test: PairTest, members: set[str]) -> Html:
    verdict = f": joined, {test.claim}." if test.joined else ": not joined."
    names = [stranger(_label(view, test.a, test.a_handle)), " and ", stranger(_label(view, test.b, test.b_handle))]
    outside = "" if {test.a, test.b} <= members else " One of the two is not in the group."
    return el("p", el("b", *names, verdict), f"{outside} {' '.join(pair_sentences(test))}")


def _joined(view: View, group: Group, member: Member, joined: Joined) -> Html:
    posts = el("code", f"campaign show {group.id} --account {member.id}")
    name = el("b", stranger(_label(view, member.id, member.handle)), ": joined.")
    return el("p", name, f" {' '.join(joined_sentences(joined))} Its posts beside the core's: ", posts)


def _label(view: View, account: str, handle: str | None) -> str:
    return f"@{handle}" if handle else view.label(account)
