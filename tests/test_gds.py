"""`detect --engine gds`: parts made inside the database on both lines, held against ours; refusals in one line."""

from __future__ import annotations

import json
from contextlib import closing

import polars as pl
import pytest
from campaign_analysis.communities import communities
from campaign_analysis.stability import alike
from campaign_cypher import StoreTarget
from campaign_cypher.errors import StoreError
from campaign_cypher.neo4j_gds import Algorithm
from campaign_cypher.neo4j_store import Neo4jStore
from command import Corpus, campaign, refused, told
from found import Found
from servers import delete_data, driver
from test_communities import frame, random_group

RINGS = [("a", 12), ("b", 20), ("c", 40)]
ALGORITHMS: list[Algorithm] = ["louvain", "leiden"]


def rings() -> pl.DataFrame:
    """Three rings, each joined to the next by one edge: `a, b, weight`."""
    edges = [edge for seed, (name, size) in enumerate(RINGS) for edge in random_group(name, size, 0.8, seed)]
    names = [edges[0][0], next(e for e in edges if e[0][0] == "b")[0], next(e for e in edges if e[0][0] == "c")[0]]
    return frame([*edges, (names[0], names[1]), (names[1], names[2])])


def login(target: StoreTarget) -> dict[str, str]:
    return {"NEO4J_USERNAME": target.username or "", "NEO4J_PASSWORD": target.password or ""}


# --- the seam: a method that is not ours


def test_a_method_from_elsewhere_parts_as_ours_where_it_gives_the_same_parts() -> None:
    edges = rings()
    ours = communities(edges)
    assert communities(edges, lambda given: communities(given)) == ours
    assert [len(part) for part in ours] == [size for _, size in RINGS]


def test_what_a_method_from_elsewhere_cuts_in_pieces_is_joined_again_and_what_it_leaves_together_stays() -> None:
    edges = rings()
    singles = sorted({*edges["a"], *edges["b"]})
    assert communities(edges, lambda _: [[name] for name in singles]) != [[name] for name in singles]
    assert communities(edges, lambda _: [singles]) == [singles]


# --- GDS


@pytest.mark.neo4j
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_gds_finds_the_rings_and_leaves_nothing_behind(each_line_target: StoreTarget, algorithm: Algorithm) -> None:
    delete_data(each_line_target)
    edges = rings()
    with closing(Neo4jStore(each_line_target)) as store:
        found = store.parts(edges, algorithm, seed=1)
        assert store.parts(edges.sample(fraction=1, shuffle=True, seed=3), algorithm, seed=1) == found
        assert store.parts(edges.clear(), algorithm, seed=1) == []
    assert alike(communities(edges), found) == 1.0
    with driver(each_line_target) as bare:
        for text in ("CALL gds.graph.list() YIELD graphName RETURN 1", "MATCH (n) RETURN 1 LIMIT 1"):
            assert bare.execute_query(text).records == []


@pytest.mark.neo4j
def test_gds_takes_the_weights_into_account(neo4j_target: StoreTarget) -> None:
    light = {("a", "b"): 9.0, ("c", "d"): 9.0, ("b", "c"): 0.1, ("a", "d"): 0.1}
    edges = pl.DataFrame([{"a": a, "b": b, "weight": w} for (a, b), w in light.items()])
    with closing(Neo4jStore(neo4j_target)) as store:
        assert store.parts(edges, "louvain", 1) == [["a", "b"], ["c", "d"]]
        turned = edges.with_columns(weight=9.1 - pl.col("weight"))
        assert store.parts(turned, "louvain", 1) == [["a", "d"], ["b", "c"]]


@pytest.mark.neo4j
def test_a_failure_inside_gds_is_one_line_and_leaves_no_projection(neo4j_target: StoreTarget) -> None:
    edges = rings().with_columns(weight=pl.lit("heavy"))
    with closing(Neo4jStore(neo4j_target)) as store, pytest.raises(StoreError) as failure:
        store.parts(edges, "louvain", 1)
    assert "\n" not in str(failure.value)
    with driver(neo4j_target) as bare:
        assert bare.execute_query("CALL gds.graph.list() YIELD graphName RETURN 1").records == []


@pytest.mark.neo4j
def test_detect_by_gds_makes_the_claims_of_detect_and_says_how_far_they_agree(
    corpus: Corpus, found: Found, each_line_target: StoreTarget
) -> None:
    """Those that `detect` makes of the same posts in an embedded store."""
    delete_data(each_line_target)
    at = ("--store", each_line_target.address)
    told("load", corpus.posts, *at, "--quiet", env=login(each_line_target))
    ask = ("detect", "--placebos", 0, "--layer", ",".join(found.answer["tested_pairs"]), *at)
    done = campaign(*ask, "--engine", "gds", "--json", env=login(each_line_target))
    ours, theirs = found.answer, json.loads(done.out)
    assert done.code == 0
    assert theirs["run"]["parameters"]["engine"] == "gds"
    assert theirs["run"]["id"] != ours["run"]["id"]
    (note,) = [note for note in theirs["run"]["notes"] if "GDS" in note]
    assert "Adjusted Rand index of the two: 1.000" in note
    assert note in done.err
    assert note in " ".join(told("runs", "show", theirs["run"]["id"], *at, env=login(each_line_target)).split())
    claims = [
        [(g["claim"], g["core"], sorted(a["id"] for a in g["accounts"])) for g in x["groups"]] for x in (ours, theirs)
    ]
    assert claims[0] == claims[1]
    assert "campaign" in {claim for claim, _, _ in claims[0]}


# --- refusals


def test_the_embedded_store_has_no_gds(corpus: Corpus) -> None:
    done = refused("detect", "--engine", "gds", "--store", corpus.store)
    assert done.code == 2
    assert "embedded store: `campaign neo4j start --with gds`" in done.err


@pytest.mark.neo4j
def test_a_server_without_gds_is_said(neo4j_target: StoreTarget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Neo4jStore, "_plugin", lambda self, function: None)
    done = refused("detect", "--engine", "gds", "--store", neo4j_target.address, env=login(neo4j_target))
    assert done.code == 2
    assert "has no GDS: install it there" in done.err


def test_what_gds_has_not_is_a_usage_error(corpus: Corpus) -> None:
    done = refused("detect", "--engine", "gds", "--community", "python-louvain", "--store", corpus.store)
    assert done.code == 2
    assert "no python-louvain: give --community louvain or leiden" in done.err
