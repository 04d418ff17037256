"""Groups get their names, their hashtags, their targets and their times, out of the store."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import polars as pl
from campaign_analysis.detect import LayerInput
from campaign_analysis.evidence import co_acting
from campaign_analysis.results import Group, TagShare, Target
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.request import Request

MOST_TAGS = 20  # hashtags and targets told of each group
MANY = 1_000_000  # rows asked of a query that is not for people


def described(
    store: Store, run: str, groups: Sequence[Group], inputs: Sequence[LayerInput], request: Request
) -> tuple[Group, ...]:
    """The groups with ids, handles, top hashtags, top targets, and the first and last act that counts as evidence."""
    ids = sorted({m.id for g in groups for m in g.accounts})
    if not ids:
        return ()
    profiles = {p["id"]: p for p in store.read(queries.get("accounts/profiles"), {"ids": ids}).to_dicts()}
    return tuple(
        _described(store, replace(group, id=f"{run}-{number}"), profiles, inputs, request)
        for number, group in enumerate(groups, 1)
    )


def _described(
    store: Store, group: Group, profiles: dict[str, dict[str, Any]], inputs: Sequence[LayerInput], request: Request
) -> Group:
    ids = [m.id for m in group.accounts]
    asked = {"accounts": ids, "since": request.since, "until": request.until, "limit": MOST_TAGS}
    tags = store.read(queries.get("accounts/hashtags"), asked)
    ways = store.read(queries.get("accounts/targets"), asked)  # a retweet often mentions as well: not twice
    targets = (
        ways.group_by("target", "handle").agg(pl.col("posts").max()).sort("posts", "target", descending=[True, False])
    )
    first, last = _range(group, ids, inputs)
    return replace(
        group,
        accounts=tuple(
            replace(m, handle=profiles[m.id]["handle"], created_at=profiles[m.id]["created_at"]) for m in group.accounts
        ),
        hashtags=tuple(TagShare(row["tag"], row["posts"], row["posts"] / row["all_posts"]) for row in tags.to_dicts()),
        targets=tuple(Target(row["target"], row["posts"], row["handle"]) for row in targets.head(MOST_TAGS).to_dicts()),
        first=first,
        last=last,
    )


def _range(group: Group, ids: list[str], inputs: Sequence[LayerInput]) -> tuple[datetime | None, datetime | None]:
    speaking = {e.layer for e in group.layers}
    acts = [co_acting(i.events, ids, max(s.window for s in i.scales))["time"] for i in inputs if i.name in speaking]
    times = pl.concat(acts)
    if times.is_empty():
        return None, None
    first, last = (datetime.fromtimestamp(int(t) / 1000, UTC) for t in (times.min(), times.max()))  # type: ignore[arg-type]
    return first, last


def did_you_mean(store: Store, tag: str) -> str:
    """What a misspelt hashtag may have meant, among the most used ones."""
    top = store.read(queries.get("hashtags/top"), {"limit": 10_000})["tag"].to_list()
    near = difflib.get_close_matches(tag, top, n=3, cutoff=0.6)
    if near:
        return f"; did you mean {', '.join('#' + n for n in near)}?"
    return "; `campaign query run hashtags/top` lists what was used"
