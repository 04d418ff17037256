"""Communities: what is one group is not cut, what is joined by a thread is, and a seed gives the same answer again."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import community as python_louvain
import igraph
import networkx as nx
import numpy as np
import polars as pl
import pytest
from campaign_analysis.communities import Community, communities

METHODS: tuple[Community, ...] = ("louvain", "leiden")
both = pytest.mark.parametrize("method", METHODS)
seeds = pytest.mark.parametrize("seed", range(5))

Edges = list[tuple[str, str]]


def names(group: str, size: int) -> list[str]:
    return [f"{group}{i:03}" for i in range(size)]


def random_group(group: str, size: int, density: float, seed: int) -> Edges:
    """Each pair joined with the same chance, and a chain, so that the group hangs together."""
    rng = random.Random(seed)
    members = names(group, size)
    chain = set(pairwise(members))
    return [pair for pair in combinations(members, 2) if pair in chain or rng.random() < density]


def frame(edges: Edges, seed: int = 0) -> pl.DataFrame:
    """With weights such as significant pairs have."""
    rng = np.random.default_rng(seed)
    a, b = zip(*edges, strict=True)
    return pl.DataFrame({"a": a, "b": b, "weight": rng.uniform(6, 12, len(edges))})


def parts(edges: Edges, method: Community, seed: int = 1) -> set[frozenset[str]]:
    return {frozenset(p) for p in communities(frame(edges, seed), method, seed)}


@both
@seeds
@pytest.mark.parametrize(("size", "density"), [(10, 1.0), (128, 0.6), (40, 0.3)])
def test_a_dense_group_is_not_cut(size: int, density: float, seed: int, method: Community) -> None:
    assert parts(random_group("r", size, density, seed), method, seed) == {frozenset(names("r", size))}


@both
@seeds
def test_a_sparse_ring_is_not_cut(seed: int, method: Community) -> None:
    """Of a ring with low turn-out a tenth of the pairs stand out; Louvain alone cuts it at a modularity of .3."""
    edges = random_group("r", 30, 0.12, seed)
    assert parts(edges, method, seed) == {frozenset(names("r", 30))}


def test_louvain_alone_would_cut_the_sparse_ring() -> None:
    graph = igraph.Graph.TupleList(random_group("r", 30, 0.12, 1))
    assert len(graph.community_multilevel()) > 2


@both
@seeds
@pytest.mark.parametrize("density", [0.5, 0.2])
def test_two_rings_joined_by_one_edge_are_cut(density: float, seed: int, method: Community) -> None:
    edges = [*random_group("r", 30, density, seed), *random_group("s", 30, density, seed + 10), ("r003", "s007")]
    assert parts(edges, method, seed) == {frozenset(names("r", 30)), frozenset(names("s", 30))}


@both
@seeds
@pytest.mark.parametrize(("big", "small", "threads"), [((100, 0.4), 12, 1), ((100, 0.4), 12, 3), ((100, 0.05), 15, 1)])
def test_a_small_ring_that_hangs_on_a_big_one_is_cut_off(
    big: tuple[int, float], small: int, threads: int, seed: int, method: Community
) -> None:
    """Though the cut hardly raises the modularity of the whole."""
    joints = [(f"r{i + 3:03}", f"s{i + 7:03}") for i in range(threads)]
    edges = [*random_group("r", *big, seed), *random_group("s", small, 0.8, seed + 10), *joints]
    assert parts(edges, method, seed) == {frozenset(names("r", big[0])), frozenset(names("s", small))}


@both
@seeds
def test_two_groups_that_are_joined_throughout_are_one(seed: int, method: Community) -> None:
    rng = random.Random(seed)
    joints = [(r, s) for r in names("r", 30) for s in names("s", 30) if rng.random() < 0.35]
    edges = [*random_group("r", 30, 0.5, seed), *random_group("s", 30, 0.5, seed + 10), *joints]
    assert parts(edges, method, seed) == {frozenset(names("r", 30) + names("s", 30))}


@both
def test_components_are_never_joined(method: Community) -> None:
    edges = [pair for ring in "abcdef" for pair in random_group(ring, 15, 0.5, ord(ring))]
    assert parts(edges, method) == {frozenset(names(ring, 15)) for ring in "abcdef"}


@both
def test_a_lone_pair_is_a_part_and_nothing_is_nothing(method: Community) -> None:
    assert communities(frame([("a", "b")]), method) == [["a", "b"]]
    assert communities(frame([("a", "b")]).clear(), method) == []


@both
def test_every_account_is_in_one_part_and_parts_are_in_order(method: Community) -> None:
    edges = [*random_group("r", 40, 0.1, 1), *random_group("s", 40, 0.1, 2), ("r001", "s002"), ("x", "y")]
    found = communities(frame(edges), method)
    everybody = [name for part in found for name in part]
    assert sorted(everybody) == sorted({name for edge in edges for name in edge})
    assert found == sorted(sorted(part) for part in found)


def tangled(seed: int) -> Edges:
    """Groups that are joined so often that a cut depends on chance."""
    rng = random.Random(seed)
    edges = {pair for ring in "abcd" for pair in random_group(ring, 20, 0.3, seed + ord(ring))}
    everybody = [name for ring in "abcd" for name in names(ring, 20)]
    edges |= {tuple(sorted(rng.sample(everybody, 2))) for _ in range(90)}  # type: ignore[misc]
    return sorted(edges)


@both
@seeds
def test_the_same_seed_gives_the_same_parts_whatever_was_drawn_before(seed: int, method: Community) -> None:
    edges = frame(tangled(seed))
    first = communities(edges, method, seed)
    igraph.Graph.Erdos_Renyi(50, 0.1).community_multilevel()
    random.random()
    assert communities(edges, method, seed) == first


@both
@seeds
def test_order_of_edges_changes_nothing(seed: int, method: Community) -> None:
    edges = frame(tangled(seed))
    shuffled = edges.sample(fraction=1, shuffle=True, seed=seed)
    assert communities(shuffled, method, 3) == communities(edges, method, 3)


@both
def test_others_random_numbers_are_left_alone(method: Community) -> None:
    random.seed(5)
    expected = random.random()
    random.seed(5)
    communities(frame(tangled(1)), method, 1)
    assert random.random() == expected


def test_the_seed_reaches_the_algorithm() -> None:
    """Where the cut depends on chance, some seed cuts otherwise."""
    edges = frame(tangled(4))
    assert len({str(communities(edges, "louvain", seed)) for seed in range(30)}) > 1


def agreement(first: list[list[str]], second: list[list[str]]) -> float:
    """Adjusted Rand index of two partitions of the same names."""
    everybody = sorted(name for part in first for name in part)
    homes = [{name: i for i, part in enumerate(p) for name in part} for p in (first, second)]
    memberships = [[home[name] for name in everybody] for home in homes]
    return float(igraph.compare_communities(*memberships, method="adjusted_rand"))


def reference(edges: pl.DataFrame, seed: int) -> list[list[str]]:
    """python-louvain's partition."""
    graph = nx.Graph()
    graph.add_weighted_edges_from(edges.select("a", "b", "weight").iter_rows())
    home = python_louvain.best_partition(graph, weight="weight", random_state=seed)
    return [[name for name in home if home[name] == part] for part in set(home.values())]


