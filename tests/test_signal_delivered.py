"""The signals of bought followers and of bought crowds: what is planted is seen, chance keeps its promise."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
import pytest
from campaign_analysis.delivered import Collection, among, tail
from campaign_analysis.signal_results import SignalResult
from campaign_analysis.signals import Asked, named
from campaign_analysis.signals.bought_engagement import REACTIONS
from campaign_analysis.signals.bought_followers import LISTS
from campaign_analysis.simulation.audiences.talked import Talked, followers_talked, reactions_talked
from campaign_cypher.store import GraphBatch, Store
from scipy.stats import binom, nchypergeom_fisher
from small_graph import at

from campaign.signals import read

SIZE = 30
FRAMES = {"bought_followers": LISTS, "bought_engagement": REACTIONS}


@cache
def world(name: str, seed: int, bought: bool = True) -> Talked:
    if name == "bought_followers":
        return followers_talked(seed, 0.3 if bought else 0.0, followers=5_000)
    return reactions_talked(seed, 10 if bought else 0)


def look(name: str, talked: Talked, group: list[str], known: dict[str, object] | None = None) -> SignalResult:
    others = frozenset(talked.accounts)
    return named(name).look(
        Asked(frozenset(group), {FRAMES[name].name: talked.frame}, others, {} if known is None else known)
    )


@pytest.mark.parametrize("name", FRAMES)
def test_a_group_half_of_which_was_delivered_is_seen(name: str) -> None:
    for seed in range(3):
        talked = world(name, seed)
        group = [*talked.bought[:15], *talked.accounts[:15]]
        result = look(name, talked, group)
        assert result.p is not None and result.p < 0.001, seed
        (seen,) = result.seen
        assert len(set(seen.accounts) & set(talked.bought[:15])) >= 7
        assert set(seen.accounts) <= set(group)


@pytest.mark.parametrize("name", FRAMES)
def test_where_nothing_was_bought_it_is_silent_and_tried(name: str) -> None:
    talked = world(name, 1, bought=False)
    result = look(name, talked, [*talked.together[:15], *talked.accounts[:15]])
    assert (result.p, result.seen, result.untried) == (1.0, (), None)


@pytest.mark.parametrize("name", FRAMES)
def test_groups_by_chance_of_a_conversation_with_bought_accounts_keep_the_promise(name: str) -> None:
    found = []
    for seed in range(3):
        talked, known, rng = world(name, seed), dict[str, object](), np.random.default_rng(seed)
        for _ in range(100):
            group = [str(a) for a in rng.choice(talked.accounts, SIZE, replace=False)]
            p = look(name, talked, group, known).p
            assert p is not None
            found.append(p)
    for alpha in (0.1, 0.05, 0.01):
        assert (np.array(found) <= alpha).sum() <= binom.ppf(0.9999, len(found), alpha)


def test_the_tail_is_that_of_fishers_noncentral_law() -> None:
    for k, everybody, marked, drawn in ((3, 50, 10, 12), (0, 20, 5, 5), (5, 30, 20, 5), (1, 40, 3, 39)):
        assert tail(k, everybody, marked, drawn, 2.0) == pytest.approx(
            nchypergeom_fisher.sf(k - 1, everybody, marked, drawn, 2.0), rel=1e-6
        )
    assert 0 < tail(200, 5_000, 250, 210, 2.0) < 1e-100


def test_p_is_counted_over_all_collections_that_have_marks_whoever_asks() -> None:
    everybody = frozenset(f"a{i}" for i in range(60))
    group = frozenset(f"a{i}" for i in range(10))
    marked = Collection("x:1", everybody, group)
    other = Collection("x:2", everybody, frozenset({"a50"}))
    nothing = Collection("x:3", everybody, frozenset())
    asked = Asked(group, {}, everybody)
    p, held = among([marked, other, nothing], asked)
    assert [one.whom for one in held] == ["x:1", "x:2"]
    assert p == pytest.approx(2 * tail(10, 60, 10, 10, 2.0))
    assert (held[0].of, len(held[0].hits), held[0].others, held[0].others_hit) == (10, 10, 50, 0)


def test_lists_without_order_and_few_accounts_are_not_tried_and_why_is_said() -> None:
    talked = world("bought_followers", 0)
    unordered = Talked(talked.frame.with_columns(rank=pl.lit(None, pl.Int64)), talked.accounts, [], [])
    assert "order in which they followed is not known" in str(look("bought_followers", unordered, ["x:f1"]).untried)
    assert "0 of its accounts" in str(look("bought_followers", talked, ["x:nobody"]).untried)
    assert "0 of its accounts" in str(look("bought_engagement", world("bought_engagement", 0), ["x:nobody"]).untried)


def as_batch() -> GraphBatch:
    """Thirty who follow somebody with 250 followers, one of whose two posts they like, and retweet the other."""
    everybody = [f"x:{i}" for i in range(250)]
    accounts = pl.DataFrame({"id": ["x:star", *everybody], "created_at": [at(-9), *[at(-i) for i in range(250)]]})
    posts = pl.DataFrame({"id": ["x:p1", "x:p2"], "created_at": [at(0), at(1)]})
    lists = pl.DataFrame({"source": everybody, "rank": range(1, 251)}).with_columns(seen_at=pl.lit(at(5)))
    first = lists.head(30)
    return GraphBatch(
        {"Account": accounts, "Post": posts},
        {
            "POSTED": pl.DataFrame({"source": ["x:star"] * 2, "target": ["x:p1", "x:p2"]}),
            "FOLLOWS": lists.with_columns(target=pl.lit("x:star")),
            "LIKES": first.with_columns(target=pl.lit("x:p1")),
            "RETWEETED": first.with_columns(target=pl.lit("x:p2")),
        },
    )


def test_lists_are_read_whole_where_enough_of_the_accounts_are_in_them(any_store: Store) -> None:
    any_store.write(as_batch())
    asked = [f"x:{i}" for i in range(25)]
    lists = read(any_store, LISTS, asked, None, None)
    assert lists.schema == pl.Schema(LISTS.columns)
    assert lists.sort("rank").row(1) == ("x:star", "x:1", 2, at(5), at(-1))
    assert lists.height == 250
    acts = read(any_store, REACTIONS, asked, None, None)
    assert acts.schema == pl.Schema(REACTIONS.columns)
    assert acts.filter(account="x:29").sort("kind").rows() == [
        ("x:star", "x:p1", "x:29", "like", 30),
        ("x:star", "x:p2", "x:29", "retweet", 30),
    ]
    assert acts.height == 60
    for frame in (LISTS, REACTIONS):
        assert read(any_store, frame, asked[:19], None, None).is_empty()
