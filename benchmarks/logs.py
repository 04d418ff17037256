"""The declared set of logs that the judge looks at: one table, nothing else to edit to add one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from campaign_analysis.background import Scale

WINDOWS = (Scale(10, 600), Scale(10, 1800), Scale(60, 240), Scale(60, 1800), Scale(300, 1800))
CROWD_POSTS = 20_000


@dataclass(frozen=True, kw_only=True)
class Log:
    """A log with a known truth, for any number of seeds.

    `part`: the name by which a user asks for it. `everywhere`: looked at at every window of WINDOWS, not only at the
    layers' own scales. `most`: seeds at most, where a run is heavy.
    """

    name: str
    part: str
    everywhere: bool = False
    most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Simulated(Log):
    """Worlds of the project's simulator among a crowd that writes `posts`.

    `setting` are fields of `Setting`; `layers` are the layers that are looked at, all if empty; `sources`: whether it
    is known whose posts were retweeted.
    """

    worlds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    posts: int = CROWD_POSTS
    setting: Mapping[str, Any] = field(default_factory=lambda: {"crowd": 2500, "hashtags": 3000})
    layers: tuple[str, ...] = ()
    sources: bool = True
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


def _planted(name: str, **worlds: Mapping[str, Any]) -> Simulated:
    return Simulated(name=name, worlds=worlds)


def _innocent(name: str, **worlds: Mapping[str, Any]) -> Simulated:
    return Simulated(name=name, worlds=worlds, everywhere=True)


LOGS: tuple[Simulated | Generated, ...] = (
    # guilty
    _planted("rings", rings={"rings": 6}),
    _planted("rings, no retweets", rings={"rings": 6, "retweeting": 0}),
    _planted("small rings", rings={"rings": 6, "size": 8}),
    _planted("rings of few actions", rings={"rings": 6, "actions": 6}),
    _planted("rings among chats, spikes, fans", rings={"rings": 4}, chats={}, spikes={}, fandom={}, second_screen={}),
    # innocent
    _innocent("crowd"),
    _innocent("chats, calm", chats={"rate": 1.8}),
    _innocent("chats, busy", chats={"rate": 2.5}),
    _innocent("chats as dense as a shift", chats={"rate": 3.2}),
    _innocent("series, a tag each", second_screen={"tags": "series"}),
    _innocent("series, a tag an episode", second_screen={"tags": "episode"}),
    _innocent("spikes", spikes={"spikes": 5, "shared": 0.3}),
    _innocent("fans of stars", fandom={"stars": 2}),
    _innocent("quick and devoted fans", fandom={"stars": 2, "minutes": (1, 15), "devotion": (0.5, 0.95)}),
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
            everywhere=True,
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
            everywhere=True,
            most=5,
        )
        for kind in ("series", "episode")
    ),
)
