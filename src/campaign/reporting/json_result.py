"""The result of a detection as JSON and back; `docs/json.md` describes it field by field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import PurePath
from typing import Any

import numpy as np
import polars as pl
from campaign_analysis.results import (
    EDGE_SCHEMA,
    Alone,
    Benign,
    Detection,
    Group,
    Joined,
    LayerEvidence,
    Luck,
    Member,
    PairTest,
    Run,
    TagShare,
    Target,
)

from campaign.reporting.errors import ReportError
from campaign.reporting.json_honesty import honesty_of, honesty_to_dict
from campaign.reporting.json_signals import signals_of, signals_to_list
from campaign.words import luck_sentence

SCHEMA_VERSION = 1


def to_json(detection: Detection, indent: int | None = None, links: Mapping[str, str] | None = None) -> str:
    """A detection as one JSON object: full precision, times in ISO 8601 with Z, the same bytes for the same result.

    `links` are addresses by group id: where there are any, each group has its own as `browser`.
    Raises ValueError for NaN or an infinity: no result has them, and JSON cannot say them.
    """
    text = json.dumps(
        to_dict(detection, links or {}), ensure_ascii=False, allow_nan=False, indent=indent, default=_plain
    )
    # What is left of a broken argument (a lone surrogate) has no UTF-8; Python's escape for it is JSON's as well.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def to_dict(detection: Detection, links: Mapping[str, str]) -> dict[str, Any]:
    """The JSON object of a detection as Python values."""
    alone = detection.hashtag_alone
    return {
        "schema_version": SCHEMA_VERSION,
        "run": _run(detection),
        "groups": [_group(group) | _browser(links, group) for group in detection.groups],
        "edges": detection.edges.select(list(EDGE_SCHEMA)).to_dicts(),
        "tested_pairs": dict(detection.tested_pairs),
        "hashtag_alone": None if alone is None else {"edges": alone.edges, "groups": alone.groups},
        "honesty": honesty_to_dict(detection.honesty),
        "lucky_pairs": None if detection.luck is None else _luck(detection.luck),
    }


def from_json(text: str | bytes) -> Detection:
    """Read `to_json`'s text back. Raises ReportError where the text is no result, or of a newer version."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReportError(f"the result is not JSON ({error}): run `campaign detect` again") from error
    version = found.get("schema_version") if isinstance(found, dict) else None
    if version != SCHEMA_VERSION:
        raise ReportError(
            f"the result has schema_version {version}, this campaign reads {SCHEMA_VERSION}: "
            "use the version that wrote it, or run `campaign detect` again"
        )
    try:
        return _read_detection(found)
    except (KeyError, TypeError, ValueError, AttributeError, pl.exceptions.PolarsError) as error:
        raise ReportError(f"the result is incomplete or damaged ({error!r}): run `campaign detect` again") from error


def iso_time(time: datetime | None) -> str | None:
    """ISO 8601 in UTC with Z, microseconds only where there are any. A time without zone is taken as UTC."""
    if time is None:
        return None
    utc = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    return utc.replace(tzinfo=None).isoformat() + "Z"


def _plain(value: object) -> object:
    """Values that parameters may hold and JSON does not know."""
    if isinstance(value, datetime):
        return iso_time(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"a result cannot hold {type(value).__name__}")


def _run(detection: Detection) -> dict[str, Any]:
    run = detection.run
    first, last = run.data_range or (None, None)
    return {
        "id": run.id,
        "parameters": run.parameters,
        "data_range": None if first is None else {"first": iso_time(first), "last": iso_time(last)},
        "counts": run.counts,
        "versions": run.versions,
        "notes": list(run.notes),
        "louvain_communities": detection.louvain_communities,
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "claim": group.claim,
        "layers": [{"layer": e.layer, "claim": e.claim, "edges": e.edges, "p": e.p} for e in group.layers],
        "size": group.size,
        "core": group.core,
        "p": group.p,
        "luck": luck_sentence(group),
        "accounts": [_member(member) for member in group.accounts],
        "hashtags": [asdict(tag) for tag in group.hashtags],
        "targets": [asdict(target) for target in group.targets],
        "first": iso_time(group.first),
        "last": iso_time(group.last),
        "stability": group.stability,
        "placebo_p": group.placebo_p,
        "own_share": group.own_share,
        "why": [asdict(test) for test in group.why],
        "benign": [asdict(explanation) for explanation in group.benign],
        "benign_against": [asdict(explanation) for explanation in group.benign_against],
        "benign_untested": [asdict(explanation) for explanation in group.benign_untested],
        "signals": signals_to_list(group.signals),
    }


