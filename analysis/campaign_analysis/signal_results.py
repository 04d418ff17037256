"""Typed results of the signals about accounts. `docs/json.md` describes the JSON that is made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SPEAKS = 0.01  # a signal speaks where its p, corrected for the number of signals tried, is at most this


@dataclass(frozen=True)
class Measure:
    """The size of what was seen: its name in words, its value, and a 95 % interval where there is one."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Sight:
    """One thing that was seen: in words (no full stop), by which accounts (ids), when, and its own p if it has one."""

    what: str
    accounts: tuple[str, ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    p: float | None = None


@dataclass(frozen=True)
class SignalResult:
    """What a signal says about a group.

    `p` is None where the signal could not be tried (`untried` says which data were wanting) or describes without a
    test. `corrected` is p by Holm's rule over all signals of the panel, None outside a panel. `notes` are limits of
    this very result: a clock of minutes, accounts left out.
    """

    signal: str
    p: float | None = None
    measure: Measure | None = None
    seen: tuple[Sight, ...] = ()
    notes: tuple[str, ...] = ()
    untried: str | None = None
    corrected: float | None = None

    @property
    def speaks(self) -> bool:
        """Whether it supports what is claimed of the group; outside a panel by its own p."""
        p = self.p if self.corrected is None else self.corrected
        return p is not None and p <= SPEAKS
