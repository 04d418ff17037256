"""The counterfactual where it is known what each act was owed to, and the word that it gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from campaign_analysis.simulation.set_off import Caused, SetOff, caused
from campaign_analysis.trending.concentration import concentration
from campaign_analysis.trending.exposure import HOUR, Hours
from campaign_analysis.trending.owed import owed, spread
from campaign_analysis.trending.rising import Scan
from campaign_analysis.trending.without import Without, acts_of, without, word_of

SEEDS = 20


def drawn(truth: Caused, seed: int = 1) -> np.ndarray:
    found = owed(truth.group, truth.others, 0, truth.everybody, truth.past, truth.past_of_everybody, seed)
    return found.own.sum(axis=1)


@pytest.mark.parametrize("world", [SetOff(alpha=0.0), SetOff(alpha=1.0), SetOff(event=150, with_group=True)])
def test_nine_of_ten_intervals_hold_what_others_did_of_themselves(world: SetOff) -> None:
    """All of the table is in docs/trending.md. Of 20 at .9, 13 or fewer are seen once in 400."""
    held = 0
    for seed in range(SEEDS):
        truth = caused(world, seed)
        low, high = np.quantile(drawn(truth, seed), [0.05, 0.95])
        held += bool(low <= (~truth.set_off).sum() <= high)
    assert held >= 14


def test_where_an_event_comes_with_the_group_the_interval_is_wide() -> None:
    """One pulse at the moment of an event: nobody can tell which of the two brought what followed."""

    def width(world: SetOff) -> float:
        truth = caused(world, 3)
        low, high = np.quantile(drawn(truth), [0.05, 0.95])
        return float(high - low) / len(truth.others)

    alone = SetOff(pulses=1, members=100)
    assert width(replace(alone, event=200, with_group=True)) > 2 * width(replace(alone, pulses=6))


def test_who_did_nothing_set_off_nothing_and_the_same_seed_draws_the_same() -> None:
    truth = caused(SetOff(pulses=0, event=50), 1)
    assert set(drawn(truth)) == {len(truth.others)}
    pushed = caused(SetOff(), 2)
    assert (drawn(pushed, 5) == drawn(pushed, 5)).all()


def test_acts_of_one_minute_are_spread_over_it() -> None:
    even = spread(np.array([120, 60, 60, 60]), 60)
    assert even.tolist() == [70.0, 90.0, 110.0, 150.0]
    assert spread(np.array([7, 9]), 1).tolist() == [7.5, 9.5]


def test_what_is_its_own_is_counted_by_hour_and_between_moments() -> None:
    truth = caused(SetOff(), 4)
    found = owed(truth.group, truth.others, 0, truth.everybody, truth.past, truth.past_of_everybody)
    assert found.by_hour().shape == (len(found.own), len(truth.everybody))
    assert (found.by_hour().sum(axis=1) == found.own.sum(axis=1)).all()
    assert (found.by_hour()[:, :3].sum(axis=1) == found.between(0, 3 * HOUR)).all()


def table(group: int, crowd: int, passed: int = 0) -> pl.DataFrame:
    """Posts in the third hour of a day after a week: by members m, by others o, and others' retweets of m0."""
    at = (168 + 2) * HOUR
    rows = [("m", i % 12, None, 60 * i) for i in range(group)] + [("o", i, None, 1800 + i) for i in range(crowd)]
    rows += [("r", i, "m0", 2400 + i) for i in range(passed)]
    return pl.DataFrame(
        {
            "post": [f"{k}{i}-{n}" for n, (k, i, _, _) in enumerate(rows)],
            "account": [f"{k}{i}" for k, i, _, _ in rows],
            "at": [at + after for _, _, _, after in rows],
            "author": [author for _, _, author, _ in rows],
        },
        schema_overrides={"author": pl.String},
    )


def removed(posts: pl.DataFrame, who: set[str]) -> Without:
    acts = acts_of(posts)
    row = np.zeros(168 + 24, dtype=np.int64)
    np.add.at(row, acts["at"].to_numpy() // HOUR, 1)
    everybody = np.full(len(row), 200) + row
    hours = Hours(("t",), row[None], everybody, 0, 168)
    scan = Scan(0, 168 * 200.0, everybody[168:] - row[168:], {1: 1.5, 3: 1.5})
    return without(acts, who, hours, scan, 1e-4, ((168 + 2) * HOUR, (168 + 3) * HOUR))


MEMBERS = {f"m{i}" for i in range(12)}


def test_an_account_counts_once_an_hour() -> None:
    acts = acts_of(table(group=24, crowd=3))
    assert acts.height == 12 + 3
    assert acts.columns == ["account", "at", "author"]


def test_what_a_group_makes_alone_would_not_have_risen_without_it() -> None:
    found = removed(table(group=12, crowd=3, passed=5), MEMBERS)
    assert (found.acts, found.theirs, found.passed) == (20, 12, 5)
    assert found.rises == 0
    assert not found.rises_if_nothing_set_off
    assert found.since is None
    assert found.part[0] >= 17 / 20
    assert word_of(found, found, found, 0.0) == "pushed"


def test_a_crowd_rises_without_the_few_who_join_it() -> None:
    posts = table(group=12, crowd=300).with_columns(
        at=pl.col("at") + pl.when(pl.col("account").str.starts_with("m")).then(2600).otherwise(-1500)
    )
    found = removed(posts.with_columns(pl.col("at").clip(lower_bound=(168 + 2) * HOUR)), MEMBERS)
    assert found.rises == 1
    assert found.rises_if_nothing_set_off
    assert found.since == (170, 170, 170)
    assert found.part[2] < 0.5
    assert word_of(found, found, found, 0.0) == "organic"


def test_words() -> None:
    base = Without(100, 5, 0, 60, 70, 80, 0.5, True, None)
    assert word_of(None, None, None, 0.0) == "organic"
    assert word_of(None, None, None, 0.6) == "cannot tell"
    assert word_of(base, base, base, 0.0) == "cannot tell"
    most = replace(base, theirs=40, low=20, middle=30, high=45)
    assert word_of(most, most, most, 0.0) == "pushed"  # half of it at the low end, though it may have risen without
    assert word_of(most, most, replace(base, theirs=5), 0.0) == "cannot tell"  # the cores made too little themselves
    never = replace(base, rises=0.0)
    assert word_of(never, never, replace(base, theirs=20), 0.0) == "pushed"
    still = replace(base, rises=1.0)
    assert word_of(still, still, still, 0.0) == "organic"
    assert word_of(still, still, still, 0.6) == "cannot tell"
    for seen in (None, still):
        assert [word_of(seen, seen, seen, 0.0, clock) for clock in (1, 1800, 3600, 86_400)] == [
            *("organic", "organic"),
            *("cannot tell", "cannot tell"),
        ]
    assert [word_of(most, most, most, 0.0, clock) for clock in (3600, 7200)] == ["pushed", "cannot tell"]


def test_concentration_by_hand() -> None:
    posts = pl.DataFrame(
        {"account": ["a"] * 60 + [f"b{i}" for i in range(140)], "kind": ["retweet"] * 50 + ["original"] * 150}
    )
    found = concentration(posts)
    assert (found.posts, found.accounts) == (200, 141)
    assert found.busiest == pytest.approx((60 + 49) / 200)
    assert found.retweets == pytest.approx(0.25)
    assert found.ctm == pytest.approx(2.5 + 54.5 + 200 / 141)
    assert not found.enough
