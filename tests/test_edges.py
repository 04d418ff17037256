"""From events to edges: several scales, all pairs tested, the false discovery rate, and what is refused."""

from __future__ import annotations

import random
from functools import cache
from itertools import combinations

import numpy as np
import polars as pl
import pytest
from campaign_analysis.edges import find_edges
from campaign_analysis.errors import AnalysisError
from campaign_analysis.results import EDGE_SCHEMA
from campaign_analysis.sessions import Scale
from scipy import stats
from slow_habits import expected_in_step, habits_of
from slow_method import NOON, Act, Slow, frame_of, random_acts

SCALES = (Scale(60, 240), Scale(60, 1800), Scale(300, 1800, weight=0.5))
WEIGHTS = 2.5
ROUNDED = 1.35
Pair = tuple[str, str]
Numbers = tuple[int, int, int, float, float, float]


def ring(members: int, actions: int, seed: int = 1) -> list[Act]:
    """Members that act within a minute of each other, on three tags in turn, at moments far apart."""
    rng = random.Random(seed)
    return [
        Act(f"ring{m}", f"tag{n % 3}", NOON + n * 40_000 + rng.randrange(60))
        for n in range(actions)
        for m in range(members)
        if rng.random() < 0.8
    ]


def crowd(seed: int = 1, accounts: int = 60, posts: int = 600) -> list[Act]:
    """Accounts that use a few tags at any time of ten days."""
    rng = random.Random(seed)
    return [
        Act(f"c{rng.randrange(accounts)}", f"tag{rng.randrange(12)}", NOON + rng.randrange(10 * 86_400))
        for _ in range(posts)
    ]


@cache
def slow_edges(acts: tuple[Act, ...], claim: str, fdr: float) -> dict[Pair, Numbers]:
    """window, block, n, expected, p, q of each edge, from the slow method and scipy: those that keep to the rate among
    the pairs of their window, and of these those that do among all."""
    rows, every = slow_pairs(acts, claim)
    stays = slow_edges(acts, "in step", fdr).keys() if claim == "together" else None
    best: dict[Pair, Numbers] = {}
    for scale, of_scale in rows.items():
        for pair, row in of_scale.items():
            if stays is None or scale.weight == 1 or pair in stays:  # one of less weight is for those in step alone
                best[pair] = min(best.get(pair, row), row, key=lambda row: (row[4], *row))
    kept: dict[Pair, Numbers] = {}
    for window in {scale.window for scale in SCALES}:
        kept |= rated({pair: row for pair, row in best.items() if row[0] == window}, every, {window}, fdr)
    return rated(kept, every, {scale.window for scale in SCALES}, fdr)


Expected = dict[Scale, np.ndarray]


def rated(rows: dict[Pair, Numbers], every: Expected, windows: set[int], fdr: float) -> dict[Pair, Numbers]:
    """Those with q <= fdr, with it, where pairs may be false at the scales of these windows."""
    ordered = sorted(rows.items(), key=lambda item: item[1][4])
    of = [scale for scale in SCALES if scale.window in windows]
    rates = [
        sum(false_pairs(every[s], row[4] * s.weight / WEIGHTS) for s in of) / rank
        for rank, (_, row) in enumerate(ordered, 1)
    ]
    with_q = {pair: (*row[:5], min(1.0, *rates[i:])) for i, (pair, row) in enumerate(ordered)}
    return {pair: row for pair, row in with_q.items() if row[5] <= fdr}


@cache
def slow_pairs(acts: tuple[Act, ...], claim: str) -> tuple[dict[Scale, dict[Pair, Numbers]], Expected]:
    """Each pair that met twice or more, by posts that count once, at each scale, q left out; and the p of
    two episodes and more of what each pair expects: *in step* with its habits, where these are asked.
    """
    rows: dict[Scale, dict[Pair, Numbers]] = {}
    every: Expected = {}
    accounts = sorted({a.who for a in acts})
    for scale in SCALES:
        slow, rows[scale] = Slow(list(acts), scale.window, scale.block, 1), {}
        expects = {pair: slow.expected(*pair)[claim == "in step"] for pair in combinations(accounts, 2)}
        habits = habits_of(slow, slow.repeat)
        for pair in slow.repeat:
            n, expected = slow.once_a_post(pair), slow.expected(*pair)[0]
            if n < 2:
                continue
            if claim == "in step":
                expected = max(expects[pair], expected_in_step(slow, pair, habits))
                expects[pair] = expected
            p = min(1.0, float(stats.poisson.sf(n - 1, expected)) * WEIGHTS / scale.weight)
            rows[scale][pair] = (scale.window, scale.block, n, expected, p, 1.0)
        every[scale] = stats.poisson.sf(np.arange(1, 80)[:, None], np.array(list(expects.values())))
    return rows, every


