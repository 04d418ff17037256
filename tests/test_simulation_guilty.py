"""Guilty worlds: what their groups do is what their files say."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from campaign_analysis.simulation import Setting, simulate
from campaign_analysis.simulation.events import layer_frames, texts_of
from campaign_analysis.simulation.language import hashtags
from campaign_analysis.text_clusters import text_objects

SETTING = Setting(crowd=1000, hashtags=500, days=21)


def build(name: str, **own: Any) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Posts of a world's own groups alone with their group beside, and the truth."""
    quiet = {"chatter": 0, "groups": 2, **own}
    posts, truth = simulate({"crowd": {"posts": 0}, name: quiet}, 5, setting=SETTING)
    guilty = truth.filter("guilty").select("account_id", "group", "turnout")
    return posts.join(guilty, on="account_id", how="left", maintain_order="left"), truth


def acts_of(posts: pl.DataFrame) -> pl.DataFrame:
    """The groups' acts, without those of strangers."""
    return posts.drop_nulls("group").with_columns(second=pl.col("created_at").dt.epoch("s"))


def spread(acts: pl.DataFrame, *by: str) -> pl.Series:
    """Seconds from the first to the last act of each."""
    return acts.group_by(by).agg(pl.col("second").max() - pl.col("second").min())["second"]


def test_a_burst_is_over_after_an_hour() -> None:
    posts, truth = build("burst", minutes=60, size=(12, 20), tags=2)
    acts = acts_of(posts)
    assert (spread(acts, "group") <= 3660).all()
    assert (spread(acts, "group") > 1800).all()
    assert truth["group"].value_counts().sort("group")["count"].to_list() == [12, 20]
    assert acts.group_by("group").agg(pl.col("hashtags").n_unique())["hashtags"].to_list() == [2, 2]


def test_a_drip_falls_on_nearly_every_day() -> None:
    acts = acts_of(build("drip", actions=21)[0])
    days = acts.group_by("group").agg(pl.col("created_at").dt.date().n_unique())["created_at"]
    assert (days >= 15).all()
    assert (spread(acts, "group") > 18 * 86_400).all()


def test_bots_act_in_the_same_second() -> None:
    acts = acts_of(build("bots", actions=10, turnout=(0.8,))[0])
    moments = acts.group_by("group", "second", "hashtags").len()
    assert moments.height == 20
    assert moments["len"].min() > 10


@pytest.mark.parametrize(("popularity", "ranks"), [("rare", range(50, 500)), ("popular", range(10, 100))])
def test_hashtags_are_as_popular_as_asked(popularity: str, ranks: range) -> None:
    place = {tag: rank for rank, tag in enumerate(hashtags(500))}
    used = acts_of(build("many_tags", popularity=popularity)[0])["hashtags"].unique()
    assert {place[tag] in ranks for tag in used} == {True}
    assert len(used) > 20


def test_followers_of_a_list_come_minutes_late_with_its_words() -> None:
    acts = acts_of(build("followers_of_a_list", groups=1, turnout=(0.9,), pasted=1.0, tags=20)[0])
    assert acts["hashtags"].n_unique() == acts["text"].n_unique() == 20
    late = acts.select(pl.col("second") - pl.col("second").min().over("text")).to_series()
    assert 120 < late.median() < 400
    assert late.max() < 1800


