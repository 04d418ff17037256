"""Runs and groups as the graph keeps them, found by their ids."""

from __future__ import annotations

import difflib
from datetime import datetime

from campaign_analysis.results import Detection, Group
from campaign_cypher import queries
from campaign_cypher.nearest import did_you_mean
from campaign_cypher.store import Store

from campaign.failures import NotFoundError
from campaign.pasting import pasted
from campaign.reporting.json_result import from_json
from campaign.request import Request


def run_of(store: Store, run: str) -> Detection:
    """The result of a run. Raises NotFoundError, naming what there is, where no run has the id."""
    rows = store.read(queries.get("runs/show"), {"run": run})
    if rows.is_empty():
        known = store.read(queries.get("runs/list"))["run"].to_list()
        raise NotFoundError(f"no run {run} in {store.address}{_instead(run, known, 'campaign runs list')}")
    return from_json(rows["result"][0])


def group_of(store: Store, group: str) -> tuple[Detection, Group]:
    """A group and the run that found it. Raises NotFoundError where there is none of that id."""
    detection = run_of(store, group.rpartition("-")[0] or group)
    known = {g.id: g for g in detection.groups}
    if group not in known:
        run = detection.run.id
        instead = _instead(group, list(known), f"campaign runs show {run}")
        raise NotFoundError(f"run {run} has no group {group}{instead}")
    return detection, known[group]


def request_of(detection: Detection) -> Request:
    """What the run was asked, as far as evidence needs it: hashtags and range."""
    parameters = detection.run.parameters
    since, until = (parameters.get(side) for side in ("since", "until"))
    return Request(
        hashtags=tuple(parameters["hashtags"]),
        since=datetime.fromisoformat(since) if since else None,
        until=datetime.fromisoformat(until) if until else None,
    )


def _instead(name: str, known: list[str], command: str) -> str:
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    if near:
        return f"; {did_you_mean(near)}"
    return f"; `{pasted(command)}` lists them" if known else f"; it holds none: run `{pasted('campaign detect')}`"
