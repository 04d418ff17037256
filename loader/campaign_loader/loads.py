"""What the graph keeps of each file: that it was begun, and how it ended. So a graph can say what it is made of.

Of a load that was killed no end is there, whatever of its rows has been written; its next run writes it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl
from campaign_cypher.store import GraphBatch

from campaign_loader.report import FileReport
from campaign_loader.source import Source
from campaign_loader.tables import Tables


def begun(source: Source) -> GraphBatch:
    """That a file is being loaded, to be written before anything of it; nothing of a stream, known only at its end."""
    return GraphBatch() if source.is_stream else _batch(source)


def ended(source: Source, file: FileReport, platforms: set[str]) -> GraphBatch:
    """How a file ended, to be written after all of it."""
    return _batch(
        source,
        format=file.format,
        platform=", ".join(sorted(platforms)) or None,
        rows=file.rows,
        posts=file.posts,
        rejected=file.rejected,
        whole=file.damage is None,
        version=version("campaign"),
        finished_at=datetime.now(UTC).replace(microsecond=0),
    )


def platforms(tables: Tables) -> set[str]:
    """The platforms of whom a chunk tells."""
    keys = (
        *(frame["account"] for frame in (tables.follows, tables.likes, tables.retweeted, tables.statuses)),
        tables.gone["post"],
    )
    found = {
        *tables.accounts["platform"],
        *(name for column in keys for name in column.str.extract("^([^:]*):").unique()),
    }
    return {name for name in found if name}


def _batch(source: Source, **known: Any) -> GraphBatch:
    """The file's node. Its folder stays out: a path of one's own machine is nobody else's matter."""
    name, (sha256, size) = Path(source.name).name, source.fingerprint
    row = {"id": f"{name}@{sha256}", "name": name, "sha256": sha256, "size": size, **known}
    return GraphBatch({"Load": pl.DataFrame([row])})
