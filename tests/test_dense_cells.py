"""Crowds on one object at once: the same counts as brute force, and no pair left out that could be significant."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import product

import numpy as np
import pytest
from campaign_analysis import interest, listing, partners, repeats, significance
from campaign_analysis.background import Background, background_of
from campaign_analysis.errors import AnalysisError
from campaign_analysis.events import SECOND, Events, encode
from campaign_analysis.meetings import LEFT, RIGHT, Acts, meetings_of
from campaign_analysis.parallel import in_parts, shares
from campaign_analysis.repeats import repeats_of
from campaign_analysis.sessions import Scale, posts_of, sessions_of
from slow_method import START, Act, Slow, frame_of

SEEDS = range(6)
SCALES = [(10, 60), (60, 240), (60, 1800)]


def crowd(seed: int, accounts: int = 25, posts: int = 260, tick: int = 1) -> list[Act]:
    """Nearly everybody on one hashtag within an hour, half of them with one or two others of five, in bursts."""
    rng = random.Random(seed)
    acts = []
    for _ in range(posts):
        when = START + rng.choice((rng.randrange(0, 3600), 600 + rng.randrange(0, 90))) // tick * tick
        who = f"a{min(int(rng.expovariate(0.1)), accounts - 1)}"
        other = rng.sample([f"with{i}" for i in range(5)], rng.choice((0, 0, 1, 2)))
        acts += [Act(who, what, when) for what in ["hot", *other][rng.random() < 0.05 :] or ["hot"]]
    return acts


@cache
def slowly(seed: int, scale: tuple[int, int], tick: int) -> Slow:
    """The crowd counted by brute force, once for any number of slots."""
    return Slow(crowd(seed, tick=tick), *scale, tick)


@pytest.fixture(params=[1, 1 << 9, 1 << 19])
def slots(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many slots say first who may repeat: too few for anybody, enough for those who met few, for all."""
    for module in (repeats, listing):
        monkeypatch.setattr(module, "SLOTS", request.param)


def prepared(acts: list[Act], window: int, block: int) -> tuple[Events, Background]:
    events = encode(frame_of(acts))
    return events, background_of(events, posts_of(events), Scale(window, block))


@pytest.mark.usefixtures("slots")
@pytest.mark.parametrize(("seed", "scale", "tick"), list(product(SEEDS, SCALES, (1, 60))))
def test_a_crowd_on_one_hashtag_is_counted_as_by_brute_force(seed: int, scale: tuple[int, int], tick: int) -> None:
    acts = crowd(seed, tick=tick)
    slow = slowly(seed, scale, tick)
    events, b = prepared(acts, *scale)
    names, objects = events.accounts.to_list(), events.objects.to_list()
    found = {(names[u], names[v]): int(n) for u, v, n in zip(b.u, b.v, b.n, strict=True)}
    assert found == {pair: len(cells) for pair, cells in slow.episodes.items() if len(cells) >= 2}
    assert b.pairs == len(found) > 50
    s, posts = b.sessions, posts_of(events)
    acted = [
        Act(names[u], objects[s.cell_object[c]], t / SECOND)
        for u, c, t in zip(s.account, s.cell, s.time.tolist(), strict=True)
    ]
    everybody = np.ones(len(names), dtype=np.bool_)
    shared = repeats_of(s, meetings_of(s, posts, scale[0] * SECOND), everybody)
    assert dict(zip(acted, b.partners.tolist(), strict=True)) == slow.c
    assert dict(zip(acted, shared.met.tolist(), strict=True)) == slow.r


