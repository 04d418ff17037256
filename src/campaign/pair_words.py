"""Why a pair is linked or is not, in words that need no statistics: the report and `campaign show` speak from here."""

from __future__ import annotations

from campaign_analysis import layers
from campaign_analysis.results import PairTest

from campaign.reporting.numbers import decimal, duration
from campaign.words import counted, odds, one_in

TOGETHER = "how busy the crowd was at those times, and how often each of the two posts there"
IN_STEP = (
    "how busy everybody was at those times, minute by minute, and the habits of the two (when they post, how soon they "
    "take up what is new, how often they talk to each other)"
)
RARE = 0.1  # pairs by luck under which it is said in how many searches there is one
ONCE = "One meeting is never enough: it takes two at least to link two accounts."


def pair_sentences(test: PairTest, rate: float | None = None) -> list[str]:
    """Met how often, what a meeting is, how often by luck; hence. `rate`: the share of luck that the run accepts."""
    return [_met(test), _meeting(test), *((_chance(test), _hence(test, rate)) if test.n > 1 else (ONCE,))]


def sides(test: PairTest) -> tuple[tuple[str, str | None], ...]:
    """The two accounts of a test, each with its handle where it is known."""
    return (test.a, test.a_handle), (test.b, test.b_handle)


def verdict(test: PairTest) -> str:
    """`linked, in step` or `not linked`."""
    return f"linked, {test.claim}" if test.joined else "not linked"


def _met(test: PairTest) -> str:
    return f"They {'never met' if test.n == 0 else 'met once' if test.n == 1 else f'met {test.n:,} times'}."


def _meeting(test: PairTest) -> str:
    others = "; the odds allow for the others" if test.n > 1 else ""
    return (
        f"A meeting: {both_did(test.layer)} at most {duration(test.window)} apart; however often that happens on the "
        f"same thing within a stretch of {duration(test.block)}, it counts once (of the stretches that were tried, "
        f"this one shows these two best{others})."
    )


def both_did(layer: str) -> str:
    """`both used the same hashtag`."""
    known = layers.every().get(layer)
    return known.both if known else f"both acted on the same thing ({layer})"


def _chance(test: PairTest) -> str:
    habits = IN_STEP if test.claim == "in step" else TOGETHER
    return (
        f"From {habits}, about {decimal(test.expected)} meetings are to be expected anyway. "
        f"Of all pairs as likely to meet as these two, luck brings one in {one_in(test.p)} to {test.n:,} meetings or "
        "more."
    )


def _hence(test: PairTest, rate: float | None) -> str:
    possible = counted(test.tests, "possible pair")
    pairs = (
        f"Where many pairs are looked at, something rare happens somewhere: counted over all {possible} (by this "
        "behaviour or by every one, whichever asks more; most hardly ever came near each other)"
    )
    luck = (
        f"{pairs}, a search like this one finds about {decimal(test.lucky)} pairs like this by luck"
        if test.lucky >= RARE
        else f"{pairs}, only one in {one_in(test.lucky)} searches like this one finds even one pair like this by luck"
    )
    if test.joined:
        found = f"this one found {test.listed:,} as good, which makes odds of luck of {odds(test.lucky / test.listed)}"
        return f"{luck}; {found}. Hence these two are linked."
    share = "more of the accepted would be luck than this search allows"
    if rate is not None:
        share = f"more than {odds(rate)} of the accepted would be luck"
    return (
        f"{luck}. If pairs as weak as this were accepted, {share}. Hence these two are not linked "
        f"({counted(test.listed, 'better pair is', 'better pairs are')})."
    )
