"""What is in a case's zip: the contents of each file by its name. The same case gives the same bytes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from typing import Any

from campaign_cypher import queries

from campaign.account_words import standings, surest_first
from campaign.case import ABOUT, SCHEMA_VERSION
from campaign.case.gather import MEETINGS, Case
from campaign.case.readme import readme
from campaign.case.sentences import best_pairs, sentence
from campaign.disarm import VERSION
from campaign.output import iso
from campaign.reporting.json_result import to_json
from campaign.reporting.page import render
from campaign.spreadsheet import table

ACCOUNT = (
    "platform", "account_id", "handle", "role", "evidence", "in_step_with", "together_with", "meetings", "by_luck",
    "odds_of_luck", "posts", "posts_deleted_since", "status", "account",
)  # fmt: skip


def files(case: Case) -> dict[str, bytes]:
    """Every file but the manifest."""
    members = list(_accounts(case))
    core = [row for row in members if row[3] == "core"] if case.group.claim == "campaign" else []
    texts = {
        "READ-ME.txt": readme(case),
        ABOUT: _json(_about(case)),
        "act_on.csv": table(ACCOUNT, core),
        "members.csv": table(ACCOUNT, members),
        "pairs.csv": table(case.detection.edges.columns, case.detection.edges.rows()),
        "meetings.csv": table(list(MEETINGS), case.meetings.rows()),
        "posts.jsonl": _lines(case.posts),
        "passed_on.jsonl": _lines(case.passed_on),
        "accounts.jsonl": _lines(case.members),
        "others.jsonl": _lines(case.others),
        "sources.json": _json(case.sources.as_dict()),
        "queries.json": _json([_use(use) for use in case.queries]),
        "report.html": render(case.report),
        "report.json": to_json(case.detection, 2) + "\n",
    }
    texts |= {f"queries/{id}.cypher": queries.get(id).text for id in sorted({use.id for use in case.queries})}
    return {name: text.encode("utf-8", "backslashreplace") for name, text in texts.items()}


def _about(case: Case) -> dict[str, Any]:
    """What case.json says."""
    run, group = case.detection.run, case.group
    return {
        "schema_version": SCHEMA_VERSION,
        "made_by": f"campaign {version('campaign')}",
        "redacted": case.redacted,
        "run": run.id,
        "group": group.id,
        "name": case.name,
        "claim": group.claim,
        "accounts": group.size,
        "core": group.core,
        "first_meeting": group.first,
        "last_meeting": group.last,
        "data_range": run.data_range,
        "posts": len(case.posts),
        "posts_deleted_since": sum(post["deleted_at"] is not None for post in case.posts),
        "accounts_gone_since": sum(member["status"] in ("suspended", "deleted") for member in case.members),
        "parameters": run.parameters,
        "versions": run.versions,
        "counts": run.counts,
        "notes": run.notes,
        "disarm": {
            "framework": f"DISARM Red Framework {VERSION}",
            "techniques": [asdict(technique) | {"url": technique.url} for technique in case.disarm],
        },
    }


def _accounts(case: Case) -> Iterable[tuple[Any, ...]]:
    """Rows of ACCOUNT, the surest first."""
    known, pairs = standings(case.group, case.detection.edges), best_pairs(case.group, case.detection.edges)
    profiles = {member["id"]: member for member in case.members}
    posts = Counter(post["account"] for post in case.posts)
    gone = Counter(post["account"] for post in case.posts if post["deleted_at"])
    for m in surest_first(case.group, known):
        platform, _, own = m.id.partition(":")
        standing, profile = known[m.id], profiles[m.id]
        yield (
            *(platform, "" if own.startswith("@") else own, profile["handle"] or m.handle, m.role),
            sentence(case.group, m, standing, pairs.get(m.id)),
            *(standing.in_step, standing.together, standing.n, standing.expected, standing.told),
            *(posts[m.id], gone[m.id], profile["status"], m.id),
        )


def _use(use: Any) -> dict[str, Any]:
    return {"id": use.id, "title": use.title, "file": f"queries/{use.id}.cypher", "parameters": dict(use.parameters)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False, default=_plain) + "\n"


def _lines(rows: Iterable[Mapping[str, Any]]) -> str:
    """JSON lines; what is not known is null, so that each row says all that is kept."""
    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False, default=_plain) + "\n" for row in rows)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    raise TypeError(f"a case cannot hold {type(value).__name__}")
