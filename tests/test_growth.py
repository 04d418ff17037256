"""Growing: a core's moments by hand, who turns up there, and what explains it."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pytest
from campaign_analysis.arrays import Codes
from campaign_analysis.background import Background, background_of
from campaign_analysis.events import SECOND, Events, encode
from campaign_analysis.growth import _Place, grow
from campaign_analysis.moments import Moments, moments_of
from campaign_analysis.sessions import Scale, posts_of
from slow_method import Act, frame_of

START = 1_700_000_000 // 1800 * 1800  # a block begins


def prepared(acts: list[Act], scale: Scale) -> tuple[Events, Background]:
    events = encode(frame_of(acts))
    return events, background_of(events, posts_of(events), scale)


def codes(events: Events, names: list[str]) -> Codes:
    return np.array([events.accounts.to_list().index(n) for n in names], dtype=np.int32)


def moments(acts: list[Act], core: list[str]) -> Moments:
    events, b = prepared(acts, Scale(60, 1800))
    return moments_of(b.sessions, codes(events, core), b.scale, events.clock)


def seconds(m: Moments) -> list[tuple[int, float, float]]:
    return [(int(c), s / SECOND - START, e / SECOND - START) for c, s, e in zip(m.cell, m.start, m.end, strict=True)]


def test_a_moment_is_within_the_window_of_two_of_the_core() -> None:
    acts = [Act("a", "x", START + 500), Act("b", "x", START + 530), Act("c", "x", START + 900)]
    m = moments(acts, ["a", "b", "c"])
    assert seconds(m) == [(0, 470, 561)]  # the clock ticks in seconds: 560 is still within
    assert m.share.tolist() == [91 / 1800]
    assert seconds(m.wider(100 * SECOND)) == [(0, 370, 661)]


def test_moments_end_with_their_block_and_join_where_they_overlap() -> None:
    acts = [Act(who, "x", START + at) for who, at in (("a", 0), ("b", 30), ("c", 80), ("a", 1790), ("b", 1795))]
    assert seconds(moments(acts, ["a", "b", "c"])) == [(0, 0, 91), (0, 1735, 1800)]


def test_one_account_alone_or_on_another_object_makes_no_moment() -> None:
    acts = [Act("a", "x", START), Act("a", "x", START + 100), Act("b", "y", START), Act("c", "x", START + 1)]
    assert not len(moments(acts, ["a", "b"]).cell)


def test_events_of_the_moments_cells_and_which_of_them_are_inside() -> None:
    acts = [
        *(Act(who, "x", START + at) for who, at in (("a", 500), ("b", 530), ("in", 465), ("late", 640), ("in", 561))),
        *(Act(who, "y", START + at) for who, at in (("a", 0), ("b", 10), ("in", 69), ("out", 71))),
    ]
    m = moments(acts, ["a", "b"])
    at, of_cell = m.events()
    assert len(at) == len(acts)
    who = m.sessions.account[at][m.covers(at, of_cell)]
    # 465 lies before 470, 561 after 560; on y the moment reaches from the block's begin to 60.
    assert sorted(who.tolist()) == sorted(codes(encode(frame_of(acts)), ["a", "b", "a", "b"]).tolist())


def ring(turnout: float, rng: random.Random, actions: int = 14, size: int = 24) -> list[Act]:
    """Members push three tags in turn, within a minute, at moments an hour and more apart."""
    return [
        Act(f"ring{m:02}", f"push{n % 3}", START + n * 7_000 + 400 + rng.randrange(60))
        for n in range(actions)
        for m in range(size)
        if rng.random() < turnout
    ]


def everyday(rng: random.Random, accounts: list[str], each: int) -> list[Act]:
    return [Act(a, f"tag{rng.randrange(30)}", START + rng.randrange(100_000)) for a in accounts for _ in range(each)]


def grown(acts: list[Act], core: list[str], fdr: float = 0.01, eligible: set[str] | None = None) -> dict[str, int]:
    events, _ = prepared(acts, Scale(60, 1800))
    backgrounds = [background_of(events, posts_of(events), s) for s in (Scale(60, 1800), Scale(60, 7200))]
    names = events.accounts.to_list()
    mask = np.array([eligible is None or n in eligible for n in names])
    found = grow(backgrounds, [codes(events, core)], mask, events.clock, fdr)
    assert found.filter(pl.col("q") > fdr).is_empty()
    return {names[a]: n for a, n in found.select("account", "n").iter_rows()}


@pytest.mark.parametrize(("size", "joining"), [(22, 20), (23, 0)])
def test_where_more_than_ten_join_for_each_of_a_core_a_crowd_must_have_seen_its_moments(
    size: int, joining: int
) -> None:
    rng = random.Random(1)
    members = [f"ring{m:02}" for m in range(size)]
    others = [f"c{i}" for i in range(150)]
    acts = [*ring(0.99, rng, size=size), *everyday(rng, members + others, 12)]
    assert len(grown(acts, members[:2])) == joining
    assert len(grown(acts, members[:3])) == size - 3


@pytest.mark.parametrize("seed", range(5))
def test_a_ring_of_low_turn_out_grows_from_three_of_it_and_nobody_else_joins(seed: int) -> None:
    rng = random.Random(seed)
    members = [f"ring{m:02}" for m in range(24)]
    others = [f"c{i}" for i in range(150)]
    passing = [Act(rng.choice(others), f"push{n % 3}", START + n * 7_000 + rng.randrange(1800)) for n in range(14)] * 3
    acts = [*ring(0.45, rng), *everyday(rng, members + others, 12), *passing]
    found = grown(acts, members[:3])
    assert set(found) <= set(members[3:])
    assert len(found) > 12
    assert min(found.values()) >= 2


@pytest.mark.parametrize("seed", range(3))
def test_a_crowd_that_comes_to_every_moment_anyway_does_not_join(seed: int) -> None:
    """Fans of a series post on its tag at the same sharp moments as the three who agreed to."""
    rng = random.Random(seed)
    fans = [f"fan{i:03}" for i in range(150)]
    acts = everyday(rng, [*fans, "a", "b", "c"], 10)
    for n in range(14):
        goals = [START + n * 7_200 + at for at in (100, 700, 1300)]
        acts += [Act(f, "show", rng.choice(goals) + rng.randrange(20)) for f in fans if rng.random() < 0.7]
        acts += [Act(who, "show", goal + rng.randrange(20)) for who in "abc" for goal in goals[:1]]
    assert len(grown(acts, ["a", "b", "c"])) <= 1


def test_who_is_as_quick_with_every_post_does_not_join_for_having_met_a_core() -> None:
    """Of sixty posts a core takes up twenty, fifteen of them as soon as the readers do who take up any of them."""
    rng, everybody = random.Random(1), [f"reader{i:02}" for i in range(20)]
    acts, born = everyday(rng, [*everybody, "a", "b", "c"], 10), dict[str, int]()
    for n in range(60):
        post, came = f"post{n}", START + n * 1_700
        born[post] = came * SECOND
        late = 300 if n % 4 else 1_000
        acts += [Act(who, post, came + 270 + rng.randrange(60)) for who in everybody if rng.random() < 0.4]
        acts += [Act(who, post, came + late + rng.randrange(60)) for who in "abc" if n < 20]

    def joined(births: dict[str, int]) -> set[str]:
        frame = frame_of(acts).with_columns(born=pl.Series([births.get(a.what) for a in acts], dtype=pl.Int64))
        events = encode(frame)
        b = background_of(events, posts_of(events), Scale(60, 1800))
        core, everyone = codes(events, ["a", "b", "c"]), np.ones(len(events.accounts), dtype=np.bool_)
        found = grow([b], [core], everyone, events.clock, 0.01)
        assert (found["q"] <= 0.01).all()
        return {events.accounts[a] for a in found["account"]}

    assert len(joined({})) > 10
    assert joined(born) == set()


def test_only_whom_one_may_test_joins_and_without_cores_nobody() -> None:
    rng = random.Random(1)
    members = [f"ring{m:02}" for m in range(24)]
    acts = [*ring(0.6, rng), *everyday(rng, members, 12)]
    some = set(members[10:14])
    assert set(grown(acts, members[:3], eligible=some)) <= some
    events, b = prepared(acts, Scale(60, 1800))
    assert grow([b], [], np.ones(len(events.accounts), dtype=np.bool_), events.clock, 0.01).is_empty()


def test_one_post_with_all_the_tags_of_a_core_is_one_act() -> None:
    rng = random.Random(3)
    others = [f"c{i}" for i in range(150)]
    acts = everyday(rng, ["a", "b", "c", *others], 12)
    for n in range(14):
        for who in "abc":
            when = START + n * 7_000 + 400 + rng.randrange(60)
            acts += [Act(who, f"push{k}", when) for k in range(5)]
    for n, who in ((3, "c0"), *((n, "c1") for n in range(2, 10))):
        acts += [Act(who, f"push{k}", START + n * 7_000 + 420) for k in range(5)]
    events, b = prepared(acts, Scale(60, 1800))
    everybody = np.ones(len(events.accounts), dtype=np.bool_)
    who, _ = _Place(b, events.clock, everybody).attendance(codes(events, ["a", "b", "c"]))
    assert [(events.accounts[a], n) for a, n in who.select("account", "n").iter_rows()] == [("c1", 8)]  # c0 acts once
    assert "c0" not in grown(acts, ["a", "b", "c"])


def test_on_a_minute_clock_who_comes_later_than_the_window_is_not_at_a_moment() -> None:
    acts = [
        Act(who, "x", START + at) for who, at in (("a", 600), ("b", 600), ("in", 660), ("late", 661), ("late", 719))
    ]
    events, b = prepared(acts, Scale(60, 1800))
    m = moments_of(b.sessions, codes(events, ["a", "b"]), b.scale, 60 * SECOND)
    assert m.share.tolist() == [180 / 1800]  # three ticks of a minute
    at, of_cell = m.events()
    inside = m.sessions.account[at][m.covers(at, of_cell)]
    assert [events.accounts[int(who)] for who in inside] == ["a", "b", "in"]


@pytest.mark.parametrize("seed", range(3))
def test_those_who_may_not_join_a_core_that_many_would_join_let_nobody_into_another(seed: int) -> None:
    """Two who come to two of another core's moments on busy things, as by chance they would."""
    rng, day = random.Random(seed), 86_400
    crowd = [
        Act(f"c{rng.randrange(300)}", f"o{rng.randrange(40)}", START + rng.randrange(28 * day)) for _ in range(6000)
    ]
    many, other = ([START + rng.randrange(28 * day) for _ in range(14)] for _ in range(2))
    fans = [f"fan{f}" for f in range(150)]
    acts = [*crowd, *(Act(f, f"o{rng.randrange(40)}", START + rng.randrange(28 * day)) for f in fans for _ in range(6))]
    for n, (one, two) in enumerate(zip(many, other, strict=True)):
        there = ["A0", "A1", "A2", *(f for f in fans if rng.random() < 0.7)]
        acts += [Act(who, f"many{n % 4}", one + rng.randrange(40)) for who in there]
        acts += [Act(f"B{k}", f"o{n % 10}", two + rng.randrange(40)) for k in range(3)]
    for who in ("w0", "w1"):
        acts += [Act(who, f"o{n % 10}", other[n] + rng.randrange(40)) for n in rng.sample(range(14), 2)]
        acts += [Act(who, f"o{rng.randrange(10)}", START + rng.randrange(28 * day)) for _ in range(4000)]
    events, b = prepared(acts, Scale(60, 1800))
    cores = [codes(events, [f"{core}{k}" for k in range(3)]) for core in "AB"]
    everybody = np.ones(len(events.accounts), dtype=np.bool_)
    assert grow([b], cores, everybody, events.clock, 0.01).is_empty()
