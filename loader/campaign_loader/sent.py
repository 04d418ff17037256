"""What a load has sent already, so that a node that many chunks name is written once and counted once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import polars as pl
from campaign_cypher.model import NODE
from campaign_cypher.store import GraphBatch


class Sent:
    """Remembers, as 64-bit hashes, the nodes of a load apart from collected posts, of which each comes once."""

    def __init__(self) -> None:
        self._real: dict[str, pl.Series] = {}
        self._named: dict[str, pl.Series] = {}

    def only_new(self, batch: GraphBatch) -> tuple[GraphBatch, Counter[str]]:
        """The batch without nodes that were sent before and bring nothing new; and how many of those left are repeats.

        Sent again are a collected account or post that was only named before, and newer observations of an account.
        """
        repeats: Counter[str] = Counter()
        nodes = {}
        for label, frame in batch.nodes.items():
            nodes[label], repeats[label] = self._filter(label, frame)
        return replace(batch, nodes={label: frame for label, frame in nodes.items() if frame.height}), repeats

    def _filter(self, label: str, frame: pl.DataFrame) -> tuple[pl.DataFrame, int]:
        keys = frame[NODE[label].key].hash()
        named = frame["placeholder"] if "placeholder" in frame.columns else pl.repeat(False, len(keys), eager=True)
        before_real = keys.is_in(self._seen(self._real, label).implode())
        before = before_real | keys.is_in(self._seen(self._named, label).implode())
        news = (named & ~before) | (~named & ~before_real)
        if "last_seen_at" in frame.columns:
            news |= frame["last_seen_at"].is_not_null()
        self._named[label] = pl.concat([self._seen(self._named, label), keys.filter(named & ~before)])
        if label != "Post":
            self._real[label] = pl.concat([self._seen(self._real, label), keys.filter(~named & ~before_real)])
        return frame.filter(news), int((news & before).sum())

    @staticmethod
    def _seen(seen: dict[str, pl.Series], label: str) -> pl.Series:
        return seen.get(label, pl.Series([], dtype=pl.UInt64))
