"""What signals about accounts say, in words: they support or weaken, they never convict an account."""

from __future__ import annotations

from collections.abc import Sequence

from campaign_analysis.signal_results import SPEAKS, Measure, SignalResult
from campaign_analysis.signals import every

from campaign.reporting.numbers import decimal, probability
from campaign.words import MOSTLY, counted, listed, odds

HOW_TO_READ = (
    f"A signal speaks where luck alone would show as much in {odds(SPEAKS)} groups at most, and is silent where it "
    "would more often, which clears nobody. That several signals were tried is allowed for."
)
NOT_POSTING = (
    "A signal's figure is about the accounts themselves: it says nothing of whether luck made them post together."
)
STATISTICS = "For those who know statistics"
NO_VERDICT = (
    "These signals support or weaken what is said of the group. None of them makes a campaign of a gathering, and none "
    "is a verdict about an account."
)


def title(result: SignalResult) -> str:
    """The signal's title; its name where this version does not know it."""
    known = every().get(result.signal)
    return known.title if known else result.signal


def meaning(result: SignalResult) -> str:
    """What the signal looks for, and what it would mean; empty where this version does not know it."""
    return f"{looks_for(result)} {supports(result)}".strip()


def looks_for(result: SignalResult) -> str:
    """What the signal looks for; empty where this version does not know it."""
    known = every().get(result.signal)
    return known.meaning if known else ""


def supports(result: SignalResult) -> str:
    """What it would mean that a signal speaks, and what innocent thing looks the same; empty where it is not known."""
    known = every().get(result.signal)
    return known.supports if known else ""


def verdict(result: SignalResult) -> str:
    """`speaks`, `silent`, `described`, or `not tried`."""
    if result.untried is not None:
        return "not tried"
    if result.p is None:
        return "described"
    return "speaks" if result.speaks else "silent"


def panel_sentences(results: Sequence[SignalResult]) -> list[str]:
    """Which signals were tried, which speak, what that may mean, and which could not be tried; none without signals."""
    tried = [r for r in results if r.p is not None]
    untried = [r for r in results if r.untried is not None]
    said = []
    if tried:
        speaking = [title(r) for r in tried if r.speaks]
        which = f"{listed(speaking)} {'speaks' if len(speaking) == 1 else 'speak'}" if speaking else "none speaks"
        said.append(f"Of {counted(len(tried), 'signal')} about its accounts that could be tested, {which}.")
        said += [_speaking(r) for r in tried if r.speaks]
        said += [NOT_POSTING] if speaking else []
    if untried:
        said.append(f"Not tried for want of data: {listed([title(r) for r in untried])}.")
    return said


def _speaking(result: SignalResult) -> str:
    """What was seen, how often luck alone would show as much, and what it may mean."""
    seen = [f"{result.seen[0].what}."] if result.seen else []
    said = " ".join([*seen, f"Luck alone would show as much in {luck_words(result)} groups.", supports(result)])
    return f"{title(result)}: {said}".rstrip()


def luck_words(result: SignalResult) -> str:
    """`1 in 250`, `most`: in how many groups luck alone would show as much; of p corrected where it is."""
    p = result.p if result.corrected is None else result.corrected
    return "no test" if p is None else "most" if p > MOSTLY else odds(p)


def probability_words(result: SignalResult) -> str:
    """`p 0.0004`, with how it is corrected."""
    if result.p is None:
        return "no test"
    if result.corrected is None:
        return f"p {probability(result.p)}"
    return f"p {probability(result.corrected)}, corrected"


def measure_words(measure: Measure | None) -> str:
    """`share of the accounts made in bursts: 0.8 (95% interval: 0.7 to 0.9)`; empty without one."""
    if measure is None:
        return ""
    interval = ""
    if measure.low is not None and measure.high is not None:
        interval = f" (95% interval: {decimal(measure.low)} to {decimal(measure.high)})"
    return f"{measure.name}: {decimal(measure.value)}{interval}"


def lines(result: SignalResult) -> list[str]:
    """All that one signal says, a line each: verdict, size, what was seen, limits."""
    if result.untried is not None:
        return [f"{title(result)}: not tried: {result.untried}."]
    luck = "" if result.p is None else f"; luck alone would show as much in {luck_words(result)} groups"
    figures = figures_words(result)
    return [
        f"{title(result)}: {verdict(result)}{luck}.",
        *(f"{s.what}." for s in result.seen),
        *([f"{figures}."] if figures else []),
        *(f"Note: {n}." for n in result.notes),
    ]


def figures_words(result: SignalResult) -> str:
    """`For those who know statistics: p 0.0004, corrected; share of …: 0.7 (95% interval: …)`; empty without any."""
    p = [] if result.p is None else [probability_words(result)]
    size = measure_words(result.measure)
    return f"{STATISTICS}: {'; '.join([*p, *([size] if size else [])])}" if p or size else ""
