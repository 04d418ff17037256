"""The panel of a group: which signals were tried, which speak, and which could not be tried for want of data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from campaign_analysis.signal_results import SignalResult
from campaign_analysis.signals import Asked, Signal, every


def panel(asked: Asked, signals: Iterable[Signal] | None = None) -> tuple[SignalResult, ...]:
    """The answers of all signals (or of these), each p corrected by Holm's rule for the number of signals with a p."""
    return corrected([signal.look(asked) for signal in (every().values() if signals is None else signals)])


def corrected(results: Sequence[SignalResult]) -> tuple[SignalResult, ...]:
    """Holm 1979: the i-th smallest of m p-values times m - i + 1, never below one before it; valid under dependence."""
    tried = sorted((r.p, place) for place, r in enumerate(results) if r.p is not None)
    said, least = list(results), 0.0
    for rank, (p, place) in enumerate(tried):
        least = max(least, min(1.0, p * (len(tried) - rank)))
        said[place] = replace(results[place], corrected=least)
    return tuple(said)
