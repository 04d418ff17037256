"""What signals and audits say of data that are not as they should be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
from campaign_analysis.account_frames import PROFILES, SNAPSHOTS, TIMES
from campaign_analysis.followers.audit import audit
from campaign_analysis.followers.lists import Listed
from campaign_analysis.signals import Asked, named
from campaign_analysis.simulation.audiences import Audience, simulate_audience
from campaign_analysis.simulation.quiet import framed

from campaign.follower_lists import FollowerList
from campaign.follower_words import audit_sentences

START = datetime(2024, 1, 1, tzinfo=UTC)


def test_dates_before_the_platform_and_missing_ones_are_counted_and_make_no_lot() -> None:
    rng = np.random.default_rng(1)
    known = [START - timedelta(days=int(d)) for d in rng.integers(0, 4000, 300)]
    dates = [*[datetime(1970, 1, 1, tzinfo=UTC)] * 10, *[datetime(2005, 5, 5, tzinfo=UTC)] * 10, None, None, *known]
    accounts = [f"x:{i}" for i in range(len(dates))]
    frame = framed(PROFILES, account=accounts, platform=["x"] * len(dates), created_at=dates)
    result = named("born").look(Asked(frozenset(accounts[:40]), {PROFILES.name: frame}))
    assert result.p is not None and result.p > 0.01 and not result.seen
    assert "22 of 40 accounts have no creation date that can be" in result.notes


def test_counters_that_go_back_and_forth_are_named_and_are_no_leap() -> None:
    rows = []
    for number in range(20):
        rng = np.random.default_rng(number)
        count = 27_000 + np.cumsum(rng.poisson(5, 30))
        if number < 10:
            count[[9, 15, 21]] = 0
        at = [START + timedelta(days=i) for i in range(30)]
        counts = {"followers": count.tolist(), "following": [7] * 30}
        rows.append(framed(SNAPSHOTS, account=[f"x:{number}"] * 30, at=at, **counts))
    frames = {SNAPSHOTS.name: pl.concat(rows), TIMES.name: TIMES.empty()}
    result = named("leaps").look(Asked(frozenset(f"x:{i}" for i in range(10)), frames))
    assert result.p == 1
    (note,) = (note for note in result.notes if "jump and jump back" in note)
    assert note.startswith("30 values of followers") and "of 10 accounts" in note


def test_a_list_that_may_be_the_websites_is_said_to_begin_out_of_order() -> None:
    followers = simulate_audience(1, Audience(followers=1_000)).select("follower", "rank", "created_at")
    for platform, said in (("x", True), ("mastodon", False)):
        listed = FollowerList(f"{platform}:1", "ann", platform, Listed(followers, 0, (), None), None)
        sentences = " ".join(audit_sentences(listed, audit(listed.account, followers, platform=platform)))
        assert ("the first twenty places or so are out of order" in sentences) == said
