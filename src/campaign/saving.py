"""A detection as nodes and relationships of the graph, all under the run's id."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

import polars as pl
from campaign_analysis.results import Detection, Group, Member
from campaign_cypher.frames import POLARS_TYPES
from campaign_cypher.model import NODE, RELATIONSHIP, Property
from campaign_cypher.store import GraphBatch

from campaign.reporting.json_result import to_json
from campaign.reporting.json_signals import signals_to_list


def batch_of(detection: Detection, finished_at: datetime) -> GraphBatch:
    """What is written of a detection. `finished_at` stands beside the run and enters no report."""
    run, groups = detection.run, detection.groups
    members = [{"source": m.id, "target": g.id, **_member(m)} for g in groups for m in g.accounts]
    run_row = {
        "id": run.id,
        "version": run.versions["campaign"],
        "parameters": json.dumps(run.parameters, sort_keys=True),
        "inputs": json.dumps(run.counts, sort_keys=True),
        "result": to_json(detection),
        "finished_at": finished_at,
    }
    pushed = [{"source": g.id, "target": t.tag, "posts": t.posts, "share": t.share} for g in groups for t in g.hashtags]
    targeted = [{"source": g.id, "target": t.id, "posts": t.posts} for g in groups for t in g.targets]
    edges = detection.edges.rename({"a": "source", "b": "target"}).with_columns(run=pl.lit(run.id))
    return GraphBatch(
        nodes={"Run": _node("Run", [run_row]), "Group": _node("Group", [_group(run.id, g) for g in groups])},
        relationships={
            "FOUND": _relationship("FOUND", [{"source": run.id, "target": g.id} for g in groups]),
            "MEMBER_OF": _relationship("MEMBER_OF", members),
            "PUSHED": _relationship("PUSHED", pushed),
            "TARGETED": _relationship("TARGETED", targeted),
            "COORDINATED_WITH": edges.select(
                "source", "target", *(p.name for p in RELATIONSHIP["COORDINATED_WITH"].properties)
            ),
        },
    )


def _group(run: str, group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "run": run,
        "claim": group.claim,
        "size": group.size,
        "core": group.core,
        "p": group.p,
        "layers": json.dumps([asdict(layer) for layer in group.layers]),
        "first": group.first,
        "last": group.last,
        "signals": json.dumps(signals_to_list(group.signals)),
    }


def _member(member: Member) -> dict[str, Any]:
    joined = member.joined
    return {
        "role": member.role,
        "episodes": member.episodes,
        "expected": member.expected,
        "p": member.p,
        "joined_layer": joined.layer if joined else None,
        "joined_n": joined.n if joined else None,
        "joined_expected": joined.expected if joined else None,
        "joined_q": joined.q if joined else None,
    }


def _node(label: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=_schema(NODE[label].properties))


def _relationship(type: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    ends = {"source": pl.String, "target": pl.String}
    return pl.DataFrame(rows, schema=ends | _schema(RELATIONSHIP[type].properties))


def _schema(properties: tuple[Property, ...]) -> dict[str, Any]:
    return {p.name: POLARS_TYPES[p.type] for p in properties}
