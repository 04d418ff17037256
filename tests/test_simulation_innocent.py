"""Innocent worlds: what happens in them is what their files say."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from campaign_analysis.simulation import Setting, simulate
from campaign_analysis.simulation.events import inputs_of, layer_frames

SETTING = Setting(crowd=1500, hashtags=500, days=21)


def build(name: str, **own: Any) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A world without an everyday crowd, and its truth."""
    log, truth = simulate({"crowd": {"posts": 0}, name: own}, 5, setting=SETTING)
    return log.with_columns(second=pl.col("created_at").dt.epoch("s")), truth


def test_televised_moments_make_a_crowd_post_in_the_same_ten_seconds() -> None:
    posts, truth = build("televised", broadcasts=3, audience=500, moments=10)
    gap = pl.col("second").diff().fill_null(0) > 10
    moments = posts.group_by(gap.cum_sum().alias("moment")).agg(
        pl.col("account_id").n_unique(), length=pl.col("second").max() - pl.col("second").min()
    )
    assert moments["account_id"].median() > 25
    assert moments["length"].quantile(0.8) < 10
    assert posts["hashtags"].n_unique() == 1
    assert posts["created_at"].dt.date().n_unique() == 3
    assert set(truth["kind"]) == {"televised"}


def test_fans_have_a_new_hashtag_each_week() -> None:
    posts, _ = build("fan_communities", communities=1, chatter=0)
    weeks = posts.group_by("hashtags").agg(
        pl.col("second").min(), opening=(pl.col("second") - pl.col("second").min() < 600).mean()
    )
    assert weeks.sort("second")["hashtags"].to_list() == ["Party1Week1", "Party1Week2", "Party1Week3"]
    assert (weeks.sort("second")["second"].diff().drop_nulls() / 86_400 - 7).abs().max() < 0.1
    assert (weeks["opening"] > 0.15).all()  # ten minutes are a twelfth of the evening


def test_feed_bots_post_the_same_story_within_minutes() -> None:
    posts, truth = build("newsrooms", wires=1, bots=(6, 6), stories=40, readers=0)
    stories = posts.group_by("urls").agg(
        pl.col("text", "hashtags").n_unique(),
        pl.col("account_id").n_unique(),
        length=pl.col("second").max() - pl.col("second").min(),
    )
    assert (stories["text"] == 1).all()
    assert stories["account_id"].median() >= 4
    assert stories["length"].median() < 600
    assert set(truth["kind"]) == {"feed"}
    assert truth.height == 6


@pytest.mark.parametrize(("links", "host"), [("own", "feed"), ("short", "t.co")])
def test_feed_bots_may_link_to_pages_of_their_own_or_nobody_knows_where(links: str, host: str) -> None:
    posts, _ = build("newsrooms", wires=1, bots=(6, 6), stories=40, readers=0, links=links)
    assert posts["urls"].is_unique().all()
    assert posts["urls"].str.starts_with(f"https://{host}").all()
    headlines = posts["text"].str.split(" http").list.first()
    assert headlines.n_unique() <= 40 < posts.height


