"""A detection as a report on disk, with the posts, profiles and evidence it shows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl
from campaign_analysis.results import Detection
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.describe import MANY
from campaign.evidence import samples
from campaign.places import check_report, twin, write_whole
from campaign.reporting.data import POSTS_SCHEMA, PROFILES_SCHEMA, QueryUse, ReportData
from campaign.reporting.json_result import to_json
from campaign.reporting.page import render
from campaign.request import Request


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
    ids = sorted({m.id for g in detection.groups for m in g.accounts})
    profiles = ask("accounts/profiles", ids=ids)
    return ReportData(
        detection=detection,
        hashtags=request.hashtags,
        posts=posts.select(POSTS_SCHEMA.keys()).cast(POSTS_SCHEMA),  # type: ignore[arg-type]
        profiles=profiles.select(PROFILES_SCHEMA.keys()).cast(PROFILES_SCHEMA),  # type: ignore[arg-type]
        samples=samples(store, detection.groups, detection.edges, request),
        queries=tuple(used),
        links=links or {},
    )


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
