"""A made-up result for the tests of the report: one campaign, one gathering and a crowd, always the same."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import polars as pl
from campaign_analysis.results import (
    EDGE_SCHEMA,
    Agreement,
    Alone,
    Benign,
    Detection,
    Group,
    Honesty,
    LayerEvidence,
    Luck,
    Member,
    PairTest,
    Placebo,
    Planted,
    Run,
    TagShare,
    Target,
)
from campaign_analysis.signal_results import Measure, Sight, SignalResult

from campaign.reporting.data import POSTS_SCHEMA, PROFILES_SCHEMA, SAMPLES_SCHEMA, QueryUse, ReportData

START = datetime(2024, 5, 1, 8, tzinfo=UTC)
BURST = datetime(2024, 5, 6, 19, tzinfo=UTC)
RING = [f"x:{1000 + i}" for i in range(24)]
CLUB = [f"x:{2000 + i}" for i in range(9)]
CROWD = [f"x:{3000 + i}" for i in range(90)]
CORE = RING[:10]
RUN = "run-4f1d"


def handle(account: str) -> str:
    """The handle of an account of the example."""
    return {"x:1": "ring", "x:2": "club", "x:3": "reader"}.get(account[:3], "other") + account[-3:]


def member(account: str, role: Any = "together", episodes: int = 6, p: float = 1.5e-9) -> Member:
    """A member with evidence."""
    made = START - timedelta(days=int(account[2:]) % 700)
    return Member(account, role, episodes, 0.21, p, handle(account), made)


def edge(a: str, b: str, layer: str, claim: str, p: float) -> dict[str, Any]:
    """A row of the edges."""
    low, high = sorted((a, b))
    scale = {"window": 60, "block": 1800} if layer == "hashtag" else {"window": 3600, "block": 86_400}
    return {"a": low, "b": high, "layer": layer, "claim": claim, **scale, "n": 6, "expected": 0.2, "p": p, "q": p * 50}


def edges() -> pl.DataFrame:
    """The ring and the club together by hashtag; the ring's core in step by retweets."""
    rng = random.Random(5)
    together = [*combinations(RING, 2), *combinations(CLUB, 2)]
    rows = [edge(a, b, "hashtag", "together", 10 ** -rng.uniform(6, 13)) for a, b in together if rng.random() < 0.7]
    rows += [edge(a, b, "retweet", "in step", 10 ** -rng.uniform(6, 13)) for a, b in combinations(CORE, 2)]
    return pl.DataFrame(rows, schema=EDGE_SCHEMA)


def groups() -> tuple[Group, ...]:
    """The gathering first, so that the report has to put the campaign before it."""
    club = Group(
        id=f"{RUN}:1",
        claim="gathering",
        layers=(LayerEvidence("hashtag", "together", 25, 3e-12),),
        p=3e-12,
        accounts=tuple(member(a) for a in CLUB),
        hashtags=(TagShare("gardenchat", 120, 0.64), TagShare("votenow", 30, 0.05)),
        first=START,
        last=BURST + timedelta(hours=1),
    )
    ring = Group(
        id=f"{RUN}:2",
        claim="campaign",
        layers=(LayerEvidence("hashtag", "together", 190, 2e-40), LayerEvidence("retweet", "in step", 45, 0.0)),
        p=0.0,
        accounts=tuple(member(a, "core" if a in CORE else "together", 9, 3e-14) for a in RING),
        hashtags=(TagShare("votenow", 310, 0.71, 1_400), TagShare("सुशांत", 12, 1.0, 0)),
        targets=(
            Target("x:77", 140, "mayor", 21, 9),
            Target(RING[0], 20, handle(RING[0]), 7, 3),
            Target("x:78", 3),
        ),
        first=BURST,
        last=BURST + timedelta(minutes=95),
        stability=0.96,
        placebo_p=0.05,
        own_share=0.4,
        why=(
            PairTest(
                RING[0], RING[1], "hashtag", "in step", 60, 1800, 12, 0.47, 3e-13, 7_503, 2e-10, 45, True, "ring000"
            ),
            PairTest(
                CROWD[3],
                RING[0],
                "hashtag",
                "together",
                60,
                1800,
                14,
                11.2,
                0.24,
                7_503,
                930.0,
                190,
                False,
                None,
                "ring000",
            ),
        ),
        benign_against=(
            Benign("A common owner", "no word is in more than one of its 24 names", "looked for, not there"),
        ),
        benign_untested=(
            Benign("A fan circle of one account", "these data do not say whose …", "could not be looked for"),
        ),
        signals=(
            SignalResult(
                "born",
                p=6e-9,
                measure=Measure("share of the accounts made in bursts", 0.7, 0.5, 0.9),
                seen=(Sight("14 accounts made on 2023-07-06", tuple(RING[:14]), START, BURST, 6e-9),),
                notes=("20 of 20 dates have no time of day",),
                corrected=6e-9,
            ),
            SignalResult("of a later version", untried="no snapshots"),
        ),
        benign=(
            Benign(
                "A feed or a share button", "80% of its copied posts and links come at second 0 of a minute", "fits"
            ),
        ),
    )
    return (club, ring)