@seeds
def test_python_louvain_agrees_on_clear_planted_partitions(seed: int) -> None:
    rng = random.Random(seed)
    sizes = {ring: rng.randint(12, 40) for ring in "abcdefgh"}
    edges = {pair for ring, size in sizes.items() for pair in random_group(ring, size, 0.6, seed + ord(ring))}
    everybody = [name for ring, size in sizes.items() for name in names(ring, size)]
    edges |= {tuple(sorted(rng.sample(everybody, 2))) for _ in range(40)}  # type: ignore[misc]
    edges_frame = frame(sorted(edges), seed)
    found = communities(edges_frame, "louvain", seed)
    assert agreement(found, reference(edges_frame, seed)) > 0.98
    assert agreement(found, [names(ring, size) for ring, size in sizes.items()]) > 0.98


def test_leiden_parts_what_louvains_resolution_limit_merges() -> None:
    """A necklace of many small rings, each joined to the next: Louvain takes neighbours together, Leiden does not."""
    rings = 200
    edges = [pair for i in range(rings) for pair in combinations(names(f"r{i:03}-", 5), 2)]
    edges += [(f"r{i:03}-004", f"r{i + 1:03}-000") for i in range(rings - 1)]
    truth = [names(f"r{i:03}-", 5) for i in range(rings)]
    assert agreement(communities(frame(edges), "leiden"), truth) == pytest.approx(1.0)
    assert agreement(reference(frame(edges), 1), truth) < 0.9
