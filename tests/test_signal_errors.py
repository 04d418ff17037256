"""The signals in conversations behind which there is nobody, and in those where something is: errors and sight."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import numpy as np
import polars as pl
import pytest
from campaign_analysis import permutation, signals
from campaign_analysis.account_frames import PROFILES, TIMES
from campaign_analysis.clock import clock_of
from campaign_analysis.signals import Asked
from campaign_analysis.simulation.plants import PLANTS
from campaign_analysis.simulation.quiet import Frames, quiet
from scipy.stats import binom

SEEDS, GROUPS, SIZE = 12, 12, 30
FEW_DRAWS = 199  # the number of draws does not change that p keeps its promise; its smallest value is 1 in 200


@cache
def worlds() -> tuple[Frames, ...]:
    return tuple(quiet(np.random.default_rng([seed, 9])) for seed in range(SEEDS))


def group_of(rng: np.random.Generator, frames: Frames) -> list[str]:
    return [str(a) for a in rng.choice(frames[PROFILES.name]["account"].to_numpy(), SIZE, replace=False)]


@cache
def quiet_p() -> dict[str, list[float]]:
    """p of every signal for groups that are drawn by chance."""
    found: dict[str, list[float]] = defaultdict(list)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(permutation, "DRAWS", FEW_DRAWS)
        for seed, frames in enumerate(worlds()):
            rng, known = np.random.default_rng([seed, 10]), {}
            for _ in range(GROUPS):
                group = frozenset(group_of(rng, frames))
                for name in PLANTS:
                    result = signals.named(name).look(Asked(group, frames, None, known))
                    if result.p is not None:
                        found[name].append(result.p)
    return found


@pytest.mark.parametrize("alpha", [0.1, 0.05, 0.01])
@pytest.mark.parametrize("name", PLANTS)
def test_where_nothing_happens_p_keeps_its_promise(name: str, alpha: float) -> None:
    """The binomial bound is passed by chance once in 10,000 times. More seeds: benchmarks/signal_errors.py."""
    p = np.array(quiet_p()[name])
    assert len(p) >= 40
    assert (p <= alpha).sum() <= binom.ppf(0.9999, len(p), alpha)


@pytest.mark.parametrize("name", PLANTS)
def test_what_is_planted_is_seen(name: str) -> None:
    speaking = 0
    for seed, frames in enumerate(worlds()[:5]):
        rng = np.random.default_rng([seed, 11])
        group = group_of(rng, frames)
        result = signals.named(name).look(Asked(frozenset(group), PLANTS[name](rng, frames, group)))
        speaking += result.p is not None and result.p <= 0.001
        if result.speaks:
            assert {a for sight in result.seen for a in sight.accounts} <= set(group)
    assert speaking >= 4


def test_others_that_are_named_are_the_only_ones_held_against() -> None:
    """A panel of several groups reads frames once: who is neither counts for nothing."""
    frames = worlds()[0]
    names = frames[PROFILES.name]["account"].to_list()
    group, others = frozenset(names[:40]), frozenset(names[60:])
    kept = {name: frame.filter(frame["account"].is_in([*group, *others])) for name, frame in frames.items()}
    for name in PLANTS:
        if name == "dark":
            continue  # its data end with everybody's last post
        signal = signals.named(name)
        assert signal.look(Asked(group, frames, others)) == signal.look(Asked(group, kept)), name


def test_a_clock_of_minutes_is_said() -> None:
    frames = worlds()[0]
    coarse = frames | {TIMES.name: frames[TIMES.name].with_columns(time=frames[TIMES.name]["time"] // 60_000 * 60_000)}
    assert clock_of(coarse[TIMES.name]["time"].to_numpy()) == 60_000
    group = frozenset(group_of(np.random.default_rng(1), frames))
    assert "clock is of minutes" in str(signals.named("seconds").look(Asked(group, coarse)).untried)
    assert any("clock is of minutes" in note for note in signals.named("gaps").look(Asked(group, coarse)).notes)


def test_who_comes_from_a_source_without_seconds_is_not_tried_for_them() -> None:
    """A ring out of an archive of minutes, a crowd with seconds; and a ring with seconds, beside such an archive.

    Five of the ring have fewer than ten posts.
    """
    frames = worlds()[0]
    ring = group_of(np.random.default_rng(1), frames)
    group = frozenset(ring)
    archived = signals.named("seconds").look(Asked(group, without_seconds_of(ring, frames)))
    assert archived.p is None
    assert "25 of its accounts and 0 others have all their posts at full minutes" in str(archived.untried)
    few = signals.named("seconds").look(Asked(group, without_seconds_of(ring[:3], frames)))
    assert few.p is not None
    assert few.p > 0.01
    assert few.notes[0].startswith("2 of its accounts and 0 others have all their posts at full minutes")
    others = [a for a in frames[PROFILES.name]["account"] if a not in group]
    planted = PLANTS["seconds"](np.random.default_rng(2), frames, ring)
    beside = signals.named("seconds").look(Asked(group, without_seconds_of(others[: len(others) * 3 // 4], planted)))
    assert beside.speaks, beside


def without_seconds_of(accounts: list[str], frames: Frames) -> Frames:
    full = pl.when(pl.col("account").is_in(accounts)).then(pl.col("time") // 60_000 * 60_000).otherwise("time")
    return frames | {TIMES.name: frames[TIMES.name].with_columns(time=full)}


def test_without_others_nothing_is_compared_and_that_is_said() -> None:
    frames = worlds()[0]
    everybody = frozenset(frames[PROFILES.name]["account"])
    for name in PLANTS:
        result = signals.named(name).look(Asked(everybody, frames))
        assert result.untried or any("nobody else" in note for note in result.notes), name
