"""Evidence repeats the counting: listed episodes are the counted ones, and a group's acts are those that meet."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import polars as pl
import pytest
from campaign_analysis import growth
from campaign_analysis.background import background_of
from campaign_analysis.detect import detect
from campaign_analysis.episodes import episodes_of as in_cells
from campaign_analysis.episodes import once_a_post
from campaign_analysis.events import encode
from campaign_analysis.evidence import ATTENDED, EPISODES, attended, co_acting, episodes, episodes_of
from campaign_analysis.sessions import Scale, posts_of, sessions_of
from joining_world import joining_input
from slow_method import NOON, Act, Slow, frame_of, random_acts

SCALES = [(10, 600), (60, 240), (60, 1800), (300, 1800)]


def frequency(frame: pl.DataFrame) -> dict[str, int]:
    return dict(frame.unique().group_by("object").len().iter_rows())


@pytest.mark.parametrize(("seed", "scale", "one_object"), list(product(range(4), SCALES, (False, True))))
def test_listed_episodes_are_the_counted_ones(seed: int, scale: tuple[int, int], one_object: bool) -> None:
    acts = random_acts(seed)
    slow, frame = Slow(acts, *scale, 1, one_object), frame_of(acts)
    everybody, counts = sorted({a.who for a in acts}), frequency(frame)
    for a, b in permutations(everybody, 2):
        found = episodes(frame, a, b, Scale(*scale), counts, one_object)
        cells = [(what, start // 1000 // scale[1]) for what, start in found.select("object", "block_start").iter_rows()]
        assert len(cells) == len(set(cells))
        assert set(cells) <= slow.episodes.get((min(a, b), max(a, b)), set())
        assert len(cells) == slow.once_a_post((min(a, b), max(a, b)))
        assert found["a_time"].is_sorted()


@pytest.mark.parametrize("seed", range(4))
def test_both_acts_of_an_episode_are_there_and_are_the_closest(seed: int) -> None:
    """Where no post has two objects; of those that have, one may have counted before."""
    acts = list({(a.who, a.when): a for a in random_acts(seed)}.values())
    slow, frame = Slow(acts, 300, 1800, 1), frame_of(acts)
    counts = frequency(frame)
    for a, b in slow.episodes:
        for what, _, a_time, b_time in episodes(frame, a, b, Scale(300, 1800), counts).iter_rows():
            first, second = Act(a, what, a_time / 1000), Act(b, what, b_time / 1000)
            assert second in slow.met[first]
            gaps = [abs(x.when - y.when) for x in slow.acts for y in slow.met[x] if x.who == a and y.who == b]
            same_cell = [
                abs(x.when - y.when)
                for x in slow.in_cell[slow.cell(first)]
                for y in slow.met[x]
                if x.who == a and y.who == b
            ]
            assert abs(first.when - second.when) == min(same_cell) >= min(gaps)


@pytest.mark.parametrize("one_object", [True, False])
def test_many_pairs_at_once_have_the_episodes_of_each(one_object: bool) -> None:
    frame = frame_of(random_acts(5))
    names, scale = frame["account"].unique().sort().to_list(), Scale(60, 1800)
    pairs = [*((a, b) for a, b in product(names, names) if a < b), ("nobody", names[0])]
    every = episodes_of(frame, pairs, scale, frequency(frame), one_object)
    assert every.height > 10
    for a, b in pairs:
        one = episodes(frame, a, b, scale, frequency(frame), one_object)
        assert every.filter(a=a, b=b).select(EPISODES.keys()).rows() == one.rows()


def test_the_rarest_is_told_by_everybodys_acts_not_by_the_pairs() -> None:
    acts = [Act(who, tag, NOON + when) for who, when in (("u", 0), ("v", 5)) for tag in ("a", "b")]
    pair = frame_of(acts)
    assert episodes(pair, "u", "v", Scale(60, 1800), {"a": 100, "b": 3})["object"].to_list() == ["b"]
    assert episodes(pair, "u", "v", Scale(60, 1800), {"a": 3, "b": 100})["object"].to_list() == ["a"]
    assert episodes(pair, "u", "v", Scale(60, 1800))["object"].to_list() == ["a"]  # a tie goes by name


def test_a_shared_rarer_tag_is_not_listed_under_the_common_one_though_its_act_collapsed() -> None:
    """u's second post repeats #rare within the window, so that act has collapsed to one that v is too late for."""
    acts = [Act("u", "rare", NOON), Act("u", "rare", NOON + 50), Act("u", "common", NOON + 50)]
    acts += [Act("v", tag, NOON + 70) for tag in ("rare", "common")]
    acts += [Act(f"w{i}", "common", NOON + 1000 + i) for i in range(9)]
    frame = frame_of(acts)
    assert Slow(acts, 60, 1800, 1).episodes.get(("u", "v")) is None
    assert episodes(frame, "u", "v", Scale(60, 1800), frequency(frame)).is_empty()


def test_who_never_acted_has_no_episodes() -> None:
    found = episodes(frame_of([Act("u", "tag", NOON)]), "u", "v", Scale(60, 1800))
    assert found.is_empty()
    assert dict(found.schema) == EPISODES