def false_pairs(tails: np.ndarray, level: float) -> float:
    """The sum of the largest p that each pair's episodes, two or more, can have at or below a level."""
    return float(np.where(tails <= level * (1 + 1e-9), tails, 0.0).max(axis=0).sum())


def as_dict(edges: pl.DataFrame, claim: str) -> dict[Pair, Numbers]:
    rows = edges.filter(claim=claim).select("a", "b", "window", "block", "n", "expected", "p", "q").iter_rows()
    return {(a, b): tuple(rest) for a, b, *rest in rows}


def surely(acts: tuple[Act, ...], claim: str, fdr: float) -> set[Pair]:
    """Pairs that are edges however chance is rounded: who is in step must be together too, and those who may be in step
    or not may be together at another scale, where they fail."""
    low, high = fdr / ROUNDED, fdr * 1.1
    in_step, perhaps = (slow_edges(acts, "in step", rate).keys() for rate in (low, high))
    together = slow_edges(acts, "together", low).keys() - (perhaps - in_step)
    return in_step & together if claim == "in step" else together


@pytest.mark.parametrize("fdr", [0.01, 0.3])
@pytest.mark.parametrize("seed", range(4))
def test_edges_are_those_of_the_slow_method_at_scipys_false_discovery_rate(seed: int, fdr: float) -> None:
    acts = (*crowd(seed), *ring(8, 9, seed), *random_acts(seed, accounts=12, posts=250, hours=40))
    accounts = {a.who for a in acts}
    found = find_edges("hashtag", frame_of(list(acts)), SCALES, fdr)
    assert (found.tested_pairs, found.accounts) == (len(accounts) * (len(accounts) - 1) // 2, len(accounts))
    for claim in ("together", "in step"):
        got = as_dict(found.edges, claim)
        # False pairs are counted at levels of p that are 15 % apart, and expectations are rounded by a hundredth.
        fewer, more = (slow_edges(acts, claim, rate) for rate in (fdr / ROUNDED, fdr * 1.1))
        assert surely(acts, claim, fdr) <= got.keys() <= more.keys()
        assert len(got) > 3
        for pair, numbers in got.items():
            assert numbers[:5] == pytest.approx(more[pair][:5], rel=1e-9)
            assert more[pair][5] / 1.1 <= numbers[5] <= min(fdr, fewer.get(pair, more[pair])[5] * ROUNDED)


def test_edges_have_their_schema_and_order() -> None:
    edges = find_edges("hashtag", frame_of([*crowd(), *ring(8, 7)]), SCALES, 0.01).edges
    assert dict(edges.schema) == EDGE_SCHEMA
    assert (edges["a"] < edges["b"]).all()
    assert edges.equals(edges.sort("claim", "p", "a", "b"))
    assert set(edges["layer"]) == {"hashtag"}
    assert edges.height == edges.select("a", "b", "claim").unique().height


def test_who_is_in_step_is_together() -> None:
    for seed in range(4):
        edges = find_edges("hashtag", frame_of([*crowd(seed), *ring(8, 6, seed)]), SCALES, 0.2).edges
        together, in_step = (as_dict(edges, claim) for claim in ("together", "in step"))
        assert in_step.keys() <= together.keys()
        assert all(together[pair][5] <= in_step[pair][5] for pair in in_step)


def test_chosen_accounts_are_tested_against_everybody() -> None:
    frame = frame_of([*crowd(), *ring(8, 7)])
    chosen = pl.Series([f"ring{i}" for i in range(5)] + ["nobody", "ring0"])
    some, every = (find_edges("hashtag", frame, SCALES, 0.01, who) for who in (chosen, None))
    assert (some.accounts, some.tested_pairs) == (5, 10)
    among, alone = (
        as_dict(e.filter(pl.col("a").is_in(chosen.implode()) & pl.col("b").is_in(chosen.implode())), "together")
        for e in (every.edges, some.edges)
    )
    assert len(among) > 0
    assert among.keys() <= alone.keys()  # fewer tests to correct for
    for pair, numbers in among.items():
        assert alone[pair][:5] == numbers[:5]  # the same background
        assert alone[pair][5] < numbers[5]
    assert some.fingerprint == every.fingerprint


def test_whoever_could_have_acted_is_tested_but_who_meets_nobody_adds_no_false_pairs() -> None:
    frame = frame_of(ring(8, 7))
    population = pl.Series([f"ring{i}" for i in range(8)] + [f"silent{i}" for i in range(92)])
    found = find_edges("text", frame, SCALES, 0.01, population=population)
    assert (found.accounts, found.tested_pairs) == (100, 4950)
    alone = find_edges("text", frame, SCALES, 0.01)
    assert alone.tested_pairs == 28
    assert found.edges.equals(alone.edges)


def test_another_scale_costs_its_share() -> None:
    frame = frame_of([*crowd(), *ring(8, 12)])
    one, two = (as_dict(find_edges("x", frame, s, 0.05).edges, "together") for s in (SCALES[:1], (*SCALES[:1],) * 2))
    assert two.keys() <= one.keys()
    assert len(two) > 3
    assert all(two[pair][4] == pytest.approx(2 * one[pair][4], rel=1e-12) for pair in two)
    assert all(two[pair][5] > one[pair][5] for pair in two)


@pytest.mark.parametrize(
    "frame",
    [
        frame_of([]),
        frame_of([Act("u", "tag", NOON)]),
        frame_of([Act("u", "tag", NOON + i * 5000) for i in range(20)]),
        frame_of([Act(f"u{i}", "tag", NOON) for i in range(50)]),
        frame_of([Act(f"u{i}", f"tag{j}", NOON) for i in range(20) for j in range(20)]),
        frame_of([Act(f"u{i}", "tag", NOON + i * 1e9) for i in range(-3, 4)]),
    ],
    ids=["nothing", "one act", "one account", "one instant", "one instant, many tags", "huge gaps"],
)
def test_nothing_is_found_where_there_is_nothing(frame: pl.DataFrame) -> None:
    found = find_edges("hashtag", frame, SCALES, 0.01)
    assert dict(found.edges.schema) == EDGE_SCHEMA
    assert found.edges.is_empty()
    accounts = frame["account"].n_unique()
    assert (found.accounts, found.tested_pairs) == (accounts, accounts * (accounts - 1) // 2)


@pytest.mark.parametrize(
    ("scale", "told"),
    [
        (Scale(0, 240), "longer than nothing"),
        (Scale(-60, 240), "longer than nothing"),
        (Scale(60, 0), "longer than nothing"),
        (Scale(60, 119), "at least two windows"),
    ],
)
def test_scales_that_make_no_sense_are_refused(scale: Scale, told: str) -> None:
    with pytest.raises(AnalysisError, match=told) as refused:
        find_edges("hashtag", frame_of(crowd()), (Scale(60, 240), scale), 0.01)
    assert "\n" not in str(refused.value)


def test_a_block_of_two_windows_is_allowed() -> None:
    found = find_edges("hashtag", frame_of(crowd()), (Scale(60, 120),), 0.01)
    assert found.tested_pairs > 0
    assert found.chance is not None


@pytest.mark.parametrize("seed", range(3))
def test_order_of_rows_changes_nothing(seed: int) -> None:
    frame = frame_of([*crowd(seed), *ring(8, 7, seed)])
    first = find_edges("hashtag", frame, SCALES, 0.05)
    again = find_edges("hashtag", frame.sample(fraction=1, shuffle=True, seed=seed), SCALES, 0.05)
    assert first.edges.equals(again.edges)
    assert first.fingerprint == again.fingerprint
