"""Why two accounts are not linked, in words that need no statistics: `campaign show --pair` speaks from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from campaign_analysis.results import Detection, Group, PairTest

from campaign.account_words import standings
from campaign.not_linked import Met, NotLinked
from campaign.pair_words import both_did, pair_sentences, would_do
from campaign.reporting.numbers import duration
from campaign.words import (
    campaigns_first,
    counted,
    group_names,
    hashtags_asked,
    joined_clause,
    listed,
    rate_of,
    topic,
)

NEVER = (
    "They never met. To meet is to act on the same thing at nearly the same time; two accounts are linked only by "
    "meetings, two at least."
)
CHANGED = (
    "The store holds other posts of that time now than when this run was made, or another version of campaign made it: "
    "the numbers are what the same test says now. `campaign detect` asks anew."
)
NOW = "Of the posts that the store holds now this would do: a new search may link these two."
TALK = "posts in which people answer each other, which follow each other without any agreement"
LINKED_APART = (
    "They are linked, but not in one group: a group is made of accounts that are linked among each other more than "
    "with others, and one pair does not make two groups one, nor a group by itself."
)


def not_linked_paragraphs(
    found: NotLinked, detection: Detection, group: Group, by: Sequence[str], names: Mapping[str, str]
) -> list[str]:
    """That the two are not linked and where they are, whether they were asked about, and each behaviour.

    `by`: the other behaviours, which were not asked for, by which they are linked.
    """
    met = [one for one in found.met if one.n or one.loosely or one.uncounted]
    return [
        " ".join([_title(found, by, names), *where(detection, group, [found.a, found.b], by, names)]),
        *_unasked(found, detection, names),
        *([CHANGED] if found.changed else []),
        *(" ".join(_by(one, found, rate_of(detection))) for one in met),
        *_never([one for one in found.met if one not in met], names, bool(met)),
    ]


def _title(found: NotLinked, by: Sequence[str], names: Mapping[str, str]) -> str:
    how = f"linked by {listed(by)}, but not by {listed([met.layer for met in found.met])}" if by else "not linked"
    return f"{names[found.a]} and {names[found.b]}: {how}."


def apart_paragraph(
    detection: Detection, group: Group, pair: Sequence[str], by: Sequence[str], names: Mapping[str, str]
) -> str:
    """Of two accounts that are linked without being in one group: where each is."""
    how = f"{listed([names[x] for x in pair])}: linked, by {listed(by)}."
    said = [how, *where(detection, group, pair, by, names), LINKED_APART]
    return " ".join(said)


def where(
    detection: Detection, group: Group, pair: Sequence[str], by: Sequence[str], names: Mapping[str, str]
) -> list[str]:
    """In which group of the run each account is; of two of one group that no behaviour links, how they came there."""
    members = {m.id for m in group.accounts}
    if members.issuperset(pair):
        if by:
            return []
        through = listed([_through(detection, group, x, names[x]) for x in pair])
        return [f"Both are in this group, each through others: {through}. Not every two of a group are linked."]
    return [_place(detection, group, x, names[x]) for x in pair]


def _through(detection: Detection, group: Group, account: str, name: str) -> str:
    member = next(m for m in group.accounts if m.id == account)
    if member.joined:
        return f"{name} was added to the core, {joined_clause(member.joined)}"
    standing = standings(group, detection.edges)[account]
    return f"{name} is linked with {max(standing.together, standing.in_step):,} of its accounts"


def _place(detection: Detection, group: Group, account: str, name: str) -> str:
    if any(m.id == account for m in group.accounts):
        return f"{name} is in this group."
    called = group_names(campaigns_first(detection.groups))
    for other in detection.groups:
        if any(m.id == account for m in other.accounts):
            return f"{name} is in another group of this run: {other.id} ({called[other.id]})."
    return f"{name} is in no group of this run."


def _unasked(found: NotLinked, detection: Detection, names: Mapping[str, str]) -> list[str]:
    if not found.unasked:
        return []
    tags = topic(hashtags_asked(detection))
    who = listed([names[x] for x in found.unasked])
    return [
        f"This run asked about {tags}: it tested pairs of accounts that used it, and {who} did not in the time asked "
        "about. So this pair was never tested. What follows is only how often they met."
    ]


def _by(met: Met, found: NotLinked, rate: float | None) -> list[str]:
    """`By hashtag:` how often they met, and why that does not link them."""
    said = [f"By {met.layer}:"]
    if met.test:
        told = pair_sentences(met.test, rate)
        said += [*told[:-1], NOW] if found.changed and would_do(met.test, rate) else told
    elif met.n == 1 or not met.n:
        said += pair_sentences(_untested(met, found)) if met.n else [f"They never met so that it counts; {_what(met)}."]
    else:
        said += pair_sentences(_untested(met, found))[:2]
    return [*said, *_loosely(met), *_uncounted(met)]


def _untested(met: Met, found: NotLinked) -> PairTest:
    """The pair without a test, for the words that need none."""
    scale = (met.scale.window, met.scale.block)
    return PairTest(found.a, found.b, met.layer, "together", *scale, met.n, 0.0, 1.0, 0, 0.0, listed=0, joined=False)


def _what(met: Met) -> str:
    return f"a meeting: {both_did(met.layer)} at most {duration(met.scale.window)} apart"


def _loosely(met: Met) -> list[str]:
    if not met.loosely:
        return []
    scale, n = met.loosely
    return [
        f"Counted up to {duration(scale.window)} apart (once in a stretch of {duration(scale.block)}) they met "
        f"{counted(n, 'time')}. So loose a measure links only two who are in step by it, that is more often than the "
        "crowd, their own habits and their talk with each other explain; this run did not find that of these two."
    ]


def _uncounted(met: Met) -> list[str]:
    if not met.uncounted:
        return []
    instead = "posts with a link that others posted too, which count among the links (url) and not twice"
    return [
        f"{counted(met.uncounted, 'more meeting is', 'more meetings are')} not counted here: by {instead}"
        f"{f', or by {TALK}' if met.layer == 'mention' else ''}."
    ]


def _never(never: Sequence[Met], names: Mapping[str, str], others: bool) -> list[str]:
    """By what they never met, and whether each of them acted so at all."""
    if not never:
        return []
    both = [met.layer for met in never if not met.idle]
    said = ["By everything else they never met."] if others else [NEVER]
    if both:
        said.append(f"By {listed(both)} both were active, but not on the same thing at nearly the same time.")
    alone: dict[tuple[str, ...], list[str]] = {}
    for met in never:
        alone.setdefault(met.idle, []).append(met.layer)
    for idle, behaviours in alone.items():
        if idle:
            who = "Neither has any" if len(idle) > 1 else f"{names[idle[0]]} has no"
            said.append(f"{who} such act in the time of this run: {listed(behaviours)}.")
    return [" ".join(said)]
