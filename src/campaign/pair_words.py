"""Why a pair is in or is not, in words that need no statistics: the report and `campaign show` speak from here."""

from __future__ import annotations

from campaign_analysis import layers
from campaign_analysis.results import PairTest

from campaign.reporting.numbers import decimal, duration
from campaign.words import counted

TOGETHER = "how busy the crowd was at those times, and how often each of the two posts there"
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
        f"{test.n:,} or more come about by that alone once in {rounded(1 / max(test.p, 1e-300))} pairs."
    )


def _hence(test: PairTest) -> str:
    lucky = test.p * test.tests
    tested = counted(test.tests, "pair")
    luck = (
        f"{tested} could have been tested, and among so many about {decimal(lucky)} do as well by luck."
        if lucky >= 1
        else f"{tested} could have been tested, and one that does as well by luck turns up in one of "
        f"{rounded(1 / max(lucky, 1e-300))} such searches."
    )
    if test.joined:
        return f"{luck} Hence these two are joined."
    return f"{luck} Hence these two are not joined: what they did cannot be told from luck."


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
