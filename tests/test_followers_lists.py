"""Lists of followers as they are collected: page by page, several times, in part, under a name or an id."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from campaign_analysis.followers.audit import Audit, audit_of
from campaign_analysis.followers.lists import UNDATED, listed
from campaign_analysis.simulation.audiences import Audience, simulate_audience
from command import campaign, told

SEEN = datetime(2024, 2, 1, 12, tzinfo=UTC)
MOMENT = pl.Datetime("us", "UTC")
ROWS = {"follower": pl.String, "rank": pl.Int64, "seen_at": MOMENT, "made": MOMENT}


def rows(*parts: tuple[Sequence[int | None], datetime | None]) -> pl.DataFrame:
    """Places of followers, collected at a time; follower n of the list was made on day n of its age."""
    made = datetime(2015, 1, 1, tzinfo=UTC)
    every = [
        (f"f{part}-{n}", rank, at, made + timedelta(days=n))
        for part, (ranks, at) in enumerate(parts)
        for n, rank in enumerate(ranks)
    ]
    return pl.DataFrame(every, ROWS, orient="row")


def honest(pages: int, apart: timedelta) -> pl.DataFrame:
    """Followers over eight years and a viral day, of whom half are newcomers, as page after page of one list."""
    rng = np.random.default_rng(5)
    begin, made = datetime(2012, 1, 1, tzinfo=UTC), []
    for i in range(3_000):
        now = begin + timedelta(days=1.3 * (i if not 1_400 <= i < 2_000 else 1_400), hours=max(0, i - 1_400) / 30)
        fresh = 1_400 <= i < 2_000 and i % 2
        made.append(now - (timedelta(hours=10 * rng.random()) if fresh else timedelta(days=1_400 * rng.random() ** 2)))
    rank = pl.int_range(3_000, 0, -1, eager=True)
    page = (rank - 1) // (3_000 // pages)
    return pl.DataFrame(
        {
            "follower": [f"x:{i}" for i in range(3_000)],
            "rank": rank,
            "seen_at": [SEEN + apart * int(p) for p in page],
            "made": made,
        },
        ROWS,
    )


def audited_rows(account: str, stored: pl.DataFrame) -> Audit:
    return audit_of(account, listed(stored, account))


def bought() -> pl.DataFrame:
    """A list a fifth of which was bought."""
    audience = simulate_audience(3, Audience(followers=6_000), bought=0.2, kinds=("aged",))
    return audience.select("follower", "rank", "created_at")


def test_the_pages_of_a_list_are_one_collection() -> None:
    whole, paged = (audited_rows("x:77", honest(3, timedelta(minutes=apart))) for apart in (0, 1))
    assert (whole.lots, paged.lots) == ((), ())
    assert paged.followers.drop("bound").equals(whole.followers.drop("bound"))
    assert listed(honest(3, timedelta(minutes=1)), "x:77").seen == (SEEN,)


def test_a_list_that_begins_again_is_another_collection_whose_newcomers_stand_first() -> None:
    later = SEEN + timedelta(days=30)
    minute = timedelta(minutes=1)
    twice = rows(([1, 2], SEEN), ([3, 4], SEEN + minute), ([1], later), ([2, 3], later + minute))
    known = listed(twice, "x:77")
    assert known.seen == (SEEN, later)
    order = known.followers.sort("rank")["follower"].to_list()
    assert order == ["f2-0", "f3-0", "f3-1", "f0-0", "f0-1", "f1-0", "f1-1"]


def test_which_collection_is_the_newer_is_not_guessed() -> None:
    mixed = rows((range(1, 400), SEEN), (range(1, 400), None))
    result = audited_rows("x:77", mixed)
    assert result.why_not == UNDATED
    assert result.impossible == 0
    assert listed(rows(([1, 2], None)), "x:77").why_not is None
    assert listed(rows(([1, 2], SEEN), ([None], None)), "x:77").why_not is None  # who has no place is in no order


@pytest.mark.parametrize(("hour", "impossible"), [(0, 0), (12, 10)])
def test_a_day_without_a_time_lasts_to_its_end(hour: int, impossible: int) -> None:
    seen = SEEN.replace(hour=hour)
    made = [SEEN.replace(hour=h) for h in range(1, 23)]
    columns = {
        "follower": [str(i) for i in range(22)],
        "rank": list(range(1, 23)),
        "seen_at": [seen] * 22,
        "made": made,
    }
    frame = pl.DataFrame(columns, ROWS)
    assert audited_rows("gab:1", frame).impossible == impossible


def test_who_has_no_place_is_counted_and_the_share_is_of_those_who_have(tmp_path: Path) -> None:
    lot = simulate_audience(3, Audience(followers=6_000), bought=0.2, kinds=("aged",)).select(
        "follower", "rank", made="created_at"
    )
    more = lot.head(1_000).with_columns(pl.col("follower") + "b", rank=pl.lit(None, pl.Int64))
    result = audited_rows("sim:1", pl.concat([lot, more]).with_columns(seen_at=pl.lit(None, MOMENT)))
    assert (result.listed, result.unranked, result.dated) == (lot.height + 1_000, 1_000, lot.height)
    assert result.lots
    table = pl.concat([lot, more]).select(pl.lit("1").alias("account"), "follower", "rank", created_at="made")
    table.write_csv(tmp_path / "list.csv")
    told("load", tmp_path / "list.csv", "--platform", "sim", "--store", tmp_path / "s.lbug", "-q")
    said = campaign("followers", "audit", "sim:1", "--store", tmp_path / "s.lbug").err
    assert f"of the {lot.height:,} followers whose date and place are known" in said
    assert "1,000 followers have no place in the list" in said


def test_a_list_that_was_loaded_by_name_is_that_of_the_account_whose_name_it_is(tmp_path: Path) -> None:
    store = tmp_path / "s.lbug"
    for name, owner in (("named", "@boss"), ("numbered", "77")):
        bought().select(pl.lit(owner).alias("account"), pl.all()).write_csv(tmp_path / f"{name}.csv")
    (tmp_path / "post.csv").write_text("id,user_id,screen_name,created_at,text\n1,77,Boss,2024-01-01T00:00:00Z,hello\n")
    told("load", tmp_path / "named.csv", "--platform", "x", "--store", store, "-q")
    before = audited(store, "boss")
    assert (before["account"], bool(before["lots"])) == ("x:@boss", True)
    told("load", tmp_path / "post.csv", "--platform", "x", "--store", store, "-q")
    after = audited(store, "boss")
    assert (after["account"], after["lots"]) == ("x:77", before["lots"])
    assert audited(store, "x:@boss") == after
    told("load", tmp_path / "numbered.csv", "--platform", "x", "--store", store, "-q")
    assert audited(store, "boss")["lots"] == before["lots"]
    done = campaign("followers", "sellers", "--store", store)
    assert "1 account with" in done.err and "No lots are shared" in done.err


def audited(store: Path, name: str) -> dict[str, Any]:
    (found,) = json.loads(told("followers", "audit", name, "--json", "--store", store))
    return dict(found)


def test_lists_that_could_not_be_audited_are_not_said_to_share_nothing(tmp_path: Path) -> None:
    follows = [(f"a{a}", f"f{i}", "2020-01-01") for a in range(3) for i in range(30)]
    pl.DataFrame(follows, ["account", "follower", "created_at"], orient="row").write_csv(tmp_path / "lists.csv")
    told("load", tmp_path / "lists.csv", "--platform", "gab", "--store", tmp_path / "s.lbug", "-q")
    said = campaign("followers", "sellers", "--store", tmp_path / "s.lbug").err
    assert "3 of 3 lists could not be audited; gab:a0: the order in which they followed is not known" in said
    assert "Nothing can be concluded." in said and "No lots are shared" not in said
