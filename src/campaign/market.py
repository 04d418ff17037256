"""Sellers and engagement: from the graph to results, and the results as plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from campaign_analysis.followers.audit import audit_of
from campaign_analysis.followers.engagement import Crowd, Engagement, engagement
from campaign_analysis.followers.lists import each_list, listed
from campaign_analysis.followers.sellers import Market, sellers
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.asking import account_of
from campaign.follower_lists import stored_lists
from campaign.handles import Handles

KINDS = {"retweet": "retweet", "retweeted": "retweet", "like": "like"}


@dataclass(frozen=True)
class Audited:
    """A market with what its customers are called, and why lists of theirs could not be audited (by customer)."""

    market: Market
    names: dict[str, str]
    untold: dict[str, str]


def market(store: Store, names: list[str], say: Callable[[str], None]) -> Audited:
    """Sellers among the customers given by id or handle (none: all whose followers are loaded).

    Raises QueryError, with near names, where one is not in the store.
    """
    handles = Handles(store)
    lists = stored_lists(store, [account_of(store, name) for name in names], handles)
    found, parts, untold = {}, [], {}
    for number, (account, rows) in enumerate(each_list(lists), 1):
        parts.append(rows.select("account", "follower"))
        audit = audit_of(account, listed(rows, account)).lots_alone()
        found[account] = audit
        if audit.why_not:
            untold[account] = audit.why_not
        if number % 100 == 0:
            say(f"{number} lists audited")
    follows = pl.concat(parts) if parts else lists.select("account", "follower")
    reacted = [_counted(account, reactions_to(store, [account], handles)) for account in found if found[account].lots]
    known = store.read(queries.get("accounts/profiles"), {"ids": list(found)})
    called = {a: f"@{h}" if h else a for a, h in known.select("id", "handle").iter_rows()}
    return Audited(sellers(follows, found, pl.concat(reacted) if reacted else None), called, untold)


def _counted(account: str, reactions: pl.DataFrame) -> pl.DataFrame:
    """Who reacted to a customer's posts, once for each post: account (the customer), follower, kind."""
    return reactions.select("post", account=pl.lit(account), follower="account", kind="kind").unique().drop("post")


def reactions_to(store: Store, keys: Sequence[str], handles: Handles) -> pl.DataFrame:
    """Who reacted to the posts of an account with these ids (post, account, kind: retweet or like, at, rank)."""
    rows = pl.concat([store.read(queries.get("followers/reactions"), {"account": key}) for key in keys])
    return handles.with_ids(rows, "account").with_columns(pl.col("kind").replace_strict(KINDS, return_dtype=pl.String))


def engaged(store: Store, name: str) -> tuple[str, Engagement]:
    """The reactions to the posts of an account given by id or handle, looked at."""
    handles = Handles(store)
    account, *others = handles.keys_of(account_of(store, name))
    follows, reactions = stored_lists(store, [account], handles), reactions_to(store, [account, *others], handles)
    return account, engagement(reactions, follows["follower"] if follows.height else None)


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
    came = sorted(d.crowd for d in crowd.deliveries)
    text = (
        f"{crowd.accounts:,} accounts that each {_VERB[crowd.kind]} two of {posts} posts or more; to each of these "
        f"{came[0]:,} to {came[-1]:,} of them came, four fifths of them in one go"
    )
    if crowd.following is not None:
        text += f"; {crowd.following:,} of them are in the list of followers"
    if crowd.round > 1 and crowd.p_round <= 0.05:
        text += f"; {crowd.round} of {posts} are within 2% of a round hundred (by chance: {crowd.p_round:.2g})"
    return text + "."


_VERB = {"retweet": "retweeted", "like": "liked"}
