"""Typed tables for polars, pandas, DuckDB and R: groups, accounts, every test of a pair, hashtags and targets."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import polars as pl

from campaign.exports import Format
from campaign.finding import Finding
from campaign.network import PROFILE

_TIME = pl.Datetime("us", "UTC")
GROUPS: dict[str, Any] = {
    "group": pl.String,
    "name": pl.String,
    "claim": pl.String,
    "size": pl.Int64,
    "core": pl.Int64,
    "p": pl.Float64,
    "first": _TIME,
    "last": _TIME,
}
PROFILES: dict[str, Any] = dict.fromkeys(PROFILE, pl.Int64) | {
    "name": pl.String,
    "created_at": _TIME,
    "verified": pl.Boolean,
    "status": pl.String,
}
ACCOUNTS: dict[str, Any] = {
    "group": pl.String,
    "account": pl.String,
    "handle": pl.String,
    "role": pl.String,
    "episodes": pl.Int64,
    "expected": pl.Float64,
    "p": pl.Float64,
    "joined_layer": pl.String,
    "joined_q": pl.Float64,
    **PROFILES,
}
HASHTAGS: dict[str, Any] = {"group": pl.String, "tag": pl.String, "posts": pl.Int64, "share": pl.Float64}
TARGETS: dict[str, Any] = {"group": pl.String, "account": pl.String, "handle": pl.String, "posts": pl.Int64}


def _files(finding: Finding) -> Mapping[str, bytes]:
    names, groups = finding.names, finding.groups
    tables = {
        "groups": (GROUPS, [(g.id, names[g.id], g.claim, g.size, g.core, g.p, g.first, g.last) for g in groups]),
        "accounts": (ACCOUNTS, _accounts(finding)),
        "hashtags": (HASHTAGS, [(g.id, t.tag, t.posts, t.share) for g in groups for t in g.hashtags]),
        "targets": (TARGETS, [(g.id, t.id, t.handle, t.posts) for g in groups for t in g.targets]),
    }
    frames = {name: pl.DataFrame(rows, schema=schema, orient="row") for name, (schema, rows) in tables.items()}
    frames["edges"] = finding.detection.edges
    return {f"{name}.parquet": _written(frame) for name, frame in frames.items()}


def _accounts(finding: Finding) -> list[tuple[Any, ...]]:
    return [
        (
            *(group.id, m.id, m.handle, m.role, m.episodes, m.expected, m.p),
            *((m.joined.layer, m.joined.q) if m.joined else (None, None)),
            *(finding.profiles[m.id][name] for name in PROFILE),
        )
        for group in finding.groups
        for m in group.accounts
    ]


def _written(frame: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


FORMAT = Format("typed tables: groups, accounts, edges, hashtags, targets", _files, endings=(".parquet",), folder=True)
