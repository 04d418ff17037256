"""What a detection is asked, and how people write it: durations, moments, hashtags."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from campaign.failures import UsageError

if TYPE_CHECKING:
    from campaign_analysis.communities import Community

Engine = Literal["igraph", "gds"]
"""What parts the graph of pairs: igraph in this process, or GDS inside the database."""
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
LONGEST = 36_525 * UNITS["d"]  # a century
LARGEST_SEED = 2**31 - 1  # that every library takes


@dataclass(frozen=True)
class Request:
    """A question to the store. Empty hashtags: everybody; empty layers: all; no window and block: each layer's own.

    `engine` parts the pairs by `community`. `thorough` asks for all that a run can say of itself; `placebos` for
    another number of placebo runs than usual.
    Raises UsageError for a range that ends before it begins, a rate or seed out of range, less than no placebo, and a
    method that GDS has not.
    """

    hashtags: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    layers: tuple[str, ...] = ()
    window: int | None = None
    block: int | None = None
    fdr: float = 0.01
    community: Community = "louvain"
    engine: Engine = "igraph"
    seed: int = 1
    placebos: int | None = None
    thorough: bool = False

    def __post_init__(self) -> None:
        if self.engine == "gds" and self.community == "python-louvain":
            raise UsageError("--engine gds has no python-louvain: give --community louvain or leiden")
        if self.placebos is not None and self.placebos < 0:
            raise UsageError(f"{self.placebos} placebo runs make no sense: give 0 or more")
        if not 0 < self.fdr < 1:
            raise UsageError(
                f"a rate of {self.fdr:g} makes no sense: give --fdr a number between 0 and 1, such as 0.01"
            )
        if not 0 <= self.seed <= LARGEST_SEED:
            raise UsageError(f"{self.seed} is no seed: give a whole number from 0 to {LARGEST_SEED}")
        if any(not folded(h) for h in self.hashtags):
            raise UsageError("an empty hashtag: write --hashtag and a name, with or without #")
        if self.since and self.until and self.since > self.until:
            since, until = (f"{side:%Y-%m-%d %H:%M}" for side in (self.since, self.until))
            raise UsageError(f"since {since} is after until {until}: nothing lies between them")

    @property
    def placebo_runs(self) -> int:
        """How many placebo runs are made: 1 as a rule, 19 where it is thorough, so that a group's p can be .05."""
        return (19 if self.thorough else 1) if self.placebos is None else self.placebos

    @property
    def tags(self) -> list[str]:
        """The hashtags as the graph keeps them: NFKC, casefolded, without #."""
        return sorted({folded(h) for h in self.hashtags})


def folded(hashtag: str) -> str:
    """As the loader folds it: casefolding may undo the form, so that it is brought about once more."""
    bare = unicodedata.normalize("NFKC", hashtag).strip().lstrip("#")
    return unicodedata.normalize("NFKC", bare.casefold())


def seconds(text: str) -> int:
    """`90`, `90s`, `30m`, `2h`, `1d` in seconds. Raises UsageError for anything else, nothing and centuries."""
    match = re.fullmatch(r"\s*(\d{1,1000})\s*([smhd]?)\s*", text)
    if not match:
        raise UsageError(f"{text!r} is no duration: write a number and s, m, h or d, such as 60s or 30m")
    length = int(match[1]) * UNITS[match[2] or "s"]
    if not 0 < length <= LONGEST:
        raise UsageError(f"{text!r} is too {'long' if length else 'short'}: write a duration such as 60s or 30m")
    return length


def written(length: int) -> str:
    """Seconds as `seconds` reads them, in the largest unit that divides them: `90s`, `30m`, `2h`, `1d`."""
    unit = next(name for name, size in reversed(UNITS.items()) if length % size == 0)
    return f"{length // UNITS[unit]}{unit}"


def moment(text: str, end: bool = False) -> datetime:
    """An ISO date or time, UTC where it names no zone; a bare date is its start, or its `end`.

    Raises UsageError for anything else.
    """
    try:
        time = datetime.fromisoformat(text)
        if end and len(text) <= len("2026-11-22"):
            time += timedelta(days=1, microseconds=-1)
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):  # a zone may lead out of the years that there are
        raise UsageError(f"{text!r} is no date or time: write 2026-11-22 or 2026-11-22T18:00") from None


def parameters_of(request: Request, scales: dict[str, list[tuple[int, int]]]) -> dict[str, Any]:
    """The parameters as they are stored and printed; scales are (window, block) in seconds of each layer."""
    return {
        "hashtags": request.tags,
        "since": request.since.isoformat() if request.since else None,
        "until": request.until.isoformat() if request.until else None,
        "layers": {layer: [{"window": w, "block": b} for w, b in pairs] for layer, pairs in scales.items()},
        "fdr": request.fdr,
        "community": request.community,
        "engine": request.engine,
        "seed": request.seed,
        "placebos": request.placebo_runs,
        "thorough": request.thorough,
    }
