"""A trending report as JSON; its schema is docs/trending.schema.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from campaign_analysis.trending.without import Without

from campaign.failures import NotFoundError
from campaign.reporting.json_result import iso_time
from campaign.trending.model import Pusher, Tag, Trending
from campaign.trending.words import end_of, why

SCHEMA_VERSION = 1


class OlderReportError(NotFoundError):
    """A report of another schema, or a damaged one: it is not compared with, and that is said."""


def to_json(report: Trending) -> str:
    """The report's text: full precision, times in ISO 8601 with Z, the same bytes for the same result."""
    return json.dumps(to_dict(report), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def to_dict(report: Trending) -> dict[str, Any]:
    """The report as Python values."""
    window, run = report.window, report.detection.run if report.detection else None
    return {
        "schema_version": SCHEMA_VERSION,
        "date": report.date,
        "window": {
            "past": iso_time(window.past),
            "since": iso_time(window.since),
            "until": iso_time(window.until),
        },
        "rising": {
            "tested": report.tested,
            "rose": report.rose,
            "top": report.top,
            "called_up_to_p": report.cut,
            "hours": list(report.lengths),
            "dispersion": {str(length): value for length, value in report.dispersion.items()},
        },
        "run": None if run is None else {"id": run.id, "parameters": run.parameters, "versions": run.versions},
        "version": version("campaign"),
        "hashtags": [_tag(tag) for tag in report.tags],
        "untold": list(report.untold),
        "groups": [_group(group) for group in report.groups],
        "failed": [asdict(failed) for failed in report.failed],
        "notes": list(report.notes),
        "change": _change(report),
    }


READ = {"hashtags": ("tag", "word"), "groups": ("id", "members")}  # what is read of each entry of an earlier report


def read(path: Path) -> dict[str, Any]:
    """An earlier report's JSON. Raises OlderReportError where it is of another schema, or cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise OlderReportError(f"{path} cannot be read ({error}): this report is not compared with it") from error
    stated = found.get("schema_version") if isinstance(found, dict) else None
    if stated != SCHEMA_VERSION:
        raise OlderReportError(
            f"{path} has schema_version {stated}, this campaign reads {SCHEMA_VERSION}: not compared with it"
        )
    if not (isinstance(found.get("date"), str) and all(_whole(found.get(part), keys) for part, keys in READ.items())):
        raise OlderReportError(f"{path} is incomplete: not compared with it")
    whole: dict[str, Any] = found
    return whole


def _whole(entries: Any, keys: tuple[str, ...]) -> bool:
    """Whether these are objects with what a comparison reads of each."""
    return isinstance(entries, list) and all(isinstance(e, dict) and all(e.get(k) for k in keys) for e in entries)


def _tag(tag: Tag) -> dict[str, Any]:
    of = tag.concentration
    return {
        "tag": tag.tag,
        "display": tag.display,
        "word": tag.word,
        "why": why(tag),
        "posts": tag.posts,
        "accounts": tag.accounts,
        "rise": {
            "acts": tag.acts,
            "expected": tag.expected,
            "p": tag.p,
            "q": tag.q,
            "dispersion": tag.dispersion,
            "rose": iso_time(tag.rose),
        },
        "burst": {"begins": iso_time(tag.begins), "ends": iso_time(tag.ends), "posts": tag.burst_posts},
        "groups": [asdict(part) for part in tag.parts],
        "counterfactual": {
            "without_cores": _without(tag.without_cores),
            "without_campaigns": _without(tag.without_campaigns),
            "without_campaigns_and_gatherings": _without(tag.without_groups),
            "part_of_gatherings": tag.gatherings,
            "retweets_of_unknown_originals": tag.unknown_originals,
        },
        "concentration": {
            "posts": of.posts,
            "accounts": of.accounts,
            "busiest_50": of.busiest,
            "posts_per_account": of.posts_per_account,
            "retweets": of.retweets,
            "ctm": of.ctm,
            "enough_posts": of.enough,
        },
        "new_accounts": {"made_in_30_days": tag.new, "with_known_date": tag.dated},
        "named": [asdict(named) for named in tag.named],
        "hourly": {
            "acts": list(tag.hourly),
            "by_campaigns": list(tag.by_campaigns),
            "by_gatherings": list(tag.by_gatherings),
        },
    }


def _without(without: Without | None) -> dict[str, Any] | None:
    if without is None:
        return None
    low, middle, high = without.part
    return {
        "acts": without.acts,
        "theirs": without.theirs,
        "passed_on": without.passed,
        "owed": {"low": low, "middle": middle, "high": high},
        "rises": without.rises,
        "rises_if_nothing_set_off": without.rises_if_nothing_set_off,
        "since": None if without.since is None else [iso_time(end_of(hour)) for hour in without.since],
    }


def _group(group: Pusher) -> dict[str, Any]:
    return {
        "id": group.id,
        "claim": group.claim,
        "members": list(group.members),
        "core": list(group.core),
        "handles": list(group.handles),
        "pushes": [{"tag": tag, "posts": posts} for tag, posts in group.tags],
        "hashtags": [{"tag": tag, "posts": posts, "share": share} for tag, posts, share in group.hashtags],
        "mentions": [{"id": id, "handle": handle, "posts": posts} for id, handle, posts in group.mentions],
        "back": None if group.back is None else asdict(group.back),
    }


def _change(report: Trending) -> Mapping[str, Any] | None:
    change = report.change
    if change is None:
        return None
    return {
        "since": change.date,
        "hashtags": [{"tag": tag, "before": before, "now": now} for tag, before, now in change.words],
        "new_groups": list(change.new_groups),
        "gone_groups": list(change.gone_groups),
    }
