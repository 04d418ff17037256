"""A store in which a detection was made and whose strangers' words are as bad as they come, for exports and cases."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
from campaign_cypher import StoreTarget, connect
from campaign_cypher.store import GraphBatch
from command import told

FORMULA = '=HYPERLINK("http://evil.example")'
ODD = "a\x00b\x0bc\ufffe<b>&\"' @x"
GONE = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Found:
    """The store, and what `detect --json` said."""

    store: Path
    answer: dict[str, Any]

    def copy(self, folder: Path) -> Path:
        """A store of one's own."""
        return Path(shutil.copy(self.store, folder / "copy.lbug"))

    @property
    def run(self) -> str:
        return str(self.answer["run"]["id"])

    def group(self, claim: str) -> dict[str, Any]:
        """The first group of a claim."""
        found: dict[str, Any] = next(g for g in self.answer["groups"] if g["claim"] == claim)
        return found

    def inside(self, group: dict[str, Any]) -> list[dict[str, Any]]:
        """The edges inside a group."""
        ids = {a["id"] for a in group["accounts"]}
        return [e for e in self.answer["edges"] if {e["a"], e["b"]} <= ids]


def found_in(store: Path) -> Found:
    """Detect in a store; then give members names that break careless files."""
    layers = [word for layer in ("hashtag", "retweet", "mention") for word in ("--layer", layer)]
    answer = json.loads(told("detect", "--json", "--placebos", 0, *layers, "--store", store))
    found = Found(store, answer)
    members = [a["id"] for a in found.group("campaign")["accounts"]]
    changed = pl.DataFrame(
        {
            "id": members[:3],
            "name": [FORMULA, ODD, "+1 (555)"],
            "status": ["suspended", "active", "deleted"],
            "verified": [True, False, None],
        }
    )
    with closing(connect(StoreTarget(str(store)))) as graph:
        graph.write(GraphBatch({"Account": changed}))
    return found
