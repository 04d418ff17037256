"""Co-actions are counted exactly: against brute force on random logs, and by hand where a rule is at stake."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl
import pytest
from campaign_analysis import arrays
from campaign_analysis.background import Background, background_of
from campaign_analysis.cells import own_pairs_within
from campaign_analysis.clock import clock_of
from campaign_analysis.errors import AnalysisError
from campaign_analysis.events import SECOND, encode, fingerprint
from campaign_analysis.row_pairs import count_row_pairs
from campaign_analysis.sessions import Scale, posts_of, sessions_of
from slow_method import NOON, Act, Slow, frame_of, random_acts, row_pairs

SEEDS = range(5)
SCALES = [(10, 600), (60, 240), (60, 1800), (300, 1800)]


def at_noon(*acts: tuple[str, str, float]) -> list[Act]:
    """Acts with their seconds after noon."""
    return [Act(who, what, NOON + when) for who, what, when in acts]


def background(acts: list[Act], window: int, block: int, one_object: bool = False) -> Background:
    events = encode(frame_of(acts), one_object)
    return background_of(events, posts_of(events), Scale(window, block))


def repeat_pairs(acts: list[Act], window: int, block: int, one_object: bool = False) -> dict[tuple[str, str], int]:
    b = background(acts, window, block, one_object)
    names = encode(frame_of(acts), one_object).accounts.to_list()
    return {(names[u], names[v]): int(n) for u, v, n in zip(b.u, b.v, b.n, strict=True)}


@pytest.mark.parametrize(("seed", "scale", "tick"), list(product(SEEDS, SCALES, (1, 60))))
def test_episodes_of_repeat_pairs_are_those_of_brute_force(seed: int, scale: tuple[int, int], tick: int) -> None:
    acts = random_acts(seed, tick=tick)
    slow = Slow(acts, *scale, tick)
    expected = {pair: len(cells) for pair, cells in slow.episodes.items() if len(cells) >= 2}
    assert len(expected) > 5 or scale == (10, 600)
    assert repeat_pairs(acts, *scale) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_where_a_post_has_one_object_every_row_is_a_post(seed: int) -> None:
    acts = random_acts(seed)
    slow = Slow(acts, 60, 1800, 1, one_object=True)
    found = repeat_pairs(acts, 60, 1800, one_object=True)
    assert found == {pair: len(cells) for pair, cells in slow.episodes.items() if len(cells) >= 2}
    assert found != repeat_pairs(acts, 60, 1800)  # the rule of the rarest object bites in this log


@pytest.mark.parametrize(("seed", "scale"), list(product(SEEDS, SCALES)))
def test_partners_of_each_event_are_those_of_brute_force(seed: int, scale: tuple[int, int]) -> None:
    acts = random_acts(seed)
    slow = Slow(acts, *scale, 1)
    events = encode(frame_of(acts))
    b = background(acts, *scale)
    s = b.sessions
    whats = events.objects.gather(s.cell_object[s.cell].astype(np.int64)).to_list()
    whos = events.accounts.gather(s.account).to_list()
    found = {
        Act(who, what, when / SECOND): int(c)
        for who, what, when, c in zip(whos, whats, s.time.tolist(), b.partners, strict=True)
    }
    assert found == slow.c


@pytest.mark.parametrize(("seed", "window"), list(product(SEEDS, (1, 60, 600))))
def test_pairs_of_rows_without_blocks_and_without_collapsing(seed: int, window: int) -> None:
    acts = random_acts(seed)
    assert count_row_pairs(encode(frame_of(acts)), window * SECOND) == row_pairs(acts, window) > 0


@pytest.mark.parametrize(("seed", "window"), list(product(SEEDS, (60, 300))))
def test_own_pairs_within_a_cell(seed: int, window: int) -> None:
    acts = random_acts(seed)
    events = encode(frame_of(acts))
    s = sessions_of(events, posts_of(events), Scale(60, 1800))
    own = own_pairs_within(s.by_account, s.run_cell, s.run_events, s.time, window * SECOND, s.n_cells)
    expected = [
        sum(
            s.account[i] == s.account[j] and abs(int(s.time[i]) - int(s.time[j])) <= window * SECOND
            for i, j in product(np.flatnonzero(s.cell == cell), repeat=2)
        )
        for cell in range(s.n_cells)
    ]
    assert own.tolist() == expected
    assert max(expected) > 1


def test_a_burst_of_ten_posts_is_one_act() -> None:
    burst = [("u", "tag", float(i)) for i in range(10)]
    acts = at_noon(*burst, ("v", "tag", 5), ("w", "tag", 20))
    b = background(acts, 60, 1800)
    assert len(b.sessions.time) == 3
    assert b.partners.tolist() == [2, 2, 2]
    assert len(b.u) == 0


def test_repeats_collapse_to_the_first_of_each_run_of_one_window() -> None:
    times = [0, 50, 100, 160, 161, 221]  # 50 falls to 0, 160 falls to 100, 221 falls to 161
    events = encode(frame_of(at_noon(*(("u", "tag", t) for t in times))))
    s = sessions_of(events, posts_of(events), Scale(60, 1800))
    assert (s.time // SECOND - NOON).tolist() == [0, 100, 161]


def test_runs_are_cut_at_the_edge_of_a_block() -> None:
    events = encode(frame_of(at_noon(("u", "tag", 1790), ("u", "tag", 1810))))
    s = sessions_of(events, posts_of(events), Scale(60, 1800))
    assert len(s.time) == 2
    assert s.n_cells == 2


def test_a_window_includes_its_last_second() -> None:
    def meet(gap: float) -> dict[tuple[str, str], int]:
        twice = [("u", "a", 0.0), ("v", "a", gap), ("u", "b", 0.0), ("v", "b", gap)]
        return repeat_pairs(at_noon(*twice), 60, 1800, one_object=True)

    assert meet(60) == {("u", "v"): 2}
    assert meet(60.001) == {}


def test_blocks_cut_pairs() -> None:
    across = [("u", "tag", 1790), ("v", "tag", 1800), ("u", "tag", 3590), ("v", "tag", 3600)]
    assert repeat_pairs(at_noon(*across), 60, 1800) == {}
    inside = [(who, what, when - 100) for who, what, when in across]
    assert repeat_pairs(at_noon(*inside), 60, 1800) == {("u", "v"): 2}


def test_whatever_happens_in_one_block_is_one_episode() -> None:
    session = [(who, "tag", minute * 120.0) for who in "uv" for minute in range(10)]
    assert repeat_pairs(at_noon(*session), 60, 1800) == {}
    two = [*session, ("u", "tag", 4000.0), ("v", "tag", 4010.0)]
    assert repeat_pairs(at_noon(*two), 60, 1800) == {("u", "v"): 2}


def test_two_posts_that_share_five_hashtags_are_one_co_action_on_the_rarest() -> None:
    tags = ["t1", "t2", "t3", "t4", "rare"]
    common = [("w", tag, 20_000.0) for tag in tags[:4]]  # makes them more frequent than the fifth
    shared = [(who, tag, when) for who, when in (("u", 0.0), ("v", 30.0)) for tag in tags]
    acts = at_noon(*shared, *common)
    assert repeat_pairs(acts, 60, 1800) == {}
    b = background(acts, 60, 1800)
    met = dict.fromkeys(tags, 0)
    for cell, partners in zip(b.sessions.cell, b.partners, strict=True):
        met[encode(frame_of(acts)).objects[int(b.sessions.cell_object[cell])]] += int(partners)
    assert met == {"t1": 0, "t2": 0, "t3": 0, "t4": 0, "rare": 2}


def test_ties_of_rarity_go_by_name_so_that_evidence_can_repeat_them() -> None:
    acts = at_noon(*((who, tag, 0.0) for who in "uv" for tag in ("b", "a")))
    b = background(acts, 60, 1800)
    assert b.partners.tolist() == [1, 1, 0, 0]  # the two acts on "a" come first


def test_different_posts_that_meet_on_different_tags_are_two_episodes() -> None:
    acts = at_noon(("u", "a", 0), ("v", "a", 10), ("u", "b", 100), ("v", "b", 110))
    assert repeat_pairs(acts, 60, 1800) == {("u", "v"): 2}


@pytest.mark.parametrize("seed", SEEDS)
def test_order_of_rows_and_repeated_rows_change_nothing(seed: int) -> None:
    frame = frame_of(random_acts(seed))
    events, shuffled = encode(frame), encode(pl.concat([frame, frame]).sample(fraction=1, shuffle=True, seed=seed))
    assert fingerprint(events) == fingerprint(shuffled)
    assert events.time.tolist() == shuffled.time.tolist()
    assert events.post.tolist() == shuffled.post.tolist()


@pytest.mark.parametrize(("one_object", "tick"), [(True, 1.0), (False, 1.0), (False, 0.25)])
def test_rows_are_the_same_however_long_the_stretches_are_that_are_worked_on(
    monkeypatch: pytest.MonkeyPatch, one_object: bool, tick: float
) -> None:
    acts = random_acts(3, posts=300, tick=tick)
    frame = frame_of([*acts, *acts[:70]])
    whole = encode(frame, one_object)
    monkeypatch.setattr(arrays, "BLOCK", 7)
    parts = encode(frame, one_object)
    for name in ("account", "object", "time", "post", "source", "born"):
        assert getattr(parts, name).tolist() == getattr(whole, name).tolist(), name
    assert (parts.accounts.to_list(), parts.objects.to_list()) == (whole.accounts.to_list(), whole.objects.to_list())
    assert parts.clock == whole.clock
    assert count_row_pairs(parts, 60 * SECOND) == row_pairs(acts, 60)


def test_a_fingerprint_knows_every_column() -> None:
    frame = pl.DataFrame({"account": ["u", "v"], "object": ["a", "b"], "time": [0, 1], "source": ["s", "t"]})
    changes = [
        pl.Series("account", ["u", "w"]),
        pl.Series("object", ["a", "c"]),
        pl.Series("time", [0, 2]),
        pl.Series("source", ["s", "s"]),
    ]
    prints = {fingerprint(encode(f)) for f in (frame, *(frame.with_columns(c) for c in changes))}
    assert len(prints) == 5


def test_rows_with_nulls_are_left_out() -> None:
    frame = pl.DataFrame(
        {"account": ["u", None, "v", "w"], "object": ["a", "a", None, "a"], "time": [0, 0, 0, None]},
        schema={"account": pl.String, "object": pl.String, "time": pl.Int64},
    )
    assert len(encode(frame)) == 1


def test_a_frame_without_its_columns_is_refused_by_name() -> None:
    with pytest.raises(AnalysisError, match="object, time"):
        encode(pl.DataFrame({"account": ["u"]}))


@pytest.mark.parametrize(
    ("seconds", "tick"),
    [
        ([0, 86_400], 86_400_000),
        ([3600, 7200], 3_600_000),
        ([60, 180], 60_000),
        ([1, 2, 60], 1000),
        ([0.5, 0.7, 60], 1),
        ([60, 180, 61], 60_000),
    ],
)
def test_the_clock_is_the_coarsest_tick_of_half_the_times(seconds: list[float], tick: int) -> None:
    assert clock_of(np.array([int(s * 1000) for s in seconds], dtype=np.int64)) == tick


def test_huge_gaps_between_acts_cost_nothing() -> None:
    """Blocks without any event are not kept: two thousand years at windows of a second would be 30 billion."""
    year = 365.25 * 86_400
    twice = [(who, "tag", when) for who in "uv" for when in (-1900 * year, 0.0, 5000 * year)]
    acts = at_noon(*twice)
    b = background(acts, 1, 2)
    assert b.sessions.n_blocks == 3
    assert repeat_pairs(acts, 1, 2) == {("u", "v"): 3}