def test_feed_bots_may_look_at_the_feed_at_seconds_of_their_own() -> None:
    posts, _ = build("newsrooms", wires=1, bots=(6, 6), stories=60, readers=0, look=3600)
    hourly = posts.with_columns(pl.col("second") % 300 // 5).group_by("account_id").agg(pl.col("second").n_unique())
    assert hourly.height == 6
    assert (hourly["second"] <= 2).all()


def test_share_buttons_are_pressed_by_strangers_at_any_time() -> None:
    posts, truth = build("share_buttons", sites=1, articles=10, readers=300)
    articles = posts.group_by("urls").agg(
        pl.col("text").n_unique(), pl.len(), pl.col("account_id").n_unique(), pl.col("second").sort()
    )
    assert (articles["text"] == 1).all()
    assert (articles["len"] == articles["account_id"]).all()
    large = articles.filter(pl.col("len") > 50)
    lags = large.select(pl.col("second") - pl.col("second").list.first()).explode("second").to_series()
    assert 1800 < lags.median() < 4 * 3600
    assert lags.quantile(0.95) > 12 * 3600
    assert set(posts["account_id"]) == set(truth["account_id"])


def test_breaking_news_begin_at_once_and_grow_old() -> None:
    posts, _ = build("breaking_news", events=1)
    age = (posts["second"] - posts["second"].min()) / 3600
    assert (age < 3).mean() > 0.7
    assert 0.005 < (age > 8).mean() < 0.2
    retweets = posts.filter(pl.col("retweet_of").is_not_null())
    assert retweets["retweet_of"].n_unique() <= 12
    assert 0.25 < retweets.height / posts.height < 0.45
    by_account = posts["account_id"].value_counts(sort=True)["count"]
    assert by_account[0] > 10 * by_account.median()


def test_people_of_a_town_are_awake_at_the_same_hours() -> None:
    posts, truth = build("town", towns=1, hours=5)
    assert posts["created_at"].dt.hour().n_unique() == 5
    assert posts["created_at"].dt.date().n_unique() == 21
    local = posts.filter(pl.col("hashtags").str.starts_with("Town1Corner"))
    assert 0.4 < local.height / posts.height < 0.6
    assert local["hashtags"].n_unique() == 6
    assert truth.height == 250


def test_super_posters_write_hundreds_of_times_the_usual_number() -> None:
    posts, truth = simulate({"crowd": {"posts": 6_000}, "super_posters": {"people": 3}}, 5, setting=SETTING)
    counts = posts["account_id"].value_counts()
    theirs = counts.join(truth, on="account_id")["count"]
    others = counts.join(truth, on="account_id", how="anti")["count"]
    assert (theirs > 200 * others.median()).all()
    busiest = posts["hashtags"].str.split(" ").explode().value_counts(sort=True)["hashtags"].head(30)
    used = posts.join(truth, on="account_id")["hashtags"].str.split(" ").explode()
    assert used.is_in(busiest.to_list()).mean() > 0.95


def test_planning_tools_post_at_full_hours_the_same_ones_every_day() -> None:
    posts, truth = build("schedulers", people=60, slots=2, seconds=20)
    assert (posts["second"] % 3600 < 20).all()
    assert posts["created_at"].dt.hour().is_between(8, 20).all()
    times = posts.group_by("account_id", pl.col("created_at").dt.hour().alias("hour")).len()
    assert times["len"].top_k(60).min() > 12  # of 21 days
    assert (posts["hashtags"].str.ends_with("Talk")).mean() == pytest.approx(0.3, abs=0.05)
    assert set(truth["kind"]) == {"scheduler"}


def test_greetings_come_at_ones_own_time_of_the_morning() -> None:
    posts, _ = build("greetings", people=60, minutes=5.0, chatter=0)
    minute = posts.with_columns(minute=pl.col("second") % 86_400 / 60)
    own = minute.group_by("account_id").agg(pl.col("minute").std(), usual=pl.col("minute").mean())
    assert own["minute"].median() == pytest.approx(5, abs=1)
    assert own["usual"].std() == pytest.approx(60, abs=20)
    texts = posts.select(pl.col("text").str.replace_all(r"(#|https?:)\S+", "").str.strip_chars()).to_series()
    assert texts.n_unique() <= 10


def test_commuters_retweet_popular_posts_of_many_authors_in_the_morning() -> None:
    posts, truth = build("commuters", people=60, chatter=0)
    own = posts.filter(pl.col("account_id").is_in(truth["account_id"].implode()))
    assert own["retweet_of"].null_count() == 0
    assert own["retweet_of"].n_unique() > 100
    sitting = own.group_by("account_id", pl.col("created_at").dt.date()).agg(
        pl.len(), length=pl.col("second").max() - pl.col("second").min()
    )
    assert sitting["length"].max() < 300
    assert 2 < sitting["len"].mean() <= 3


def test_friends_pass_on_what_is_new_or_in_the_morning() -> None:
    posts, truth = build("friends", circles=1, size=40, posts=(4, 8), asleep=0.0)
    acts = layer_frames(posts)["retweet"].filter(pl.col("account").is_in(truth["account_id"].implode()))
    age = (acts["time"] - acts["born"]) / 60_000
    assert age.median() == pytest.approx(30, abs=5)
    own = acts.filter(pl.col("source").is_in(posts.join(truth, on="account_id")["handle"].unique().implode()))
    assert own.height == pytest.approx(0.7 * acts.height, rel=0.15)
    assert (acts.group_by("account").len()["len"] / acts["object"].n_unique()).is_between(0.005, 0.3).all()
    asleep, _ = build("friends", circles=1, size=40, posts=(4, 8), asleep=8.0)
    hours = asleep.filter(pl.col("retweet_of").is_not_null())["created_at"].dt.hour()
    assert hours.is_between(1, 4).mean() < 0.05 < hours.is_between(7, 9).mean()


def test_readers_link_to_new_articles_of_many_sites() -> None:
    posts, truth = build("readers", people=60, articles=200, joining=0)
    links = layer_frames(posts)["url"]
    assert links["source"].n_unique() > 80
    shared = (
        links.group_by("object").agg(pl.len(), pl.col("time").sort().diff().mean() / 60_000).filter(pl.col("len") > 2)
    )
    assert shared.height > 100
    assert 5 < shared["time"].median() < 120
    assert links.group_by("account").len()["len"].is_between(1, 40).all()
    assert set(truth["kind"]) == {"reader"}


def test_retweeters_pass_on_anybodys_posts_with_their_hashtag() -> None:
    posts, truth = build("retweeters", topics=1, bots=(6, 6))
    acts = layer_frames(posts)["retweet"].filter(pl.col("account").is_in(truth["account_id"].implode()))
    assert acts.height == posts["retweet_of"].count()
    assert acts["source"].n_unique() > 200
    assert (acts.group_by("account").len()["len"]).is_between(0.4 * 300, 300).all()
    assert ((acts["time"] - acts["born"]) / 1000).mean() == pytest.approx(61, abs=5)
    assert posts["hashtags"].unique().to_list() == ["Topic1"]


def test_friends_talk_in_short_talks_by_naming_each_other() -> None:
    posts, truth = build("talks", circles=1, talks=40)
    assert truth["group"].n_unique() == 1
    assert truth.height == 6
    assert posts["reply_to"].null_count() == posts.height
    assert (posts["mentions"].str.split(" ").list.len() == 2).all()
    second = posts["second"].sort()
    assert ((second.diff().drop_nulls() > 600).sum() + 1) == pytest.approx(40, abs=4)
    assert second.diff().drop_nulls().median() < 60
    assert layer_frames(posts)["mention"]["object"].is_in(truth["account_id"].implode()).all()
    assert inputs_of(posts, ["mention"])[0].events.height < 0.2 * posts.height


@pytest.mark.parametrize(("tags", "kinds"), [("everyday", (200, 600)), ("talk", (20, 40)), ("circle", (1, 1))])
def test_talks_keep_the_hashtags_of_their_first_post_or_of_their_circle(tags: str, kinds: tuple[int, int]) -> None:
    posts, _ = build("talks", circles=1, talks=40, messages=8, tags=tags)
    assert posts.height > 200
    assert kinds[0] <= posts["hashtags"].n_unique() <= kinds[1]


def test_talks_by_replies_answer_the_message_before_and_name_nobody() -> None:
    posts, _ = build("talks", circles=1, talks=40, by="replies")
    assert (posts["mentions"] == "").all()
    answered = posts.drop_nulls("reply_to").join(posts, left_on="reply_to", right_on="post_id", suffix="_before")
    assert posts.height - answered.height == 40
    assert (answered["second"] >= answered["second_before"]).all()
    assert (answered["second"] - answered["second_before"]).median() < 60


def test_chats_can_be_of_any_density() -> None:
    sizes = [build("chats", chats=1, chatter=0, rate=rate)[0].height for rate in (1.8, 2.5, 3.2)]
    assert sizes[1] > 1.5 * sizes[0]
    assert sizes[2] > 1.5 * sizes[1]


def test_the_crowd_links_shows_replies_and_quotes() -> None:
    posts, _ = simulate({"crowd": {"posts": 8_000}}, 1, setting=SETTING)
    own = posts.filter(pl.col("retweet_of").is_null())
    assert 0.12 < (own["urls"] != "").mean() < 0.18
    assert 0.08 < (own["image_hashes"] != "").mean() < 0.12
    assert 0.04 < own["reply_to"].is_not_null().mean() < 0.11
    assert 0.01 < own["quote_of"].is_not_null().mean() < 0.04
    answered = own.drop_nulls("reply_to").join(posts, left_on="reply_to", right_on="post_id", suffix="_original")
    named = answered["mentions"].str.split(" ").list.first()
    assert (named == answered["handle_original"]).all()
