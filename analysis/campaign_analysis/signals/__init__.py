"""Signals about the accounts of a group. One small file each, found by itself: copy `born.py` to add one.

A signal supports or weakens what is claimed of a group. It never turns a gathering into a campaign, and it says nothing
about one account by itself. Each has a null of its own, and P(p <= a) <= a where nothing happens (docs/signals.md).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import polars as pl

from campaign_analysis.account_frames import Frame
from campaign_analysis.errors import AnalysisError
from campaign_analysis.signal_results import SignalResult

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """Whom a signal is asked about: ids of the group's accounts, and frames about them and about others, by name.

    The others are people of the same conversation, or a sample of them that does not depend on what they did: `others`,
    or without it all accounts of the frames that are not in `group`. There may be none; a signal says then what it
    cannot tell. `frames` has every frame that the signal needs, with the columns of its `Frame`, perhaps without rows;
    it may hold accounts that are neither. `known` is what was worked out of these frames, for several groups.
    """

    group: frozenset[str]
    frames: Mapping[str, pl.DataFrame]
    others: frozenset[str] | None = None
    known: dict[str, Any] = field(default_factory=dict)

    def counts(self, account: str) -> bool:
        """Whether an account is of the group or of the others."""
        return self.others is None or account in self.others or account in self.group

    def rows(self, frame: Frame) -> pl.DataFrame:
        """The rows of the group and of the others."""
        rows = self.frames[frame.name]
        if self.others is None:
            return rows
        return rows.filter(pl.col("account").is_in([*self.group, *self.others]))

    def sides(self, frame: Frame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The rows of the group and the rows of the others."""
        rows = self.rows(frame)
        mine = rows["account"].is_in(list(self.group))
        return rows.filter(mine), rows.filter(~mine)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` works out of the frames for each account, whoever is asked about: made once for all groups."""
        if name not in self.known:
            self.known[name] = make()
        return self.known[name]  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Signal:
    """A signal: the name of its file, a title, and one sentence that says what it looks for.

    `supports` says in words what it means where it speaks, with the innocent explanations that remain. `source`: paper
    or formula. `needs`: frames that it reads. `look` answers; where data are wanting it returns a SignalResult with
    `untried`, and it raises nothing for them.
    """

    name: str
    title: str
    meaning: str
    supports: str
    source: str
    needs: tuple[Frame, ...]
    look: Callable[[Asked], SignalResult]


def every() -> dict[str, Signal]:
    """All signals by name."""
    modules = sorted(m.name for m in pkgutil.iter_modules(__path__))
    found = [importlib.import_module(f"{__name__}.{m}").SIGNAL for m in modules]
    return {signal.name: signal for signal in found}


def named(name: str) -> Signal:
    """The signal of this name. Raises AnalysisError for a name that is none."""
    known = every()
    if name not in known:
        raise AnalysisError(f"no signal is called {name!r}: there are {', '.join(known)}")
    return known[name]
