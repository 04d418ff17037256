"""Keys of JSON records that the first records do not have: which fields they are, from where they first come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from campaign_loader import columns
from campaign_loader.csv_blocks import Frame
from campaign_loader.head import Head

Hints = Mapping[str, Sequence[str]]
NO_HINTS: Hints = MappingProxyType({})


def as_they_come(
    frames: Iterable[Frame], head: Head, chosen: Mapping[str, str], hints: Hints
) -> Iterator[tuple[Frame, Mapping[str, str], tuple[str, ...]]]:
    """Frames, each with the columns chosen (field -> column) for it, and what is to be said where some are new.

    What was chosen stays; a column that `hints` know fills a field that has none.
    """
    for frame in frames:
        late = [name for name in frame.rows.columns if name not in head.columns]
        more = added(chosen, late, hints) if late else {}
        chosen = {**chosen, **more}
        yield frame, chosen, (f"columns that the first records lack: {columns.say(more)}",) if more else ()


def added(chosen: Mapping[str, str], late: Sequence[str], hints: Hints) -> dict[str, str]:
    """Field -> column, by hints, for fields that have no column yet, of columns that come late."""
    names = {columns.snake(column): column for column in reversed(late) if column not in chosen.values()}
    wanted = {field: own for field, own in hints.items() if field not in chosen}
    return {field: names[hint] for field, own in wanted.items() for hint in reversed(own) if hint in names}
