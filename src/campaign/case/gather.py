"""What a case is made of, out of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import polars as pl
from campaign_analysis.results import Detection, Group
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.case.asked import Asked
from campaign.case.sentences import best_pairs
from campaign.disarm import Technique, techniques
from campaign.evidence import Evidence
from campaign.finding import finding
from campaign.reporting.data import QueryUse, ReportData
from campaign.request import Request
from campaign.sources import Sources, sources
from campaign.stored import group_of
from campaign.writing import report_data

RELATIONS = ("hashtags", "mentions", "urls", "images", "retweets", "quotes", "replies_to")
PASSED_ON = RELATIONS[-3:]  # those that lead to posts
MEETINGS: dict[str, Any] = {
    "account": pl.String,
    "layer": pl.String,
    "object": pl.String,
    "time": pl.Datetime("us", "UTC"),
    "post": pl.String,
    "partner": pl.String,
    "partner_time": pl.Datetime("us", "UTC"),
    "partner_post": pl.String,
}


@dataclass(frozen=True)
class Case:
    """One group and what its claim rests on.

    `detection` holds that group alone. `posts` are those of its accounts in the run's range with all that the graph
    keeps of them; `passed_on` the posts of others that they retweet, quote or answer; `members` and `others` profiles.
    `sources` are the files that the graph was loaded from.
    `meetings` are those of each account's best pair (MEETINGS). `queries` are all that were asked.
    """

    detection: Detection
    name: str
    report: ReportData
    posts: Sequence[Mapping[str, Any]]
    passed_on: Sequence[Mapping[str, Any]]
    members: Sequence[Mapping[str, Any]]
    others: Sequence[Mapping[str, Any]]
    meetings: pl.DataFrame
    disarm: Sequence[Technique]
    sources: Sources
    queries: Sequence[QueryUse]
    redacted: bool = False

    @property
    def group(self) -> Group:
        """The group."""
        return self.detection.groups[0]


def gather(store: Store, group: str) -> Case:
    """Read a case. Raises NotFoundError, with the nearest ids, where there is no group of that id."""
    asked = Asked(store)
    reader = cast(Store, asked)
    found = finding(reader, group)
    if found.asked is None:
        group_of(reader, group)  # says that it is a run, and how to find its groups
    ids, request = found.accounts, found.request
    posts = _posts(reader, ids, request)
    referred = sorted({target for post in posts for relation in PASSED_ON for target in post[relation]})
    own = {post["id"] for post in posts}
    passed_on = _read(reader, "evidence/posts_by_id", ids=[key for key in referred if key not in own])
    named = {target for post in posts for target in post["mentions"]} | {post["account"] for post in passed_on}
    report = report_data(reader, found.detection, request)
    case = Case(
        detection=found.detection,
        name=found.names[group],
        report=report,
        posts=posts,
        passed_on=passed_on,
        members=list(found.profiles.values()),
        others=_read(reader, "accounts/profiles", ids=sorted(named - {*ids, None})),
        meetings=_meetings(reader, found.detection, request),
        disarm=techniques(reader, found.groups[0]),
        sources=sources(reader),
        queries=(),
    )
    return replace(case, queries=tuple(asked.uses))


def _read(store: Store, query: str, **parameters: Any) -> list[dict[str, Any]]:
    return store.read(queries.get(query), parameters).to_dicts()


def _posts(store: Store, ids: list[str], request: Request) -> list[dict[str, Any]]:
    """The posts with what they are related to, each kind of relation a sorted list."""
    nodes = _read(store, "evidence/post_nodes", accounts=ids, since=request.since, until=request.until)
    related: dict[tuple[str, str], list[str]] = {}
    for row in _read(store, "evidence/post_relations", accounts=ids):
        related.setdefault((row["post"], row["relation"]), []).append(row["target"])
    return [node | {name: sorted(related.get((node["id"], name), ())) for name in RELATIONS} for node in nodes]


def _meetings(store: Store, detection: Detection, request: Request) -> pl.DataFrame:
    """The meetings of each account's best pair; of one that was added, the core's at which it was present."""
    group = detection.groups[0]
    known = Evidence(store, sorted(m.id for m in group.accounts), request)
    core = [m.id for m in group.accounts if m.role == "core"]
    frames = [pl.DataFrame(schema=MEETINGS)]
    pairs = best_pairs(group, detection.edges)
    for member in group.accounts:
        if member.joined:
            met = known.attended(member.id, sorted(set(core) - {member.id}), member.joined)
            frames += [_row(met, "", side) for side in "ab"]
        elif member.id in pairs:
            met = known.episodes(pairs[member.id])
            own, other = ("a_", "b_") if pairs[member.id]["a"] == member.id else ("b_", "a_")
            frames.append(_row(met, own, other[0]))
    return pl.concat(frames)


def _row(met: pl.DataFrame, own: str, other: str) -> pl.DataFrame:
    """Meetings seen from one account: its columns begin with `own` (`a_`, `b_`, nothing), the other's with `other`."""
    account = own.removesuffix("_") or "account"
    named = met.select(
        "layer",
        "object",
        account=account,
        time=f"{own}time",
        post=f"{own}post",
        partner=other,
        partner_time=f"{other}_time",
        partner_post=f"{other}_post",
    )
    return named.select(list(MEETINGS)).cast(MEETINGS).sort("time", "object", "partner")  # type: ignore[arg-type]
