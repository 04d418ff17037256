"""Every world, found by itself: it can be repeated, its truth agrees with its posts, its words with its truth."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from campaign_analysis.errors import AnalysisError
from campaign_analysis.simulation import Setting, simulate, world_names
from campaign_analysis.simulation.catalogue import asked, described, module_of
from campaign_analysis.simulation.events import layer_frames, texts_of
from campaign_analysis.simulation.planting import Planted
from campaign_analysis.text_clusters import text_objects
from polars.testing import assert_frame_equal

SETTING = Setting(crowd=600, hashtags=300, days=15)
WORLDS = [name for name in world_names() if name != "crowd"]
PLANTED = [name for name in WORLDS if issubclass(module_of(name).Parameters, Planted)]
GUILTY = {world.name: world.guilty for world in described()}
HOUR = 3_600_000


def build(name: str, seed: int = 3, **own: Any) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A world with its default parameters and hardly any crowd."""
    return simulate({"crowd": {"posts": 300}, name: own}, seed, setting=SETTING)


@pytest.fixture(scope="module")
def built() -> dict[str, tuple[pl.DataFrame, pl.DataFrame]]:
    return {name: build(name) for name in WORLDS}


def together_with_its_group(posts: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """How many moments each member of a group has in which another of it acted on the same object within the hour."""
    frames = [frame.select("account", "object", "time") for frame in layer_frames(posts).values()]
    frames.append(text_objects(texts_of(posts)).select("account", "object", "time"))
    acts = truth.select("group", account="account_id").join(pl.concat(frames), on="account")
    meetings = (
        acts.join(acts, on=["group", "object"], suffix="_other")
        .filter(pl.col("account") != pl.col("account_other"))
        .filter((pl.col("time") - pl.col("time_other")).abs() <= HOUR)
    )
    return meetings.group_by("group", account_id="account").agg(moments=pl.col("time").n_unique())


@pytest.mark.parametrize("name", WORLDS)
def test_the_same_seed_gives_the_same_world(name: str, built: dict[str, tuple[pl.DataFrame, pl.DataFrame]]) -> None:
    posts, truth = build(name)
    assert_frame_equal(posts, built[name][0])
    assert_frame_equal(truth, built[name][1])


@pytest.mark.parametrize("name", WORLDS)
def test_a_log_that_can_be_loaded(name: str, built: dict[str, tuple[pl.DataFrame, pl.DataFrame]]) -> None:
    posts, truth = built[name]
    assert posts["post_id"].n_unique() == posts.height
    assert posts["created_at"].is_sorted()
    times = posts["created_at"].dt.epoch("s")
    assert SETTING.begins <= times[0]
    assert times[-1] < SETTING.ends
    assert posts.filter(pl.col("account_created_at") >= pl.col("created_at")).is_empty()
    assert truth.filter(pl.struct("account_id", "group").is_duplicated()).is_empty()
    for column in ("retweet_of", "reply_to", "quote_of"):
        later = posts.drop_nulls(column).join(posts, left_on=column, right_on="post_id", suffix="_original")
        assert later.height == posts[column].drop_nulls().len()
        assert later.filter(pl.col("created_at") < pl.col("created_at_original")).is_empty()
        assert later.filter(pl.col("account_id") == pl.col("account_id_original")).is_empty()


@pytest.mark.parametrize("name", WORLDS)
def test_the_world_says_what_its_truth_says(name: str, built: dict[str, tuple[pl.DataFrame, pl.DataFrame]]) -> None:
    truth = built[name][1]
    assert truth.height
    assert truth["guilty"].any() == GUILTY[name]
    innocent = truth.filter(~pl.col("guilty"))
    assert not innocent["core"].any()
    assert innocent["turnout"].null_count() == innocent.height
    assert truth.filter("guilty")["turnout"].is_between(0, 1).all()
    told_twice = truth.group_by("account_id").agg(pl.col("guilty").n_unique()).filter(pl.col("guilty") > 1)
    assert told_twice.is_empty()


@pytest.mark.parametrize("name", [name for name in WORLDS if GUILTY[name]])
def test_the_core_acted_with_its_group_twice(name: str, built: dict[str, tuple[pl.DataFrame, pl.DataFrame]]) -> None:
    posts, truth = built[name]
    core = truth.filter("core")
    assert core.height > 0.5 * truth["guilty"].sum()
    met = core.join(together_with_its_group(posts, core), on=["group", "account_id"], how="left")
    assert met.filter(pl.col("moments").fill_null(0) < 2).is_empty()


@pytest.mark.parametrize("name", PLANTED)
def test_turn_out_is_the_share_of_actions_and_core_means_two(name: str) -> None:
    actions = module_of(name).Parameters().actions
    posts, truth = build(name, chatter=0)
    guilty = truth.filter("guilty")
    acts = guilty.group_by("account_id").agg(told=(pl.col("turnout") * actions).round().sum().cast(pl.UInt32))
    counted = acts.join(posts.group_by("account_id").len(), on="account_id", how="left").fill_null(0)
    assert (counted["told"] == counted["len"]).all()
    assert guilty.filter("core" & (pl.col("turnout") * actions < 1.5)).is_empty()


@pytest.mark.parametrize("name", PLANTED)
def test_no_core_where_nobody_turns_up_or_each_acts_once(name: str) -> None:
    assert not build(name, turnout=(0.0,))[1]["core"].any()
    assert not build(name, actions=1)[1]["core"].any()


def test_who_turns_up_alone_has_not_acted_with_its_group() -> None:
    truth = build("bots", groups=1, size=(2,), actions=40, turnout=(0.15,))[1]
    assert (truth["turnout"] * 40 > 1.5).all()
    assert not truth["core"].any()


@pytest.mark.parametrize("name", WORLDS)
def test_a_single_day_is_enough_or_a_clear_word(name: str) -> None:
    day = Setting(crowd=100, hashtags=200, days=1)
    try:
        posts, _ = simulate({"crowd": {"posts": 50}, name: {}}, 1, setting=day)
    except AnalysisError as error:
        assert name == "hidden_in_series"
        assert "days" in str(error)
    else:
        assert posts["created_at"].dt.epoch("s")[-1] < day.ends


def test_parameters_in_one_line() -> None:
    assert asked("chats") == ("chats", {})
    assert asked("chats:rate=3,size=60/90") == ("chats", {"rate": 3.0, "size": (60, 90)})
    assert asked("burst:turnout=0.4,popularity=popular") == (
        "burst",
        {"turnout": (0.4,), "popularity": "popular"},
    )


@pytest.mark.parametrize("world", described(), ids=lambda world: str(world.name))
def test_defaults_are_written_as_they_are_read(world: Any) -> None:
    parameters = module_of(world.name).Parameters
    name, own = asked(f"{world.name}:{world.parameters}")
    assert name == world.name
    assert own
    assert parameters(**own) == parameters()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("dragons:x=1", "no world 'dragons'"),
        ("burst:hours=1", "no parameter 'hours'; it has actions"),
        ("burst:days=1", "no parameter 'days'"),
        ("burst:actions", "'actions' is no parameter; write burst:key=value"),
        ("burst:actions=few", "actions must be a whole number, not 'few'"),
        ("burst:actions=2.5", "actions must be a whole number, not '2.5'"),
        ("burst:actions=0", "actions must be 1 or more, not 0"),
        ("burst:turnout=0.5/1.5", "turnout must be values, each from 0 to 1"),
        ("burst:popularity=some", "popularity must be one of 'rare', 'popular'"),
        ("chats:size=9/3", "size must be from the smaller to the larger"),
        ("chats:size=9", "size must be 2 values"),
        ("chats:rate=nan", "rate must be 0 or more, not nan"),
        ("chats:rate=2,rate=3", "rate is there twice"),
    ],
)
def test_bad_parameters_are_said_in_a_line(written: str, message: str) -> None:
    with pytest.raises(AnalysisError, match=message) as caught:
        asked(written)
    assert "\n" not in str(caught.value)


def test_more_hashtags_than_there_are_is_said() -> None:
    with pytest.raises(AnalysisError, match="no 95 popular hashtags among 300"):
        build("many_tags", tags=95)
