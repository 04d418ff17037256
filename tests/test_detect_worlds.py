"""Detection in simulated worlds whose truth is known: nobody innocent is accused, and rings are found."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import polars as pl
import pytest
from worlds import Outcome, outcome

SEEDS = (1, 2)  # the judge has twenty (docs/judge.md)
INNOCENT: dict[str, dict[str, Any]] = {
    "a crowd": {},
    "calm chats": {"chats": {"chats": 3, "rate": 1.8}},
    "busy chats": {"chats": {"chats": 3, "rate": 2.5}},
    "chats as dense as a troll shift": {"chats": {"chats": 3, "rate": 3.2}},
    "series with a tag each": {"second_screen": {"series": 2, "tags": "series"}},
    "series with a tag an episode": {"second_screen": {"series": 2, "tags": "episode"}},
    "calm chats with five hashtags in a post": {"chats": {"chats": 3, "rate": 1.8, "beside": 4}},
    "spikes": {"spikes": {"spikes": 5, "shared": 0.3}},
    "fans of stars": {"fandom": {"stars": 2}},
    "a sharp broadcast": {
        "televised": {"audience": 200, "broadcasts": 8, "watching": 0.95, "reacting": (0.2, 0.6), "seconds": 5}
    },
    "fan communities": {"fan_communities": {"rate": 2.5}},
    "quick and devoted fans": {"fandom": {"stars": 2, "minutes": (1, 15), "devotion": (0.5, 0.95)}},
    "planning tools": {"schedulers": {}},
    "planning tools on the day's hashtag": {"schedulers": {"habitual": 0, "daily": 1}},
    "good mornings": {"greetings": {}},
    "commuters": {"commuters": {}},
    "circles of friends": {"friends": {}},
    "friends, keen and quick": {"friends": {"carrying": (0.1, 0.6), "minutes": 10}},
    "readers of the same news": {"readers": {}},
    "newsrooms that link to their own sites": {"newsrooms": {"links": "own"}},
    "feeds that are looked at in the same seconds": {"newsrooms": {"links": "short", "look": 3600, "bots": (25, 25)}},
    "newsrooms whose links are shortened": {"newsrooms": {"links": "short", "delay": 20}},
    "readers who post headlines": {"readers": {"words": "headline"}},
    "readers who post headlines with shortened links": {"readers": {"words": "headline", "links": "short"}},
    "automatic retweeters of a hashtag": {"retweeters": {}},
    "friends who talk by naming each other": {"talks": {"circles": 6}},
    "talks that keep their hashtags": {"talks": {"tags": "talk"}},
    "talks by replies": {"talks": {"tags": "talk", "by": "replies"}},
    "talks under the circle's hashtag": {"talks": {"tags": "circle"}},
}


@cache
def innocent(world: str, seed: int) -> Outcome:
    """What is found there, once for all tests that ask."""
    return outcome(INNOCENT[world], seed)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("world", INNOCENT)
def test_no_campaign_where_nobody_coordinates(world: str, seed: int) -> None:
    assert innocent(world, seed).campaigns == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_large_circle_of_friends_is_no_campaign_at_a_rate_of_five_in_a_hundred_either(seed: int) -> None:
    """Of its 20,000 pairs some come to any p: habits let them. Without counting those it is a campaign."""
    circle = {"friends": {"circles": 1, "size": 200, "carrying": (0.02, 0.1), "asleep": 0}}
    assert outcome(circle, seed, fdr=0.05).campaigns == []


@pytest.mark.parametrize("world", ["a crowd", "spikes"])
def test_nothing_at_all_among_strangers(world: str) -> None:
    found = outcome(INNOCENT[world], 4).found
    assert found.groups == ()
    assert found.edges.is_empty()


@pytest.mark.parametrize(("world", "kind"), [("a sharp broadcast", "televised"), ("fans of stars", "fandom")])
def test_people_who_meet_are_gatherings_of_their_own_kind(world: str, kind: str) -> None:
    """A faithful audience and fans do turn up together; each gathering is one audience or one fan club."""
    seen = innocent(world, 1)
    home = dict(seen.innocent_groups.filter(kind=kind).select("account_id", "group").iter_rows())
    assert len(seen.found.groups) >= 1
    for group in seen.found.groups:
        assert group.claim == "gathering"
        assert group.size >= 60
        own = Counter(home.get(m.id) for m in group.accounts)
        assert own.most_common(1)[0][1] >= 0.98 * group.size


def test_fans_meet_on_the_retweets_of_their_star() -> None:
    found = innocent("fans of stars", 1).found
    assert {(e.layer, e.claim) for g in found.groups for e in g.layers} == {("retweet", "together")}


@pytest.fixture(scope="module", params=SEEDS)
def ringed(request: pytest.FixtureRequest) -> Outcome:
    """Four rings of 20 that turn up by 90, 70, 50 and 35 %, among innocents of every kind."""
    worlds = {"rings": {"rings": 4, "size": 20}, "chats": {"chats": 1}, "spikes": {}, "fandom": {"stars": 1}}
    return outcome(worlds, request.param)


def test_only_members_of_rings_are_accused(ringed: Outcome) -> None:
    assert ringed.core
    assert ringed.accused <= ringed.guilty


def test_rings_that_turn_up_are_found(ringed: Outcome) -> None:
    """Half of those who acted twice or more. The bound is modest on purpose: pairs of a ring of 35 % turn-out, a
    quarter of the accounts, share one or two of twelve actions, which no pair can prove."""
    assert len(ringed.core & ringed.findable) >= 0.5 * len(ringed.findable)
    assert sum(size >= 15 for size, _ in ringed.campaigns) >= 2


def test_each_campaign_is_one_ring(ringed: Outcome) -> None:
    ids = [frozenset(m.id for m in g.accounts) for g in ringed.found.groups if g.claim == "campaign"]
    assert sum(map(len, ids)) == len(frozenset().union(*ids))
    assert max(map(len, ids)) <= 21  # a ring and its leader


def test_numbers_of_a_campaign_fit_its_edges(ringed: Outcome) -> None:
    edges = ringed.found.edges
    for group in ringed.found.groups:
        ids = [m.id for m in group.accounts]
        inside = edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))
        assert {(e.layer, e.claim): e.edges for e in group.layers} == {
            key: len(part) for key, part in inside.partition_by("layer", "claim", as_dict=True).items()
        }
        assert 0 <= group.p <= 1
        assert sum(m.episodes for m in group.accounts) == 2 * inside.filter(claim="together")["n"].sum()


def test_rings_at_full_hours_are_found_among_planning_tools() -> None:
    """What habits explain is not what rings do: those act at full hours, but not day after day at the same ones."""
    worlds = {"bots": {"every": 3600, "window": 30, "popularity": "popular"}, "schedulers": {}}
    seen = outcome(worlds, 1)
    assert seen.accused <= seen.guilty
    assert len(seen.core & seen.findable) >= 0.8 * len(seen.findable)


def test_rings_that_retweet_posts_of_any_age_are_found_among_readers() -> None:
    seen = outcome({"retweet_ring": {"actions": 20}, "friends": {}, "retweeters": {}}, 1)
    assert seen.core
    assert seen.accused <= seen.guilty
    assert len(seen.core & seen.findable) >= 0.5 * len(seen.findable)


def test_rings_that_push_lists_of_hashtags_in_any_order_are_found() -> None:
    """Five hashtags in a post are one chance to meet, not five: of neither ring was anybody found when they were."""
    lists = {"tag_lists": {"groups": 2, "turnout": (0.9, 0.7)}}
    found = outcome(lists, 2)
    assert len(found.core) > 40
    assert found.core <= found.guilty


def test_leiden_accuses_nobody_else() -> None:
    seen = outcome({"rings": {"rings": 4, "size": 20}, "chats": {"chats": 1}}, 1, community="leiden")
    assert seen.accused <= seen.guilty
    assert len(seen.core & seen.findable) >= 0.5 * len(seen.findable)