HONESTY = Honesty(
    placebo=Placebo((0, 9), (0, 2), (0, 0), (0, 1), (0.0, 60.5), (0.0, 0.0)),
    planted=(Planted("hashtag", 10, 8, 0.5, 20, 17, 0.71, 0.64, 0.95),),
    seeds=50,
    agreement=(Agreement("louvain", "leiden", 0.62), Agreement("louvain", "python-louvain", 1.0)),
)


def detection(found: tuple[Group, ...] | None = None) -> Detection:
    """The result; `found` replaces its groups, and no groups means no edges."""
    given = groups() if found is None else found
    return Detection(
        run=Run(
            id=RUN,
            parameters={"hashtags": ["votenow"], "fdr": 0.01, "layers": ["hashtag", "retweet"], "seed": 0},
            data_range=(START, BURST + timedelta(days=4)),
            counts={"accounts": 123, "posts": 1_000, "events": 1_800},
            versions={"campaign": "0.1.0", "polars": "2.1.0"},
            notes=("The data's clock counts minutes: nothing under a minute can be seen.",),
        ),
        groups=given,
        edges=edges() if given else pl.DataFrame(schema=EDGE_SCHEMA),
        tested_pairs={"hashtag": 7_503, "retweet": 7_503},
        hashtag_alone=Alone(edges=12, groups=1),
        louvain_communities=3,
        honesty=HONESTY,
        luck=Luck({1e-4: 5.3, 2e-4: 6.2}, {1e-4: 4.1, 2e-4: 4.4}),
    )


def posts() -> pl.DataFrame:
    """A thousand posts over nine days, most of them in one burst of two hours."""
    rng = random.Random(11)
    rows = []
    for number in range(1_000):
        account = rng.choice(RING if number % 3 == 0 else CLUB if number % 7 == 0 else CROWD)
        slow = START + timedelta(seconds=rng.randrange(9 * 86_400))
        fast = BURST + timedelta(seconds=rng.randrange(7_200))
        if account in RING:  # at ten common moments
            fast = BURST + timedelta(seconds=600 * rng.randrange(1, 11) + rng.randrange(40))
        at = slow if number % 100 == 0 else fast
        text = (
            f"They lie to you. Vote now! #votenow {number % 4}"
            if account in RING
            else f"Reading this {number} #votenow"
        )
        kind = rng.choice(["original", "retweet"])
        rows.append((f"x:9{number:04d}", account, handle(account), at, kind, text, ["votenow"]))
    return pl.DataFrame(rows, schema=POSTS_SCHEMA, orient="row")


def profiles() -> pl.DataFrame:
    """Profiles of all members but the last of the club."""
    rows = [(a, handle(a), f"Name of {handle(a)}", START, 1_234, 99) for a in [*RING, *CLUB[:-1]]]
    return pl.DataFrame(rows, schema=PROFILES_SCHEMA, orient="row")


def samples() -> pl.DataFrame:
    """Four meetings of the campaign."""
    rows = [
        sample("hashtag", "votenow", 9, "Vote now! They lie. #votenow", "They lie to you, vote now #votenow"),
        sample("retweet", "x:555", 740, "RT the mayor lies", "RT the mayor lies"),
        sample("mention", "x:77", 5, "@mayor they lie", "lies @mayor"),
        sample("text", "cluster 3", 0, "Ten thousand people cannot be wrong", "Ten thousand people can't be wrong"),
    ]
    return pl.DataFrame(rows, schema=SAMPLES_SCHEMA)


def sample(layer: str, thing: str, apart: int, a_text: str, b_text: str) -> dict[str, Any]:
    """One meeting of the first two accounts of the ring."""
    return {
        "group": f"{RUN}:2",
        "a": RING[0],
        "b": RING[1],
        "layer": layer,
        "object": thing,
        "a_post": "x:90001",
        "a_time": BURST,
        "a_text": a_text,
        "b_post": "x:90002",
        "b_time": BURST + timedelta(seconds=apart),
        "b_text": b_text,
    }


def loaded(number: int) -> dict[str, Any]:
    """A file that the graph was loaded from."""
    name, sha256 = f"posts-{number}.csv.gz", f"{number:064}"
    return {"file": name, "sha256": sha256, "rows": 1234, "posts": 1200, "rejected": None, "state": "whole"}


def report_data(**changed: Any) -> ReportData:
    """The example, with parts replaced by name."""
    parts: dict[str, Any] = {
        "detection": detection(),
        "hashtags": ("VoteNow",),
        "posts": posts(),
        "profiles": profiles(),
        "samples": samples(),
        "queries": (QueryUse("report/posts_of_hashtags", "Posts of hashtags", {"tags": ["votenow"]}),),
        "files": (loaded(0),),
    }
    return ReportData(**parts | changed)
