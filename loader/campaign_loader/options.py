"""How a source is to be read, where it does not say so itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

PLATFORMS = {"twitter": "x", "x.com": "x", "bluesky": "bsky"}


@dataclass(frozen=True)
class Dates:
    """Which comes first in dates like `3/4/2024`, why, and in which inputs there are such dates."""

    day_first: bool | None = None
    """None: there are none, as far as they were looked for; one that comes up nevertheless is not read."""
    why: str = ""
    files: frozenset[str] = frozenset()
    guess: str = ""
    """What was chosen though no date shows it, and what to do if it is wrong; empty where it was shown."""

    def remark(self, name: str) -> str:
        """What to add to the line that says how an input is read; nothing where it has no such dates."""
        return f"; dates: {'day' if self.day_first else 'month'} first ({self.why})" if name in self.files else ""


@dataclass(frozen=True)
class ReadOptions:
    """What the user says about the input; every part has a default that the input itself decides."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Field -> column, as in `--map account=user`; the fields are those of `columns.HINTS`."""
    platform: str | None = None
    """Short name that keys begin with (`x`, `bsky`, …); None: what the format or the table says, else `other`."""
    format: str | None = None
    """Name of the format; None: recognised by itself."""
    encoding: str | None = None
    """Encoding of text; None: UTF-8, or what a byte order mark says."""
    time_format: str | None = None
    """strptime format of the time column; None: the usual ones are tried."""
    dates: Dates = field(default_factory=Dates)
    """The order of day and month, found by `load` in all inputs together (`dates.py`)."""
    followers_of: str | None = None
    """Whose followers an input lists where it does not say so: an id, or `@handle`."""
    following_of: str | None = None
    """Whom the accounts of an input are followed by: an id, or `@handle`."""
    likers_of: str | None = None
    """Id of the post whose likers an input lists."""
    retweeters_of: str | None = None
    """Id of the post whose retweeters an input lists."""
    seen_at: datetime | None = None
    """When a list was collected, where the input does not say so (UTC)."""
    chunk_rows: int = 1_000_000
    """Rows that are turned into tables and written at once: every write of the embedded store has its fixed cost."""
    chunk_bytes: int = 192 << 20
    """Bytes in memory of those rows: the smaller of the two limits holds."""
    block_bytes: int = 32 << 20
    """Bytes of text that are parsed at once."""

    def __post_init__(self) -> None:
        """A platform has one name, as in a column of platforms: `X` and `Twitter` are `x`."""
        if self.platform is not None:
            folded = self.platform.strip().lower()
            object.__setattr__(self, "platform", PLATFORMS.get(folded, folded))
