"""For notebooks: a store's graph as polars frames, networkx graphs and plotly figures, all out of stored queries.

`pip install 'campaign[notebook]'` brings what runs the notebooks in `notebooks/`; this module itself wants no more
than campaign. Raises StoreError and NotFoundError, with what to do, as the commands do.
"""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import plotly.graph_objects as go
import polars as pl
from campaign_cypher.store import Store

from campaign.network import ask, named_groups, network
from campaign.reporting.layout import places
from campaign.reporting.markup import chart_text
from campaign.reporting.view import COLOURS, EVERYBODY_ELSE, OTHER_GROUPS
from campaign.request import folded
from campaign.settings import open_store

EVERYBODY = "Everybody else"
__all__ = ["ask", "named_groups", "network", "network_figure", "open_graph", "timeline"]


def open_graph(store: str | None = None, *, database: str | None = None) -> Store:
    """A store to read from: path or URI, else the one that the commands would take (docs/graph.md). Close it after."""
    return open_store(store, database=database, read_only=True)


def timeline(store: Store, *tags: str, run: str | None = None, every: str = "1h") -> go.Figure:
    """Posts with any of the hashtags in time, a bar for each `every` (`1h`, `15m`, `1d`), each once. Times are UTC.

    Where a run is given, the bars are parted by its groups and everybody else.
    """
    wanted = [folded(tag) for tag in tags]
    posts = ask(store, "hashtags/timeline", tags=wanted).unique("post")
    series = _group_of_account(store, run)
    counted = (
        posts.join(series, on="account", how="left")
        .with_columns(pl.col("name").fill_null(EVERYBODY), pl.from_epoch("time", "ms").dt.truncate(every))
        .group_by("name", "time")
        .agg(pl.len().alias("posts"))
        .sort("time")
    )
    order = [*series["name"].unique(maintain_order=True), EVERYBODY]
    colours = _colours(order[:-1])
    bars = []
    for name in order:
        mine = counted.filter(name=name)
        if mine.height:
            bars.append(
                go.Bar(x=mine["time"].to_list(), y=mine["posts"].to_list(), name=name, marker_color=colours[name])
            )
    title = f"Posts with {' or '.join(f'#{chart_text(tag)}' for tag in wanted)}, each {every} (UTC)"
    return go.Figure(bars, {"barmode": "stack", "title": {"text": title}, "yaxis": {"title": {"text": "posts"}}})


def network_figure(graph: nx.Graph) -> go.Figure:
    """A drawing of `network`'s graph: colours are groups, filled is the core, lines of colour are pairs in step."""
    place = {node: i for i, node in enumerate(graph)}
    at = places(len(place), [(place[a], place[b]) for a, b in graph.edges])
    colours = _colours(sorted(set(nx.get_node_attributes(graph, "group").values()), key=_number))
    traces = [_lines(claim, [(at[place[a]], at[place[b]]) for a, b in _claimed(graph, claim)]) for claim in _LINE]
    for name, colour in colours.items():
        mine = [node for node in graph if graph.nodes[node]["group"] == name] if name != EVERYBODY else []
        if mine:
            traces.append(_dots(graph, mine, [at[place[node]] for node in mine], name, colour))
    hidden = {"visible": False}
    layout = {"xaxis": hidden, "yaxis": hidden | {"scaleanchor": "x"}, "margin": {"l": 0, "r": 0, "t": 30, "b": 0}}
    return go.Figure(traces, layout | {"plot_bgcolor": "rgba(0,0,0,0)", "hovermode": "closest"})


_LINE = {"together": {"color": EVERYBODY_ELSE, "width": 0.6}, "in step": {"color": COLOURS[0], "width": 1.2}}
Place = tuple[float, float]


def _claimed(graph: nx.Graph, claim: str) -> Iterable[tuple[str, str]]:
    return [(a, b) for a, b, said in graph.edges(data="claim") if said == claim]


def _lines(claim: str, ends: list[tuple[Place, Place]]) -> go.Scatter:
    x = [x for a, b in ends for x in (a[0], b[0], None)]
    y = [y for a, b in ends for y in (a[1], b[1], None)]
    return go.Scatter(x=x, y=y, mode="lines", name=claim, line=_LINE[claim], opacity=0.5, hoverinfo="skip")


def _dots(graph: nx.Graph, nodes: list[str], at: list[Place], name: str, colour: str) -> go.Scatter:
    about = [graph.nodes[node] for node in nodes]
    symbols = ["circle" if a["role"] == "core" else "circle-open" for a in about]
    text = [f"{chart_text(a['label'])}<br>{a['role']}" for a in about]
    marker = {"color": colour, "symbol": symbols, "size": 9}
    x, y = ([place[side] for place in at] for side in (0, 1))
    return go.Scatter(x=x, y=y, mode="markers", name=name, text=text, marker=marker, hovertemplate="%{text}")


def _group_of_account(store: Store, run: str | None) -> pl.DataFrame:
    """account and name of its group, in the report's order; no row without a run."""
    if run is None:
        return pl.DataFrame(schema={"account": pl.String, "name": pl.String})
    members = ask(store, "runs/members", run=run).select("group", "account")
    names = named_groups(store, run).select("group", "name")
    return names.join(members, on="group", maintain_order="left").select("account", "name")


def _colours(groups: list[str]) -> dict[str, str]:
    known = dict(zip(groups, [*COLOURS, *[OTHER_GROUPS] * len(groups)], strict=False))
    return known | {EVERYBODY: EVERYBODY_ELSE}


def _number(name: str) -> tuple[str, int]:
    kind, _, number = name.rpartition(" ")
    return kind, int(number)
