"""Why two accounts are not linked, in words that need no statistics: `campaign show --pair` speaks from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from campaign_analysis.results import Detection, Group, PairTest

from campaign.account_words import standings
from campaign.layer_words import behaviour, is_talk, own_acts
from campaign.not_linked import Met, NotLinked
from campaign.pair_words import both_did, pair_sentences, would_do
from campaign.reporting.numbers import duration, times
from campaign.words import (
    campaigns_first,
    counted,
    group_names,
    hashtags_asked,
    joined_clause,
    listed,
    rate_of,
    topic,
    weakness,
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


def not_linked_paragraphs(
    found: NotLinked, detection: Detection, group: Group, by: Sequence[str], names: Mapping[str, str]
) -> list[str]:
    """That the two are not linked and where they are, whether they were asked about, and each behaviour.

    `by`: the other behaviours, which were not asked for, by which they are linked.
    """
    home = home_of(detection, group, [found.a, found.b])
    met = [one for one in found.met if one.n or one.loosely or one.uncounted]
    return [
        " ".join([_title(found, by, names), *where(detection, group, [found.a, found.b], by, names)]),
        *_unasked(found, detection, names),
        *([CHANGED] if found.changed else []),
        *(" ".join(_by(one, found, detection)) for one in met),
        *_never([one for one in found.met if one not in met], names, bool(met)),
        *filter(None, [weakness(home) if home else ""]),
    ]


def _title(found: NotLinked, by: Sequence[str], names: Mapping[str, str]) -> str:
    how = "not linked"
    if by:
        apart = listed([behaviour(met.layer) for met in found.met])
        how = f"linked by {listed([behaviour(layer) for layer in by])}, but not by {apart}"
    return f"{names[found.a]} and {names[found.b]}: {how}."


def where(
    detection: Detection, group: Group, pair: Sequence[str], by: Sequence[str], names: Mapping[str, str]
) -> list[str]:
    """In which group of the run each account is; of two of one group that no behaviour links, how they came there."""
    home = home_of(detection, group, pair)
    if home and home is not group:
        called = group_names(campaigns_first(detection.groups))[home.id]
        return [f"Both are in another group of this run: {home.id} ({called})."]
    if home:
        if by:
            return []
        through = listed([_through(detection, group, x, names[x]) for x in pair])
        return [f"Both are in this group, each through others: {through}. Not every two of a group are linked."]
    return [_place(detection, group, x, names[x]) for x in pair]


def home_of(detection: Detection, group: Group, pair: Sequence[str]) -> Group | None:
    """The group of a run in which both accounts are, if there is one: the one that was asked for, or another."""
    return next((g for g in (group, *detection.groups) if {m.id for m in g.accounts}.issuperset(pair)), None)


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


def _by(met: Met, found: NotLinked, detection: Detection) -> list[str]:
    """`By hashtag:` how often they met, and why that does not link them."""
    said, rate = [f"By {behaviour(met.layer)}:"], rate_of(detection)
    if met.test:
        told = pair_sentences(met.test, rate, detection.tested_pairs)
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
        f"{times(n)}. So loose a measure links only two who are in step by it, that is more often than the "
        "crowd, their own habits, their talk and the stories they pass on explain; this run did not find that of these "
        "two."
    ]


def _uncounted(met: Met) -> list[str]:
    if not met.uncounted:
        return []
    more = counted(met.uncounted, "more meeting is", "more meetings are")
    return [f"{more} not counted here: by {_instead(met.layer)}."]


def _instead(layer: str) -> str:
    """Posts that do not count in a layer."""
    links = f"posts with a link that others posted too, which count by {behaviour('url')} and not twice"
    return f"{links}, or by {TALK}" if is_talk(layer) else links


def _never(never: Sequence[Met], names: Mapping[str, str], others: bool) -> list[str]:
    """By what they never met, and whether each of them acted so at all."""
    if not never:
        return []
    both = [own_acts(met.layer) for met in never if not (met.idle or met.left_out)]
    said = ["By everything else they never met."] if others else [NEVER]
    if both:
        said.append(f"Both have these, but not on the same thing at nearly the same time: {'; '.join(both)}.")
    for idle, acts in _together((met.idle, own_acts(met.layer)) for met in never if met.idle).items():
        who = "Neither has any" if len(idle) > 1 else f"{names[idle[0]]} has none"
        said.append(f"{who} of these in the time of this run: {acts}.")
    spared = (((*met.left_out, _instead(met.layer)), own_acts(met.layer)) for met in never if met.left_out)
    for (*left_out, instead), acts in _together(spared).items():
        who = "both have" if len(left_out) > 1 else f"{names[left_out[0]]} has"
        said.append(f"All that {who} of these does not count: {acts}. They are {instead}.")
    return [" ".join(said)]


def _together(told: Iterable[tuple[tuple[str, ...], str]]) -> Mapping[tuple[str, ...], str]:
    """What has the same key as one list."""
    known: dict[tuple[str, ...], list[str]] = {}
    for key, what in told:
        known.setdefault(key, []).append(what)
    return {key: "; ".join(all_of_it) for key, all_of_it in known.items()}
