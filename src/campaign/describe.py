"""Groups get their names, their hashtags, their targets and their times, out of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import polars as pl
from campaign_analysis.detect import LayerInput
from campaign_analysis.linked_meetings import linked_meetings
from campaign_analysis.results import Group, TagShare, Target
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.benign import explanations
from campaign.benign_seen import TextOf
from campaign.group_words import LISTED
from campaign.handles import Handles
from campaign.request import Request

MOST = 20  # targets told of each group
TAGS = ("hashtag", "hashtag_sequence")  # layers whose things are hashtags
TICK = timedelta(microseconds=999)  # a moment in whole milliseconds may be so much later
MANY = 2**53  # rows asked of a query that is not for people: all, for nothing may be cut off unsaid


@dataclass(frozen=True)
class _Known:
    """What the store says of all members: profiles by id, uses of hashtags, mentions, posts of each hashtag; and what
    text an account posted at a moment.
    """

    profiles: dict[str, dict[str, Any]]
    tags: pl.DataFrame
    mentions: pl.DataFrame
    sizes: dict[str, int]
    text_of: TextOf


@dataclass(frozen=True)
class _Acts:
    """All edges of the run, everybody's events by layer, and of these the events of the members of all groups."""

    edges: pl.DataFrame
    inputs: Sequence[LayerInput]
    own: Sequence[LayerInput]


def described(
    store: Store,
    run: str,
    groups: Sequence[Group],
    inputs: Sequence[LayerInput],
    edges: pl.DataFrame,
    request: Request,
) -> tuple[Group, ...]:
    """The groups with ids, handles, hashtags, targets, and the first and last meeting of a linked pair."""
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
        mentions=Handles(store).mentions(asked),
        sizes=dict(sizes.iter_rows()),
        text_of=partial(_text_of, store),
    )
    own = [replace(i, events=i.events.filter(pl.col("account").is_in(ids))) for i in inputs]  # a few, looked at often
    acts = _Acts(edges, inputs, own)
    return tuple(
        _described(replace(group, id=f"{run}-{number}"), known, acts) for number, group in enumerate(groups, 1)
    )


def _described(group: Group, known: _Known, acts: _Acts) -> Group:
    ids = [m.id for m in group.accounts]
    names = [" ".join(filter(None, (known.profiles[i]["handle"], known.profiles[i]["name"]))) for i in ids]
    met = _meetings(ids, acts)
    first, last = _range(met)
    told = replace(
        group,
        accounts=tuple(
            replace(m, handle=known.profiles[m.id]["handle"], created_at=known.profiles[m.id]["created_at"])
            for m in group.accounts
        ),
        hashtags=_hashtags(known, ids, met),
        targets=_targets(known, group),
        first=first,
        last=last,
        why=tuple(
            replace(w, a_handle=known.profiles[w.a]["handle"], b_handle=known.profiles[w.b]["handle"])
            for w in group.why
        ),
    )
    found = explanations(told, names, acts.inputs, acts.own, known.text_of)
    return replace(
        told,
        benign=found.fitting,
        benign_against=found.against,
        benign_untested=found.untested,
        own_share=found.own_share,
    )


def _text_of(store: Store, account: str, time: int) -> str | None:
    """What an account posted itself at a moment (epoch ms); a store may know it closer than that."""
    moment = datetime.fromtimestamp(time / 1000, UTC)
    asked = {"accounts": [account], "since": moment, "until": moment + TICK, "limit": MANY}
    posts = store.read(queries.get("evidence/posts_of_accounts"), asked)
    texts = posts.filter(pl.col("kind").fill_null("original") != "retweet")["text"].drop_nulls()
    return None if texts.is_empty() else str(texts[0])


def _meetings(ids: list[str], acts: _Acts) -> pl.DataFrame:
    """The meetings of the group's linked pairs (MEETINGS)."""
    inside = acts.edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))
    return linked_meetings(acts.inputs, inside, {i.name: i.events for i in acts.own})


def _hashtags(known: _Known, ids: list[str], met: pl.DataFrame) -> tuple[TagShare, ...]:
    """First those that its linked pairs met on, most often first; then others that its accounts used, most used first.

    A meeting on a sequence of hashtags is one on each of them; of two behaviours the one with more meetings counts.
    """
    on = (
        met.filter(pl.col("layer").is_in(TAGS))
        .with_columns(tag=pl.col("object").str.split(" ").list.eval(pl.element().str.strip_prefix("#")).list.unique())
        .explode("tag")
        .group_by("layer", "tag")
        .len("meetings")
        .group_by("tag")
        .agg(pl.col("meetings").max())
    )
    uses = known.tags.filter(pl.col("account").is_in(ids)).group_by("tag").agg(pl.col("posts").sum())
    found = (
        uses.join(on, on="tag", how="left")
        .with_columns(pl.col("meetings").fill_null(0))
        .sort(["meetings", "posts", "tag"], descending=[True, True, False])
        .head(LISTED)
    )
    return tuple(TagShare(tag, posts, posts / known.sizes[tag], meetings) for tag, posts, meetings in found.iter_rows())


def _targets(known: _Known, group: Group) -> tuple[Target, ...]:
    """Whom its accounts name or retweet in most posts, with how many of its accounts do."""
    core = [m.id for m in group.accounts if m.role == "core"]
    found = (
        known.mentions.filter(pl.col("account").is_in([m.id for m in group.accounts]))
        .group_by("target", "handle")
        .agg(
            pl.col("posts").sum(),
            pl.col("account").n_unique().alias("accounts"),
            pl.col("account").filter(pl.col("account").is_in(core)).n_unique().alias("core"),
        )
        .sort("posts", "target", descending=[True, False])
        .head(MOST)
    )
    return tuple(
        Target(target, posts, handle, accounts, in_core)
        for target, handle, posts, accounts, in_core in found.iter_rows()
    )


def _range(met: pl.DataFrame) -> tuple[datetime | None, datetime | None]:
    """The first and the last act of these meetings."""
    if met.is_empty():
        return None, None
    first, last = (datetime.fromtimestamp(int(t) / 1000, UTC) for t in (met["first"].min(), met["last"].max()))  # type: ignore[arg-type]
    return first, last
