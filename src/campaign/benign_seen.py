"""What there is to see of a group, and what is made of it: shared by all innocent explanations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from campaign_analysis.detect import LayerInput
from campaign_analysis.results import Group, Verdict

MOST = 0.6  # share of a group's accounts, or acts, from which something is said of the group
NOT_ENOUGH = "which explains accounts that are together, but not a core that is in step"
TextOf = Callable[[str, int], str | None]  # the text that an account posted at a moment (epoch ms)


@dataclass(frozen=True)
class Seen:
    """What there is to see of a group: its members' names (handle and display name), and its acts by layer.

    `acts`: members' acts close to another member's (account, object, time in epoch ms; source and born where known);
    `around`: how many acts of accounts outside the group come within the window on the same object, for each act of
    the group; `inputs`: all; `text_of`: reads a text.
    """

    group: Group
    names: Sequence[str]
    acts: dict[str, pl.DataFrame]
    around: float
    inputs: dict[str, LayerInput]
    text_of: TextOf

    @property
    def times(self) -> np.ndarray:
        """Times of all the acts, epoch ms."""
        return np.concatenate([frame["time"].to_numpy() for frame in self.acts.values()])


@dataclass(frozen=True)
class Clue:
    """What was seen of an explanation, what that is worth, and the commonest text where texts are said to be alike."""

    verdict: Verdict
    seen: str
    text: str | None = None


def fits(seen: str) -> Clue:
    """It speaks for the explanation."""
    return Clue("fits", seen)


def not_enough(seen: str, text: str | None = None) -> Clue:
    """It is there, and does not explain what is claimed."""
    return Clue("there, but not enough", seen, text)


def not_there(seen: str) -> Clue:
    """It was looked for, and there is nothing, or little, of it."""
    return Clue("looked for, not there", seen)


def untested(why: str) -> Clue:
    """These data cannot tell."""
    return Clue("could not be looked for", why)


def not_in_step(seen: Seen, what: str) -> Clue:
    """What explains that accounts are together speaks for a gathering; a campaign's core is in step besides."""
    return fits(what) if seen.group.claim == "gathering" else not_enough(f"{what}, {NOT_ENOUGH}")


def top(counts: Counter[object], of: int) -> tuple[object, float]:
    """What is counted most (the first in order of those), and its share."""
    if not counts or not of:
        return None, 0.0
    most = min(counts, key=lambda value: (-counts[value], str(value)))
    return most, counts[most] / of
