"""Conversations of people who follow, or react to, somebody for whom followers or reactions were or were not bought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from campaign_analysis.simulation.audiences.audience import simulate_audience
from campaign_analysis.simulation.audiences.bought import Kind
from campaign_analysis.simulation.audiences.organic import Audience
from campaign_analysis.simulation.audiences.reactions import Reactions, simulate_reactions

IN_IT = 400  # accounts of the conversation that are in the list, at most,
BOUGHT = 0.1  # of which so many were bought, where any were: ghosts seldom talk


@dataclass(frozen=True)
class Talked:
    """A whole list as a signal's frame, the accounts of the conversation, and those that were bought or came together.

    `together` are innocents who have something in common: whom viral days made join, or fans who react early and often.
    """

    frame: pl.DataFrame
    accounts: list[str]
    bought: list[str]
    together: list[str]


def followers_talked(seed: int, share: float, kind: Kind = "aged", followers: int = 20_000) -> Talked:
    """A list of followers of whom `share` were bought; the conversation is of some of them and of others."""
    rng = np.random.default_rng([seed, 31])
    listed = simulate_audience(seed, Audience(followers=followers), bought=share, kinds=(kind,))
    renamed = listed.with_columns(follower=pl.lit("x:") + pl.col("follower"))
    frame = renamed.select(
        "follower", "rank", account=pl.lit("x:star"), seen_at=pl.col("followed_at").max(), made="created_at"
    ).select("account", "follower", "rank", "seen_at", "made")
    bought = renamed.filter(pl.col("lot").is_not_null())["follower"].to_list()
    own = renamed.filter(pl.col("lot").is_null())["follower"].to_list()
    new = pl.col("lot").is_null() & (pl.col("followed_at") - pl.col("created_at") < pl.duration(days=3))
    together = renamed.filter(new)["follower"].to_list()
    return _talked(rng, frame, own, bought, together)


def reactions_talked(seed: int, bought: int) -> Talked:
    """Lists of retweeters of an author's posts, of which some were bought; the conversation is of people in them."""
    rng = np.random.default_rng([seed, 32])
    acts = simulate_reactions(seed, Reactions(bought=bought)).sort("post", "at")
    frame = acts.select(
        "post",
        "account",
        "kind",
        author=pl.lit("x:star"),
        rank=pl.int_range(pl.len(), 0, -1).over("post"),
    ).select("author", "post", "account", "kind", "rank")
    often = acts.group_by("account").agg(pl.col("post").n_unique(), pl.col("bought").any()).filter(pl.col("post") >= 2)
    names = often.sort("account")
    own, sold = (names.filter(pl.col("bought") == is_bought)["account"].to_list() for is_bought in (False, True))
    fans = names.filter(pl.col("account").str.contains("^[ft]"))["account"].to_list()
    return _talked(rng, frame, own, sold, fans)


def _talked(
    rng: np.random.Generator, frame: pl.DataFrame, own: list[str], bought: list[str], together: list[str]
) -> Talked:
    mixed, sold, alike = ([str(name) for name in rng.permutation(sorted(names))] for names in (own, bought, together))
    inside = mixed[:IN_IT]
    return Talked(frame, [*inside, *sold[: int(BOUGHT * len(inside))]], sold[::-1], alike)
