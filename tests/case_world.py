"""A case to test: the corpus with a detection in which a ring's posts were seen to be gone, and one names people."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import shutil
import zipfile
import zlib
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
from campaign_cypher import StoreTarget, connect, queries
from campaign_cypher.store import GraphBatch
from command import told
from found import FORMULA, GONE, Found

from campaign.reporting.packed import KIND

Files = dict[str, bytes]


def unpacked(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.decode().splitlines()]


def words_in(files: Files) -> str:
    """All that is in a case, without the program that draws charts."""
    texts = {name: content.decode() for name, content in files.items()}
    page = texts.pop("report.html")
    packed = dict(re.findall(f'<script type="{KIND}" id="([^"]+)">(.*?)</script>', page))
    assert set(packed) == {"plotly-code", "posts-data"}
    posts = zlib.decompress(base64.b64decode(packed["posts-data"])).decode()
    assert json.loads(posts)["who"] != []
    body = re.sub(f'<script(?: type="{KIND}"[^>]*)?>.*?</script>', "", page, flags=re.DOTALL)
    return "\n".join([*texts.values(), body, posts])


def posts_of(store: Path) -> dict[str, dict[str, Any]]:
    """Every post with its author, asked of the store by a query that the case does not use."""
    with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
        everybody = graph.read(queries.get("accounts/everybody"))["id"].to_list()
        asked = {"accounts": everybody, "limit": 10**9}
        return {p["post"]: p for p in graph.read(queries.get("evidence/posts_of_accounts"), asked).to_dicts()}


STRANGER, NAME = "Zyxwv_Stranger", "Ludmila Q. Ostrowska-Vey"
LOUD = (
    f"hi @{STRANGER} and @nobodyKnown! {STRANGER.upper()} is ludmila q ostrowska vey; see https://twitter.com/"
    f"{STRANGER}/status/12 and t.me/AnotherPage, outlet.of-news says sim:9 did it #{STRANGER}Day"
)


@dataclass(frozen=True)
class CaseWorld:
    """The store, a campaign found in it, and its case: the zip, and what is in it."""

    store: Path
    group: dict[str, Any]
    path: Path
    files: Files


def case_world_in(found: Found, folder: Path) -> CaseWorld:
    """Make it in a folder."""
    group = found.group("campaign")
    store, path = store_in(found, folder), folder / "case.zip"
    assert len(told("case", group["id"], "--out", path, "--store", store).strip()) == 64
    return CaseWorld(store, group, path, unpacked(path))


def store_in(found: Found, folder: Path) -> Path:
    """The corpus with a detection, in which two posts of a ring were seen to be gone, and one names people."""
    copy = Path(shutil.copy(found.store, folder / "case.lbug"))
    ring = [a["id"] for a in found.group("campaign")["accounts"]]
    own = sorted(p["post"] for p in posts_of(copy).values() if p["account"] in ring and p["kind"] == "original")
    loud = pl.DataFrame(
        {
            "id": own[:3],
            "text": [LOUD, f'=cmd RT @{STRANGER}: "stolen words of a stranger"', f"\x1b[31m {FORMULA} #VelvetOtter"],
            "deleted_at": [GONE, GONE, None],
        },
        schema_overrides={"deleted_at": pl.Datetime("us", "UTC")},
    )
    people = pl.DataFrame({"id": ["sim:9", "sim:8"], "handle": [STRANGER, "outlet.of-news"], "name": [NAME, None]})
    said = pl.DataFrame(
        {
            "id": ["sim:77777000001"],
            "text": ["a very private sentence of a stranger"],
            "created_at": [datetime(2024, 3, 9, 12, tzinfo=UTC)],
        }
    )
    one = pl.DataFrame({"source": ["sim:9"], "target": ["sim:77777000001"]})
    with closing(connect(StoreTarget(str(copy)))) as graph:
        graph.write(GraphBatch({"Post": loud, "Account": people}))
        graph.write(
            GraphBatch(
                {"Post": said.with_columns(kind=pl.lit("original"))},
                {
                    "POSTED": one,
                    "QUOTES": pl.DataFrame({"source": [own[2]], "target": ["sim:77777000001"]}),
                    "MENTIONS": pl.DataFrame({"source": own[:1], "target": ["sim:9"]}),
                },
            )
        )
    return copy
