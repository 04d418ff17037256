"""Compliance streams of the X (Twitter) API v2: which posts and accounts are gone, and why.

Nothing is taken out of the graph for them: posts stay as evidence and are marked (`deleted_at`), accounts get their
`status`, and a snapshot of it where the time is told. `created_at` is when the post or the account was made, not when
it went: that is `redacted_at`. Where only some lines have it, the newest of the file stands for the others, for the
file was made after that; where none has it, the posts cannot be marked. A post's time has milliseconds, an
account's has not: so the two are told apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import polars as pl

from campaign_loader.errors import LoadError
from campaign_loader.head import Head
from campaign_loader.json_records import Broken, records
from campaign_loader.limits import LONGER, long_key
from campaign_loader.listing import no_list
from campaign_loader.options import ReadOptions
from campaign_loader.source import Source
from campaign_loader.tables import GONE, REJECTED, SNAPSHOTS, STATUSES, Tables, conform
from campaign_loader.x_objects import moment

NAME = "x_compliance"
MARKS = {"id", "action", "created_at", "reason"}
STATUS = {"deleted": "deleted", "deactivated": "deleted", "suspended": "suspended", "protected": "protected"}
UNTIMED = "post is gone, but no line says when"


def sniff(head: Head) -> float:
    """Sure where records say what is to be done with an id, and why."""
    return 0.96 if any(isinstance(s, dict) and s.keys() >= MARKS and "text" not in s for s in head.samples) else 0.0


def read(source: Source, head: Head, options: ReadOptions) -> Iterator[Tables]:
    """All lines at once: such files hold ids, and the newest time is wanted."""
    if head.kind not in ("json", "json lines"):
        raise LoadError(f"{source.name}: is no JSON, as compliance streams are; leave --format to be recognised")
    no_list(options, source.name)
    return _read(source, head, options)


def _read(source: Source, head: Head, options: ReadOptions) -> Iterator[Tables]:
    platform, rows = options.platform or "x", 0
    rejected: list[tuple[int, str, str]] = []
    posts: list[tuple[str, str, datetime | None]] = []
    accounts: list[tuple[str, str, datetime | None]] = []
    for line, record in records(source, head, options.block_bytes):
        rows += 1
        if isinstance(record, Broken):
            rejected.append((record.line, record.reason, record.row))
        elif (reason := _wrong(record, platform)) is not None:
            rejected.append((line, reason, str(record)))
        else:
            kept = posts if "." in str(record["created_at"]) else accounts
            kept.append((f"{platform}:{record['id']}", record["reason"], moment(record.get("redacted_at"))))
    yield _tables(posts, accounts, rejected, rows)


def _wrong(record: Any, platform: str) -> str | None:
    if not isinstance(record, dict) or not record.keys() >= MARKS:
        return "no compliance event: id, action, created_at and reason are wanted"
    if not isinstance(record["id"], str) or not record["id"].isdigit():
        return "id is no number in quotes"
    if long_key(f"{platform}:{record['id']}"):
        return f"the id is {LONGER}"
    if record["reason"] not in STATUS and record["reason"] != "scrub_geo":
        return f"reason {record['reason']} is not known"
    return None


def _tables(
    posts: list[tuple[str, str, datetime | None]],
    accounts: list[tuple[str, str, datetime | None]],
    rejected: list[tuple[int, str, str]],
    rows: int,
) -> Tables:
    newest = max((at for _, _, at in [*posts, *accounts] if at is not None), default=None)
    gone = [(post, at or newest) for post, reason, at in posts if STATUS.get(reason) in ("deleted", "suspended")]
    dropped: Counter[str] = Counter()
    if newest is None and gone:
        dropped[UNTIMED] = len(gone)
        gone = []
    if hidden := len(posts) - len([p for p in posts if STATUS.get(p[1]) in ("deleted", "suspended")]):
        dropped["post is hidden with its protected account, or lost its place only: not marked as deleted"] = hidden
    statuses = [(account, STATUS[reason], at) for account, reason, at in accounts if reason in STATUS]
    seen = pl.DataFrame(
        [(account, at, status) for account, status, at in statuses if at is not None],
        schema={"account": pl.String, "at": SNAPSHOTS["at"], "status": pl.String},
        orient="row",
    )
    said = pl.DataFrame([s[:2] for s in statuses], STATUSES, orient="row")
    marked = pl.DataFrame(gone, GONE, orient="row")
    return Tables(
        gone=marked.unique("post", keep="first", maintain_order=True),
        statuses=said.unique("account", keep="last", maintain_order=True),
        snapshots=conform(seen, SNAPSHOTS),
        rejected=pl.DataFrame(rejected, REJECTED, orient="row"),
        rows=rows,
        merged=len(gone) - marked["post"].n_unique() + said.height - said["account"].n_unique(),
        dropped=dropped,
    )
