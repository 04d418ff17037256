"""Sellers and engagement: from the graph to results, and the results as plain values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from campaign_analysis.followers.audit import audit
from campaign_analysis.followers.engagement import Crowd, Engagement, engagement
from campaign_analysis.followers.lists import each_list, in_one_order, with_dates
from campaign_analysis.followers.sellers import Market, sellers
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.asking import account_of

KINDS = {"retweet": "retweet", "retweeted": "retweet", "like": "like"}


def market(store: Store, names: list[str], say: Callable[[str], None]) -> tuple[Market, dict[str, str]]:
    """Sellers among the customers given by id or handle (none: all whose followers are loaded), and names of customers.

    Raises QueryError, with near names, where one is not in the store.
    """
    accounts = [account_of(store, name) for name in names]
    lists = store.read(queries.get("followers/lists"), {"accounts": accounts})
    known = store.read(queries.get("followers/customers"), {"limit": lists.height + 1})
    handles = {a: f"@{h}" if h else a for a, h in known.select("account", "handle").iter_rows()}
    found, parts = {}, []
    for number, (account, rows) in enumerate(each_list(lists), 1):
        platform = account.partition(":")[0]
        dated, _ = with_dates(rows.rename({"made": "created_at"}), platform)
        listed = in_one_order(dated).select("account", "follower", "rank", "created_at")
        parts.append(listed.select("account", "follower"))
        seen = rows["seen_at"].max()
        found[account] = audit(account, listed, platform=platform, seen_at=seen).lots_alone()  # type: ignore[arg-type]
        if number % 100 == 0:
            say(f"{number} lists audited")
    follows = pl.concat(parts) if parts else lists.select("account", "follower")
    reacted = [_reactions(store, account) for account in found if found[account].lots]
    return sellers(follows, found, pl.concat(reacted) if reacted else None), handles


def _reactions(store: Store, account: str) -> pl.DataFrame:
    """Who reacted to a customer's posts: account (the customer), follower, kind."""
    rows = store.read(queries.get("followers/reactions"), {"account": account})
    kind = pl.col("kind").replace_strict(KINDS, return_dtype=pl.String)
    return rows.select("post", account=pl.lit(account), follower="account", kind=kind).unique().drop("post")


def engaged(store: Store, name: str) -> tuple[str, Engagement]:
    """The reactions to the posts of an account given by id or handle, looked at."""
    account = account_of(store, name)
    rows = store.read(queries.get("followers/reactions"), {"account": account})
    kind = pl.col("kind").replace_strict(KINDS, return_dtype=pl.String)
    follows = store.read(queries.get("followers/lists"), {"accounts": [account]})
    return account, engagement(rows.with_columns(kind=kind), follows["follower"] if follows.height else None)


def sellers_rows(found: Market, names: dict[str, str]) -> pl.DataFrame:
    """The table of sellers and customers: a row for each customer of each seller."""
    columns = {
        "seller": pl.Int64,
        "stock": pl.Int64,
        "customer": pl.String,
        "followers": pl.Int64,
        "lots": pl.Int64,
        "likes": pl.Int64,
        "retweets": pl.Int64,
        "p": pl.Float64,
    }
    rows = [
        (number, seller.accounts, names.get(g.customer, g.customer), g.followers, g.lots, g.likes, g.retweets, g.p)
        for number, seller in enumerate(found.sellers, 1)
        for g in seller.got
    ]
    return pl.DataFrame(rows, columns, orient="row")


def crowd_rows(found: Engagement) -> pl.DataFrame:
    """A row for each post to which a crowd came in one go."""
    columns = {
        "crowd": pl.Int64,
        "kind": pl.String,
        "accounts": pl.Int64,
        "post": pl.String,
        "came": pl.Int64,
        "of": pl.Int64,
        "minutes": pl.Float64,
        "p": pl.Float64,
    }
    rows: list[tuple[Any, ...]] = [
        (number, crowd.kind, crowd.accounts, d.post, d.crowd, d.reactions, _minutes(d.within), d.p)
        for number, crowd in enumerate(found.crowds, 1)
        for d in crowd.deliveries
    ]
    return pl.DataFrame(rows, columns, orient="row")


def _minutes(within: Any) -> float | None:
    return None if within is None else round(within.total_seconds() / 60, 1)


def crowd_sentence(crowd: Crowd) -> str:
    """A crowd in words."""
    posts = len(crowd.deliveries)
    text = f"{crowd.accounts:,} accounts {_VERB[crowd.kind]} the same {posts} posts, each time in one go"
    if crowd.following is not None:
        text += f"; {crowd.following:,} of them are in the list of followers"
    if crowd.round > 1 and crowd.p_round <= 0.05:
        text += f"; {crowd.round} of {posts} are within 2% of a round hundred (by chance: {crowd.p_round:.2g})"
    return text + "."


_VERB = {"retweet": "retweeted", "like": "liked"}
