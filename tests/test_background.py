"""What the crowd explains: kappa_0 on its clocks, kappa of both claims and the profile, by hand and by brute force."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from campaign_analysis.background import Background, background_of, uniform_chance
from campaign_analysis.events import SECOND, encode
from campaign_analysis.meetings import meetings_of
from campaign_analysis.repeats import repeats_of
from campaign_analysis.sessions import Scale, posts_of
from slow_method import BY_HAND, K0, K0_WIDE, NOON, Act, Slow, frame_of, random_acts
from slow_method import uniform_chance as counted

SEEDS = range(5)
SCALES = [(10, 600), (60, 240), (60, 1800), (300, 1800)]


def background(acts: list[Act], window: int, block: int) -> Background:
    events = encode(frame_of(acts))
    return background_of(events, posts_of(events), Scale(window, block))


def by_cell(acts: list[Act], b: Background, values: np.ndarray) -> dict[tuple[str, int], float]:
    """A value of each cell by its object's name and its block, as the slow method has them."""
    objects = encode(frame_of(acts)).objects.to_list()
    s = b.sessions
    blocks = s.block_time // (b.scale.block * 1000)
    return {
        (objects[o], int(blocks[k])): float(value)
        for o, k, value in zip(s.cell_object, s.cell_block, values, strict=True)
    }


@pytest.mark.parametrize(
    ("window", "block", "tick", "chance"),
    [
        (60, 240, 60, 10 / 16),  # a minute clock: the same minute or the next
        (60, 240, 1, 25_380 / 57_600),
        (60, 1800, 60, 88 / 900),
        (10, 600, 60, 1 / 10),  # under a minute means the same minute
        (59, 600, 60, 1 / 10),
        (1800, 1800, 1, 1.0),
        (60, 240, 86_400, 1.0),  # a clock coarser than the block: every act at the same moment
    ],
)
def test_chance_of_two_uniform_times(window: int, block: int, tick: int, chance: float) -> None:
    assert uniform_chance(window, block, tick) == pytest.approx(chance, rel=1e-12)


def test_on_a_minute_clock_four_minutes_hold_less_news() -> None:
    assert uniform_chance(60, 240, 60) == pytest.approx(0.63, abs=0.006)
    assert uniform_chance(60, 240, 1) == pytest.approx(0.44, abs=0.006)


@pytest.mark.parametrize(("scale", "tick"), list(product([(1, 10), (7, 50), (60, 240), (60, 600)], (1, 10, 60))))
def test_chance_of_two_uniform_times_by_counting(scale: tuple[int, int], tick: int) -> None:
    if scale[1] >= tick and scale[1] % tick == 0:
        assert uniform_chance(*scale, tick) == pytest.approx(counted(*scale, tick), rel=1e-12)


def test_kappa_and_profile_by_hand() -> None:
    b = background(BY_HAND, 60, 1800)
    assert b.uniform == pytest.approx(K0, rel=1e-12)
    # Only x is a passer-by, who could meet two: nobody in the first block, both in the second.
    passers_by = [10 * K0 / 12, (2 + 10 * K0) / 12]
    # Of all pairs but those that repeat: none of four, and four of four. The lesser is that of *together*.
    assert b.together.tolist() == pytest.approx([10 * K0 / 14, passers_by[1]], rel=1e-12)
    # T = 6 in both. Within a third of the block: 2 and 6. In the other block of the hour: C = 6 and C = 2 of 6.
    curve = [(2 * K0 / K0_WIDE + 10 * K0) / 16, (6 * K0 / K0_WIDE + 10 * K0) / 16]
    elsewhere = [(6 + 10 * K0) / 16, (2 + 10 * K0) / 16]
    assert b.elsewhere.tolist() == pytest.approx(elsewhere, rel=1e-12)
    in_step = [max(of_cell) for of_cell in zip(passers_by, curve, elsewhere, strict=True)]
    assert in_step == [elsewhere[0], passers_by[1]]
    assert b.in_step.tolist() == pytest.approx(in_step, rel=1e-12)
    # Outside the moment there is w in the first block, nobody in the second; in the other one there are three.
    assert b.session.tolist() == pytest.approx([1 + 3, 1 + 3], rel=1e-12)
    # u and v meet nobody else in the first block and weigh .05 each; in the second, half of whom they meet is x.
    assert b.profile.tolist() == pytest.approx([1 + 0.05 + 0.05 + 1, 1 + 0.5 + 0.5 + 1], rel=1e-12)


@pytest.mark.parametrize(("seed", "scale", "tick"), list(product(SEEDS, SCALES, (1, 60))))
def test_kappa_and_profile_are_those_of_the_slow_method(seed: int, scale: tuple[int, int], tick: int) -> None:
    acts = random_acts(seed, tick=tick)
    slow, b = Slow(acts, *scale, tick), background(acts, *scale)
    assert by_cell(acts, b, b.profile) == pytest.approx(slow.profile, rel=1e-12)
    assert by_cell(acts, b, b.session) == pytest.approx(slow.session, rel=1e-12)
    assert by_cell(acts, b, b.together) == pytest.approx({c: k[0] for c, k in slow.kappa.items()}, rel=1e-12)
    assert by_cell(acts, b, b.in_step) == pytest.approx({c: k[1] for c, k in slow.kappa.items()}, rel=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_co_acting_events_of_repeat_partners(seed: int) -> None:
    acts = random_acts(seed)
    slow, b = Slow(acts, 60, 1800, 1), background(acts, 60, 1800)
    events = encode(frame_of(acts))
    everybody = np.ones(len(events.accounts), dtype=np.bool_)
    shared = repeats_of(b.sessions, meetings_of(b.sessions, posts_of(events), 60 * SECOND), everybody)
    assert shared.pairs == b.pairs == len(slow.repeat)
    repeats = {cell: sum(slow.r[a] for a in inside) for cell, inside in slow.in_cell.items()}
    assert by_cell(acts, b, np.bincount(b.sessions.cell, weights=shared.met)) == repeats
    assert max(repeats.values()) > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_a_cascade_is_the_share_of_an_objects_event_pairs_that_co_act(seed: int) -> None:
    acts = random_acts(seed)
    slow, b = Slow(acts, 60, 1800, 1), background(acts, 60, 1800)
    for code, what in enumerate(encode(frame_of(acts)).objects):
        on = [a for a in slow.acts if a.what == what]
        pairs = sum(x.who != y.who for x in on for y in on)
        assert b.cascade[code] == pytest.approx(sum(slow.c[a] for a in on) / pairs, rel=1e-12)


def test_a_closed_circle_weighs_little_in_its_own_background_and_a_crowd_weighs_one() -> None:
    circle = [Act(f"ring{i}", "tag", NOON + block * 1800 + i) for i in range(10) for block in range(3)]
    crowd = [Act(f"c{block}.{i}", "crowd", NOON + block * 1800 + i) for i in range(10) for block in range(3)]
    profile = by_cell([*circle, *crowd], b := background([*circle, *crowd], 60, 1800), b.profile)
    assert {round(k, 9) for (what, _), k in profile.items() if what == "tag"} == {1 + 10 * 0.05}
    assert {k for (what, _), k in profile.items() if what == "crowd"} == {11.0}
