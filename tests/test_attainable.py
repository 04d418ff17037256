"""The false pairs that chance brings at each p: counted from what p can be, by all pairs or by a sample."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from campaign_analysis import attainable
from campaign_analysis.attainable import LEVELS, Chance, attained, chances_of, false_at
from campaign_analysis.background import Background, background_of
from campaign_analysis.events import Events, encode
from campaign_analysis.interest import interest_of
from campaign_analysis.sessions import Scale, corrections, posts_of
from campaign_analysis.significance import test_pairs as pairs_tested
from scipy import stats
from slow_method import Act, Slow, frame_of, random_acts

NOON = 1_700_000_000


def prepared(acts: list[Act], window: int, block: int) -> tuple[Events, Background]:
    events = encode(frame_of(acts))
    return events, background_of(events, posts_of(events), Scale(window, block))


def by_steps(expected: float, level: float) -> float:
    """The largest P(Poisson >= n), n two or more, that is at most a level, one n after the other."""
    return next(p for n in range(2, 200) if (p := float(stats.poisson.sf(n - 1, expected))) <= level)


@pytest.mark.parametrize("expected", [1e-7, 0.003, 0.2, 1.7, 6.0])
def test_the_largest_p_that_a_count_can_have_below_a_level(expected: float) -> None:
    sums = attained(np.array([expected]))
    for level, got in list(zip(LEVELS, sums, strict=True))[::16]:
        # Expectations are rounded up by a hundredth at most, and p grows with their n-th power.
        assert got <= level
        assert by_steps(expected, level) <= got * (1 + 1e-9) or got == pytest.approx(level, rel=0.5)


def test_sums_go_over_all_counts_and_none_is_expected_of_pairs_that_cannot_meet() -> None:
    one, other = attained(np.array([0.2])), attained(np.array([1.7]))
    assert attained(np.array([0.2, 0.0, 1.7, 0.2])) == pytest.approx(2 * one + other, rel=1e-9)
    assert attained(np.zeros(5)).tolist() == [0.0] * len(LEVELS)


def test_numbers_between_levels_are_those_of_the_next_above() -> None:
    numbers = np.arange(1.0, len(LEVELS) + 1)
    assert false_at(numbers, LEVELS).tolist() == numbers.tolist()
    between = np.sqrt(LEVELS[4] * LEVELS[5])
    assert false_at(numbers, np.array([between, 1.0, LEVELS[0] / 4])).tolist() == [6.0, len(LEVELS), 0.25]


def test_either_claim_has_its_number_and_those_of_several_scales_are_summed() -> None:
    chance = Chance(LEVELS * 10, LEVELS * 20)
    level = float(LEVELS[100])
    assert chance.false_pairs(np.array([level]), "together").tolist() == [level * 10]
    assert chance.false_pairs(np.array([level]), "in step").tolist() == [level * 20]
    assert (chance + Chance(LEVELS, LEVELS * 2)).in_step == pytest.approx(LEVELS * 22, rel=1e-12)
    assert chance.largest(level * 20) == level
    assert chance.largest(0.0) == 0.0


def test_pairs_that_habits_explain_count_by_what_these_let_them_attain() -> None:
    base = Chance(LEVELS * 10, attained(np.full(50, 0.1)))
    without, expected = np.array([0.1, 0.1, 0.3]), np.array([2.0, 0.1, 0.3])
    by_habits = base.with_habits(without, expected, 1.0)
    assert by_habits.together.tolist() == base.together.tolist()
    assert by_habits.in_step == pytest.approx(attained(np.array([0.1] * 49 + [2.0])), rel=1e-9)
    assert base.with_habits(without[1:], expected[1:], 1.0).in_step == pytest.approx(base.in_step, rel=1e-9)


def test_an_estimate_that_did_not_see_a_pair_is_not_lowered_below_nothing_by_it() -> None:
    nobody = Chance(np.zeros(len(LEVELS)), np.zeros(len(LEVELS)))
    counted = nobody.with_habits(np.array([0.1, 1.0]), np.array([0.2, 1.1]), 1.0).in_step
    assert (counted >= attained(np.array([0.2, 1.1]))).all()
    assert (np.diff(counted) >= 0).all()
    assert (counted > 0).any()


def test_a_p_that_is_multiplied_can_be_attained_at_a_level_so_many_times_higher() -> None:
    expected = np.array([0.003, 0.2, 0.2, 1.7])
    sixteen = len(LEVELS) - 1 - 16  # a power of ten apart
    assert attained(expected, 10.0)[16:] == pytest.approx(attained(expected)[: sixteen + 1], rel=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_a_scale_takes_of_the_error_what_its_weight_is(seed: int) -> None:
    acts = random_acts(seed)
    events, of_a_minute = prepared(acts, 60, 1800)
    of_five = prepared(acts, 300, 7200)[1]
    everybody = np.ones(len(events.accounts), dtype=np.bool_)
    light = replace(of_five, scale=Scale(300, 7200, weight=1 / 9))
    (alone,), (minute, five) = (chances_of(b, events.source, everybody) for b in ([of_five], [of_a_minute, light]))
    assert corrections([of_a_minute.scale, light.scale]) == pytest.approx([10 / 9, 10])
    assert five.in_step[16:] == pytest.approx(alone.in_step[:-16], rel=1e-9)  # levels that are ten times as high
    assert five.together[16:] == pytest.approx(alone.together[:-16], rel=1e-9)
    (by_itself,) = chances_of([of_a_minute], events.source, everybody)
    assert (minute.together <= by_itself.together * (1 + 1e-9)).all()


@pytest.mark.parametrize("seed", range(4))
def test_all_pairs_of_few_accounts_are_counted(seed: int) -> None:
    acts = random_acts(seed)
    events, background = prepared(acts, 60, 1800)
    names = events.accounts.to_list()
    slow = Slow(acts, 60, 1800, 1)
    every = [slow.expected(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    (chance,) = chances_of([background], events.source, np.ones(len(names), dtype=np.bool_))
    assert chance.together == pytest.approx(attained(np.array([e[0] for e in every])), rel=0.03)
    assert chance.in_step == pytest.approx(attained(np.array([e[1] for e in every])), rel=0.03)


def crowd(seed: int, accounts: int = 120) -> list[Act]:
    rng = random.Random(seed)
    return [
        Act(f"c{rng.randrange(accounts):03}", f"tag{rng.randrange(6)}", NOON + rng.randrange(86_400))
        for _ in range(accounts * 12)
    ]


def test_a_sample_says_about_what_all_pairs_say_and_never_less_by_much(monkeypatch: pytest.MonkeyPatch) -> None:
    events, background = prepared(crowd(1), 60, 1800)
    chosen = np.ones(len(events.accounts), dtype=np.bool_)
    every = chances_of([background], events.source, chosen)[0].together
    monkeypatch.setattr(attainable, "ACCOUNTS", 60)
    some = chances_of([background], events.source, chosen)[0].together
    from_unseen = 2 * 3 / 60 * LEVELS * 120 * 119 / 2
    fine = LEVELS > 1e-8
    assert some[fine] - from_unseen[fine] == pytest.approx(every[fine], rel=0.25)
    assert (some[fine] > every[fine] * 0.9).all()


def test_where_nobody_coordinates_no_more_pairs_come_below_a_level_than_are_expected() -> None:
    levels = [1e-1, 1e-2, 1e-3]
    seen, expected = np.zeros(3), np.zeros(3)
    for seed in range(12):
        events, background = prepared(crowd(seed), 60, 600)
        chosen = np.ones(len(events.accounts), dtype=np.bool_)
        p = pairs_tested(background, interest_of(background, chosen), events.source, chosen, 1.0).p_together
        seen += [(p <= level).sum() for level in levels]
        expected += chances_of([background], events.source, chosen)[0].false_pairs(np.array(levels), "together")
    assert (seen <= expected + 3 * np.sqrt(expected)).all()
    assert seen[0] > 0
