"""`campaign.notebook`: frames, graphs and figures say what the run found, and the exporters of networkx take them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import networkx as nx
import polars as pl
import pytest
from campaign_cypher import StoreTarget, connect
from campaign_cypher.store import GraphBatch, Store
from command import Corpus, told

from campaign import notebook
from campaign.failures import NotFoundError


@dataclass(frozen=True)
class Found:
    """A store with a run, and what the run printed."""

    store: Store
    result: dict[str, Any]

    @property
    def run(self) -> str:
        return str(self.result["run"]["id"])

    @property
    def tag(self) -> str:
        """The hashtag that the first campaign pushes most."""
        return str(next(g for g in self.result["groups"] if g["claim"] == "campaign")["hashtags"][0]["tag"])


@pytest.fixture(scope="module")
def found(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Found]:
    path = corpus.copy(tmp_path_factory.mktemp("notebook"))
    result = json.loads(told("detect", "--json", "--placebos", 0, "--store", path))
    with closing(notebook.open_graph(str(path))) as store:
        yield Found(store, result)


def test_a_stored_query_gives_a_typed_frame(found: Found) -> None:
    frame = notebook.ask(found.store, "hashtags/top", limit=3)
    assert frame.height == 3
    assert frame.schema["first"] == pl.Datetime("us", "UTC")


def test_the_groups_have_the_report_s_names_and_order(found: Found) -> None:
    named = notebook.named_groups(found.store, found.run)
    assert named["name"][0] == "Campaign 1"
    assert named["name"].n_unique() == named.height == len(found.result["groups"])
    claims = named["claim"].to_list()
    assert claims == sorted(claims)  # campaigns before gatherings
    assert {"campaign"} <= set(claims)


def test_the_network_holds_every_member_and_every_pair_once(found: Found) -> None:
    graph = notebook.network(found.store, found.run)
    members = {a["id"]: a for g in found.result["groups"] for a in g["accounts"]}
    assert set(graph) == set(members)
    inside = [e for e in found.result["edges"] if {e["a"], e["b"]} <= set(members)]
    assert {frozenset(e) for e in graph.edges} == {frozenset((e["a"], e["b"])) for e in inside}
    for a, b, edge in graph.edges(data=True):
        tests = [e for e in inside if {e["a"], e["b"]} == {a, b}]
        assert edge["p"] == min(t["p"] for t in tests)
        assert edge["claim"] == ("in step" if any(t["claim"] == "in step" for t in tests) else "together")
        assert edge["layers"].split() == sorted({t["layer"] for t in tests})
        assert edge["weight"] > 0
    for node, about in graph.nodes(data=True):
        assert (about["role"], about["episodes"]) == (members[node]["role"], members[node]["episodes"])


def test_a_group_s_network_is_its_own_part_of_the_run_s(found: Found) -> None:
    group = found.result["groups"][0]
    part = notebook.network(found.store, found.run, group["id"])
    whole = notebook.network(found.store, found.run)
    same = whole.subgraph(a["id"] for a in group["accounts"])
    assert nx.utils.graphs_equal(nx.Graph(part.edges), nx.Graph(same.edges))
    assert dict(part.nodes(data=True)) == dict(same.nodes(data=True))


def test_an_unknown_run_or_group_is_told(found: Found) -> None:
    with pytest.raises(NotFoundError, match="no run nothing"):
        notebook.network(found.store, "nothing")
    with pytest.raises(NotFoundError, match="has no group"):
        notebook.network(found.store, found.run, f"{found.run}-999")


def test_the_exporters_take_the_network_and_give_it_back(found: Found, tmp_path: Path) -> None:
    graph = notebook.network(found.store, found.run)
    nx.write_graphml(graph, tmp_path / "g.graphml")
    nx.write_gexf(graph, tmp_path / "g.gexf")
    for back in (nx.read_graphml(tmp_path / "g.graphml"), nx.read_gexf(tmp_path / "g.gexf")):
        assert set(back) == set(graph)
        for node, about in graph.nodes(data=True):
            assert {name: back.nodes[node][name] for name in about} == about
        for a, b, about in graph.edges(data=True):
            assert {name: back.edges[a, b][name] for name in about} == about


def test_exporters_take_what_strangers_call_themselves(found: Found, tmp_path: Path) -> None:
    evil = 'a\x08<b>&"\x1b[31m'
    account = found.result["groups"][0]["accounts"][0]["id"]
    named = pl.DataFrame({"id": [account], "handle": [evil], "name": [evil], "last_seen_at": [datetime(2030, 1, 1)]})
    copy = shutil.copy(found.store.address, tmp_path / "evil.lbug")
    with closing(connect(StoreTarget(str(copy)))) as store:
        store.write(GraphBatch(nodes={"Account": named}))
        graph = notebook.network(store, found.run)
    nx.write_graphml(graph, tmp_path / "g.graphml")
    nx.write_gexf(graph, tmp_path / "g.gexf")
    for back in (nx.read_graphml(tmp_path / "g.graphml"), nx.read_gexf(tmp_path / "g.gexf")):
        assert back.nodes[account]["label"] == 'a\ufffd<b>&"\ufffd[31m'
    figure = notebook.network_figure(graph)
    texts = [text for trace in figure.data for text in trace.text or ()]
    assert [text for text in texts if "b&gt;" in text] and not [text for text in texts if "<b>" in text]


def test_the_timeline_counts_every_post_once_and_parts_them_by_group(found: Found) -> None:
    posts = notebook.ask(found.store, "hashtags/posts", tags=[found.tag], limit=10**6)
    plain = notebook.timeline(found.store, found.tag, every="1d")
    assert [bar.name for bar in plain.data] == [notebook.EVERYBODY]
    days = posts.group_by(pl.col("created_at").dt.date().alias("day")).len().sort("day")
    assert [(x.date(), y) for x, y in zip(plain.data[0].x, plain.data[0].y, strict=True)] == list(days.iter_rows())
    parted = notebook.timeline(found.store, f"#{found.tag.upper()}", run=found.run, every="1d")
    by_name = {bar.name: sum(bar.y) for bar in parted.data}
    assert sum(by_name.values()) == posts.height
    first = next(
        g for g in found.result["groups"] if g["id"] == notebook.named_groups(found.store, found.run)["group"][0]
    )
    ids = [a["id"] for a in first["accounts"]]
    assert by_name["Campaign 1"] == posts.filter(pl.col("account").is_in(ids)).height > 0


def test_two_hashtags_of_one_post_are_one_post(found: Found) -> None:
    tags = notebook.ask(found.store, "hashtags/top", limit=40)["tag"].to_list()
    figure = notebook.timeline(found.store, *tags, every="1d")
    posts = notebook.ask(found.store, "hashtags/posts", tags=tags, limit=10**6)
    assert posts.select((pl.col("hashtags").list.len() > 1).any()).item()
    assert sum(figure.data[0].y) == posts["post"].n_unique()


def test_the_drawing_shows_every_account_and_every_pair(found: Found) -> None:
    graph = notebook.network(found.store, found.run)
    figure = notebook.network_figure(graph)
    drawn = {trace.name: trace for trace in figure.data}
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    assert sum(len(trace.x) for trace in dots) == len(graph)
    assert {trace.name for trace in dots} == set(nx.get_node_attributes(graph, "group").values())
    assert sum(len(drawn[claim].x) // 3 for claim in ("together", "in step")) == graph.number_of_edges()
    assert figure == notebook.network_figure(graph)
