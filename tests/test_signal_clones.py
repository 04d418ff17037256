"""The signal of copied profiles: planted copies, groups drawn by chance, and what it says without data."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
import pytest
from campaign_analysis.account_frames import ALL_PROFILES, PROFILES
from campaign_analysis.clones import find_clones
from campaign_analysis.clones.relatives import NAMESAKES, relatives
from campaign_analysis.signals import Asked, named
from campaign_analysis.simulation.people import simulate_profiles
from campaign_analysis.simulation.quiet import Frames, framed
from scipy.stats import binom, fisher_exact

PEOPLE, PLANTED, SIZE, OTHERS = 6_000, 120, 30, 1_500
LOOK = named("clones").look


def as_frames(profiles: pl.DataFrame, accounts: list[str]) -> Frames:
    """What the store gives: the profiles of everybody, and of those who are asked about."""
    asked = profiles.filter(pl.col("account").is_in(accounts))
    columns = {name: asked[name] for name in PROFILES.columns if name in asked.columns}
    return {PROFILES.name: framed(PROFILES, **columns), ALL_PROFILES.name: profiles.select(*ALL_PROFILES.columns)}


@cache
def world(seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    return simulate_profiles(PEOPLE, PLANTED, seed=seed, parodies=20)


def drawn(seed: int, accounts: pl.Series, count: int) -> list[str]:
    return accounts.sort().sample(count, seed=seed).to_list()


@pytest.mark.parametrize("seed", range(3))
def test_a_group_with_copies_is_seen_whoever_was_copied(seed: int) -> None:
    """The originals are nearly all among those who are not read as others."""
    profiles, truth = world(seed)
    clones = truth.filter("guilty")
    group = [
        *clones["account"][:10],
        *drawn(seed, profiles["account"].filter(~profiles["account"].is_in(truth["account"])), 20),
    ]
    others = drawn(seed, profiles["account"], OTHERS)
    result = LOOK(Asked(frozenset(group), as_frames(profiles, [*group, *others]), frozenset(others)))
    assert result.p is not None and result.p < 1e-4 and result.speaks
    found = set(result.seen[0].accounts)
    assert len(found & set(clones["account"])) >= 7
    assert not found - set(clones["account"])
    originals = dict(
        clones.join(profiles.select(original="account", called="handle"), on="original")
        .select("account", "called")
        .iter_rows()
    )
    for sight in result.seen[1:]:
        assert f"is like @{originals[sight.accounts[0]]}, which is" in sight.what
    beside = len(set(others) - set(group))
    table = [[len(found), len(group) - len(found)]]
    k = int(result.seen[0].what.split(" and ")[-1].split()[0])
    table.append([k, beside - k])
    assert result.p == pytest.approx(fisher_exact(table, alternative="greater").pvalue)
    assert result.measure is not None and result.measure.value == len(found) / len(group)


def test_where_the_group_is_chance_p_keeps_its_promise() -> None:
    """One account in ten of the conversation is a copy; the binomial bound is passed once in 10,000 times."""
    p = []
    for seed in range(3):
        profiles, truth = world(seed)
        rest = drawn(seed, profiles["account"].filter(~profiles["account"].is_in(truth["account"])), 900)
        people = np.array([*rest, *truth["account"]])
        frames, known = as_frames(profiles, people.tolist()), {}
        for number in range(100):
            group = np.random.default_rng([seed, number]).choice(people, SIZE, replace=False)
            result = LOOK(Asked(frozenset(group.tolist()), frames, frozenset(people.tolist()), known))
            assert result.p is not None
            p.append(result.p)
    found = np.array(p)
    assert found.min() < 0.2  # it could have spoken
    for alpha in (0.1, 0.05, 0.01):
        assert (found <= alpha).sum() <= binom.ppf(0.9999, len(found), alpha)


def test_parodies_that_say_so_and_people_without_copies_are_silent() -> None:
    profiles, truth = world(0)
    parodies = truth.filter(~pl.col("guilty"))["account"].to_list()
    others = drawn(1, profiles["account"].filter(~profiles["account"].is_in(truth["account"])), OTHERS)
    result = LOOK(Asked(frozenset(parodies), as_frames(profiles, [*parodies, *others]), frozenset(others)))
    assert (result.p, result.seen) == (1.0, ())
    assert not result.speaks


def test_few_are_compared_and_most_copies_found_by_comparing_all_are_among_them() -> None:
    profiles, truth = world(1)
    accounts = [*truth["account"], *drawn(2, profiles["account"], 500)]
    few = relatives(profiles, accounts)
    assert few.columns == profiles.columns and set(accounts) <= set(few["account"]) and few.height < 0.8 * PEOPLE
    guilty = truth.filter("guilty")
    names = profiles["name"].str.strip_chars().str.to_lowercase().value_counts(name="bearers")
    rare = names.filter(pl.col("bearers") <= NAMESAKES).drop_nulls()["name"]
    kept = few["name"].drop_nulls().str.strip_chars().str.to_lowercase()
    assert set(kept) <= set(rare)  # a name that many bear is none
    bearers = profiles.filter(pl.col("name").str.strip_chars().str.to_lowercase().is_in(kept.implode()))
    assert set(bearers["account"]) <= set(few["account"])  # and of the others all bearers are there
    whole, part = (_pairs(frame).join(guilty, left_on="suspect", right_on="account") for frame in (profiles, few))
    assert whole.height > 90
    assert part.height >= 0.8 * whole.height


def _pairs(profiles: pl.DataFrame) -> pl.DataFrame:
    return find_clones(profiles).filter(pl.col("exempt").is_null()).select("original", "suspect").unique("suspect")


def test_what_is_not_known_is_said() -> None:
    profiles, _ = world(0)
    accounts = drawn(3, profiles["account"], 200)
    group = frozenset(accounts[:30])
    some = pl.col("account").is_in(accounts[:10])
    undated = profiles.with_columns(created_at=pl.when(~some).then("created_at"))
    result = LOOK(Asked(group, as_frames(undated, accounts)))
    assert result.p is not None
    assert "of 10 of 30 accounts name and handle, or the date, are not known" in result.notes
    nobody = LOOK(Asked(frozenset(accounts), as_frames(profiles, accounts)))
    assert "0 others are known" in str(nobody.untried)
    bare = profiles.with_columns(name=pl.lit(None, pl.String), handle=pl.lit(None, pl.String))
    assert "0 of 30 accounts and 0 others" in str(LOOK(Asked(group, as_frames(bare, accounts))).untried)
