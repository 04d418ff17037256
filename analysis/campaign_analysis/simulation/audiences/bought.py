"""What sellers deliver: lots of accounts, fresh, aged or of all ages, within hours or a few days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from campaign_analysis.arrays import Floats
from campaign_analysis.simulation.audiences.organic import BORN, DAY, cohort

Kind = Literal["fresh", "aged", "mixed"]
KINDS: tuple[Kind, ...] = ("fresh", "aged", "mixed")
LEAST, MOST = 500, 5_000
"""Sizes in which followers are sold."""


@dataclass(frozen=True)
class Lot:
    """A delivery: its kind, when each account followed and when it was made (seconds since 1970)."""

    kind: Kind
    time: Floats
    made: Floats


def sizes(rng: np.random.Generator, total: int) -> list[int]:
    """Lots of 500 to 5,000 that make up a total; the last takes what is left, if that is a lot."""
    lots: list[int] = []
    while (left := total - sum(lots)) >= LEAST:
        wanted = int(LEAST * (MOST / LEAST) ** rng.random())
        lots.append(left if left < 2 * LEAST else min(wanted, left - LEAST) if left > wanted else left)
    return lots


def deliver(rng: np.random.Generator, kind: Kind, size: int, begins: float, ends: float) -> Lot:
    """A lot of a kind at a moment between two: within six hours to three days, accounts made before."""
    start = begins + (ends - begins) * (0.05 + 0.9 * rng.random())
    time = start + np.sort(rng.random(size)) * rng.uniform(0.25, 3) * DAY
    return Lot(kind, time, stock(rng, kind, size, start))


def stock(rng: np.random.Generator, kind: Kind, size: int, before: float) -> Floats:
    """When the accounts of a lot were made.

    Fresh ones within one to five days, four to twenty days before; aged ones within two to forty days, half a year to
    four years before; mixed ones were collected from accounts of all ages.
    """
    if kind == "mixed":
        return cohort(rng, np.full(size, before))
    fresh = kind == "fresh"
    width = rng.uniform(1, 5) if fresh else rng.uniform(2, 40)
    ago = rng.uniform(4, 20) if fresh else rng.uniform(180, 4 * 365)
    newest = max(before - ago * DAY, BORN + width * DAY)
    return newest - width * DAY * rng.random(size)
