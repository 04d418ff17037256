"""Who is linked to whom: a group's accounts and its linked pairs."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from campaign_analysis.results import Group, Member, Role

from campaign import words
from campaign.reporting.charts import Trace, chart
from campaign.reporting.layout import places
from campaign.reporting.markup import Html, chart_text, clean, el, join
from campaign.reporting.numbers import strength
from campaign.reporting.sections import Part
from campaign.reporting.view import EVERYBODY_ELSE, View

NODES = 250
EDGES = 400
HIDDEN_AXIS = {"visible": False, "fixedrange": False}


@dataclass(frozen=True)
class Pair:
    """Two accounts (by their places among the nodes), their strongest claim, and its −log₁₀ p."""

    a: int
    b: int
    in_step: bool
    strength: float


def network(view: View, group: Group) -> Html:
    """A figure of the group's network; empty where none of its pairs is known."""
    members = sorted(group.accounts, key=lambda m: (m.role != "core", m.p, m.id))[:NODES]
    known = pairs_among(view.detection.edges, members)
    kept = strongest(known, EDGES)
    if not kept:
        return Html("")
    at = places(len(members), [(p.a, p.b) for p in kept])
    traces = [_lines(view, group, kept, at, in_step) for in_step in (False, True)]
    traces += [_nodes(view, group, members, at, role) for role in ("together", "core")]
    layout = {
        "xaxis": HIDDEN_AXIS,
        "yaxis": HIDDEN_AXIS | {"scaleanchor": "x"},
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "hovermode": "closest",
    }
    says = _says(view, group, members, known, kept)
    return chart(f"network-{view.number(group)}", [t for t in traces if t["x"]], layout, 420, says, says)


def browser(view: View, group: Group) -> Html:
    """The way to the group's picture in Neo4j Browser; nothing where the store is no Neo4j."""
    address = view.data.links.get(group.id)
    if not address:
        return Html("")
    link = el("a", "Open it in Neo4j Browser", href=address, target="_blank", rel="noreferrer")
    return el("p", link, ", with its query filled in: log in, then run it.", class_="said")


def pairs_among(edges: pl.DataFrame, members: list[Member]) -> list[Pair]:
    """The pairs of these accounts that have an edge, each once with its strongest claim, strongest first."""
    place = {m.id: i for i, m in enumerate(members)}
    mine = edges.filter(pl.col("a").is_in(list(place)) & pl.col("b").is_in(list(place)))
    best = (
        mine.group_by("a", "b")
        .agg((pl.col("claim") == "in step").any().alias("in_step"), pl.col("p").min())
        .sort(["in_step", "p", "a", "b"], descending=[True, False, False, False])
    )
    return [Pair(place[a], place[b], step, strength(p)) for a, b, step, p in best.iter_rows()]


def strongest(pairs: list[Pair], most: int) -> list[Pair]:
    """At most so many of the pairs (strongest first): a tree that keeps together whom they join, then the rest.

    The tree is Kruskal's (1956): a pair belongs to it if it joins two parts that no stronger pair has joined.
    """
    if len(pairs) <= most:
        return pairs
    part = {end: end for pair in pairs for end in (pair.a, pair.b)}
    tree: list[Pair] = []
    rest: list[Pair] = []
    for pair in pairs:
        a, b = _root(part, pair.a), _root(part, pair.b)
        (rest if a == b else tree).append(pair)
        part[a] = b
    return (tree + rest)[:most]


def _root(part: dict[int, int], end: int) -> int:
    while part[end] != end:
        part[end] = part[part[end]]  # halve the way for the next one
        end = part[end]
    return end


def _lines(view: View, group: Group, pairs: list[Pair], at: list[tuple[float, float]], in_step: bool) -> Trace:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for pair in pairs:
        if pair.in_step == in_step:
            (ax, ay), (bx, by) = at[pair.a], at[pair.b]
            xs += [ax, bx, None]
            ys += [ay, by, None]
    line = {"color": view.colour(group) if in_step else EVERYBODY_ELSE, "width": 1.2 if in_step else 0.7}
    opacity = 0.55 if in_step else 0.4
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": line, "opacity": opacity, "hoverinfo": "skip"}


def _nodes(view: View, group: Group, members: list[Member], at: list[tuple[float, float]], role: Role) -> Trace:
    mine = [(m, at[i]) for i, m in enumerate(members) if m.role == role]
    core = role == "core"
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for _, (x, _) in mine],
        "y": [y for _, (_, y) in mine],
        "meta": {"accounts": [clean(m.id) if m.id in view.people else "" for m, _ in mine]},
        "text": [f"{chart_text(view.label(m.id))}<br>{words.role_of(m)}" for m, _ in mine],
        "marker": {
            "color": view.colour(group),
            "symbol": "circle" if core else "circle-open",
            "size": 10 if core else 8,
            "line": {"width": 1 if core else 1.5, "color": "#ffffff" if core else view.colour(group)},
        },
        "hovertemplate": "%{text}<extra></extra>",
    }


def _says(view: View, group: Group, members: list[Member], known: list[Pair], kept: list[Pair]) -> str:
    said = [f"The accounts of {view.names[group.id]} and its linked pairs."]
    if group.core:
        said.append("Filled: the core; open: together with it. Coloured lines: in step; grey: together.")
    else:
        said.append("Grey lines: together.")
    paired = {end for pair in known for end in (pair.a, pair.b)}
    alone = sum(m.joined is not None and i not in paired for i, m in enumerate(members))
    if alone:
        who = words.counted(alone, "account", "accounts")
        said.append(f"Without a line: {who} added for being present at the core's meetings, with no linked pair.")
    if len(members) < group.size:
        said.append(f"Drawn: the {len(members):,} accounts with the strongest pairs, of {group.size:,}.")
    if len(kept) < len(known):
        said.append(
            f"Drawn: {len(kept):,} of the {len(known):,} pairs, the strongest that link all accounts and then the "
            "strongest of all."
        )
    return " ".join(said)


PART = Part(50, "Who is linked to whom", lambda view, group: join([network(view, group), browser(view, group)]))
