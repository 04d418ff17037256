"""The simulator: same seed, same bytes; what it plants is there, and what it says of it is true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from campaign_analysis.errors import AnalysisError
from campaign_analysis.simulation import Setting, simulate, world_names
from campaign_analysis.simulation.language import handles, hashtags, sentences
from polars.testing import assert_frame_equal

ALL: dict[str, dict[str, Any]] = {
    "rings": {"rings": 4, "size": 12, "actions": 8},
    "chats": {"chats": 1, "size": (20, 30)},
    "spikes": {"spikes": 2, "size": 100},
    "second_screen": {"series": 1, "fans": (20, 30), "casual": (20, 40)},
    "fandom": {"stars": 1, "fans": (15, 20), "posts": 20, "chatter": 2},
}
SMALL = Setting(crowd=1500, hashtags=500, days=21)
ACTIONS_ONLY = {"chatter": 0, "retweeting": 0, "joining": 0}
SILENT = {"crowd": {"posts": 0}}


@pytest.fixture(scope="module")
def corpus() -> tuple[pl.DataFrame, pl.DataFrame]:
    return simulate(ALL, 7, posts=12_000, setting=SMALL)


def test_worlds_are_found_by_themselves() -> None:
    assert {"crowd", *ALL} <= set(world_names())


def test_same_seed_same_everything_and_another_seed_something_else() -> None:
    first = simulate(ALL, 3, posts=9_000, setting=SMALL)
    again = simulate(ALL, 3, posts=9_000, setting=SMALL)
    assert_frame_equal(first[0], again[0])
    assert_frame_equal(first[1], again[1])
    assert not simulate(ALL, 4, posts=9_000, setting=SMALL)[0].equals(first[0])


def test_adding_a_world_leaves_the_posts_of_the_others() -> None:
    alone, _ = simulate({"crowd": {"posts": 500}, "rings": ALL["rings"]}, 3, setting=SMALL)
    both, _ = simulate({"crowd": {"posts": 500}, **ALL}, 3, setting=SMALL)
    words = pl.col("text").str.replace_all(r"@\w+", "@")  # handles are dealt anew
    missing = alone.select("created_at", words).join(
        both.select("created_at", words), on=["created_at", "text"], how="anti"
    )
    assert missing.is_empty()


def test_a_log_as_a_platform_would_export_it(corpus: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    posts, truth = corpus
    ids = posts["post_id"].cast(pl.Int64)
    assert posts.height == ids.n_unique() == 12_000
    assert ids.is_sorted()
    assert ids[0] > 2**53
    assert posts["created_at"].is_sorted()
    assert posts.filter(pl.col("created_at") != pl.col("created_at").dt.truncate("1s")).is_empty()
    assert SMALL.start <= posts["created_at"][0]
    assert posts["created_at"][-1] < SMALL.start + timedelta(days=21)
    assert posts.drop("retweet_of", "reply_to", "quote_of").null_count().sum_horizontal().item() == 0
    who = posts.select("account_id", "handle", "account_created_at", "followers").unique()
    assert who.height == who["account_id"].n_unique() == who["handle"].n_unique()
    assert posts.filter(pl.col("account_created_at") >= pl.col("created_at")).is_empty()
    assert set(truth["kind"]) == {"ring", "chat", "spike", "second_screen", "fandom"}
    assert set(truth.filter("guilty")["kind"]) == {"ring"}


def test_texts_carry_their_hashtags_and_mentions(corpus: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    originals = corpus[0].filter(pl.col("retweet_of").is_null())
    tags = pl.col("text").str.extract_all(r"#[\p{L}\p{M}\p{Nd}_]+").list.join(" ").str.replace_all("#", "")
    named = pl.col("text").str.extract_all(r"@\w+").list.join(" ").str.replace_all("@", "")
    assert originals.filter(tags != pl.col("hashtags")).is_empty()
    assert originals.filter(named != pl.col("mentions")).is_empty()
    each = originals["hashtags"].str.split(" ").list
    assert (each.n_unique() == each.len()).all()


def test_retweets_follow_an_original_and_repeat_it(corpus: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    posts, _ = corpus
    retweets = posts.filter(pl.col("retweet_of").is_not_null())
    assert 1_000 < retweets.height < 2_500
    joined = retweets.join(posts, left_on="retweet_of", right_on="post_id", suffix="_original")
    assert joined.height == retweets.height
    assert joined["retweet_of_original"].null_count() == joined.height
    assert joined.filter(pl.col("created_at") < pl.col("created_at_original")).is_empty()
    assert joined.filter(pl.col("account_id") == pl.col("account_id_original")).is_empty()
    assert joined.filter(pl.col("hashtags") != pl.col("hashtags_original")).is_empty()
    expected = pl.format("RT @{}: {}", "handle_original", "text_original")
    assert joined.filter(pl.col("text") != expected).is_empty()


def test_rings_turn_up_within_their_window_as_often_as_said() -> None:
    own = {"rings": 2, "size": 40, "actions": 10, "turnout": (0.9, 0.4), "window": 45, "tags": 1}
    posts, truth = simulate({**SILENT, "rings": {**own, **ACTIONS_ONLY}}, 5, setting=SMALL)
    for group, share in (("ring-0", 0.9), ("ring-1", 0.4)):
        acts = truth.filter(pl.col("group") == group).join(posts, on="account_id").sort("created_at")
        new = pl.col("created_at").diff().dt.total_seconds().fill_null(0) > 60
        moments = acts.group_by(new.cum_sum().alias("moment")).agg(
            length=(pl.col("created_at").max() - pl.col("created_at").min()).dt.total_seconds()
        )
        assert acts["hashtags"].n_unique() == 1
        assert moments.height == 10
        assert (moments["length"] < 45).all()
        assert acts.height / 400 == pytest.approx(share, abs=0.08)


def test_core_are_the_members_who_acted_at_least_twice() -> None:
    own = {"rings": 1, "size": 60, "actions": 5, "turnout": (0.35,), **ACTIONS_ONLY}
    posts, truth = simulate({**SILENT, "rings": own}, 2, setting=SMALL)
    told = truth.join(posts.group_by("account_id").len(), on="account_id", how="left")
    assert (told["core"] == (told["len"].fill_null(0) >= 2)).all()
    assert set(truth["core"]) == {True, False}


def test_some_rings_retweet_their_leader_within_the_hour() -> None:
    own = {"rings": 2, "size": 20, "actions": 6, "turnout": (0.9,), "joining": 0}
    posts, truth = simulate({**SILENT, "rings": own}, 2, setting=SMALL)
    retweets = posts.filter(pl.col("retweet_of").is_not_null()).join(truth, on="account_id")
    originals = retweets.join(posts, left_on="retweet_of", right_on="post_id", suffix="_original")
    lag = (originals["created_at"] - originals["created_at_original"]).dt.total_seconds()
    assert set(retweets["group"]) == {"ring-0"}
    assert originals["account_id_original"].n_unique() == 1
    assert (lag <= 3600).all()
    assert 0.7 < retweets.height / 120 < 1


def test_part_of_a_ring_was_made_within_three_days() -> None:
    own = {"rings": 1, "size": 50, "retweeting": 0, "fresh": 0.6}
    posts, truth = simulate({"rings": own}, 2, posts=5_000, setting=SMALL)
    made = truth.join(posts.unique("account_id"), on="account_id")["account_created_at"].dt.epoch("s")
    within = max(((made >= start) & (made < start + 3 * 86_400)).sum() for start in made)
    assert 20 <= within <= 40


def test_chats_meet_weekly_for_ninety_minutes_at_most() -> None:
    posts, truth = simulate({**SILENT, "chats": {"chats": 1, "chatter": 0}}, 2, setting=SMALL)
    days = (
        posts.group_by(day=pl.col("created_at").dt.date())
        .agg(length=(pl.col("created_at").max() - pl.col("created_at").min()).dt.total_seconds())
        .sort("day")
    )
    assert days["day"].diff().drop_nulls().dt.total_days().to_list() == [7, 7]
    assert (days["length"] <= 5_400).all()
    assert not truth["guilty"].any()


def test_spikes_are_single_posts_of_many_within_a_quarter_of_an_hour() -> None:
    posts, truth = simulate({**SILENT, "spikes": {"spikes": 1, "size": 300}}, 2, setting=SMALL)
    assert posts.height == truth.height == posts["account_id"].n_unique() == 300
    assert posts["hashtags"].n_unique() == 1
    assert posts["created_at"][-1] - posts["created_at"][0] <= timedelta(minutes=15)
    assert not truth["guilty"].any()


def test_a_new_hashtag_every_episode_or_one_for_the_series() -> None:
    for tags, expected in (("series", {"Series1"}), ("episode", {f"Series1Part{n}" for n in (1, 2, 3)})):
        own = {"series": 1, "chatter": 0, "tags": tags}
        posts, _ = simulate({**SILENT, "second_screen": own}, 2, setting=SMALL)
        assert set(posts["hashtags"]) == expected


def test_fans_retweet_one_star_again_and_again() -> None:
    own = {"stars": 1, "fans": (30, 30), "posts": 40, "chatter": 0, "devotion": (0.5, 0.9)}
    posts, truth = simulate({**SILENT, "fandom": own}, 2, setting=SMALL)
    retweets = posts.filter(pl.col("retweet_of").is_not_null())
    stars = posts.filter(pl.col("post_id").is_in(retweets["retweet_of"].implode()))["account_id"]
    assert stars.n_unique() == 1
    assert retweets["account_id"].n_unique() == 30
    assert 0.5 < retweets.height / (30 * 40) < 0.9
    assert not truth["guilty"].any()


def test_popularity_follows_zipf_and_activity_is_uneven() -> None:
    posts, _ = simulate({}, 1, posts=20_000, setting=Setting(crowd=2000, hashtags=300))
    uses = posts["hashtags"].str.split(" ").explode().value_counts(sort=True)["count"]
    assert uses[0] / uses[9] == pytest.approx(10, rel=0.35)
    by_account = posts["account_id"].value_counts(sort=True)["count"]
    assert by_account.head(200).sum() > 0.3 * posts.height


def test_names_do_not_repeat_and_scripts_are_several() -> None:
    tags = hashtags(20_000)
    assert tags.str.to_lowercase().n_unique() == 20_000
    rng = np.random.default_rng(1)
    assert handles(rng, 450_000).n_unique() == 450_000
    said = " ".join([*sentences(rng, 500), *tags.head(100)])
    assert {"ी", "ж", "م", "ñ"} <= set(said)


@pytest.mark.parametrize(
    ("worlds", "posts", "message"),
    [
        ({"dragons": {}}, 100, "no world 'dragons'"),
        ({"rings": {"sice": 3}}, 100, "no parameter 'sice'"),
        ({"rings": {}}, 100, "the planted groups alone write"),
        ({"second_screen": {"tags": "show"}}, 10_000, "one of 'series', 'episode'"),
    ],
)
def test_mistakes_are_said_in_a_line(worlds: dict[str, dict[str, Any]], posts: int, message: str) -> None:
    with pytest.raises(AnalysisError, match=message):
        simulate(worlds, 1, posts=posts, setting=SMALL)


def test_a_log_of_the_future_is_refused() -> None:
    yesterday = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    with pytest.raises(AnalysisError, match=r"2 days from .* on end in the future: ask for 1 or fewer"):
        simulate({}, 1, posts=100, setting=Setting(start=yesterday, days=2, crowd=100))
