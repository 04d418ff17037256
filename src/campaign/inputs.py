"""What a request reads out of the store: whom it asks about, and the events of its layers as detection takes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

import polars as pl
from campaign_analysis.feeds import LINKS, TEXTS, with_sites
from campaign_analysis.layer_input import LayerInput, input_of
from campaign_analysis.layers import Layer, named
from campaign_analysis.parallel import Say, side_by_side
from campaign_analysis.sessions import Scale
from campaign_analysis.talks import talks_of
from campaign_analysis.text_clusters import text_objects
from campaign_cypher import queries
from campaign_cypher.events import read_events, read_texts
from campaign_cypher.store import Store

from campaign.absent import nobody_used, refuse_silence
from campaign.handles import Handles
from campaign.request import Request

READERS = 2  # layers that are read at a time: each needs memory
MUCH = 1_000_000  # acts that were read from which it is worth it to give back the memory that a store keeps of them


def chosen_accounts(store: Store, request: Request) -> pl.Series | None:
    """Ids of the accounts that used the hashtags in the range, in posts of any kind; None where none is asked."""
    if not request.tags:
        return None
    query = queries.get("hashtags/accounts")
    used = []
    for tag in request.tags:
        accounts = store.read(query, {"tags": [tag], "since": request.since, "until": request.until})["account"]
        if accounts.is_empty():
            raise nobody_used(store, tag, request.since, request.until)
        used.append(accounts)
    return pl.concat(used).unique().sort()


def read_inputs(store: Store, request: Request, say: Say) -> list[LayerInput]:
    """The events of the layers asked for, or of all layers in which somebody could have acted.

    Raises NotFoundError where there is nothing to look at.
    """
    layers = named(list(request.layers))
    kept = any(layer.kept for layer in layers)
    handles = Handles(store)
    reading: list[Callable[[], Any]] = [partial(_talks, store, handles, request, say)] if kept else []
    reading += [partial(_input, store, handles, layer, request, say) for layer in layers]
    read = side_by_side(lambda work: work(), reading, READERS)
    if kept:
        talks, *read = read
        read = [replace(i, talks=talks) if layer.kept else i for layer, i in zip(layers, read, strict=True)]
    inputs: list[LayerInput] = read
    if sum(i.events.height for i in inputs) > MUCH:
        store.release()
    refuse_silence(store, request, inputs)
    return [i for i in inputs if i.actors]


class Stories:
    """What says of posts in the range of a request that they pass on a story, also where it is not asked about.

    Each is read when it is first wanted, and once for all layers that are prepared with it.
    """

    def __init__(self, store: Store, request: Request) -> None:
        self._store, self._range = store, (request.since, request.until)

    @cached_property
    def links(self) -> pl.DataFrame:
        """Who linked to what."""
        return read_events(self._store, LINKS, *self._range)

    @cached_property
    def texts(self) -> pl.DataFrame:
        """Who posted the same texts."""
        return text_objects(read_texts(self._store, *self._range))


def prepared(inputs: Sequence[LayerInput], known: Stories) -> list[LayerInput]:
    """The inputs of a request as detection takes them: with the sites that posts link to (feeds.py)."""
    asked = {i.name: i.events for i in inputs}
    links = known.links if (own := asked.get(LINKS)) is None else own
    unread = TEXTS not in asked and any(i.yields for i in inputs) and not links.is_empty()
    return with_sites(inputs, links, known.texts if unread else None)


def _talks(store: Store, handles: Handles, request: Request, say: Say) -> pl.DataFrame:
    say("reading who names or answers whom")
    return talks_of(handles.with_ids(read_events(store, "talk", request.since, request.until)))


def _input(store: Store, handles: Handles, layer: Layer, request: Request, say: Say) -> LayerInput:
    say(f"reading {layer.meaning}")
    if layer.objects is None:
        read = handles.read(layer, request.since, request.until)
    else:
        read = read_texts(store, request.since, request.until)
    return input_of(layer, read, _scales(request))


def _scales(request: Request) -> tuple[Scale, ...]:
    """The one scale that was asked for; none where each layer has its own."""
    if not (request.window or request.block):
        return ()
    window = request.window or 60
    return (Scale(window, request.block or 30 * window),)