@pytest.mark.parametrize(("seed", "window"), list(product(range(5), (5, 60, 600))))
def test_co_acting_are_members_acts_within_the_window_of_another_members(seed: int, window: int) -> None:
    acts = sorted(set(random_acts(seed)), key=lambda a: (a.what, a.when, a.who))
    members = {"a0", "a1", "a2", "a5"}
    inside = [a for a in acts if a.who in members]
    expected = {
        (a.who, a.what, round(a.when * 1000))
        for a in inside
        if any(a.what == b.what and a.who != b.who and abs(a.when - b.when) <= window for b in inside)
    }
    found = co_acting(frame_of(acts), members, window)
    assert found.height == len(expected)
    assert set(found.select("account", "object", "time").rows()) == expected


def test_a_joined_accounts_moments_by_hand() -> None:
    """The core a, b, c; u turns up at three of its moments, and at other times that are none."""
    acts = [
        *(Act(who, "x", NOON + at) for who, at in (("a", 100), ("b", 140), ("c", 150), ("u", 160))),
        *(
            Act(who, "y", NOON + at) for who, at in (("a", 300), ("b", 330), ("u", 391))
        ),  # a minute and a second after b
        *(Act(who, "z", NOON + at) for who, at in (("a", 500), ("u", 510))),  # one of the core alone
        *(Act(who, "x", NOON + at) for who, at in (("b", 1810), ("c", 1870), ("u", 1840), ("u", 1850))),  # next block
        *(Act(who, "w", NOON + at) for who, at in (("a", 4000), ("b", 4100), ("u", 4050), ("v", 4050))),
        *(Act(who, "y", NOON + at) for who, at in (("v", 9000), ("v", 9001), ("u", 9002))),  # v is not of the core
    ]
    found = attended(frame_of(acts), "u", ["a", "b", "c", "u"], Scale(60, 1800))
    block = NOON * 1000
    at = {name: (NOON + seconds) * 1000 for name, seconds in (("one", 160), ("two", 1840), ("three", 4050))}
    assert found.rows() == [
        ("x", block, at["one"], "c", at["one"] - 10_000, "b", at["one"] - 20_000),
        ("x", block + 1_800_000, at["two"], "b", at["two"] - 30_000, "c", at["two"] + 30_000),
        ("w", block + 3_600_000, at["three"], "a", at["three"] - 50_000, "b", at["three"] + 50_000),
    ]
    assert dict(found.schema) == ATTENDED


def test_a_post_with_several_tags_of_the_core_is_listed_once_on_the_rarest() -> None:
    acts = [Act(who, tag, NOON + at) for who, at in (("a", 0), ("b", 5), ("u", 9)) for tag in ("x", "y")]
    frame, scale = frame_of(acts), Scale(60, 1800)
    assert attended(frame, "u", ["a", "b"], scale, {"x": 100, "y": 3})["object"].to_list() == ["y"]
    assert attended(frame, "u", ["a", "b"], scale, {"x": 3, "y": 100})["object"].to_list() == ["x"]


def test_moments_repeat_the_counting_of_growing() -> None:
    """As many cells as growing counts, with the same core."""
    layer = joining_input()
    found = detect([layer])
    events = encode(layer.events)
    names = events.accounts.to_list()
    (core,) = [{m.id for m in g.accounts if m.role == "core" and not m.joined} for g in found.groups][:1]
    codes = np.array(sorted(names.index(c) for c in core), dtype=np.int32)
    for scale in layer.scales:
        everybody = np.ones(len(names), dtype=np.bool_)
        place = growth._Place(background_of(events, posts_of(events), scale), events.clock, everybody)
        who, _ = place.attendance(codes)  # of those that turn up twice or more
        assert who.height > 5
        for account, n in who.select("account", "n").iter_rows():
            assert attended(layer.events, names[account], core, scale).height == n


def test_who_never_acted_or_a_core_of_one_has_no_moments() -> None:
    frame = frame_of([Act("u", "tag", NOON), Act("a", "tag", NOON)])
    for core in ((), ("a",), ("b", "c")):
        assert attended(frame, "u", core, Scale(60, 1800)).is_empty()
    assert dict(attended(frame, "u", (), Scale(60, 1800)).schema) == ATTENDED


def test_one_post_that_meets_two_of_anothers_is_one_meeting() -> None:
    """An account was linked with two others by one reply with two hashtags, each of which a post of theirs had."""
    scale, one_post = Scale(60, 1800), [Act("ann", "fail", NOON), Act("ann", "koch", NOON)]
    acts = [*one_post, Act("bob", "koch", NOON + 60), Act("bob", "fail", NOON + 20)]
    assert episodes(frame_of(acts), "ann", "bob", scale)["object"].to_list() == ["fail"]
    events = encode(frame_of(acts))
    s = sessions_of(events, posts_of(events), scale)
    ann, bob = np.array([0], dtype=np.int32), np.array([1], dtype=np.int32)
    assert in_cells(s, scale, ann, bob).tolist() == [2]
    assert once_a_post(s, scale, ann, bob).tolist() == [1]
    second = frame_of([*acts, Act("ann", "koch", NOON + 100)])  # a post of its own: her first is 100 s before it
    assert episodes(second, "ann", "bob", scale)["object"].to_list() == ["fail", "koch"]
