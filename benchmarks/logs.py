"""The declared set of logs that the judge looks at: one table, nothing else to edit to add one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from campaign_analysis.sessions import Scale
from campaign_analysis.simulation import world_names
from campaign_analysis.simulation.mix import CROWD

WINDOWS = (Scale(10, 600), Scale(10, 1800), Scale(60, 240), Scale(60, 1800), Scale(300, 1800))
CROWD_POSTS = 20_000
LOOKING = {"links": "short", "look": 3600, "wires": 2, "bots": (25, 25), "stories": 140, "readers": 0}


@dataclass(frozen=True, kw_only=True)
class Log:
    """A log with a known truth, for any number of seeds.

    `part`: the name by which a user asks for it. `most`: seeds at most, where a run is heavy. Where nobody is guilty
    it is looked at at every window of WINDOWS, not only at the layers' own scales.
    """

    name: str
    part: str
    most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Simulated(Log):
    """Worlds of the project's simulator among a crowd that writes `posts`.

    `setting` are fields of `Setting`; `layers` are the layers that are looked at, all if empty; `sources`: whether it
    is known whose posts were retweeted; `clock`: seconds to whose multiples the times are cut.
    """

    worlds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    posts: int = CROWD_POSTS
    setting: Mapping[str, Any] = field(default_factory=lambda: {"crowd": 2500, "hashtags": 3000})
    layers: tuple[str, ...] = ()
    sources: bool = True
    clock: int = 1
    part: str = "simulated"


@dataclass(frozen=True, kw_only=True)
class Generated(Log):
    """A log that a generator in `../shared/bench` writes with these options, the hashtag layer alone.

    `stem` is the file's name in the cache, before the seed. `stored`: loaded into a store and asked about in all
    layers, as a user does, where a seventh of the posts say that they are retweets; otherwise every post is taken
    as an original.
    """

    script: str
    stem: str
    options: tuple[str, ...] = ()
    stored: bool = False


def _worlds(name: str, **worlds: Mapping[str, Any]) -> Simulated:
    return Simulated(name=name, worlds=worlds)


def _on_minutes(name: str, **worlds: Mapping[str, Any]) -> Simulated:
    return Simulated(name=f"{name}, on a minute clock", worlds=worlds, clock=60)


def _with_five(name: str, **worlds: Mapping[str, Any]) -> Simulated:
    return Simulated(name=f"{name}, five hashtags in a post", worlds=worlds, most=5)  # they take ten times as long


INNOCENTS: Mapping[str, Mapping[str, Any]] = {
    name: {}
    for name in (
        "breaking_news",
        "chats",
        "commuters",
        "fan_communities",
        "fandom",
        "friends",
        "greetings",
        "readers",
        "retweeters",
        "schedulers",
        "second_screen",
        "share_buttons",
        "spikes",
        "super_posters",
        "talks",
        "televised",
        "town",
    )
}

# A moment shorter than the shortest window, of which a third of a faithful audience writes, evening after evening.
SHARP = {"audience": 300, "broadcasts": 8, "watching": 0.95, "reacting": (0.2, 0.6), "seconds": 5}

DECLARED: tuple[Simulated | Generated, ...] = (
    _worlds("no world but the crowd"),
    # guilty
    _worlds("rings without retweets", rings={"retweeting": 0}),
    _worlds("rings within five minutes", rings={"window": 300}),
    _worlds("rings of eight", rings={"size": 8}),
    _worlds("rings of six actions", rings={"actions": 6}),
    _on_minutes("rings", rings={}),
    _worlds("burst of popular tags", burst={"popularity": "popular", "tags": 4}),
    _worlds("bots, popular tags", bots={"popularity": "popular"}),
    _worlds("bots at full hours", bots={"every": 3600, "window": 30}),
    _worlds("drip of twenty tags", drip={"tags": 20}),
    _worlds("drip on a popular tag", drip={"popularity": "popular"}),
    _worlds("quoting pile-on", pile_on={"way": "quote"}),
    _worlds("retweet ring, as soon as posts come out", retweet_ring={"age": 0}),
    _worlds("pile-on, as soon as posts come out", pile_on={"age": 0}),
    _worlds("popular tag lists", tag_lists={"popularity": "popular"}),
    _worlds("rings among innocents", rings={"rings": 4}, **INNOCENTS),
    # innocent
    _worlds("chats, busy", chats={"rate": 2.5}),
    _worlds("chats as dense as a shift", chats={"rate": 3.2}),
    _on_minutes("chats as dense as a shift", chats={"rate": 3.2}),
    _worlds("series, a tag an episode", second_screen={"tags": "episode"}),
    _on_minutes("series", second_screen={}),
    _worlds("fans of two stars, quick and devoted", fandom={"stars": 2, "minutes": (1, 15), "devotion": (0.5, 0.95)}),
    _worlds("fan communities, dense", fan_communities={"rate": 2.5}),
    _worlds("televised, sharp", televised=SHARP),
    _on_minutes("televised", televised={}),
    _worlds("spikes of three minutes", spikes={"spikes": 10, "minutes": 3, "size": 800, "shared": 0.6}),
    _worlds("breaking news of minutes", breaking_news={"events": 4, "minutes": 5, "retweeting": 0.7}),
    _worlds("share buttons, quick", share_buttons={"minutes": 5, "shares": 4000}),
    _worlds("super-posters on ten tags", super_posters={"people": 16, "tags": 10}),
    _worlds("towns awake two hours", town={"hours": 2, "tags": 3, "local": 0.9}),
    _worlds("schedulers of the day's hashtag", schedulers={"habitual": 0, "daily": 1}),
    _worlds("schedulers at any full hour", schedulers={"moving": 1, "seconds": 5}),
    _worlds("feeds on the hour", schedulers={"people": 40, "slots": 13, "keeping": 0.98, "moving": 0, "habitual": 1}),
    _worlds("greetings, to the minute", greetings={"hours": 3, "minutes": 1, "chatter": 30}),
    _worlds("commuters, few posts", commuters={"popular": 3, "each": 2, "minutes": 5}),
    _worlds("friends, keen and quick", friends={"carrying": (0.1, 0.6), "minutes": 10}),
    _worlds("one large circle of friends", friends={"circles": 1, "size": 200, "carrying": (0.02, 0.1), "asleep": 0}),
    _worlds("newsrooms that link to their own sites", newsrooms={"links": "own"}),
    _worlds("newsrooms, quick, links shortened", newsrooms={"links": "short", "delay": 20}),
    _worlds("feeds looked at in the same seconds, links shortened", newsrooms=LOOKING),
    _worlds("readers who post headlines", readers={"words": "headline"}),
    _worlds("readers who post headlines, links shortened", readers={"words": "headline", "links": "short"}),
    _worlds("readers, many of them quick", readers={"sharing": (0.05, 0.3), "minutes": 5}),
    Simulated(name="readers, on a clock of hours", worlds={"readers": {}}, clock=3600),
    _worlds("talks of every day", talks={"talks": 150, "messages": 3}),
    _worlds("talks that keep their hashtags", talks={"tags": "talk"}),
    _worlds("talks by replies, which keep their hashtags", talks={"tags": "talk", "by": "replies"}),
    _worlds("talks under the circle's hashtag", talks={"tags": "circle"}),
    _with_five("chats as dense as a shift", chats={"rate": 3.2, "beside": 4}),
    _with_five("series", second_screen={"beside": 4}),
    _with_five("televised, sharp", televised={**SHARP, "beside": 4}),
    _with_five("fan communities, dense", fan_communities={"rate": 2.5, "beside": 4}),
    _worlds("all innocents but feeds", **INNOCENTS),
    # known to fail: told apart in the tables
    Simulated(name="fans, authors unknown", part="unknown", worlds={"fandom": {"stars": 2}}, sources=False),
    # by the generators beside the project
    Generated(name="a million posts", part="planted", script="generate_posts.py", stem="posts", most=5),
    Generated(
        name="a million posts, by a store", part="loaded", script="generate_posts.py", stem="posts", stored=True, most=5
    ),
    *(
        Generated(
            name=f"generated chats, rate {rate}",
            part="chats",
            script="generate_chats.py",
            stem=f"chats_{rate}",
            options=("--rate", rate),
            most=5,
        )
        for rate in ("1.8", "2.5", "3.2")
    ),
    *(
        Generated(
            name=f"generated second screen, a tag per {kind}",
            part="screens",
            script="generate_second_screen.py",
            stem=f"screen_{kind}",
            options=("--tags", kind),
            most=5,
        )
        for kind in ("series", "episode")
    ),
)


def _by_default() -> Iterator[Simulated]:
    """Every world of the simulator as it comes: a new one is judged without a word here."""
    yield from (Simulated(name=name, worlds={name: {}}) for name in world_names() if name != CROWD)


LOGS = (*_by_default(), *DECLARED)