def _browser(links: Mapping[str, str], group: Group) -> dict[str, Any]:
    return {"browser": links.get(group.id)} if links else {}


def _member(member: Member) -> dict[str, Any]:
    return {
        "id": member.id,
        "handle": member.handle,
        "role": member.role,
        "episodes": member.episodes,
        "expected": member.expected,
        "p": member.p,
        "created_at": iso_time(member.created_at),
        "stability": member.stability,
        "joined": None if member.joined is None else asdict(member.joined),
    }


def _read_detection(found: Mapping[str, Any]) -> Detection:
    alone = found["hashtag_alone"]
    return Detection(
        run=_read_run(found["run"]),
        groups=tuple(_read_group(group) for group in found["groups"]),
        edges=pl.DataFrame(found["edges"], schema=EDGE_SCHEMA),
        tested_pairs=dict(found["tested_pairs"]),
        hashtag_alone=None if alone is None else Alone(edges=alone["edges"], groups=alone["groups"]),
        louvain_communities=found["run"]["louvain_communities"],
        honesty=honesty_of(found.get("honesty")),
        luck=_read_luck(found.get("lucky_pairs")),
    )


def _luck(luck: Luck) -> dict[str, dict[str, float]]:
    """By claim, the pairs that luck brings to each p: keys of JSON are text."""
    return {claim: {repr(p): pairs for p, pairs in known.items()} for claim, known in asdict(luck).items()}


def _read_luck(luck: Mapping[str, Mapping[str, float]] | None) -> Luck | None:
    if luck is None:
        return None
    return Luck(**{claim: {float(p): pairs for p, pairs in known.items()} for claim, known in luck.items()})


def _read_run(run: Mapping[str, Any]) -> Run:
    span = run["data_range"]
    return Run(
        id=run["id"],
        parameters=dict(run["parameters"]),
        data_range=None if span is None else (_utc(span["first"]), _utc(span["last"])),
        counts=dict(run["counts"]),
        versions=dict(run["versions"]),
        notes=tuple(run["notes"]),
    )


def _read_group(group: Mapping[str, Any]) -> Group:
    return Group(
        id=group["id"],
        claim=group["claim"],
        layers=tuple(LayerEvidence(e["layer"], e["claim"], e["edges"], e["p"]) for e in group["layers"]),
        p=group["p"],
        accounts=tuple(_read_member(member) for member in group["accounts"]),
        hashtags=tuple(TagShare(**tag) for tag in group["hashtags"]),
        targets=tuple(Target(**target) for target in group["targets"]),
        first=_time(group["first"]),
        last=_time(group["last"]),
        stability=group.get("stability"),
        placebo_p=group.get("placebo_p"),
        own_share=group.get("own_share"),
        why=tuple(PairTest(**test) for test in group.get("why", ()) if "lucky" in test),  # older ones cannot be told
        benign=tuple(Benign(**explanation) for explanation in group.get("benign", ())),
        benign_against=tuple(Benign(**explanation) for explanation in group.get("benign_against", ())),
        benign_untested=tuple(Benign(**explanation) for explanation in group.get("benign_untested", ())),
        signals=signals_of(group.get("signals")),
    )


def _read_member(member: Mapping[str, Any]) -> Member:
    return Member(
        id=member["id"],
        role=member["role"],
        episodes=member["episodes"],
        expected=member["expected"],
        p=member["p"],
        handle=member["handle"],
        created_at=_time(member["created_at"]),
        stability=member.get("stability"),
        joined=Joined(**member["joined"]) if member.get("joined") else None,
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else _utc(text)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
