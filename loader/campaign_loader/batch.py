"""Tables -> what a store writes: nodes and relationships, with placeholders for who and what is only named."""

from __future__ import annotations

import polars as pl
from campaign_cypher.store import GraphBatch

from campaign_loader.tables import Tables
from campaign_loader.texts import RETWEET


def _references(tables: Tables) -> dict[str, pl.DataFrame]:
    return {"RETWEETS": tables.retweets, "QUOTES": tables.quotes, "REPLIES_TO": tables.replies}


def to_batch(tables: Tables) -> GraphBatch:
    """Nodes and relationships of a chunk; accounts and posts that it only names become placeholders."""
    nodes = {
        "Account": _accounts(tables),
        "Post": _posts(tables),
        "Hashtag": tables.hashtags.select("tag", "display").unique("tag", keep="first", maintain_order=True),
        "Url": tables.urls.group_by("url", maintain_order=True).agg(pl.col("domain").drop_nulls().first()),
        "Image": tables.images.select("hash").unique(maintain_order=True),
        "Snapshot": _snapshots(tables).drop("account"),
    }
    relationships = {
        "POSTED": pl.concat(
            [_pairs(tables.posts.drop_nulls("account"), "account", "id"), _authors_of_originals(tables)]
        ),
        "TAGGED": _pairs(tables.hashtags, "post", "tag"),
        "MENTIONS": _pairs(tables.mentions, "post", "account"),
        "LINKS_TO": _pairs(tables.urls, "post", "url"),
        "SHOWS": _pairs(tables.images, "post", "hash"),
        "FOLLOWS": tables.follows.rename({"account": "source"}),
        "LIKES": tables.likes.rename({"account": "source", "post": "target"}),
        "RETWEETED": tables.retweeted.rename({"account": "source", "post": "target"}),
        "OBSERVED": _pairs(_snapshots(tables), "account", "id"),
    } | {kind: _pairs(frame, "post", "target") for kind, frame in _references(tables).items()}
    return GraphBatch(nodes=_filled(nodes), relationships=_filled(relationships))


def _filled(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {name: frame for name, frame in frames.items() if frame.height}


def _pairs(frame: pl.DataFrame, source: str, target: str) -> pl.DataFrame:
    return frame.select(source=source, target=target)


def _authors_of_originals(tables: Tables) -> pl.DataFrame:
    """Who wrote the unknown originals: the account that `RT @name:` names. Detection must know whose post it was.

    Only for originals known by their text: one known by its id may yet be loaded, with its author.
    """
    retweets = tables.retweets.select("post", "target").filter(pl.col("target").str.contains(":text:", literal=True))
    named = retweets.join(tables.posts.select(post="id", text="text"), on="post").select(
        "post", "target", name=pl.col("text").str.extract(RETWEET).str.to_lowercase()
    )
    mentions = tables.mentions.select("post", "account", name=pl.col("handle").str.to_lowercase())
    authors = named.join(mentions, on=["post", "name"]).sort("target", "account")
    return _pairs(authors.unique("target", keep="first", maintain_order=True), "account", "target")


def _snapshots(tables: Tables) -> pl.DataFrame:
    """Observations with their keys: an account at a moment is one."""
    moment = pl.col("at").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    keyed = tables.snapshots.with_columns(id=pl.col("account") + "@" + moment)
    return keyed.unique("id", keep="last", maintain_order=True)


def _accounts(tables: Tables) -> pl.DataFrame:
    real = tables.accounts.with_columns(placeholder=pl.lit(False))
    authors = tables.posts.drop_nulls("account").select(id="account")
    ends = [tables.follows["account"], tables.follows["target"], tables.likes["account"], tables.retweeted["account"]]
    only_ids = [
        tables.statuses.rename({"account": "id"}),
        authors,
        *(pl.DataFrame({"id": end}) for end in ends),
        tables.snapshots.select(id="account"),
    ]
    named = pl.concat([tables.mentions.select(id="account", handle="handle"), *only_ids], how="diagonal")
    strangers = (
        named.unique("id", keep="first", maintain_order=True)
        .join(real, on="id", how="anti")
        .with_columns(
            platform=pl.col("id").str.extract(r"^([^:]*):"),
            handle=pl.coalesce("handle", pl.col("id").str.extract(r":@(.+)$")),
            placeholder=pl.lit(True),
        )
    )
    return pl.concat([real, strangers], how="diagonal")


def _posts(tables: Tables) -> pl.DataFrame:
    real = tables.posts.drop("account").with_columns(placeholder=pl.lit(False))
    referred = [frame.select(id="target", text="text") for frame in _references(tables).values()]
    listed = [frame.select(id="post") for frame in (tables.likes, tables.retweeted)]
    gone = tables.gone.rename({"post": "id"})
    named = pl.concat([gone, *referred, *listed], how="diagonal")
    strangers = (
        named.unique("id", keep="first", maintain_order=True)
        .join(real, on="id", how="anti")
        .with_columns(placeholder=pl.lit(True))
    )
    return pl.concat([real, strangers], how="diagonal")
