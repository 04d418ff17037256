"""Why a pair is linked or is not, in words that need no statistics: the report and `campaign show` speak from here."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from campaign_analysis import layers
from campaign_analysis.results import Detection, PairTest

from campaign.layer_words import behaviour
from campaign.near_luck import Edge, near
from campaign.reporting.numbers import decimal, duration, times, written_out
from campaign.words import about_odds, counted, odds, one_in

TOGETHER = "how busy the crowd was at those times, and how often each of the two posts there"
IN_STEP = (
    "how busy everybody was at those times, minute by minute, and the habits of the two, as far as the data tell them "
    "(when they post, how soon they take up what is new, how often they talk to each other or pass on one story)"
)
EVERY = "counting all behaviours"
RARE = 0.1  # pairs by luck under which it is said in how many searches there is one
LEAST = 1e-9  # pairs by luck under which no number is written out
SPARSE = 0.5  # of possible pairs times p: luck brings fewer only where most of the pairs can hardly meet
FULL = 0.8  # of the same: luck brings fewer only where some of them can hardly meet
NEARLY = 0.5  # share of the meetings that luck explains from which it explains most of them
OUTSIDE = (
    " is not in the group{home}. Of pairs of an account in it and one outside, those that meet most were tried: this "
    "one came nearest to being linked."
)
INSIDE = (
    "Both are in the group, each linked to others of it. Of its pairs that are not linked, those that meet most were "
    "tried: this one came nearest."
)
BESIDE = (
    "Both are in the group. Of its pairs that are together and not in step by this, the surest were tried: this one "
    "came nearest to being in step."
)
TWICE = (
    "To be linked, a pair must be rare enough twice: beside the pairs found by the same behaviour (within the same "
    "time, and within any), and beside those found by any behaviour. What is told is that by which it does worse."
)
ANY_TWO = (
    "Of any other two accounts, in the group or not, this tells how often they met, and why they are linked or not:"
)
ONCE = (
    "One meeting is never enough: whoever posts at a busy hour meets somebody once. It takes two at least, on "
    "different things or in different stretches, to link two accounts."
)


def pair_sentences(test: PairTest, rate: float | None = None, tested: Mapping[str, int] | None = None) -> list[str]:
    """Met how often, what a meeting is, how often by luck; hence. `rate`: the share of luck that the run accepts;
    `tested`: its possible pairs by layer, where it is to be told what the numbers count.
    """
    if test.n < 2:
        return [_met(test), _near(test), ONCE]
    return [_met(test), _meeting(test), _chance(test), _hence(test, rate, tested or {})]


def sides(test: PairTest) -> tuple[tuple[str, str | None], ...]:
    """The two accounts of a test, each with its handle where it is known."""
    return (test.a, test.a_handle), (test.b, test.b_handle)


def whereabouts(test: PairTest, members: Collection[str], homes: Mapping[str, str]) -> list[tuple[str | None, str]]:
    """What is said of where the two of a test are, of a group with these members: whom it is said of (None: of both),
    and the words after the name. `homes`: what the group of an account is called.
    """
    if test.together_only:
        return [(None, BESIDE)]
    outside: list[tuple[str | None, str]] = [
        (one, OUTSIDE.format(home=f" (it is in {homes[one]})" if one in homes else ""))
        for one, _ in sides(test)
        if one not in members
    ]
    return outside or ([] if test.joined else [(None, INSIDE)])


def verdict(test: PairTest) -> str:
    """`linked, in step`, `linked, together only` or `not linked`."""
    if test.together_only:
        return "linked, together only"
    return f"linked, {test.claim}" if test.joined else "not linked"


def _met(test: PairTest) -> str:
    """How often, and the gist of why that is or is not enough; of a pair that was not tested how often alone."""
    if test.n < 2:
        return "They met once." if test.n else "They never met."
    met = f"They met {times(test.n)}"
    return f"{met}, where luck explains about {decimal(test.expected)}{_yet(test)}." if test.tests else f"{met}."


def _yet(test: PairTest) -> str:
    """Of a pair that is not linked though luck explains few of its meetings: that luck brings such pairs."""
    if test.joined or test.expected >= NEARLY * test.n:
        return ""
    if test.lucky < 1:
        return "; among so many pairs that is not rare enough"
    return f"; but luck brings about {decimal(test.lucky)} such pairs to a search like this one"


def _meeting(test: PairTest) -> str:
    tried = "of the stretches that were tried, this one shows these two best; the odds allow for the others"
    return (
        f"A meeting: {both_did(test.layer)} at most {duration(test.window)} apart; however often that happens on the "
        f"same thing within a stretch of {duration(test.block)}, it counts once{f' ({tried})' if test.tests else ''}."
    )


def _near(test: PairTest) -> str:
    """What a meeting is, of a pair that met once or never: the stretch, which makes several one, matters nothing."""
    return f"A meeting: {both_did(test.layer)} at most {duration(test.window)} apart."


def both_did(layer: str) -> str:
    """`both used the same hashtag`."""
    known = layers.every().get(layer)
    return known.both if known else f"both acted on the same thing ({layer})"


def _chance(test: PairTest) -> str:
    habits = IN_STEP if test.claim == "in step" else TOGETHER
    return (
        f"From {habits}, about {decimal(test.expected)} meetings are to be expected anyway{_share(test)}. "
        f"Of pairs that had as much occasion to meet as these two, luck brings {_some(test.p)} to {test.n:,} meetings "
        "or more."
    )


def _some(p: float) -> str:
    return "more than half" if p > 0.5 else f"1 in {one_in(p)}"


def _share(test: PairTest) -> str:
    """Of a pair that is not linked: how much of its meetings luck explains."""
    if test.joined:
        return ""
    if test.expected >= test.n:
        return ", as many as there were: luck explains them all"
    return ": luck explains most of them" if test.expected >= NEARLY * test.n else ""


def base(test: PairTest, tested: Mapping[str, int]) -> str:
    """`counting all behaviours`, `by the same hashtag alone`: which pairs a test's numbers count; empty if of one only.

    A pair must keep to the rate by its own behaviour, at its window alone as well (edges.py), and over all of them
    (all_layers.py): the numbers are of that list by which its odds are worse.
    """
    if test.of_window:
        return f"by {behaviour(test.layer)} at most {duration(test.window)} apart alone"
    looked = [pairs for pairs in tested.values() if pairs]
    if len(looked) < 2:
        return ""
    return EVERY if test.tests == sum(looked) else f"by {behaviour(test.layer)} alone"


def twice(detection: Detection) -> str:
    """That a pair must pass two tests; empty where one behaviour was looked at, as both are the same."""
    return TWICE if sum(1 for pairs in detection.tested_pairs.values() if pairs) > 1 else ""


def _hence(test: PairTest, rate: float | None, tested: Mapping[str, int]) -> str:
    said = base(test, tested)
    return f"{_by_luck(test, said)}{_linked(test) if test.joined else _left_out(test, rate, said == EVERY)}"


def _by_luck(test: PairTest, counting: str) -> str:
    """How many pairs like this luck brings: fewer than possible pairs times p, and why.

    Both numbers are of this behaviour, or of all together, whichever links fewer (why.py, docs/reading.md).
    """
    possible = counted(test.tests, "possible pair")
    every = test.tests * test.p
    brought = test.lucky / every if every else 1.0
    occasion = (
        f"{'Most' if brought < SPARSE else 'Some'} of the {possible} had hardly any occasion; with that allowed for"
    )
    where = occasion if brought < FULL else f"Over all {possible}"
    often = f"one such pair in {one_in(test.lucky)} searches" if test.lucky < RARE else ""
    beside = "; ".join(filter(None, (counting, often)))
    return f"{where}, luck alone brings {number_of(test)} to a search like this one{f' ({beside})' if beside else ''}"


def number_of(test: PairTest) -> str:
    """`about 17 such pairs`, `about 0.00000071 pairs as good as this`."""
    number = f"about {written_out(test.lucky)}" if test.lucky >= LEAST else f"under {written_out(LEAST)}"
    pair = "pair" if number == "about 1" else "pairs"
    return f"{number} {pair} as good as this" if test.joined else f"{number} such {pair}"


def _linked(test: PairTest) -> str:
    return (
        f"; this search found {test.listed:,}. So of the pairs as good as this {about_odds(test.lucky / test.listed)} "
        "is luck. Hence these two are linked."
    )


def near_sentence(detection: Detection, edge: Edge) -> str:
    """Where a linked pair is in its list, and how many of those about as weak are luck; empty in a short list."""
    found = near(detection, edge)
    if found is None:
        return ""
    by = f" by {behaviour(edge['layer'])}" if found.alone else ""
    listed = f"of the {found.listed:,} that are {edge['claim']}{by}"
    where = f"at place {found.rank:,} {listed}, the surest first"
    if found.among_the_weakest:
        where = f"among the weakest {listed} (place {found.rank:,}, the surest first)"
    return (
        f"This pair is {where}. Its odds are an average over all pairs as good or better. Of the {found.pairs:,} pairs "
        f"nearest to it in that list, {about_odds(found.share)} is luck."
    )


def _left_out(test: PairTest, rate: float | None, over_all: bool) -> str:
    """Hence not linked. `over_all`: the numbers are of all behaviours."""
    if would_do(test, rate):
        return f". {ELSEWHERE}"
    share = "more of the accepted would be luck than this search allows"
    if rate is not None:
        share = f"more than {odds(rate)} of the accepted would be luck, which this search does not allow"
    may_be = " These two may be one of those." if test.lucky >= RARE else ""
    others = f" {OTHERS}" if over_all else ""
    met = "met so and " if test.of_window else ""
    better = counted(test.listed, f"pair that {met}stands out more is", f"pairs that {met}stand out more are")
    return (
        f".{others}{may_be} If pairs as weak as this were accepted, "
        f"{share}{_bar(test, rate)}. Hence these two are not linked ({better})."
    )


def _bar(test: PairTest, rate: float | None) -> str:
    """`: 17 in 1,503 is about 1 in 88, and at most 1 in 100 (--fdr .01) may be`; empty without a share."""
    if rate is None or not test.listed or test.lucky >= test.listed:
        return ""
    return f": {share_of(test, rate)}, and at most {odds(rate)} (--fdr {_plain(rate)}) may be"


def share_of(test: PairTest, rate: float) -> str:
    """`17 in 1,503 is about 1 in 88`: luck beside those linked, as readers divide it; over a rate."""
    lucky = written_out(test.lucky)
    share = float(lucky.replace(",", "")) / test.listed
    near_by = share <= rate or odds(share) == odds(rate)
    return f"{lucky} in {test.listed:,} is {f'a little more than {odds(rate)}' if near_by else about_odds(share)}"


def _plain(rate: float) -> str:
    """`.01`, as it is written after --fdr."""
    return f"{rate:g}".removeprefix("0")


def would_do(test: PairTest, rate: float | None) -> bool:
    """Whether a pair's own behaviour would link it; what spoke against it are the others (all_layers.py)."""
    return rate is not None and test.lucky <= rate * test.listed


OTHERS = "The search looked at other behaviours too, which bring lucky pairs of their own."
ELSEWHERE = (
    "By this behaviour alone that would do. But the search looked at other behaviours too, which bring lucky pairs of "
    "their own, and over all of them together too many of the accepted would be luck. Hence these two are not linked."
)