@pytest.fixture
def always_bounded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Few pairs are otherwise listed without asking what is expected of them."""
    monkeypatch.setattr(repeats, "FEW", 0)
    monkeypatch.setattr(repeats, "EVENTS", 1 << 40)
    yield


@pytest.mark.parametrize("size", [1, 2, 16, 64])
def test_a_sieve_loses_nobody_met_twice_however_many_share_a_slot(size: int) -> None:
    events = encode(frame_of(crowd(3)))
    posts = posts_of(events)
    acts = meetings_of(sessions_of(events, posts, Scale(60, 600)), posts, 60 * SECOND).acts
    looked_at, everything = 0, 0
    for u in range(len(acts.name)):
        met = partners.nobody(acts, 1 << 19)
        all_of_u = partners.stretches(u, acts, partners.nobody(acts, 1))
        found = partners.partners_of(u, -1, _all(u, acts, met), acts, met)
        expected = {int(v): int(met.times[v]) for v in met.partners[:found]}
        met = partners.nobody(acts, 1 << 19)
        n = partners.sieved(u, acts, np.zeros(size, dtype=np.uint8), met.stretch)
        looked_at += int((met.stretch[:n, partners.TO] - met.stretch[:n, partners.FROM]).sum())
        everything += sum(int(acts.spot[i, RIGHT] - acts.spot[i, LEFT]) for i in acts.mine[acts.start[u] :][:all_of_u])
        found = partners.partners_of(u, -1, n, acts, met)
        assert {int(v): int(met.times[v]) for v in met.partners[:found]} == expected
    assert looked_at <= everything
    assert size < 64 or looked_at < everything


def _all(u: int, acts: Acts, met: partners.Met) -> int:
    """The account's stretches without a sieve, into `met`."""
    plain = partners.nobody(acts, 1)
    n = partners.stretches(u, acts, plain)
    met.stretch[:n] = plain.stretch[:n]
    return n


@pytest.mark.usefixtures("always_bounded", "slots")
@pytest.mark.parametrize(("seed", "scale", "cut"), list(product(SEEDS, SCALES, (0.1, 0.03, 0.01))))
def test_no_pair_is_left_out_that_could_be_significant(seed: int, scale: tuple[int, int], cut: float) -> None:
    acts = [*crowd(seed), *(Act(who, "pushed", START + 400.0 * i) for who in ("r1", "r2", "r3") for i in range(9))]
    events, every = prepared(acts, *scale)
    everybody = np.ones(len(events.accounts), dtype=np.bool_)
    posts = posts_of(events)
    bare = background_of(events, posts, Scale(*scale), everybody, listed=False)
    assert len(bare.u) == 0
    few, _ = significance.with_pairs(bare, posts, everybody, cut)

    def passing(b: Background) -> dict[tuple[int, int], tuple[int, float, float]]:
        t = significance.test_pairs(b, interest.interest_of(b, everybody), events.source, everybody, cut)
        rows = zip(t.pair, t.p_together, t.p_in_step, strict=True)
        return {(int(b.u[i]), int(b.v[i])): (int(b.n[i]), p, q) for i, p, q in rows if p <= cut}

    assert passing(few) == passing(every) != {}
    assert len(few.u) < len(every.u) or cut == 0.1


@pytest.mark.usefixtures("always_bounded")
@pytest.mark.parametrize("seed", SEEDS)
def test_only_chosen_accounts_are_listed_and_counted(seed: int) -> None:
    events, every = prepared(crowd(seed), 60, 240)
    chosen = np.arange(len(events.accounts)) % 2 == 0
    bare = background_of(events, posts_of(events), Scale(60, 240), chosen, listed=False)
    inside = chosen[every.u] & chosen[every.v]
    assert bare.pairs == inside.sum() > 0
    listed, _ = significance.with_pairs(bare, posts_of(events), chosen, 1.0)
    assert listed.u.tolist() == every.u[inside].tolist()
    assert listed.v.tolist() == every.v[inside].tolist()
    assert listed.n.tolist() == every.n[inside].tolist()
    assert bare.in_step.tolist() == every.in_step.tolist()  # the background is everybody's


def test_more_pairs_than_memory_holds_are_a_clear_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "FEW", 5)
    monkeypatch.setattr(repeats, "EVENTS", 1 << 40)
    monkeypatch.setattr(listing, "MOST", 10)
    with pytest.raises(AnalysisError, match=r"more than 10 pairs of accounts met twice.*--since"):
        prepared(crowd(1), 60, 240)


def test_parts_cover_all_accounts_and_hold_about_as_much_each() -> None:
    cost = np.array([5, 0, 1, 1, 9, 0, 3], dtype=np.int64)
    parts = shares(cost)
    assert [i for first, last in parts for i in range(first, last)] == list(range(len(cost)))
    assert shares(np.zeros(3, dtype=np.int64)) == []


def test_an_error_in_one_part_stops_the_others() -> None:
    done = []

    def work(part: tuple[int, int]) -> None:
        done.append(part)
        if part[0] == 0:
            raise AnalysisError("stop")

    with pytest.raises(AnalysisError, match="stop"):
        list(in_parts(work, [(i, i + 1) for i in range(1000)]))
    assert len(done) < 1000
