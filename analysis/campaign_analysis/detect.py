"""Detection from frames to typed results: layers to edges, edges to groups. Knows no store, file or screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from campaign_analysis.all_layers import admitted, luck_of
from campaign_analysis.attainable import Chance
from campaign_analysis.background import Background
from campaign_analysis.clock import MINUTE, clock_note
from campaign_analysis.communities import Community, Elsewhere
from campaign_analysis.edges import find_edges
from campaign_analysis.events import times_of
from campaign_analysis.groups import find_groups
from campaign_analysis.layer_input import LayerInput as LayerInput
from campaign_analysis.parallel import Say, silent
from campaign_analysis.results import EDGE_SCHEMA, JOINED_SCHEMA, Group, Luck

SCALE_SCHEMA = {"layer": pl.String, "window": pl.Int64, "block": pl.Int64}


@dataclass(frozen=True)
class Found:
    """Groups without names, ids and posts; edges (EDGE_SCHEMA); by layer what was tested, a hash of its
    events, and the false pairs that chance brings at each p, in all and at the scales of each window; of all layers the
    `luck` of pairs that are not linked.

    `notes`: what the reader should know of the data. `backgrounds`: of each scale, of layers with pairs in step; until
    the groups are explained by them (why.py).
    """

    groups: tuple[Group, ...]
    edges: pl.DataFrame
    tested_pairs: dict[str, int]
    fingerprints: dict[str, str]
    notes: tuple[str, ...]
    chances: dict[str, Chance] = field(default_factory=dict)
    windows: dict[str, Mapping[int, Chance]] = field(default_factory=dict)
    luck: Luck = field(default_factory=Luck)
    backgrounds: dict[str, tuple[Background, ...]] = field(default_factory=dict)


def detect(
    layers: Sequence[LayerInput],
    chosen: pl.Series | None = None,
    fdr: float = 0.01,
    community: Community | Elsewhere = "louvain",
    seed: int = 1,
    say: Say = silent,
) -> Found:
    """Find groups of accounts that act together (docs/method.md).

    `layers` are as `feeds.with_sites` prepares them, which is done once for all that is made of them.
    `chosen`: ids of the accounts whose pairs are tested; the background is always everybody in the events.
    `say` is told how far long work is.
    """
    every, chances = [], dict[str, Chance]()
    for layer in layers:
        found = find_edges(
            layer.name,
            layer.acts,
            layer.scales,
            fdr,
            chosen,
            layer.population,
            layer.one_object,
            say,
        )
        every.append(found if layer.proves else found.together_only())
        if every[-1].chance is not None:
            chances[layer.name] = every[-1].chance
    edges = pl.concat([pl.DataFrame(schema=EDGE_SCHEMA), *(e.edges for e in every)])
    loose = [(layer.name, s.window, s.block) for layer in layers for s in layer.scales if s.weight < 1]
    edges = admitted(edges, chances, fdr, pl.DataFrame(loose, schema=SCALE_SCHEMA, orient="row"))
    joined = pl.concat([pl.DataFrame(schema=JOINED_SCHEMA), *(e.joined(edges) for e in every)])
    names = [layer.name for layer in layers]
    accounts = {name: e.accounts for name, e in zip(names, every, strict=True)}
    groups = find_groups(edges, joined, chances, accounts, community, seed)
    tested = {name: e.tested_pairs for name, e in zip(names, every, strict=True)}
    prints = {name: e.fingerprint for name, e in zip(names, every, strict=True)}
    coarse = [i for i, e in zip(layers, every, strict=True) if e.clock >= MINUTE]
    of_posts = [times_of(i.acts.post, i.acts.time) for i in coarse]
    note = clock_note(of_posts, {s.window for i in coarse for s in i.scales})
    backgrounds = {e.ground.layer: e.ground.backgrounds for e in every if e.ground}
    windows = {name: e.windows for name, e in zip(names, every, strict=True)}
    return Found(
        tuple(groups),
        edges,
        tested,
        prints,
        (note,) if note else (),
        chances,
        windows,
        luck_of(edges, chances),
        backgrounds,
    )
