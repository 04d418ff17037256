"""Placebo data keep the crowd and lose the company: rings are gone, and a wrong test is still caught."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from campaign_analysis.background import background_of, uniform_chance
from campaign_analysis.detect import LayerInput, detect
from campaign_analysis.events import encode
from campaign_analysis.placebo import exchanged, judged, mass, placebo_runs
from campaign_analysis.results import Placebo
from campaign_analysis.sessions import Scale, posts_of
from campaign_analysis.significance import step_up
from campaign_analysis.simulation import simulate
from campaign_analysis.simulation.events import inputs_of
from scipy import special
from worlds import SETTING


def inputs(seed: int = 1, **worlds: dict[str, Any]) -> dict[str, LayerInput]:
    posts, _ = simulate({"crowd": {"posts": 15_000}, **worlds}, seed, setting=SETTING)
    return {layer.name: layer for layer in inputs_of(posts)}


def edges(*layers: LayerInput) -> dict[str, int]:
    found = detect(layers).edges
    return {claim: found.filter(claim=claim).height for claim in ("together", "in step")}


def pairs_without_a_crowd(layer: LayerInput) -> int:
    """Pairs of a test known to be wrong: plain Poisson, both accounts' uses of a hashtag laid evenly over all time."""
    scale = Scale(60, 1800)
    events = encode(layer.events)
    b = background_of(events, posts_of(events), scale)
    uses = pl.DataFrame({"u": b.sessions.account, "object": b.sessions.cell_object[b.sessions.cell]})
    uses = uses.group_by("u", "object").len()
    pairs = pl.DataFrame({"u": b.u, "v": b.v, "n": b.n}).with_row_index("pair")
    both = pairs.join(uses, on="u").join(uses.rename({"u": "v", "len": "len_v"}), on=["v", "object"])
    blocks = (int(events.time.max()) - int(events.time.min())) / 1000 / scale.block
    chance = uniform_chance(scale.window, scale.block, 1) / blocks
    expected = both.group_by("pair", "n").agg(at_all=(pl.col("len") * pl.col("len_v")).sum() * chance)
    p = special.gammainc(expected["n"].to_numpy().astype(float), expected["at_all"].to_numpy())
    accounts = len(events.accounts)
    return int((step_up(p * (accounts * (accounts - 1) // 2)) <= 0.01).sum())


def test_only_authors_change_and_everybody_posts_as_often() -> None:
    layers = inputs(rings={"rings": 2}, fandom={})
    for layer in layers.values():
        placebo = exchanged(layer, 1)
        columns = [c for c in layer.events.columns if c != "account"]
        before, after = (
            i.events.drop_nulls(["account", "object", "time"]).unique(["account", "object", "time"])
            for i in (layer, placebo)
        )
        # An account may be given two posts of one instant on one object: they are one act then, as always.
        assert before.height * 0.99 <= after.height <= before.height
        known = {tuple(row) for row in before.select(columns).iter_rows()}
        assert {tuple(row) for row in after.select(columns).iter_rows()} == known
        assert set(after["account"]) <= set(before["account"])
        counts = before["account"].value_counts().join(placebo.events["account"].value_counts(), on="account")
        if layer.one_object:
            assert counts.filter(pl.col("count") != pl.col("count_right")).is_empty()
        assert (placebo.scales, placebo.population, placebo.one_object) == (
            layer.scales,
            layer.population,
            layer.one_object,
        )


def test_a_post_goes_to_another_author_as_a_whole() -> None:
    rng = np.random.default_rng(1)
    rows = [(f"u{rng.integers(40):02}", int(t) * 1000) for t in np.sort(rng.choice(50_000, 400, replace=False))]
    frame = pl.DataFrame(
        [(a, f"{tag}{t % 7}", t) for a, t in rows for tag in "xy"],
        schema={"account": pl.String, "object": pl.String, "time": pl.Int64},
        orient="row",
    )
    placebo = exchanged(LayerInput("hashtag", frame, (Scale(60, 1800),)), 3).events
    assert placebo.group_by("time").agg(pl.col("account").n_unique())["account"].max() == 1
    assert placebo.sort("time", "object")["account"].to_list() != frame.sort("time", "object")["account"].to_list()


def test_the_same_seed_gives_the_same_placebo_in_whatever_order_the_events_come() -> None:
    layer = inputs(chats={})["hashtag"]
    shuffled = LayerInput(layer.name, layer.events.sample(fraction=1, shuffle=True, seed=4), layer.scales)
    placebo = exchanged(layer, 1).events
    assert placebo.equals(exchanged(shuffled, 1).events)
    assert not placebo.equals(exchanged(layer, 2).events)


@pytest.mark.parametrize("ring", [{}, {"tags": 1}, {"turnout": (0.9,), "size": 15}])
def test_rings_are_gone(ring: dict[str, Any]) -> None:
    layers = list(inputs(rings=ring).values())
    assert edges(*layers)["in step"] > 50
    assert edges(*(exchanged(layer, 1) for layer in layers)) == {"together": 0, "in step": 0}


@pytest.mark.parametrize("world", ["chats", "second_screen"])
def test_innocent_worlds_give_nothing(world: str) -> None:
    layers = inputs(**{world: {}})
    assert edges(*(exchanged(layer, 1) for layer in layers.values())) == {"together": 0, "in step": 0}


def test_fans_stay_fans_but_none_is_in_step() -> None:
    found = edges(exchanged(inputs(fandom={})["retweet"], 1))
    assert found["in step"] == 0


@pytest.mark.parametrize("world", ["chats", "second_screen"])
def test_a_test_that_knows_no_crowd_is_caught(world: str) -> None:
    """The placebo can fail: it finds thousands where the method is wrong."""
    layer = inputs(**{world: {}})["hashtag"]
    assert pairs_without_a_crowd(exchanged(layer, 1)) > 1000


def test_nothing_to_exchange_is_left_as_it_is() -> None:
    empty = LayerInput(
        "hashtag",
        pl.DataFrame(schema={"account": pl.String, "object": pl.String, "time": pl.Int64}),
        (Scale(60, 1800),),
    )
    assert exchanged(empty, 1).events.is_empty()
    one = LayerInput("hashtag", pl.DataFrame({"account": ["a"], "object": ["x"], "time": [5]}), (Scale(60, 1800),))
    assert exchanged(one, 1).events.rows() == [("a", "x", 5)]


def test_a_groups_p_is_its_place_among_the_heaviest_of_the_placebos() -> None:
    layers = list(inputs(rings={"rings": 1}).values())
    found = detect(layers)
    placebo = placebo_runs(layers, None, 0.01, "louvain", 1, 2)
    assert placebo.runs == 2
    assert placebo.in_step == (0, 0)
    (group,) = judged(found.groups, found.edges, placebo)
    assert group.placebo_p == pytest.approx(1 / 3)
    own = mass(group, found.edges, "in step")
    ids = [m.id for m in group.accounts]
    inside = found.edges.filter(pl.col("a").is_in(ids), pl.col("b").is_in(ids), claim="in step")
    assert own == pytest.approx(float((-inside["p"].log10()).sum()))
    heavier = Placebo((0,) * 3, (0,) * 3, (0,) * 3, (0,) * 3, (0.0,) * 3, (own + 1, own, own - 1))
    assert judged(found.groups, found.edges, heavier)[0].placebo_p == pytest.approx(3 / 4)
