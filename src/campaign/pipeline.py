"""From a question to a saved answer: events out of the store, detection, description, and back into the store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from time import perf_counter
from typing import Any

import polars as pl
from campaign_analysis.detect import Found, LayerInput
from campaign_analysis.detect import detect as find
from campaign_analysis.parallel import Say, silent
from campaign_analysis.results import Alone, Detection, Group, Run
from campaign_analysis.why import explained
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.asked_scale import too_long
from campaign.describe import described
from campaign.engine import in_database
from campaign.honesty import honest
from campaign.inputs import Stories, chosen_accounts, prepared, read_inputs
from campaign.reporting.json_result import to_json
from campaign.request import Request, parameters_of
from campaign.saving import batch_of
from campaign.signals import with_signals
from campaign.sources import unfinished
from campaign.untold_words import untold_sentences

LIBRARIES = ("igraph", "numba", "numpy", "polars", "scipy")


def detect(store: Store, request: Request, say: Say = silent, save: bool = True) -> Detection:
    """Answer a request and, unless told otherwise, write run, groups, members and edges into the graph.

    `say` is told what is being done. The same request on the same data has the same run id and changes nothing.
    Raises NotFoundError where there is nothing to look at (no posts, a hashtag that nobody used, a layer asked for in
    which nobody acted), AnalysisError for parameters that make no sense.
    """
    engine = in_database(store, request)
    chosen = chosen_accounts(store, request)
    inputs = read_inputs(store, request, say)
    say("counting co-actions and testing pairs")
    known = prepared(inputs, Stories(store, request))
    begun = perf_counter()
    found = find(known, chosen, request.fdr, engine or request.community, request.seed, say=say)
    took = perf_counter() - begun
    if engine:
        found = replace(found, notes=(*found.notes, engine.agreement(found.edges)))
    found = explained(found, known, chosen)
    found = replace(found, notes=(*unfinished(store), *found.notes))
    run = _run(request, inputs, known, found, chosen)

    def describe(groups: Sequence[Group], say: Say) -> Sequence[Group]:
        say("describing groups")
        groups = described(store, run.id, groups, known, found.edges, request)
        if groups:
            say("asking the signals about accounts")
            groups = with_signals(store, groups, chosen, request)
        return groups

    groups, honesty = honest(found, known, chosen, request, took, say, describe)
    alone = _alone(known, request, chosen)
    detection = Detection(run, groups, found.edges, found.tested_pairs, alone, honesty=honesty, luck=found.luck)
    if save:
        say("saving the run")
        _save(store, detection)
    return detection


def _save(store: Store, detection: Detection) -> None:
    """Write a run. Where one of its id says something else, it goes first: what it no longer finds must not stay.

    That happens where names or mentions came in after it, which no event tells, or under another version of a library.
    """
    before = store.read(queries.get("runs/show"), {"run": detection.run.id})["result"].to_list()
    if before and before != [to_json(detection)]:
        store.delete_run(detection.run.id)
    try:
        store.write(batch_of(detection, datetime.now(UTC)))
    except BaseException:
        if before != [to_json(detection)]:  # a part of a run, after an error or Ctrl-C, would be read as all of it
            store.delete_run(detection.run.id)
        raise


def _alone(inputs: list[LayerInput], request: Request, chosen: pl.Series | None) -> Alone | None:
    """The same tests on the events of the asked hashtags only: what they alone would show."""
    hashtag = next((i for i in inputs if i.name == "hashtag"), None)
    if not request.tags or hashtag is None:
        return None
    only = replace(hashtag, events=hashtag.events.filter(pl.col("object").is_in(request.tags)))
    found = find([only], chosen, request.fdr, request.community, request.seed)
    return Alone(edges=found.edges.filter(pl.col("claim") == "together").height, groups=len(found.groups))


def _run(
    request: Request, inputs: list[LayerInput], known: list[LayerInput], found: Found, chosen: pl.Series | None
) -> Run:
    """What was asked and read (`inputs`), and what it found as searched (`known`: prepared)."""
    scales = {i.name: [(s.window, s.block) for s in i.scales] for i in inputs}
    parameters = parameters_of(request, scales)
    times = pl.concat([i.events["time"] for i in inputs])
    counts: dict[str, int] = {f"{i.name}_events": i.events.height for i in inputs}
    acted = [i.events["account"] if i.population is None else i.population for i in inputs]
    everybody = pl.concat([accounts.unique() for accounts in acted]).n_unique()
    counts |= {"accounts": everybody if chosen is None else len(chosen), "background_accounts": everybody}
    lasts = (_utc(times.min()), _utc(times.max())) if len(times) else None
    return Run(
        id=_id(parameters, found, chosen),
        parameters=parameters,
        data_range=lasts,
        counts=counts,
        versions={name: version(name) for name in ("campaign", *LIBRARIES)},
        notes=(*found.notes, *untold_sentences(known, found.edges), *too_long(request, lasts)),
    )


def _id(parameters: dict[str, Any], found: Found, chosen: pl.Series | None) -> str:
    """A hash of inputs, parameters and version: the same question on the same data has the same id.

    Whom the hashtags select and how many could have acted is input too: no event tells it.
    """
    inputs = [found.fingerprints, found.tested_pairs, None if chosen is None else chosen.to_list()]
    text = json.dumps([version("campaign"), parameters, *inputs], sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def _utc(epoch_ms: Any) -> datetime:
    return datetime.fromtimestamp(int(epoch_ms) / 1000, UTC)
