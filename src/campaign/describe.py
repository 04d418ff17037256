"""Groups get their names, their hashtags, their targets and their times, out of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import polars as pl
from campaign_analysis.detect import LayerInput
from campaign_analysis.evidence import co_acting
from campaign_analysis.results import Group, TagShare, Target
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.benign import explanations
from campaign.request import Request

MOST = 20  # hashtags and targets told of each group
MANY = 2**53  # rows asked of a query that is not for people: all, for nothing may be cut off unsaid


@dataclass(frozen=True)
class _Known:
    """What the store says of all members: profiles by id, uses of hashtags, mentions, posts of each hashtag."""

    profiles: dict[str, dict[str, Any]]
    tags: pl.DataFrame
    mentions: pl.DataFrame
    sizes: dict[str, int]


def described(
    store: Store, run: str, groups: Sequence[Group], inputs: Sequence[LayerInput], request: Request
) -> tuple[Group, ...]:
    """The groups with ids, handles, top hashtags, top targets, and the first and last act that counts as evidence."""
    ids = sorted({m.id for g in groups for m in g.accounts})
    named = sorted({*ids, *(side for g in groups for w in g.why for side in (w.a, w.b))})
    if not ids:
        return ()
    range_ = {"since": request.since, "until": request.until}
    asked = {"accounts": ids, "limit": MANY, **range_}
    tags = store.read(queries.get("accounts/hashtags_each"), asked)
    sizes = store.read(queries.get("hashtags/sizes"), {"tags": tags["tag"].unique().sort().to_list(), **range_})
    known = _Known(
        profiles={p["id"]: p for p in store.read(queries.get("accounts/profiles"), {"ids": named}).to_dicts()},
        tags=tags,
        mentions=store.read(queries.get("accounts/mentions_each"), asked),
        sizes=dict(sizes.iter_rows()),
    )
    own = [replace(i, events=i.events.filter(pl.col("account").is_in(ids))) for i in inputs]  # a few, looked at often
    return tuple(
        _described(replace(group, id=f"{run}-{number}"), known, inputs, own) for number, group in enumerate(groups, 1)
    )


def _described(group: Group, known: _Known, inputs: Sequence[LayerInput], own: Sequence[LayerInput]) -> Group:
    """`own`: of the inputs, the events of the members of all groups."""
    ids = [m.id for m in group.accounts]
    names = [" ".join(filter(None, (known.profiles[i]["handle"], known.profiles[i]["name"]))) for i in ids]
    tags = _most(known.tags, ids, "tag")
    targets = _most(known.mentions, ids, "target", "handle")
    first, last = _range(group, ids, own)
    told = replace(
        group,
        accounts=tuple(
            replace(m, handle=known.profiles[m.id]["handle"], created_at=known.profiles[m.id]["created_at"])
            for m in group.accounts
        ),
        hashtags=tuple(TagShare(tag, posts, posts / known.sizes[tag]) for tag, posts in tags.iter_rows()),
        targets=tuple(Target(target, posts, handle) for target, handle, posts in targets.iter_rows()),
        first=first,
        last=last,
        why=tuple(
            replace(w, a_handle=known.profiles[w.a]["handle"], b_handle=known.profiles[w.b]["handle"])
            for w in group.why
        ),
    )
    found = explanations(told, names, inputs, own)
    return replace(told, benign=found.fitting, benign_against=found.against)


def _most(uses: pl.DataFrame, ids: list[str], *by: str) -> pl.DataFrame:
    """What these accounts use most, with their posts."""
    mine = uses.filter(pl.col("account").is_in(ids)).group_by(*by).agg(pl.col("posts").sum())
    return mine.sort("posts", by[0], descending=[True, False]).head(MOST)


def _range(group: Group, ids: list[str], inputs: Sequence[LayerInput]) -> tuple[datetime | None, datetime | None]:
    speaking = {e.layer for e in group.layers}
    acts = [co_acting(i.events, ids, max(s.window for s in i.scales))["time"] for i in inputs if i.name in speaking]
    times = pl.concat(acts)
    if times.is_empty():
        return None, None
    first, last = (datetime.fromtimestamp(int(t) / 1000, UTC) for t in (times.min(), times.max()))  # type: ignore[arg-type]
    return first, last
