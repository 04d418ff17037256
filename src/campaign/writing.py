"""A detection as a report on disk, with the posts, profiles and evidence it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import polars as pl
from campaign_analysis.results import Detection, Group
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign import words
from campaign.describe import MANY
from campaign.evidence import samples
from campaign.places import check_report, twin, write_whole
from campaign.reporting.data import FIRST_SCHEMA, POSTS_SCHEMA, PROFILES_SCHEMA, QueryUse, ReportData, empty
from campaign.reporting.first_hour import HOUR, first_hour, met_most_on
from campaign.reporting.json_result import to_json
from campaign.reporting.page import render
from campaign.reporting.view import DETAILED
from campaign.request import Request
from campaign.sources import files_of


def report_data(
    store: Store, detection: Detection, request: Request, links: Mapping[str, str] | None = None
) -> ReportData:
    """Fill the report out of the store: the posts of the asked hashtags (or all), the members, the evidence."""
    used: list[QueryUse] = []

    def ask(id: str, **parameters: object) -> pl.DataFrame:
        query = queries.get(id)
        used.append(QueryUse(id, query.title, parameters))
        return store.read(query, parameters)

    asked = {"since": request.since, "until": request.until, "limit": MANY}
    if request.tags:
        posts = ask("hashtags/posts", tags=request.tags, **asked)
    else:
        posts = ask("overview/posts", **asked).with_columns(
            text=pl.lit(None, dtype=pl.String), hashtags=pl.lit(None, dtype=pl.List(pl.String))
        )
    ids = _members(detection.groups)
    shown = words.campaigns_first(detection.groups)[:DETAILED]
    member_posts = ask("evidence/posts_of_accounts", accounts=_members(shown), **asked)
    profiles = ask("accounts/profiles", ids=ids)
    return ReportData(
        detection=detection,
        hashtags=request.hashtags,
        posts=posts.select(POSTS_SCHEMA.keys()).cast(POSTS_SCHEMA),  # type: ignore[arg-type]
        profiles=profiles.select(PROFILES_SCHEMA.keys()).cast(PROFILES_SCHEMA),  # type: ignore[arg-type]
        samples=samples(store, detection.groups, detection.edges, request),
        member_posts=member_posts.select(POSTS_SCHEMA.keys()).cast(POSTS_SCHEMA),  # type: ignore[arg-type]
        first_posts=empty(FIRST_SCHEMA) if request.tags else _first_posts(ask, shown, member_posts),
        queries=tuple(used),
        links=links or {},
        files=tuple(files_of(store)),
    )


def _members(groups: Iterable[Group]) -> list[str]:
    return sorted({m.id for g in groups for m in g.accounts})


def _first_posts(ask: Callable[..., pl.DataFrame], groups: Iterable[Group], member_posts: pl.DataFrame) -> pl.DataFrame:
    """Everybody's posts with the hashtag that each group met on most, in the hour in which it set out on it."""
    found = [empty(FIRST_SCHEMA)]
    for group in groups:
        tag = met_most_on(group)
        start = first_hour(group, member_posts.filter(pl.col("hashtags").list.contains(tag))) if tag else None
        if tag and start:
            posts = ask("hashtags/posts", tags=[tag], since=start, until=start + HOUR, limit=MANY)
            named = posts.with_columns(group=pl.lit(group.id), tag=pl.lit(tag))
            found.append(named.select(FIRST_SCHEMA.keys()).cast(FIRST_SCHEMA))  # type: ignore[arg-type]
    return pl.concat(found)


def write_report(
    store: Store, detection: Detection, request: Request, out: Path, links: Mapping[str, str] | None = None
) -> None:
    """Write the HTML page and its JSON twin; nothing half-written is left where one of that name stood.

    `links` are addresses by group id that open Neo4j Browser.
    Raises UsageError where the place cannot be written to, or the name is not one of a web page.
    """
    check_report(out)
    page = render(report_data(store, detection, request, links))
    write_whole({out: page.encode(), twin(out): to_json(detection, 2, links).encode()})
