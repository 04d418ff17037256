"""All files of a trending report."""

from __future__ import annotations

from campaign_cypher.store import Store

from campaign.reporting.json_result import to_json as detection_json
from campaign.reporting.page import render
from campaign.trending.as_json import to_json
from campaign.trending.asked import Asked
from campaign.trending.model import Trending
from campaign.trending.pages import GROUPS, index, name_of, page
from campaign.trending.report import request_of
from campaign.trending.summary import markdown, text
from campaign.writing import report_data


def files_of(store: Store, report: Trending, asked: Asked) -> dict[str, str]:
    """Name and text of each file: index, a page a hashtag, the groups' page and JSON, the report's JSON, summaries."""
    made = {
        "index.html": index(report),
        "report.json": to_json(report),
        "summary.md": markdown(report),
        "summary.txt": text(report),
    }
    with_groups = report.detection is not None and bool(report.groups)
    if report.detection is not None and with_groups:
        request = request_of(asked, report.window, tuple(report.detection.run.parameters["hashtags"]))
        made[GROUPS] = render(report_data(store, report.detection, request))
        made["groups.json"] = detection_json(report.detection, 2)
    for place, tag in enumerate(report.tags, 1):
        made[name_of(place, tag)] = page(report, tag, with_groups)
    return made
