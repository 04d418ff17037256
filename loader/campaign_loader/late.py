"""Keys of JSON records that the first records do not have: which fields they are, from where they first come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from campaign_loader import columns
from campaign_loader.csv_blocks import Frame
from campaign_loader.head import Head

NO_HINTS: columns.Hints = MappingProxyType({})


def as_they_come(
    frames: Iterable[Frame], head: Head, chosen: Mapping[str, str], hints: columns.Hints
) -> Iterator[tuple[Frame, Mapping[str, str], tuple[str, ...]]]:
    """Frames, each with the columns chosen (field -> column) for it, and what is to be said where some are new.

    What was chosen stays; a column that `hints` know fills a field that has none.
    """
    for frame in frames:
        late = [name for name in frame.rows.columns if name not in head.columns]
        more = columns.by_hints(late, hints, chosen) if late else {}
        chosen = {**chosen, **more}
        yield frame, chosen, (f"columns that the first records lack: {columns.say(more)}",) if more else ()
