"""What a load has sent already, so that what many chunks name is written once and counted once."""

from __future__ import annotations

from collections import Counter, defaultdict

import polars as pl
from campaign_cypher.model import NODE
from campaign_cypher.seen import NONE, Hashes, among, joined
from campaign_cypher.store import GraphBatch


class Sent:
    """Remembers the nodes of a load as 64-bit hashes: 8 bytes a node, whatever its key."""

    def __init__(self) -> None:
        self._real: dict[str, Hashes] = defaultdict(lambda: NONE)
        self._named: dict[str, Hashes] = defaultdict(lambda: NONE)

    def only_new(self, batch: GraphBatch) -> tuple[GraphBatch, Counter[str]]:
        """The batch without nodes that were sent before and bring nothing new; and how many of those left are repeats.

        Sent again are a collected account or post that was only named before, later observations of an account,
        and what became of an account or a post.
        A post that comes again keeps its author.
        """
        repeats: Counter[str] = Counter()
        nodes, relationships = {}, dict(batch.relationships)
        if "POSTED" in relationships:
            posted = relationships["POSTED"]
            relationships["POSTED"] = posted.filter(~among(posted["target"].hash(), self._real["Post"]))
        for label, frame in batch.nodes.items():
            nodes[label], repeats[label] = self._filter(label, frame)
        return GraphBatch(_filled(nodes), _filled(relationships)), repeats

    def again(self, posts: pl.DataFrame) -> pl.DataFrame:
        """Those of these posts (`id`) that were sent before."""
        return posts.filter(among(posts["id"].hash(), self._real["Post"]))

    def _filter(self, label: str, frame: pl.DataFrame) -> tuple[pl.DataFrame, int]:
        hashes = frame[NODE[label].key].hash()
        named = frame["placeholder"] if "placeholder" in frame.columns else pl.repeat(False, len(hashes), eager=True)
        before_real = among(hashes, self._real[label])
        before = before_real | among(hashes, self._named[label])
        news = (named & ~before) | (~named & ~before_real)
        for told in ("last_seen_at", "deleted_at", *(("status",) if label == "Account" else ())):
            if told in frame.columns:
                news |= frame[told].is_not_null()
        self._named[label] = joined(self._named[label], hashes.filter(named & ~before))
        self._real[label] = joined(self._real[label], hashes.filter(~named & ~before_real))
        return frame.filter(news), int((news & before).sum())


def _filled(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {name: frame for name, frame in frames.items() if frame.height}
