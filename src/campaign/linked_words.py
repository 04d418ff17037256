"""Why two accounts are linked, in words that need no statistics: `campaign show --pair` speaks from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from campaign_analysis.results import Detection, Group, PairTest

from campaign.account_words import STRONGER
from campaign.alarm_words import alarms
from campaign.as_good import as_good, as_test, can_be_in_step, claims_of, number_inside
from campaign.layer_words import behaviour
from campaign.meeting_blocks import blocks
from campaign.not_linked_words import CHANGED, home_of, where
from campaign.pair_words import NEARLY, base, near_sentence, number_of, pair_sentences, share_of, would_do
from campaign.reporting.numbers import decimal, duration
from campaign.words import counted, listed, odds, of_hundred, rate_of, weakness

Edge = Mapping[str, Any]  # a row of EDGE_SCHEMA
Failed = Mapping[str, PairTest | None]  # the test *in step*, made once more, of layers by which a pair is together only

APART = (
    "They are linked, but not in one group: a group is made of accounts that are linked among each other more than "
    "with others, and one pair does not make two groups one, nor a group by itself."
)
OWN = "with their own habits allowed for, luck explains"
NOT_ASKED = (
    "not asked. Whoever follows the news of a site links to it when there are some, so that this behaviour alone shows "
    "nobody in step"
)


def linked_paragraphs(
    detection: Detection,
    group: Group,
    edges: Sequence[Edge],
    meetings: pl.DataFrame,
    names: Mapping[str, str],
    failed: Failed | None = None,
    changed: bool = False,
) -> list[str]:
    """What links the two and where they are; of each behaviour how they stand under both claims, and how the one in
    question was reckoned; what to know of such odds; and how many meetings follow.

    `edges`: those between the two whose `meetings` are shown, one a behaviour; `changed`: what `failed` holds was
    tested on other posts than the run saw.
    """
    pair = [edges[0][side] for side in "ab"]
    home = home_of(detection, group, pair)
    place = where(detection, group, pair, [edge["layer"] for edge in edges], names)
    claims = {edge["layer"]: claims_of(detection, edge) for edge in edges}
    stronger = any("in step" in known for known in claims.values()) or any(failed or {})
    doubts = [weakness(home) if home else "", of_hundred(detection), alarms(detection)]
    return [
        f"{names[pair[0]]} and {names[pair[1]]}: linked, {_how(claims)}.",
        *([" ".join([*place, *([] if home else [APART])])] if place else []),
        *([CHANGED] if changed else []),
        *(said for layer, known in claims.items() for said in both_claims(detection, layer, known, failed or {})),
        *([STRONGER] if stronger else []),
        *(" ".join(filter(None, [f"By {behaviour(edge['layer'])}:", *_why(detection, home, edge)])) for edge in edges),
        *([" ".join(filter(None, doubts))] if any(doubts) else []),
        _follow(sum(edge["n"] for edge in edges), meetings),
    ]


def _how(claims: Mapping[str, Mapping[str, PairTest]]) -> str:
    """`in step by the same hashtag, together only by retweets of the same post`."""
    parts = {"in step": [layer for layer, known in claims.items() if "in step" in known]}
    parts["together only"] = [layer for layer in claims if layer not in parts["in step"]]
    return ", ".join(f"{claim} by {listed([behaviour(x) for x in by])}" for claim, by in parts.items() if by)


def test_sentences(detection: Detection, test: PairTest) -> list[str]:
    """What is said of a test of a group (Group.why); of two who are together only, how they stand under both claims."""
    edge = {"a": test.a, "b": test.b, "layer": test.layer}
    if not test.together_only or detection.edges.filter(**edge).is_empty():
        return pair_sentences(test, rate_of(detection), detection.tested_pairs)
    return [*both_claims(detection, test.layer, claims_of(detection, edge), {test.layer: test}), STRONGER]


def both_claims(detection: Detection, layer: str, known: Mapping[str, PairTest], failed: Failed) -> list[str]:
    """How the two stand under both claims in a layer, a paragraph each."""
    by = f"By {behaviour(layer)}."
    in_step = known.get("in step") or (failed.get(layer) if can_be_in_step(layer) else None)
    tests = [test for test in (known.get("together"), in_step) if test]
    scaled = len({(test.window, test.block) for test in tests}) > 1
    lines = []
    if "together" in known:
        lines = [f"{by} Together: {_yes(detection, known['together'], 'luck explains', scaled)}."]
    if "in step" in known:
        return [*lines, f"{by} In step: {_yes(detection, known['in step'], OWN, scaled)}."]
    if not can_be_in_step(layer):
        return [*lines, f"{by} In step: {NOT_ASKED}."]
    return [*lines, f"{by} In step: {_no(detection, in_step, scaled)}."] if in_step else lines


def _met(test: PairTest, scaled: bool) -> str:
    """`13 meetings`; of two claims counted differently `13 meetings at most 5 minutes apart, once in 4 hours`."""
    scale = f" at most {duration(test.window)} apart, once in {duration(test.block)}" if scaled else ""
    return f"{counted(test.n, 'meeting')}{scale}"


def _yes(detection: Detection, test: PairTest, explains: str, scaled: bool) -> str:
    """`yes (3 meetings, where luck explains about 0.05; …: few enough, odds of luck 1 in 200)`."""
    met = f"{_met(test, scaled)}, where {explains} about {decimal(test.expected)}"
    such = f"{_such(detection, test)}, which found {test.listed:,}"
    return f"yes ({met}; {such}: few enough, odds of luck {odds(test.lucky / test.listed)})"


def _such(detection: Detection, test: PairTest) -> str:
    """`counting all behaviours, luck brings about 20 pairs as good as this to a search like this one`."""
    counting = base(test, detection.tested_pairs)
    return f"{f'{counting}, ' if counting else ''}luck brings {number_of(test)} to a search like this one"


def _no(detection: Detection, test: PairTest, scaled: bool) -> str:
    met = f"{_met(test, scaled)}, where {OWN}"
    if test.expected >= test.n:
        return f"no ({met} them all)"
    nearly_all = decimal(test.expected) == decimal(test.n)
    most = ", nearly all of them" if nearly_all else ", most of them" if test.expected >= NEARLY * test.n else ""
    why = _too_many(test, rate_of(detection))
    return f"no ({met} about {decimal(test.expected)}{most}; {_such(detection, test)}: {why})"


def _too_many(test: PairTest, rate: float | None) -> str:
    if would_do(test, rate):
        return "few enough for this behaviour, but too many over all behaviours together"
    found = counted(test.listed, "pair")
    if not test.listed:
        return "too many, for it found no pair in step by this"
    if rate is None:
        return f"too many, beside {found} that it found in step"
    share = f"; {share_of(test, rate)}" if test.lucky < test.listed else ""
    return f"too many, for it found {found} in step, of which at most {odds(rate)} may be luck{share}"


def _why(detection: Detection, home: Group | None, edge: Edge) -> list[str]:
    """What a meeting is, how often by luck; hence; and how many of the pairs as good the group has."""
    test = as_test(detection, edge)
    return [
        *pair_sentences(test, rate_of(detection), detection.tested_pairs)[1:],
        near_sentence(detection, edge),
        *inside_sentences(detection, home, edge),
    ]


def inside_sentences(detection: Detection, home: Group | None, edge: Edge) -> list[str]:
    """How many of the pairs as good as a linked one are in a group."""
    if home is None:
        return []
    inside, every = number_inside(detection, home, edge), as_good(detection, edge).height
    if inside == every:
        return ["All pairs as good as this are in this group."]
    number = "is" if inside == 1 else "are"
    return [f"Of the pairs {edge['claim']} that are as good as this, {inside:,} {number} in this group."]


def _follow(counted_then: int, meetings: pl.DataFrame) -> str:
    """How many meetings follow; of posts that share several things people see one block, and files a row for each."""
    if meetings.height != counted_then:
        return (
            f"The run counted {counted(counted_then, 'meeting')}; {meetings.height:,} follow: the store holds other "
            "posts of that time now than when this run was made, or another version of campaign made it."
        )
    shown = len(blocks(meetings))
    fewer = f" (in {shown:,}, where the same two posts count by more than one behaviour and are listed once)"
    return f"The {counted(meetings.height, 'meeting')} follow{fewer if shown < meetings.height else ''}."
