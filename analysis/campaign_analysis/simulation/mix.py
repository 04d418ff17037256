"""Mixes worlds into one log of posts, as a platform would export it, with the truth beside it."""

from __future__ import annotations

import time
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import polars as pl

from campaign_analysis.errors import AnalysisError
from campaign_analysis.simulation.catalogue import module_of
from campaign_analysis.simulation.language import handles
from campaign_analysis.simulation.parameters import check
from campaign_analysis.simulation.world import DAY, REFERENCES, Setting, World, together

CROWD = "crowd"
ID_EPOCH = 1_288_834_974  # ids grow with time and are above 2^53, as on the platforms: software must not read floats


def simulate(
    worlds: Mapping[str, Mapping[str, Any]],
    seed: int,
    *,
    posts: int | None = None,
    setting: Setting | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Posts and truth of a mix of worlds: the same arguments give the same bytes.

    Parameters
    ----------
    worlds
        Name of each world and its own parameters, for example `{"rings": {"rings": 4}, "chats": {}}`. The
        crowd is always there.
    seed
        Each world draws from a generator of its own, made of the seed and its name: adding one leaves the
        others' posts as they are.
    posts
        Posts in all: the crowd writes what the other worlds leave. Without it the crowd writes its own
        number.
    setting
        Time, number of the crowd's accounts and hashtags, for all worlds.

    Returns
    -------
    posts
        post_id, account_id, handle, created_at (UTC, whole seconds), text, hashtags, mentions (handles), urls
        and image_hashes (each parted by spaces), retweet_of, reply_to and quote_of (post_id or null),
        account_created_at, followers; by time.
    truth
        account_id, group, kind, guilty, core, turnout: a row for each account of each group. Accounts that are
        not listed are innocent.

    Raises
    ------
    AnalysisError
        If there is no such world or parameter, the worlds alone have more than `posts` posts, or their time
        ends in the future, of which no log can be.
    """
    setting = setting or Setting()
    _refuse_future(setting)
    built = [_build(name, worlds[name], seed, setting) for name in sorted(worlds) if name != CROWD]
    crowd = dict(worlds.get(CROWD, {}))
    if posts is not None:
        crowd["posts"] = _rest(posts, built)
    mixed = together([_build(CROWD, crowd, seed, setting), *built])
    people = _people(np.random.default_rng(seed), mixed.accounts)
    return _log(mixed.posts, people), _truth(mixed.truth, people)


def _refuse_future(setting: Setting) -> None:
    most = int(time.time() - setting.begins) // DAY
    if setting.days > most:
        raise AnalysisError(
            f"{setting.days} days from {setting.start:%Y-%m-%d} on end in the future: ask for {most} or fewer"
        )


def _build(name: str, own: Mapping[str, Any], seed: int, setting: Setting) -> World:
    module = module_of(name)
    check(name, module.Parameters, own)
    parameters = module.Parameters(**{**asdict(setting), **own})
    world: World = module.build(np.random.default_rng([seed, zlib.crc32(name.encode())]), parameters)
    return world


def _rest(posts: int, built: list[World]) -> int:
    taken = sum(world.posts.height for world in built)
    if taken > posts:
        raise AnalysisError(f"the planted groups alone write {taken:,} posts; ask for more than that, or fewer groups")
    return posts - taken


def _people(rng: np.random.Generator, accounts: pl.DataFrame) -> pl.DataFrame:
    """Ids (older accounts have lower ones) and handles for the worlds' accounts."""
    gaps = rng.integers(1, 40_000, accounts.height)
    return (
        accounts.sort("created_at", "account")
        .with_columns(account_id=pl.Series(10_000_000 + np.cumsum(gaps)).cast(pl.String))
        .with_columns(handle=handles(rng, accounts.height))
    )


def _log(draft: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    handle_of = pl.element().replace_strict(people["account"], people["handle"], return_dtype=pl.String)
    rows = (
        draft.with_row_index("row")
        .sort("time", "row")
        .with_columns(post_id=((pl.col("time") - ID_EPOCH) * 1000 * 2**22 + pl.int_range(pl.len())).cast(pl.String))
        .join(people, on="account", how="left", validate="m:1", maintain_order="left")
        .with_columns(pl.col("mentions").list.eval(handle_of))
        .with_columns(text=_text())
    )
    return _with_references(rows).select(
        "post_id",
        "account_id",
        "handle",
        pl.from_epoch("time", "s").cast(pl.Datetime("us")).dt.replace_time_zone("UTC").alias("created_at"),
        "text",
        pl.col("tags").list.join(" ").alias("hashtags"),
        pl.col("mentions").list.join(" ").alias("mentions"),
        _addresses().alias("urls"),
        pl.col("images").list.join(" ").alias("image_hashes"),
        *REFERENCES,
        pl.from_epoch("created_at", "s")
        .cast(pl.Datetime("us"))
        .dt.replace_time_zone("UTC")
        .alias("account_created_at"),
        "followers",
    )


def _text() -> pl.Expr:
    """Mentions, words, tags, addresses, in the order in which people write them."""
    mentions = pl.col("mentions").list.eval(pl.format("@{}", pl.element())).list.join(" ")
    tags = pl.col("tags").list.eval(pl.format("#{}", pl.element())).list.join(" ")
    urls = pl.col("urls").list.join(" ")
    text = pl.concat_str(mentions, "body", tags, urls, separator=" ", ignore_nulls=True)
    return text.str.replace_all("  +", " ").str.strip_chars()


def _addresses() -> pl.Expr:
    """All addresses of a text, also those that hide in its words."""
    return pl.col("text").str.extract_all(r"https?://\S+").list.join(" ")


def _with_references(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows become ids. Retweets get their original's text after `RT @author:`, and a mention of its author."""
    ids = rows.select(pl.col("row").cast(pl.Int64), "post_id", author="handle", said="text")
    joined = rows.join(ids.drop("post_id"), left_on="retweet_of", right_on="row", how="left", maintain_order="left")
    for column in REFERENCES:
        named = ids.select(pl.col("row").alias(column), pl.col("post_id").alias("id"))
        joined = (
            joined.join(named, on=column, how="left", maintain_order="left")
            .with_columns(pl.col("id").alias(column))
            .drop("id")
        )
    retweet = pl.col("retweet_of").is_not_null()
    return joined.with_columns(
        text=pl.when(retweet).then(pl.format("RT @{}: {}", "author", "said")).otherwise("text"),
        mentions=pl.when(retweet).then(pl.concat_list("author")).otherwise("mentions"),
    )


def _truth(truth: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    known = people.select("account", "account_id")
    return truth.join(known, on="account", how="left", maintain_order="left").select(
        "account_id", "group", "kind", "guilty", "core", "turnout"
    )
