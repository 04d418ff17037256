"""Why a pair is in or is not, in words that need no statistics: the report and `campaign show` speak from here."""

from __future__ import annotations

from campaign_analysis import layers
from campaign_analysis.results import PairTest

from campaign.reporting.numbers import decimal, duration
from campaign.words import counted

TOGETHER = "how busy the crowd was at those times, and how often each of the two posts there"
RARE = 0.1  # pairs by luck under which it is said in how many searches there is one
ONCE = "One meeting is never enough: it takes two at least to join two accounts."
IN_STEP = "how busy everybody was at those times, and how much the two of them post in such sessions anyway"


def pair_sentences(test: PairTest) -> list[str]:
    """Met how often; how often by itself; how rare that is; among how many pairs; hence."""
    return [_met(test), *((_chance(test), _hence(test)) if test.n > 1 else (ONCE,))]


def _met(test: PairTest) -> str:
    met = "never met" if test.n == 0 else "met once" if test.n == 1 else f"met {test.n:,} times"
    known = layers.every().get(test.layer)
    acts = known.meaning if known else test.layer
    return (
        f"They {met}: counted are stretches of {duration(test.block)} in which both acted ({acts}) within "
        f"{duration(test.window)} of each other."
    )


def _chance(test: PairTest) -> str:
    habits = IN_STEP if test.claim == "in step" else TOGETHER
    return (
        f"{habits[0].upper()}{habits[1:]}, explains about {decimal(test.expected)} such meetings. "
        f"{test.n:,} or more come about by that alone once in {rounded(1 / max(test.p, 1e-300))} such pairs."
    )


def _hence(test: PairTest) -> str:
    among = f"Among {counted(test.tests, 'pair')} that could have been tested,"
    luck = (
        f"{among} about {decimal(test.lucky)} do so well by luck alone"
        if test.lucky >= RARE
        else f"{among} one does so well by luck alone in one of {rounded(1 / max(test.lucky, 1e-300))} such searches"
    )
    if test.joined:
        found = counted(test.listed, "was", "were")
        return f"{luck}, and {found} found here: more than luck explains. Hence these two are joined."
    better = counted(test.listed, "pair that does better is", "pairs that do better are")
    return (
        f"{luck}; {better} joined. Were pairs like these two joined as well, more of all that are joined would be "
        "there by luck than this search allows. Hence these two are not joined."
    )


def rounded(number: float) -> str:
    """In numbers that are read at a glance: `14`, `300`, `12 thousand`, `3 million`, `more than a thousand billion`."""
    if number >= 1e12:
        return "more than a thousand billion"
    for size, name in ((1e9, " billion"), (1e6, " million"), (1e3, " thousand")):
        if number >= size:
            return f"{_two_digits(number / size):,}{name}"
    return f"{_two_digits(number):,}"


def _two_digits(number: float) -> int:
    whole = max(1, round(number))
    step: int = 10 ** max(0, len(str(whole)) - 2)
    return int(round(whole / step) * step)
