"""The events that a simulated log shows are those that a store gives when the log was loaded into it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from campaign_analysis.feeds import posts_with_shared_links, with_sites
from campaign_analysis.simulation import Setting, simulate
from campaign_analysis.simulation.events import inputs_of, layer_frames, texts_of
from campaign_cypher import queries
from campaign_cypher.events import read_events, read_texts
from campaign_cypher.store import Store
from campaign_loader import load
from polars.testing import assert_frame_equal

from campaign.commands.simulate import write_corpus

WORLDS = {
    "rings": {"rings": 2, "size": 8, "actions": 5},
    "fandom": {"stars": 1, "fans": (10, 12), "posts": 10, "chatter": 2},
    "newsrooms": {"wires": 1, "stories": 12},
}


@pytest.fixture(scope="module")
def posts() -> pl.DataFrame:
    return simulate(WORLDS, 2, posts=3_000, setting=Setting(crowd=300, hashtags=200, days=8))[0]


@pytest.fixture
def store(embedded_store: Store, posts: pl.DataFrame, tmp_path: Path) -> Store:
    truth = pl.DataFrame(schema={"account_id": pl.String})
    report = load([str(write_corpus(tmp_path, posts, truth))], embedded_store)
    assert report.exit_code == 0
    return embedded_store


def bare(frame: pl.DataFrame) -> pl.DataFrame:
    """Without the platform before ids, each act once."""
    return frame.with_columns(pl.col("account", "object").str.strip_prefix("sim:")).unique().sort(pl.all())


def test_each_layer_is_as_the_store_gives_it(posts: pl.DataFrame, store: Store) -> None:
    frames = layer_frames(posts)
    assert {"hashtag", "retweet", "mention", "url"} <= set(frames)
    known = {query.id for query in queries.all_queries()}
    compared = [layer for layer in frames if f"events/{layer}" in known]
    assert {"hashtag", "retweet", "mention", "url"} <= set(compared)
    for layer in compared:
        ours, stored = frames[layer], read_events(store, layer)
        assert ours.height > 20
        columns = [column for column in ours.columns if column in stored.columns]
        assert {"account", "object", "time"} <= set(columns)
        assert_frame_equal(bare(ours.select(columns)), bare(stored.select(columns)))


def test_texts_are_as_the_store_gives_them(posts: pl.DataFrame, store: Store) -> None:
    stored = read_texts(store).with_columns(pl.col("account", "post").str.strip_prefix("sim:"))
    assert_frame_equal(texts_of(posts).sort("post"), stored.select("account", "post", "text", "time").sort("post"))


def test_retweets_are_in_no_other_layer_and_know_whose_post_it_was(posts: pl.DataFrame) -> None:
    frames = layer_frames(posts)
    retweets = posts.filter(pl.col("retweet_of").is_not_null())
    assert frames["retweet"].height == retweets.height
    handles = dict(posts.select("post_id", "handle").iter_rows())
    assert [handles[post].lower() for post in frames["retweet"]["object"]] == frames["retweet"]["source"].to_list()
    when = retweets.select(account="account_id", time=pl.col("created_at").dt.epoch("ms"))
    own = posts.filter(pl.col("retweet_of").is_null()).select(
        account="account_id", time=pl.col("created_at").dt.epoch("ms")
    )
    only_retweets = when.join(own, on=["account", "time"], how="anti")
    for layer in set(frames) - {"retweet"}:
        assert frames[layer].join(only_retweets, on=["account", "time"], how="semi").is_empty()


def test_objects_of_one_post() -> None:
    posts = simulate({}, 1, posts=50, setting=Setting(crowd=20, hashtags=50))[0].head(1)
    post = posts.with_columns(
        pl.lit("Otter STRASSE Straße").alias("hashtags"),
        pl.lit("https://www.A.example:80/x https://a.example/y http://b.example").alias("urls"),
        pl.lit(None, dtype=pl.String).alias("retweet_of"),
        pl.lit("gone").alias("quote_of"),
        pl.lit("Nobody_here").alias("mentions"),
    )
    frames = layer_frames(post)
    assert frames["hashtag"]["object"].unique().to_list() in (["otter", "strasse"], ["strasse", "otter"])
    assert frames["hashtag_sequence"]["object"].to_list() == ["#otter #strasse"]
    assert frames["domain"]["object"].to_list() == ["a.example", "b.example"]
    assert frames["url"].height == 3
    assert frames["mention"]["object"].to_list() == ["@nobody_here"]
    assert frames["quote"].select("object", "source").row(0) == ("gone", None)


def test_inputs_are_prepared_once_and_for_all(posts: pl.DataFrame) -> None:
    """Newsrooms' tags and texts have their site as source, and their posts count by their links alone."""
    prepared = {layer.name: layer for layer in inputs_of(posts)}
    shared = posts_with_shared_links(prepared["url"].events)
    raw, hashtags = layer_frames(posts)["hashtag"], prepared["hashtag"].events
    assert 0 < raw.join(shared, on=["account", "time"], how="semi").height == raw.height - hashtags.height
    assert prepared["text"].events["source"].drop_nulls().len() > 0
    again = {layer.name: layer for layer in with_sites(list(prepared.values()))}
    assert all(again[name].events.equals(layer.events) for name, layer in prepared.items())


def test_layers_can_be_chosen_and_sources_be_unknown(posts: pl.DataFrame) -> None:
    assert [layer.name for layer in inputs_of(posts, ("url", "hashtag"))] == ["url", "hashtag"]
    assert not any("source" in layer.events.columns for layer in inputs_of(posts, sources=False))
