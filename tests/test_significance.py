"""Expected episodes against the slow method, tails against scipy, and the corrections for many tests."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from campaign_analysis import interest, significance
from campaign_analysis.background import Background, background_of
from campaign_analysis.combine import cauchy, over_layers
from campaign_analysis.events import Events, encode
from campaign_analysis.sessions import Scale, posts_of
from campaign_analysis.significance import step_up
from scipy import stats
from slow_habits import expected_in_step, habits_of
from slow_method import BY_HAND, K0, Act, Slow, frame_of, random_acts

SEEDS = range(6)
SCALES = [(10, 600), (60, 240), (60, 1800), (300, 1800)]


def prepared(acts: list[Act], window: int, block: int, one_object: bool = False) -> tuple[Events, Background]:
    events = encode(frame_of(acts), one_object)
    return events, background_of(events, posts_of(events), Scale(window, block))


def after_habits(slow: Slow) -> dict[tuple[str, str], list[float]]:
    """Expected episodes of each repeat pair under both claims, habits included."""
    habits = habits_of(slow, slow.repeat)
    return {pair: [slow.expected(*pair)[0], expected_in_step(slow, pair, habits)] for pair in slow.repeat}


def results_of(
    acts: list[Act], window: int, block: int, cut: float = 1.0, chosen: set[str] | None = None, one_object: bool = False
) -> dict[tuple[str, str], tuple[float, ...]]:
    """n, expected under both claims, p under both claims of each pair."""
    events, b = prepared(acts, window, block, one_object)
    names = events.accounts.to_list()
    mask = np.array([chosen is None or name in chosen for name in names])
    t = significance.test_pairs(b, interest.interest_of(b, mask), events.source, mask, cut)
    columns = zip(t.pair, t.n, t.together, t.in_step, t.p_together, t.p_in_step, strict=True)
    return {(names[b.u[i]], names[b.v[i]]): (int(n), *map(float, values)) for i, n, *values in columns}


def agree(found: dict[tuple[str, str], tuple[float, ...]], slow: Slow, rel: float) -> int:
    """Compare with the slow method; a pair that met but once, each post counted once, is tested no further."""
    slowly, once = after_habits(slow), 0
    for pair, (n, together, in_step, p, p_in_step) in found.items():
        assert n == slow.once_a_post(pair)
        once += n < 2
        expected = slowly[pair]
        assert together == pytest.approx(expected[0], rel=rel)
        assert in_step == pytest.approx(expected[1], rel=rel) if n > 1 else (p, p_in_step) == (1, 1)
    return once


@pytest.mark.parametrize(("seed", "scale", "tick"), list(product(SEEDS, SCALES, (1, 60))))
def test_expected_episodes_are_those_of_the_slow_method(seed: int, scale: tuple[int, int], tick: int) -> None:
    acts = random_acts(seed, tick=tick)
    slow, found = Slow(acts, *scale, tick), results_of(acts, *scale)
    assert set(found) == slow.repeat
    agree(found, slow, 1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_expected_episodes_with_many_objects_and_long_quiet(seed: int) -> None:
    """Objects in few cells of many blocks, and in more cells than a pair shares blocks: both ways through the sum."""
    acts = random_acts(seed, accounts=40, objects=12, posts=700, hours=72)
    slow, found = Slow(acts, 60, 600, 1), results_of(acts, 60, 600)
    assert len(found) > 20
    agree(found, slow, 1e-11)


@pytest.mark.parametrize("seed", SEEDS)
def test_expected_episodes_where_a_post_has_one_object(seed: int) -> None:
    acts = random_acts(seed)
    slow, found = Slow(acts, 60, 1800, 1, one_object=True), results_of(acts, 60, 1800, one_object=True)
    assert set(found) == slow.repeat
    assert agree(found, slow, 1e-12) == 0


def test_expected_episodes_by_hand() -> None:
    """u and v: two acts each, one in each of two blocks, K' 2.1 and 3, in step 4 and 4."""
    together = [(2 * 2.1 / 5.1, 10 * K0 / 14), (2 * 3 / 5.1, (2 + 10 * K0) / 12)]
    in_step = [(2 * 4 / 8, (6 + 10 * K0) / 16), (2 * 4 / 8, (2 + 10 * K0) / 12)]
    expected = [sum(1 - math.exp(-e * e * kappa) for e, kappa in claim) for claim in (together, in_step)]
    n, *found = results_of(BY_HAND, 60, 1800)["u", "v"]
    assert n == 2
    assert found[:2] == pytest.approx(expected, rel=1e-12)
    assert found[2:] == pytest.approx([stats.poisson.sf(1, e) for e in expected], rel=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_p_is_the_poisson_tail_and_in_step_asks_more(seed: int) -> None:
    for n, together, in_step, p, p_in_step in results_of(random_acts(seed), 60, 1800).values():
        tails = stats.poisson.sf(n - 1, [together, in_step]) if n > 1 else (1, 1)
        assert (p, p_in_step) == pytest.approx(tails, rel=1e-9)
        assert together <= in_step or n < 2
        assert p <= p_in_step


def test_what_is_given_up_could_not_pass_the_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Habits, which are asked of pairs in step by less than the cut alone, have the test after this one."""
    nothing = np.zeros(1000), np.ones(1000)
    monkeypatch.setattr(significance, "from_habits", lambda b, u, v: [column[: len(u)] for column in nothing])
    acts = random_acts(3, accounts=40, objects=12, posts=700, hours=72)
    exact = results_of(acts, 60, 600)
    cut = float(np.median([p for *_, p, _ in exact.values()]))
    hurried = results_of(acts, 60, 600, cut=cut)
    for pair, values in exact.items():
        p = values[3]
        if p <= cut:
            assert hurried[pair] == values
        else:
            assert hurried[pair][3:] == (1.0, 1.0)
            assert hurried[pair][1] <= values[1] * (1 + 1e-12)
    assert 0 < sum(v[3] == 1 for v in hurried.values()) < len(exact)


def test_habits_are_asked_of_all_pairs_that_could_be_in_step() -> None:
    acts = random_acts(3, accounts=40, objects=12, posts=700, hours=72)
    exact = results_of(acts, 60, 600)
    cut = float(np.median([p for *_, p in exact.values()]))
    hurried = results_of(acts, 60, 600, cut=cut)
    asked = [pair for pair, (*_, p) in hurried.items() if p <= cut]
    assert 0 < len(asked) < len(exact)
    for pair in asked:
        assert hurried[pair] == exact[pair]
    assert all(exact[pair][-1] > cut for pair in exact.keys() - set(asked))


def test_choosing_accounts_selects_whom_not_what() -> None:
    acts = random_acts(1)
    everybody = results_of(acts, 60, 1800)
    some = {"a0", "a1", "a2"}
    assert results_of(acts, 60, 1800, chosen=some) == {pair: v for pair, v in everybody.items() if set(pair) <= some}


@pytest.mark.parametrize("seed", SEEDS)
def test_renaming_accounts_and_objects_and_shifting_whole_blocks_change_no_number(seed: int) -> None:
    acts = random_acts(seed)
    other = {f"a{i}": f"z{9 - i}" for i in range(10)}
    moved = [Act(other[a.who], f"x{a.what}", a.when + 1800 * 24) for a in acts]
    renamed = {tuple(sorted((other[u], other[v]))): numbers for (u, v), numbers in results_of(acts, 60, 1800).items()}
    found = results_of(moved, 60, 1800)
    assert found.keys() == renamed.keys()
    for pair, numbers in found.items():
        assert numbers == pytest.approx(renamed[pair], rel=1e-9)  # sums in another order


def test_strangers_elsewhere_change_nothing() -> None:
    acts = random_acts(2)
    later = [Act(f"b{a.who}", f"p{a.what}", a.when + 86_400 * 30) for a in random_acts(7)]
    found = results_of([*acts, *later], 60, 1800)
    assert {pair: v for pair, v in found.items() if pair[0].startswith("a")} == results_of(acts, 60, 1800)


@pytest.mark.parametrize("seed", SEEDS)
def test_step_up_over_all_pairs_is_scipys(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n_accounts = int(rng.integers(5, 40))
    tests = n_accounts * (n_accounts - 1) // 2
    p = rng.random(int(rng.integers(1, tests))) ** 6
    p[: len(p) // 3] = p[0]  # ties
    every = np.concatenate((p, np.ones(tests - len(p))))
    expected = stats.false_discovery_control(every)[: len(p)]
    np.testing.assert_allclose(step_up(p * tests), expected, rtol=1e-12)


def test_step_up_of_nothing_and_of_p_that_underflow() -> None:
    assert len(step_up(np.empty(0))) == 0
    assert step_up(np.array([0.0, 1e-320, 1.0]) * 10**12).tolist()[0] == 0.0


def test_cauchy_by_hand() -> None:
    assert cauchy([0.02]) == 0.02
    mean = (math.tan((0.5 - 0.01) * math.pi) + math.tan((0.5 - 0.2) * math.pi)) / 2
    assert cauchy([0.01, 0.2]) == pytest.approx(0.5 - math.atan(mean) / math.pi, rel=1e-12)
    assert cauchy([0.2, 0.01]) == cauchy([0.01, 0.2])


@pytest.mark.parametrize("p", [1e-6, 1e-11, 1e-13, 1e-40, 1e-200])
def test_cauchy_keeps_the_precision_of_small_p(p: float) -> None:
    assert cauchy([p, p, p]) == pytest.approx(p, rel=1e-4)
    assert cauchy([p, 1.0]) == pytest.approx(2 * p, rel=1e-4)  # a silent layer costs its share, no more
    assert cauchy([p, 1.0, 1.0]) == pytest.approx(3 * p, rel=1e-4)


def test_cauchy_is_a_p_value_even_at_its_ends() -> None:
    assert cauchy([0.0, 0.5]) == pytest.approx(2e-300, rel=1e-4)
    assert cauchy([1.0]) == 1.0
    assert 0.5 <= cauchy([1.0, 1.0]) <= 1.0


@pytest.mark.parametrize("correlation", [0.0, 0.9])
def test_cauchy_holds_its_level_under_dependence(correlation: float) -> None:
    rng = np.random.default_rng(1)
    shared = rng.standard_normal((20_000, 1))
    own = rng.standard_normal((20_000, 3))
    p = stats.norm.sf(math.sqrt(correlation) * shared + math.sqrt(1 - correlation) * own)
    combined = np.array([cauchy(row) for row in p])
    assert np.mean(combined <= 0.01) <= 0.0125  # 200 expected of 20,000; three standard deviations above


def test_nine_silent_layers_cost_the_speaking_one_no_more_than_their_number() -> None:
    assert over_layers([0.0114], 10) == pytest.approx(0.114)  # the Cauchy combination says .49
    assert over_layers([0.004] * 10, 10) == pytest.approx(cauchy([0.004] * 10))  # that all say so counts
    assert over_layers([0.3], 10) == cauchy([0.3, *[1.0] * 9]) <= 1


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.9])
@pytest.mark.parametrize("heard", [0.05, 0.5, 1.0])
def test_p_over_layers_of_which_many_are_silent_holds_its_level(correlation: float, heard: float) -> None:
    rng = np.random.default_rng(2)
    shared = rng.standard_normal((20_000, 1))
    own = rng.standard_normal((20_000, 10))
    p = stats.norm.sf(math.sqrt(correlation) * shared + math.sqrt(1 - correlation) * own)
    joined = np.array([over_layers([one for one in row if one <= heard], 10) for row in p if row.min() <= heard])
    assert np.sum(joined <= 0.01) <= 250  # 200 expected, three and a half standard deviations above
