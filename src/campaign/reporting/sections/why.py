"""Why one pair is linked and another is not, and why an account was added, in words that need no statistics."""

from __future__ import annotations

from collections.abc import Mapping

from campaign_analysis.results import Group, Joined, Member, PairTest

from campaign import words
from campaign.count_words import pairs_sentence
from campaign.group_words import loose_sentence
from campaign.joined_words import clearest, joined_sentences
from campaign.linked_words import test_sentences
from campaign.pair_words import ANY_TWO, twice, verdict, whereabouts
from campaign.reporting.markup import Html, el, join, stranger
from campaign.reporting.sections import Part
from campaign.reporting.view import View


def why(view: View, group: Group) -> Html:
    """The group's strongest pair, one that is not linked, and the clearest added account; empty without any."""
    members, homes = {m.id for m in group.accounts}, words.homes(view.detection.groups)
    pairs = [_pair(view, t, members, homes) for t in group.why]
    joined = clearest(group)
    return join(
        [
            *([el("h3", "Why this pair is in and that one is not"), *pairs, _any_two(view, group)] if pairs else []),
            *([el("h3", "Why this account was added to the core"), _joined(view, group, *joined)] if joined else []),
        ]
    )


def _pair(view: View, test: PairTest, members: set[str], homes: Mapping[str, str]) -> Html:
    names = [view.person(test.a), " and ", view.person(test.b), f": {verdict(test)}."]
    where = join(
        [
            join([" ", stranger(view.label(account)) if account else "", said])
            for account, said in whereabouts(test, members, homes)
        ]
    )
    said = test_sentences(view.detection, test)
    return el("p", el("b", *names), where, f" {' '.join(said)}")


def _any_two(view: View, group: Group) -> Html:
    how = el("p", f"{ANY_TWO} ", el("code", f"campaign show {group.id} --pair A B"), class_="said")
    said = (twice(view.detection), loose_sentence(view.detection), pairs_sentence(view.detection))
    loose = " ".join(filter(None, said))
    return join([how, el("p", loose, class_="said") if loose else ""])


def _joined(view: View, group: Group, member: Member, joined: Joined) -> Html:
    posts = el("code", f"campaign show {group.id} --account {member.id}")
    name = el("b", view.person(member.id), ": added.")
    return el("p", name, f" {' '.join(joined_sentences(joined))} Its posts beside the core's: ", posts)


PART = Part(30, "", why)