def reactions(layer: str, world: str, **own: Any) -> pl.DataFrame:
    """What a group of a world passes on, or answers: object, seconds, and those since the object came out (age)."""
    posts, _ = build(world, groups=1, **own)
    members = acts_of(posts)["account_id"].unique()
    acts = layer_frames(posts)[layer].filter(pl.col("account").is_in(members.implode()))
    return acts.with_columns(second=pl.col("time") // 1000, age=(pl.col("time") - pl.col("born")) // 1000)


def test_a_retweet_ring_passes_on_many_authors_within_the_hour() -> None:
    acts = reactions("retweet", "retweet_ring", actions=30)
    assert acts["source"].n_unique() > 25
    assert spread(acts, "object").max() < 3600
    age = acts.group_by("object").agg(pl.col("age").median())["age"] / 3600
    assert age.quantile(0.2) < 6 < 18 < age.quantile(0.8)


@pytest.mark.parametrize(("world", "layer"), [("retweet_ring", "retweet"), ("pile_on", "reply")])
def test_a_ring_can_act_as_soon_as_a_post_comes_out(world: str, layer: str) -> None:
    acts = reactions(layer, world, actions=10, age=0)
    assert acts["object"].n_unique() == 10
    assert acts["age"].is_between(1, 3601).all()


def test_text_templates_are_near_duplicates_and_not_the_same() -> None:
    acts = acts_of(build("text_templates", groups=1, sentences=4, actions=12)[0])
    texts = text_objects(texts_of(acts))
    assert texts["object"].n_unique() <= 5
    assert texts.height > 0.9 * acts.height
    assert acts["text"].n_unique() > 0.9 * acts.height
    assert acts["hashtags"].n_unique() > 20


def test_tag_templates_keep_their_order() -> None:
    acts = acts_of(build("tag_templates", groups=1, tags=3, length=3, actions=12)[0])
    rows = acts["hashtags"].unique().sort().to_list()
    assert len(rows) == 3
    first = rows[0].split()
    assert {tuple(row.split()) for row in rows} == {tuple(first[i:] + first[:i]) for i in range(3)}


def test_tag_lists_come_in_any_order() -> None:
    acts = acts_of(build("tag_lists", groups=1, tags=8, length=5, actions=12)[0])
    rows = [tuple(row.split()) for row in acts["hashtags"].unique()]
    assert {len(set(row)) for row in rows} == {5}
    assert len({tag for row in rows for tag in row}) == 8
    assert len(rows) > 0.8 * acts.height


def test_hidden_groups_act_in_spikes_of_strangers() -> None:
    posts, truth = build("hidden", strangers=100, actions=6, tags=6)
    seconds = posts.with_columns(second=pl.col("created_at").dt.epoch("s"))
    acts, strangers = acts_of(posts), seconds.filter(pl.col("group").is_null())
    near = acts.join(strangers, on="hashtags", suffix="_stranger").filter(
        (pl.col("second") - pl.col("second_stranger")).abs() < 900
    )
    assert near.group_by("post_id").len()["len"].min() > 60
    assert near["post_id"].n_unique() == acts.height
    assert set(truth.filter(~pl.col("guilty"))["kind"]) == {"spike"}


def test_hidden_in_series_only_speak_while_it_is_on() -> None:
    posts, truth = build("hidden_in_series", groups=1, fans=(60, 60), casual=(50, 80))
    acts = acts_of(posts)
    fans = posts.filter(pl.col("group").is_null(), pl.col("hashtags") == "Hiding1")
    assert set(acts["hashtags"]) == {"Hiding1"}
    evenings = fans.group_by(day=pl.col("created_at").dt.date()).agg(
        begin=pl.col("created_at").min().dt.offset_by("-1h"), end=pl.col("created_at").max().dt.offset_by("1h")
    )
    placed = acts.join(evenings, left_on=pl.col("created_at").dt.date(), right_on="day")
    assert placed.height == acts.height
    assert placed.filter(~pl.col("created_at").is_between("begin", "end")).is_empty()
    assert set(truth.filter(~pl.col("guilty"))["kind"]) == {"second_screen"}


def test_overlapping_rings_share_accounts_that_are_told_twice() -> None:
    _, truth = build("overlapping", groups=1, size=(20,), shared=0.3)
    assert truth["group"].value_counts().sort("group").rows() == [("overlapping-0a", 20), ("overlapping-0b", 20)]
    assert truth["account_id"].n_unique() == 34


def test_groups_of_every_size() -> None:
    _, truth = build("sizes", groups=6)
    assert sorted(truth["group"].value_counts()["count"]) == [5, 10, 25, 60, 150, 500]


def test_a_link_ring_shares_pages_and_no_words() -> None:
    acts = acts_of(build("link_ring", groups=1, actions=10)[0])
    assert acts["urls"].n_unique() == 10
    assert set(acts["urls"].str.extract("https://([^/]*)/")) == {"push1.example"}
    assert text_objects(texts_of(acts)).is_empty()
    assert (spread(acts, "urls") < 900).all()


def test_an_image_ring_shares_pictures_and_no_words() -> None:
    acts = acts_of(build("image_ring", actions=10)[0])
    pictures = acts.group_by("image_hashes").agg(pl.col("group").n_unique(), pl.len())
    assert pictures.height == 20
    assert (pictures["group"] == 1).all()
    assert pictures["len"].min() > 10
    assert text_objects(texts_of(acts)).is_empty()


def test_a_mention_ring_names_the_same_people() -> None:
    acts = acts_of(build("mention_ring", groups=1, actions=10)[0])
    assert 8 <= acts["mentions"].n_unique() <= 10
    assert acts["reply_to"].null_count() == acts.height
    assert text_objects(texts_of(acts)).is_empty()


@pytest.mark.parametrize(("way", "column"), [("reply", "reply_to"), ("quote", "quote_of")])
def test_a_pile_on_answers_or_quotes_the_same_posts(way: str, column: str) -> None:
    posts, _ = build("pile_on", groups=1, way=way, actions=10)
    acts = acts_of(posts)
    assert acts[column].null_count() == 0
    assert acts[column].n_unique() == 10
    assert (acts["mentions"] != "").sum() == (acts.height if way == "reply" else 0)
    assert layer_frames(posts)[way].height >= acts.height


def test_turn_out_goes_group_by_group() -> None:
    _, truth = build("drip", groups=3, size=(60,), turnout=(0.9, 0.35))
    means = truth.group_by("group").agg(pl.col("turnout").mean()).sort("group")["turnout"].to_list()
    assert means == [pytest.approx(share, abs=0.06) for share in (0.9, 0.35, 0.9)]
