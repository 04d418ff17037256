"""What a query of the library is held against: rows known by hand, and the same computed by polars from the source."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from library_world import World

Ask = Mapping[str, Any]
Again = Callable[[World, Ask], pl.DataFrame]


@dataclass(frozen=True)
class Check:
    """`again` computes the answer a second way; `known` are the rows of the small world for the parameters `ask`.

    `more`: further parameters, held against the second way only. Where several answers are right, `judge` says
    whether one is, and `again` is not asked.
    """

    again: Again
    ask: Ask
    known: list[tuple[Any, ...]]
    more: list[Ask] = field(default_factory=list)
    judge: Callable[[World, Ask, pl.DataFrame], None] | None = None


def top(frame: pl.DataFrame, *keys: str, limit: int | None = None) -> pl.DataFrame:
    """The frame sorted by columns, `-name` for descending, and cut to a limit."""
    names, down = [k.removeprefix("-") for k in keys], [k.startswith("-") for k in keys]
    return frame.sort(names, descending=down, nulls_last=True, maintain_order=True).head(limit or frame.height)


def drawn(frame: pl.DataFrame) -> pl.DataFrame:
    """A picture as text: a node by its key, a relationship by its type, a path by its nodes."""
    return frame.select(pl.Series(name, [_drawn(text) for text in frame[name]], pl.String) for name in frame.columns)


def _drawn(text: str | None) -> str | None:
    if text is None:
        return None
    entity = json.loads(text)
    if "nodes" in entity:
        return " ".join(_key(node) for node in entity["nodes"])
    return str(entity["type"]) if "type" in entity else _key(entity)


def _key(node: Mapping[str, Any]) -> str:
    return str(next(node[key] for key in ("id", "tag", "url", "hash") if key in node))
