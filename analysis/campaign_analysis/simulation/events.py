"""The events that a simulated log shows in each layer, without a store between (docs/method.md, part 1)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import polars as pl

from campaign_analysis.feeds import with_sites
from campaign_analysis.layer_input import LayerInput, input_of
from campaign_analysis.layers import named
from campaign_analysis.simulation.language import SHORTENER
from campaign_analysis.talks import talks_of

OBJECT = ("account", "object", "time")
NO_SITES = (SHORTENER,)  # hosts that everybody's links have, as the loader takes them
HOST = r"^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]+)"


def layer_frames(posts: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Events of the layers that a log of posts shows, by name, as a store that holds the log would give them.

    Parameters
    ----------
    posts
        The log that `simulate` gives.

    Returns
    -------
    dict
        hashtag, retweet, mention, url, domain, hashtag_sequence, image, quote, reply: each `account` (account_id),
        `object`, `time` (epoch milliseconds), one row an act; retweet, quote and reply also `source`, the handle in
        lower case of whose post the object is, and `born`, when that came out; url the site as `source`. Retweets
        count in `retweet` alone; replies are left out of mention. `talk` is no layer: whom an act names or answers.
        The text layer is
        `campaign_analysis.text_clusters.text_objects` of `texts_of(posts)`.
    """
    acts = posts.with_columns(time=pl.col("created_at").dt.epoch("ms"), account="account_id")
    own = acts.filter(pl.col("retweet_of").is_null())
    tags = _parts(own, "hashtags", _folded("object"))
    return {
        "hashtag": tags.select(OBJECT),
        "retweet": _references(acts, "retweet_of"),
        "mention": _mentions(own.filter(pl.col("reply_to").is_null() | pl.col("quote_of").is_not_null()), posts),
        "url": _parts(own, "urls", pl.col("object")).select(*OBJECT, source=_site("object")),
        "domain": _parts(own, "urls", _site("object")).select(OBJECT),
        "hashtag_sequence": _sequences(tags),
        "image": _parts(own, "image_hashes", pl.col("object")).select(OBJECT),
        "quote": _references(own, "quote_of"),
        "reply": _references(own, "reply_to"),
        "talk": _addresses(own, posts),
    }


def texts_of(posts: pl.DataFrame) -> pl.DataFrame:
    """Texts of the posts that are no retweets, as `text_objects` takes them: account, post, text, time (epoch ms)."""
    return posts.filter(pl.col("retweet_of").is_null()).select(
        account="account_id", post="post_id", text="text", time=pl.col("created_at").dt.epoch("ms")
    )


def inputs_of(posts: pl.DataFrame, layers: Sequence[str] = (), sources: bool = True) -> list[LayerInput]:
    """What detection is given of a log: these layers, or all that it shows, prepared as in a run (feeds.py).

    Without `sources` nobody knows whose the objects are.
    """
    events, texts = layer_frames(posts), texts_of(posts)
    inputs, talks = [], talks_of(events["talk"])
    for layer in named(list(layers)):
        read = texts if layer.objects else events.get(layer.name)
        if read is not None:
            known = read if sources else read.drop("source", "born", strict=False)
            inputs.append(input_of(layer, known, talks=talks))
    return with_sites(inputs)


def _addresses(own: pl.DataFrame, posts: pl.DataFrame) -> pl.DataFrame:
    """Who names or answers whom, and whether by an answer."""
    written = posts.select(reply_to="post_id", object="account_id")
    is_reply = pl.col("reply_to").is_not_null() & pl.col("quote_of").is_null()
    answering, others = (_mentions(own.filter(kind), posts) for kind in (is_reply, ~is_reply))
    answered = own.join(written, on="reply_to").select(OBJECT)
    return pl.concat([pl.concat([answering, answered]).with_columns(answers=True), others.with_columns(answers=False)])


def _parts(own: pl.DataFrame, column: str, meaning: pl.Expr) -> pl.DataFrame:
    """A row for each different object that the words of a column mean, in their order."""
    words = own.select("account", "time", post="post_id", object=pl.col(column).str.split(" ")).explode("object")
    objects = words.filter(pl.col("object") != "").with_columns(object=meaning).drop_nulls("object")
    return objects.unique(["post", "object"], keep="first", maintain_order=True)


def _folded(column: str) -> pl.Expr:
    """NFKC and casefolded: spellings that mean the same hashtag are equal."""

    def fold(value: str) -> str:
        return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", value).casefold())

    def fold_once(values: pl.Series) -> pl.Series:
        once = values.unique()
        return values.replace_strict(once, pl.Series([fold(v) for v in once], dtype=pl.String), return_dtype=pl.String)

    return pl.col(column).map_batches(fold_once, return_dtype=pl.String)


def _references(acts: pl.DataFrame, column: str) -> pl.DataFrame:
    written = acts.select(object="post_id", source=pl.col("handle").str.to_lowercase(), born="time")
    referring = acts.drop_nulls(column).select("account", "time", object=column)
    return referring.join(written, on="object", how="left", maintain_order="left").select(*OBJECT, "source", "born")


def _mentions(own: pl.DataFrame, posts: pl.DataFrame) -> pl.DataFrame:
    """Named accounts: by id where they wrote something, else by their handle."""
    known = posts.select(object=pl.col("handle").str.to_lowercase(), id="account_id").unique()
    named = _parts(own, "mentions", pl.col("object").str.to_lowercase())
    joined = named.join(known, on="object", how="left", maintain_order="left")
    return joined.select("account", pl.coalesce("id", "@" + pl.col("object")).alias("object"), "time")


def _site(column: str) -> pl.Expr:
    host = pl.col(column).str.extract(HOST).str.to_lowercase().str.strip_prefix("www.")
    return pl.when(~host.is_in(NO_SITES)).then(host)


def _sequences(tags: pl.DataFrame) -> pl.DataFrame:
    """The tags of a post in their order, as `#a #b`; one tag is no sequence."""
    posts = tags.group_by("post", maintain_order=True).agg(
        pl.first("account", "time"), pl.format("#{}", "object").alias("object")
    )
    several = posts.filter(pl.col("object").list.len() > 1)
    return several.with_columns(pl.col("object").list.join(" ")).select(OBJECT)
