"""The audit of followers: known lots are found with their bounds, nothing is found where nothing was bought."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from campaign_analysis.errors import AnalysisError
from campaign_analysis.followers.audit import Audit, audit
from campaign_analysis.followers.lots import best_stretch, interval
from campaign_analysis.followers.order import followed_after
from campaign_analysis.followers.scan import CUT, DAY, FACTOR, FLOOR, NEWCOMER, scan, tail
from campaign_analysis.simulation.audiences import Audience, simulate_audience
from campaign_analysis.simulation.audiences.bought import LEAST, MOST, Kind, sizes
from scipy import stats

SEEN = datetime(2018, 1, 1, tzinfo=UTC)


def audited(followers: pl.DataFrame) -> Audit:
    return audit("x:1", followers, platform="x", seen_at=SEEN)


# --- the parts


def test_the_bound_is_a_running_maximum_that_two_wrong_dates_do_not_move() -> None:
    made = np.array([5.0, 1.0, 3.0, 99.0, 4.0, 98.0, 6.0, 7.0])
    # the third largest so far
    again = [sorted(made[: i + 1])[-3] if i >= 2 else -np.inf for i in range(len(made))]
    assert followed_after(made).tolist() == again


def test_the_best_stretch_is_the_one_of_the_largest_sum() -> None:
    score = np.random.default_rng(1).normal(size=40)
    every = {(i, j): score[i:j].sum() for i in range(40) for j in range(i + 1, 41)}
    assert best_stretch(score) == max(every, key=lambda pair: every[pair])


@pytest.mark.parametrize("k", [0, 1, 7, 300])
def test_the_interval_of_a_count(k: int) -> None:
    low, high = interval(k)
    assert stats.poisson.sf(k - 1, low) == pytest.approx(0.0125) if k else low == 0
    assert stats.poisson.cdf(k, high) == pytest.approx(0.0125)


def test_cells_are_those_that_a_plain_loop_finds() -> None:
    """Runs of 100 and windows of 7 days, counted and tested one by one."""
    rng = np.random.default_rng(3)
    made = np.sort(rng.random(900)) * 400 * DAY - rng.exponential(60, 900) * DAY
    made[420:500] = 30 * DAY + rng.random(80) * 5 * DAY
    after = followed_after(made)
    after[:2] = made[0]
    cells = scan(made, after)
    chosen = (cells.last - cells.first == 100) & (np.abs(cells.made_until - cells.made_from - 7 * DAY) < 1)
    found = {(int(f), round(a - made.min())): (int(k), p) for f, a, k, p in _rows(cells, chosen)}
    again = _plain(made, after)
    assert found.keys() == again.keys() and found
    for cell, (k, p) in found.items():
        assert (k, p) == (again[cell][0], pytest.approx(again[cell][1]))


def test_the_test_of_a_cell_holds_where_the_odds_are_doubled() -> None:
    """The largest that the null allows: P(p <= a) <= a, and not much less."""
    rng = np.random.default_rng(5)
    k, m = rng.poisson(FACTOR * 30, 40_000), rng.poisson(60, 40_000)
    p = tail(k, m, 100, np.full(len(k), 200))
    for alpha in (0.1, 0.05, 0.01):
        rejected = (p <= alpha).mean()
        assert 0.5 * alpha < rejected <= alpha + 3 * np.sqrt(alpha / len(p))


def _rows(cells: object, chosen: np.ndarray) -> list[tuple[float, ...]]:
    parts = [getattr(cells, name)[chosen] for name in ("first", "made_from", "k", "p")]
    return list(zip(*parts, strict=True))


def _plain(made: np.ndarray, after: np.ndarray) -> dict[tuple[int, int], tuple[int, float]]:
    half, origin, found = 3.5 * DAY, made.min(), {}
    age = after - made
    for first in range(0, len(made) - 99, 50):
        last, middle = first + 100, after[first + 50]
        sides = [slice(max(0, first - 200), first), slice(last, last + 200)]
        for b in range(int((made.max() - origin) / half) + 1):
            lo, hi = origin + b * half, origin + (b + 2) * half
            own = made[first:last]
            k = int(((own >= lo) & (own < hi) & (age[first:last] >= NEWCOMER)).sum())
            ps, shares = [], []
            for side in sides:
                size = len(made[side])
                if size < 50 or k < 10:
                    continue
                dates = int(((made[side] >= lo) & (made[side] < hi)).sum())
                place = np.floor((middle - origin) / half - b - 2)
                old = np.floor(age[side] / half)
                old[age[side] < NEWCOMER] = -1
                m = max(dates, int(((old >= max(place, 0)) & (old < place + 3)).sum()))
                shares.append(m / size)
                ps.append(stats.binom.sf(k - 1, k + m, FACTOR * 100 / (FACTOR * 100 + size)))
            if ps and max(ps) <= CUT and k / 100 - FACTOR * max(shares) >= FLOOR:
                found[first, round(b * half)] = (k, max(ps))
    return found


def test_lots_have_sizes_in_which_followers_are_sold() -> None:
    rng = np.random.default_rng(1)
    for total in (499, 500, 2_000, 60_000):
        lots = sizes(rng, total)
        assert sum(lots) == (total if total >= LEAST else 0)
        assert all(LEAST <= lot <= MOST for lot in lots)


# --- worlds whose truth is known


@pytest.mark.parametrize("followers", [600, 3_000, 12_000])
def test_nothing_is_found_where_nothing_was_bought(followers: int) -> None:
    """P(p <= a) <= a, with three viral days each, newcomers and crowds from elsewhere among them."""
    seeds = {600: 100, 3_000: 60, 12_000: 30}[followers]
    p = np.array([audited(simulate_audience(seed, Audience(followers=followers))).p for seed in range(seeds)])
    for alpha in (0.1, 0.05, 0.01):
        # more than a binomial 99.9 % bound would show that the stated error does not hold
        assert (p <= alpha).sum() <= stats.binom.ppf(0.999, seeds, alpha)
    assert (p <= 0.01).sum() == 0


@pytest.mark.parametrize(("kind", "least"), [("aged", 0.95), ("fresh", 0.5)])
def test_lots_are_found_with_their_bounds(kind: Kind, least: float) -> None:
    found, planted, covered, lots = 0, 0, 0, 0
    for seed in range(8):
        truth = simulate_audience(seed, Audience(followers=10_000), bought=0.2, kinds=(kind,))
        result = audited(truth)
        marked = result.followers.join(truth.select("follower", sold="lot"), on="follower")
        inside = marked.filter(pl.col("lot").is_not_null())
        hit = inside.group_by("sold").len()
        for lot, size in truth.drop_nulls("lot").group_by("lot").len().iter_rows():
            planted += 1
            found += hit.filter(sold=lot)["len"].sum() >= size / 2
        for number, lot in enumerate(result.lots):
            sold = inside.filter(lot=number)["sold"].count()
            assert sold > 0.8 * lot.size  # no lot of followers who came by themselves
            lots += 1
            covered += lot.low <= sold <= lot.high
        assert result.share <= 0.22
        assert (result.p < 1e-6) == bool(result.lots)
    assert found >= least * planted
    assert covered >= 0.85 * lots


def test_mixed_lots_are_out_of_sight() -> None:
    truth = simulate_audience(1, Audience(followers=10_000), bought=0.2, kinds=("mixed",))
    assert audited(truth).lots == ()


def test_the_newest_lot_is_seen_at_the_edge() -> None:
    organic = simulate_audience(2, Audience(followers=3_000)).select("follower", "rank", "created_at")
    lot = pl.DataFrame(
        {
            "follower": [f"b{i}" for i in range(800)],
            "rank": range(1, 801),
            "created_at": [datetime(2016, 5, 1 + i % 9, tzinfo=UTC) for i in range(800)],
        }
    )
    both = pl.concat([lot, organic.with_columns(pl.col("rank") + 800)], how="vertical_relaxed")
    (found,) = audited(both).lots
    assert (found.rank_from, found.at_edge) == (1, True)
    assert 780 <= found.rank_to <= 820
    assert found.low <= 800 <= found.high


# --- what is not as it should be


def test_what_cannot_be_concluded_is_said() -> None:
    followers = simulate_audience(1, Audience(followers=400)).select("follower", "rank", "created_at")
    nothing = audited(followers.clear())
    assert nothing.why_not == "no list of its followers is loaded"
    unordered = audited(followers.with_columns(rank=pl.lit(None, pl.Int64)))
    assert unordered.why_not and unordered.why_not.startswith("the order in which they followed is not known")
    undated = audited(followers.with_columns(created_at=pl.lit(None, pl.Datetime("us", "UTC"))))
    assert undated.why_not and "load their profiles" in undated.why_not
    assert undated.without_date == 400
    ten = audited(followers.head(10))
    assert ten.why_not and "10 with dates are too few" in ten.why_not
    assert {result.p for result in (nothing, unordered, undated, ten)} == {1.0}
    with pytest.raises(AnalysisError, match="lacks created_at"):
        audited(followers.drop("created_at"))


def test_impossible_dates_are_counted_and_left_out() -> None:
    truth = simulate_audience(3, Audience(followers=6_000), bought=0.2, kinds=("aged",))
    wrong = pl.when(pl.col("rank") % 500 == 1)
    odd = (
        wrong.then(datetime(1970, 1, 1, tzinfo=UTC))
        .when(pl.col("rank") % 500 == 2)
        .then(datetime(2030, 1, 1, tzinfo=UTC))
    )
    result = audited(truth.with_columns(created_at=odd.otherwise("created_at")))
    assert result.impossible == truth.filter(pl.col("rank") % 500 <= 2, pl.col("rank") % 500 > 0).height
    assert result.lots and result.dated == truth.height - result.impossible


def test_followers_without_dates_keep_their_places() -> None:
    truth = simulate_audience(3, Audience(followers=6_000), bought=0.2, kinds=("aged",))
    holes = truth.with_columns(created_at=pl.when(pl.col("rank") % 3 > 0).then("created_at"))
    whole, part = audited(truth), audited(holes)
    assert [(abs(a.rank_from - b.rank_from) < 60, a.made_from.year) for a, b in zip(whole.lots, part.lots, strict=True)]
    assert part.without_date == truth.filter(pl.col("rank") % 3 == 0).height


# --- real accounts


def test_the_bought_followers_of_cresci(shared_data: Path) -> None:
    """A list made of genuine accounts, and of bought ones in one delivery: dates alone, for the counters leak."""
    users = pl.read_parquet(
        shared_data / "data/accounts/cresci2015_users.parquet", columns=["id", "created_at", "label"]
    )
    mixed = users.sample(fraction=1, shuffle=True, seed=1)
    genuine, bought = mixed.filter(label="genuine"), mixed.filter(pl.col("label") != "genuine")
    assert (genuine.height, bought.height) == (1481, 1337)

    def ranked(*parts: pl.DataFrame) -> pl.DataFrame:
        return pl.concat(parts).select(follower="id", created_at="created_at").with_row_index("rank", 1)

    alone = audit("x:1", ranked(genuine), platform="x")
    assert alone.lots == () and alone.p == 1
    result = audit("x:1", ranked(genuine[:700], bought, genuine[700:]), platform="x")
    june = [lot for lot in result.lots if lot.made_from < datetime(2012, 6, 23, 12, tzinfo=UTC) < lot.made_until]
    assert len(june) == 1 and june[0].size >= 480
    assert june[0].rank_from >= 650 and june[0].rank_to <= 2100
