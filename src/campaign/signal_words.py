"""What signals about accounts say, in words: they support or weaken, they never convict an account."""

from __future__ import annotations

from collections.abc import Sequence

from campaign_analysis.signal_results import SPEAKS, Measure, SignalResult
from campaign_analysis.signals import every

from campaign.reporting.numbers import decimal, probability
from campaign.words import counted, listed

HOW_TO_READ = (
    f"A signal speaks where this group shows it more than luck explains (p at most {SPEAKS}), and is silent where it "
    "does not, which clears nobody. p: how often luck alone would show as much; corrected: for the number of signals "
    "that were tried."
)
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
        speaking = [f"{title(r)} ({probability_words(r)})" for r in tried if r.speaks]
        which = f"{listed(speaking)} {'speaks' if len(speaking) == 1 else 'speak'}" if speaking else "none speaks"
        said.append(f"Of {counted(len(tried), 'signal')} about its accounts that could be tested, {which}.")
        said += [f"{title(r)}: {supports(r)}" for r in tried if r.speaks and supports(r)]
    if untried:
        said.append(f"Not tried for want of data: {listed([title(r) for r in untried])}.")
    return said


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
    size = measure_words(result.measure)
    head = f"{title(result)}: {verdict(result)}"
    if result.p is not None:
        head += f", {probability_words(result)}"
    return [
        f"{head}; {size}." if size else f"{head}.",
        *(f"{s.what}." for s in result.seen),
        *(f"Note: {n}." for n in result.notes),
    ]
