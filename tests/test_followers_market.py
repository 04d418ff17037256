"""Sellers and bought engagement: known ones are found, and none where nothing was bought."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from campaign_analysis.errors import AnalysisError
from campaign_analysis.followers.audit import Audit, audit
from campaign_analysis.followers.engagement import engagement, is_round, same_crowd, shortest
from campaign_analysis.followers.fraudar import densest
from campaign_analysis.followers.sellers import Market, lots_of, sellers
from campaign_analysis.followers.shared import shared_lots
from campaign_analysis.simulation.audiences.market import Market as Setting
from campaign_analysis.simulation.audiences.market import simulate_market
from campaign_analysis.simulation.audiences.reactions import Reactions, simulate_reactions
from scipy import stats

from campaign.market import crowd_sentence

SMALL = Setting(accounts=16, strangers=3_000, public=3_000, customers_each=5)


def audits_of(follows: pl.DataFrame) -> dict[str, Audit]:
    return {str(a): audit(str(a), rows) for (a,), rows in follows.group_by(["account"], maintain_order=True)}


def looked(seed: int, setting: Setting) -> tuple[Market, pl.DataFrame]:
    sold = simulate_market(seed, setting)
    return sellers(sold.follows, audits_of(sold.follows)), sold.truth


# --- dense blocks


def test_the_block_is_that_of_a_plain_loop() -> None:
    rng = np.random.default_rng(2)
    pairs = sorted({(int(r), int(c)) for r, c in zip(rng.integers(0, 30, 90), rng.integers(0, 12, 90), strict=True)})
    pairs += [(r, c) for r in range(30, 40) for c in range(5) if (r + c) % 7]
    rows, columns = (np.array(part, dtype=np.int32) for part in zip(*pairs, strict=True))
    degree = np.bincount(columns, minlength=12)
    block = densest(rows, columns, 40, 12, degree)
    density, members = _peeled(pairs, degree)
    assert block.density == pytest.approx(density)
    assert {("row", int(r)) for r in block.followers} | {("column", int(c)) for c in block.customers} == members
    assert set(range(30, 40)) <= set(block.followers.tolist())


def _peeled(pairs: Sequence[tuple[int, int]], degree: np.ndarray) -> tuple[float, set[tuple[str, int]]]:
    """Greedy peeling, every sum made anew at each step."""
    left = {("row", r) for r in range(40)} | {("column", c) for c in range(len(degree))}
    best: tuple[float, set[tuple[str, int]]] = (-1.0, set())
    while left:
        sums = dict.fromkeys(left, 0.0)
        total = 0.0
        for r, c in pairs:
            if ("row", r) in left and ("column", c) in left:
                weight = 1 / np.log(degree[c] + 5)
                total += weight
                sums["row", r] += weight
                sums["column", c] += weight
        if total / len(left) > best[0] + 1e-12:
            best = (total / len(left), set(left))
        order = {member: (round(sums[member], 9), member[0] == "column", member[1]) for member in left}
        left.discard(min(left, key=lambda member: order[member]))
    return best


# --- one seller, many customers


def test_shared_lots_are_tested_as_by_hand() -> None:
    follows = pl.DataFrame(
        [(c, f"{c}{i}") for c in "xyz" for i in range(400)] + [(c, f"g{i}") for c in "xy" for i in range(100)],
        schema=["customer", "follower"],
        orient="row",
    )
    lots = pl.DataFrame(
        [(n, c, f"g{i}") for n, c in enumerate("xy") for i in range(100)] + [(2, "z", f"z{i}") for i in range(90)],
        schema={"lot": pl.Int64, "customer": pl.String, "follower": pl.String},
        orient="row",
    )
    (pair,) = shared_lots(follows, lots)
    assert (pair.a, pair.b, pair.shared, pair.expected) == (0, 1, 100, 20)
    assert pair.p == pytest.approx(stats.hypergeom.sf(99, 500, 100, 100), rel=1e-6)
    assert pair.q == pytest.approx(3 * pair.p)


def test_sellers_are_found_with_their_customers() -> None:
    """The aged stock with all its customers; the mixed one is out of sight."""
    for seed in range(3):
        found, truth = looked(seed, SMALL)
        (seller,) = found.sellers
        bought = truth.filter(seller=0)
        assert {got.customer for got in seller.got} == set(bought["account"])
        assert len(seller.stock & set(bought["follower"])) > 0.99 * len(seller.stock)
        assert seller.p < 1e-6 and seller.block[1] == 5


def test_no_seller_where_nobody_sells() -> None:
    """Circles of fans and a viral thread that names many accounts, in 20 worlds."""
    assert [
        looked(seed, Setting(sellers=0, strangers=1_000, public=2_000, accounts=9))[0].sellers for seed in range(20)
    ] == [()] * 20


def test_lots_that_audiences_explain_are_not_shared() -> None:
    """Two customers with one public, and lots drawn of it at random: p holds, P(p <= a) <= a."""
    rng, ps = np.random.default_rng(1), []
    public = np.array([f"f{i}" for i in range(1_000)])
    follows = pl.DataFrame([(c, f) for c in "xy" for f in public], schema=["customer", "follower"], orient="row")
    for _ in range(200):
        rows = [(n, c, f) for n, c in enumerate("xy") for f in rng.choice(public, 200, replace=False)]
        lots = pl.DataFrame(rows, schema={"lot": pl.Int64, "customer": pl.String, "follower": pl.String}, orient="row")
        ps += [pair.p for pair in shared_lots(follows, lots)]
    assert len(ps) <= stats.binom.ppf(0.999, 200, 0.01)


def test_reactions_of_the_stock_are_counted() -> None:
    sold = simulate_market(1, SMALL)
    audits = audits_of(sold.follows)
    ghost = lots_of(audits)["follower"][0]
    customer = lots_of(audits)["customer"][0]
    rows = [
        (customer, ghost, "like"),
        (customer, ghost, "retweet"),
        (customer, ghost, "retweet"),
        (customer, "u", "like"),
    ]
    reactions = pl.DataFrame(rows, schema=["account", "follower", "kind"], orient="row")
    (seller,) = sellers(sold.follows, audits, reactions).sellers
    assert [(g.likes, g.retweets) for g in seller.got if g.customer == customer] == [(1, 2)]
    assert sum(g.likes + g.retweets for g in seller.got) == 3


# --- bought engagement


def test_crowds_are_found_with_their_posts() -> None:
    posts, right, found = 0, 0, 0
    for seed in range(10):
        acts = simulate_reactions(seed, Reactions(bought=6))
        bought = set(acts.filter("bought")["post"])
        result = engagement(acts)
        told = {d.post for crowd in result.crowds for d in crowd.deliveries}
        found += bool(told)
        posts, right = posts + len(told), right + len(told & bought)
        assert all(d.within.total_seconds() < 15 * 60 for c in result.crowds for d in c.deliveries if d.within)
    assert found >= 7 and right == posts


def test_no_crowd_where_nothing_was_bought() -> None:
    """Faithful fans, fans of a topic, viral posts: P(p <= a) <= a in 40 worlds."""
    p = np.array([engagement(simulate_reactions(seed)).p for seed in range(40)])
    for alpha in (0.1, 0.05, 0.01):
        assert (p <= alpha).sum() <= stats.binom.ppf(0.999, len(p), alpha)


def test_without_times_the_order_of_a_list_does() -> None:
    acts = simulate_reactions(2, Reactions(bought=8)).sort("post", "at", descending=[False, True])
    listed = acts.with_columns(
        rank=pl.int_range(1, pl.len() + 1).over("post"), at=pl.lit(None, pl.Datetime("us", "UTC"))
    )
    (crowd,) = engagement(listed).crowds
    assert {d.within for d in crowd.deliveries} == {None}
    assert {d.post for d in crowd.deliveries} <= set(acts.filter("bought")["post"])
    assert engagement(listed.with_columns(rank=pl.lit(None, pl.Int64))).crowds == ()


@pytest.mark.parametrize("median", [30, 120])
def test_readers_of_one_topic_who_read_it_within_hours_are_no_crowd(median: float) -> None:
    """Every fifth post is of a topic that 120 people follow; nobody agreed on anything, and nothing is bought."""
    begin = datetime(2024, 3, 1, 12, tzinfo=UTC)
    for seed in range(6):
        rng, acts = np.random.default_rng(seed), []
        for post in range(30):
            readers = np.flatnonzero(rng.random(120) < (0.05 if post % 5 else 0.6))
            passing = rng.choice(3_000, 60, replace=False) + 120
            late = np.concatenate([rng.lognormal(np.log(median), 1, len(readers)), rng.lognormal(np.log(480), 1, 60)])
            came = zip([*readers, *passing], late, strict=True)
            acts += [(f"p{post}", f"u{who}", begin + timedelta(days=post, minutes=after)) for who, after in came]
        schema = {"post": pl.String, "account": pl.String, "at": pl.Datetime("us", "UTC")}
        frame = pl.DataFrame(acts, schema, orient="row")
        result = engagement(frame.with_columns(kind=pl.lit("retweet"), rank=pl.lit(None, pl.Int64)))
        assert (result.crowds, result.untimed) == ((), 0)


def test_who_is_in_a_list_as_well_blinds_nothing() -> None:
    """Retweets with times, and later the lists of retweeters: places of all of them, and some who have no time."""
    acts = simulate_reactions(2, Reactions(bought=8))
    listed = acts.with_columns(
        rank=pl.int_range(1, pl.len() + 1).over("post", order_by="at", descending=True),
        at=pl.lit(None, pl.Datetime("us", "UTC")),
    )
    more = pl.DataFrame({"post": acts["post"].unique().sort()}).with_columns(
        account=pl.lit("late"), kind=pl.lit("retweet")
    )
    before = engagement(acts).crowds
    after = engagement(pl.concat([acts, listed, more], how="diagonal")).crowds
    assert before and [(c.accounts, [d.post for d in c.deliveries]) for c in after] == [
        (c.accounts, [d.post for d in c.deliveries]) for c in before
    ]
    assert all(d.within for c in after for d in c.deliveries)


def test_reactions_in_no_known_order_were_not_looked_at() -> None:
    acts = simulate_reactions(2, Reactions(bought=8)).with_columns(at=pl.lit(None, pl.Datetime("us", "UTC")))
    result = engagement(acts)
    assert result.why_not == "neither times nor places of the reactions are known"
    ordered = acts.with_columns(rank=pl.when(pl.col("post") != "p000").then(pl.int_range(1, pl.len() + 1).over("post")))
    assert (engagement(ordered).why_not, engagement(ordered).untimed) == (None, 1)


def test_how_many_of_a_crowd_came_to_each_post_is_said() -> None:
    (crowd,) = engagement(simulate_reactions(2, Reactions(bought=8))).crowds
    said, came = crowd_sentence(crowd), sorted(d.crowd for d in crowd.deliveries)
    assert said.startswith(
        f"{crowd.accounts:,} accounts that each retweeted two of {len(crowd.deliveries)} posts or more"
    )
    assert f"to each of these {came[0]} to {came[-1]} of them came, four fifths of them in one go" in said


def test_expected_overlap_by_a_plain_loop() -> None:
    acts = simulate_reactions(3, Reactions(posts=12, bought=3)).unique(["post", "account"])
    posts = acts["post"].n_unique()
    degree = dict(acts.group_by("account").len().iter_rows())
    kept = [(p, a) for p, a in acts.select("post", "account").iter_rows() if degree[a] <= 0.6 * posts]
    of = {p: {a for q, a in kept if q == p} for p in {p for p, _ in kept}}
    rows = same_crowd(acts)
    assert rows.height
    for x, y, shared, expected in rows.select("post", "post_b", "shared", "expected").head(10).iter_rows():
        assert shared == len(of[x] & of[y])
        share = [len(of[z]) / len(kept) for z in (x, y)]
        accounts = {a for _, a in kept}
        again = sum(min(1, degree[a] * share[0]) * min(1, (degree[a] - 1) * share[1]) for a in accounts)
        assert expected == pytest.approx(again)


def test_the_shortest_stretch_is_the_shortest() -> None:
    rng = np.random.default_rng(4)
    at, mark = np.sort(rng.random(40)), rng.random(40) < 0.5
    first, last = shortest(at, mark)
    wanted = int(np.ceil(0.8 * mark.sum()))
    every = [(at[j] - at[i]) for i, j in itertools.combinations(range(40), 2) if mark[i : j + 1].sum() >= wanted]
    assert at[last] - at[first] == pytest.approx(min(every))


@pytest.mark.parametrize(
    ("size", "near"), [(100, True), (99, True), (95, False), (506, True), (515, False), (20, False)]
)
def test_round_numbers(size: int, near: bool) -> None:
    assert is_round(size) == near


def test_what_is_missing_is_said() -> None:
    acts = simulate_reactions(1, Reactions(posts=1))
    assert engagement(acts).why_not == "reactions to two posts are needed at least"
    with pytest.raises(AnalysisError, match="lack rank"):
        engagement(acts.drop("rank"))
