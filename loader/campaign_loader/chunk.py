"""Rows of a table -> Tables, whole columns at a time, and the rows that cannot be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import polars as pl

from campaign_loader import addresses, texts, values
from campaign_loader.columns import OBSERVED
from campaign_loader.limits import ACCOUNT_LONG, POST_LONG, too_long
from campaign_loader.rows import Shape, read_rows
from campaign_loader.tables import (
    ACCOUNTS,
    HASHTAGS,
    IMAGES,
    MENTIONS,
    POSTS,
    REFERENCES,
    REJECTED,
    SNAPSHOTS,
    Tables,
    conform,
)

HANDLE = r"^[A-Za-z0-9_]{1,15}$"
DIGITS = r"^\d+$"
ACCOUNT_LOST, POST_LOST = "the account's id lost digits", "the post's id lost digits"
OTHERS = "the post's id belongs to another account"
UNREADABLE, OUT_OF_RANGE = "the time cannot be read", "the time is out of range (before 1990 or in the future)"
WRONG = {ACCOUNT_LOST: "account", POST_LOST: "id", UNREADABLE: "time", OUT_OF_RANGE: "time"}
WRONG |= {ACCOUNT_LONG: "account", POST_LONG: "id"}


def to_tables(rows: pl.DataFrame, shape: Shape, lines: Callable[[], pl.Series]) -> Tables:
    """Turn rows into tables; rows that cannot be trusted come back as rejected, with their line.

    `lines` gives the line of each row; it is asked only where a row is rejected.
    """
    dropped: Counter[str] = Counter()
    read = read_rows(rows, shape, dropped)
    reasons = _reasons(rows, read, shape)
    good = read.filter(reasons.is_null())
    hashtags = _hashtags(good)
    posts = good.unique("id", keep="first", maintain_order=True)
    posts = conform(posts.join(_sequences(hashtags), on="id", how="left", maintain_order="left"), POSTS)
    return Tables(
        accounts=_accounts(good),
        posts=posts,
        hashtags=hashtags,
        mentions=_mentions(good),
        urls=addresses.of(good),
        images=_images(good),
        retweets=_references(good, "retweet_of", by_text=True),
        quotes=_references(good, "quote_of", by_text=False),
        replies=_references(good, "reply_to", by_text=False),
        snapshots=_snapshots(good),
        rejected=_rejected(rows, reasons, lines),
        rows=rows.height,
        merged=good.height - posts.height,
        dropped=dropped,
        wrong=_wrong(rows, reasons, shape),
    )


def _reasons(rows: pl.DataFrame, read: pl.DataFrame, shape: Shape) -> pl.Series:
    """Why a row is rejected; null where it is good."""
    written = values.text_of(rows[shape.columns["time"]])
    checks = {
        ACCOUNT_LOST: read["native_lost"],
        "no account": read["account"].is_null(),
        ACCOUNT_LONG: read.select(too_long(pl.col("account"))).to_series(),
        POST_LOST: read["own_lost"],
        POST_LONG: read.select(too_long(pl.col("id"))).to_series(),
        "no time": written.is_null(),
        UNREADABLE: read["created_at"].is_null(),
        OUT_OF_RANGE: values.out_of_range(read["created_at"]),
    }
    reasons = pl.select(pl.coalesce(pl.when(bad).then(pl.lit(why)) for why, bad in checks.items())).to_series()
    return reasons if read["id"].n_unique() == read.height else _clashes(read, reasons)


def _clashes(read: pl.DataFrame, reasons: pl.Series) -> pl.Series:
    """Add to the reasons where the same post id comes with another account than before: one of them is wrong."""
    frame = read.select("id", "account", reasons.alias("reason"))
    owners = frame.filter(pl.col("reason").is_null()).unique("id", keep="first", maintain_order=True)
    frame = frame.join(owners.select("id", owner="account"), on="id", how="left", maintain_order="left")
    clash = pl.when(pl.col("account") != pl.col("owner")).then(pl.lit(OTHERS))
    return frame.select(pl.coalesce("reason", clash)).to_series()


def _rejected(rows: pl.DataFrame, reasons: pl.Series, lines: Callable[[], pl.Series]) -> pl.DataFrame:
    bad = reasons.is_not_null()
    if not bad.any():
        return pl.DataFrame(schema=REJECTED)
    return pl.DataFrame(
        {
            "line": lines().filter(bad),
            "reason": reasons.filter(bad),
            "row": rows.filter(bad).select(pl.struct(pl.all()).struct.json_encode()).to_series(),
        },
        schema=REJECTED,
    )


def _wrong(rows: pl.DataFrame, reasons: pl.Series, shape: Shape) -> dict[str, str]:
    """The first value that was rejected, for each of the reasons that lie in one value."""
    columns = {reason: shape.columns[field] for reason, field in WRONG.items() if field in shape.columns}
    firsts = {reason: (reasons == reason).arg_max() for reason in reasons.drop_nulls().unique() if reason in columns}
    return {reason: str(rows[columns[reason]][first]) for reason, first in firsts.items() if first is not None}


def _accounts(good: pl.DataFrame) -> pl.DataFrame:
    """One row an account, as its newest post shows it."""
    frame = (
        good.with_columns(id="account", created_at="account_created_at")
        if "account_created_at" in good.columns
        else (good.with_columns(id="account", created_at=None))
    )
    observed = [field for field in OBSERVED if field in good.columns]
    if not observed:
        return conform(frame.unique("id", keep="first", maintain_order=True), ACCOUNTS)
    seen = pl.when(pl.any_horizontal(pl.col(observed).is_not_null())).then(good["created_at"])
    frame = frame.with_columns(last_seen_at=seen).sort("last_seen_at", nulls_last=False, maintain_order=True)
    return conform(frame.unique("id", keep="last", maintain_order=True), ACCOUNTS)


def _snapshots(good: pl.DataFrame) -> pl.DataFrame:
    """The counters that posts carry, one observation an account and day: the day's last, where they ever change."""
    there = [field for field in ("followers", "following") if field in good.columns]
    if not there:
        return pl.DataFrame(schema=SNAPSHOTS)
    counted = good.filter(pl.any_horizontal(pl.col(there).is_not_null())).with_columns(at="created_at", status=None)
    moving = pl.any_horizontal((pl.col(there).max() > pl.col(there).min()).over("account"))
    days = counted.filter(moving).sort("account", "at", maintain_order=True).with_columns(day=pl.col("at").dt.date())
    return conform(days.unique(["account", "day"], keep="last", maintain_order=True), SNAPSHOTS)


def _exploded(good: pl.DataFrame, field: str) -> pl.DataFrame:
    """`post`, `value`, and the platform: a row for each part of a list."""
    frame = good.select("platform", post="id", value=field).filter(pl.col("value").list.len() > 0)
    return frame.explode("value").filter(pl.col("value").is_not_null() & (pl.col("value") != ""))


def _hashtags(good: pl.DataFrame) -> pl.DataFrame:
    frame = _exploded(good, "hashtags").with_columns(display=texts.listed_hashtags(pl.col("value")))
    frame = frame.with_columns(tag=texts.folded(frame["display"])).filter(pl.col("tag") != "")
    return conform(frame.unique(["post", "tag"], keep="first", maintain_order=True), HASHTAGS)


def _sequences(hashtags: pl.DataFrame) -> pl.DataFrame:
    """The hashtags of each post in one text, in order: `id`, `tag_sequence`. Spaces part them, so they have none."""
    short = hashtags.filter(~too_long(pl.col("tag")))
    tags = short.select(id="post", tag_sequence="#" + pl.col("tag").str.replace_all(" ", "_", literal=True))
    lists = tags.group_by("id", maintain_order=True).agg("tag_sequence")
    return lists.with_columns(pl.col("tag_sequence").list.join(" "))


def _images(good: pl.DataFrame) -> pl.DataFrame:
    if "images" not in good.columns:
        return pl.DataFrame(schema=IMAGES)
    return conform(_exploded(good, "images").rename({"value": "hash"}), IMAGES).unique(maintain_order=True)


def _mentions(good: pl.DataFrame) -> pl.DataFrame:
    """Named accounts: by id where the source gives one or the chunk knows whose handle it is, else by handle."""
    frame = _exploded(good, "mentions")
    bare = pl.col("value").str.strip_prefix("@").str.strip_prefix("＠")
    frame = frame.with_columns(handle=pl.when(_is_handle(good)).then(bare))
    frame = frame.with_columns(folded=texts.folded(frame["handle"]))
    known = good.select("platform", "folded", known="account").drop_nulls().unique(["platform", "folded"], keep="first")
    frame = frame.join(known, on=["platform", "folded"], how="left", maintain_order="left")
    by_name = pl.when(pl.col("handle").is_null()).then("value").otherwise("@" + pl.col("folded"))
    frame = frame.with_columns(account=pl.coalesce("known", pl.col("platform") + ":" + by_name))
    return conform(frame.unique(["post", "account"], keep="first", maintain_order=True), MENTIONS)


def _is_handle(good: pl.DataFrame) -> pl.Expr:
    """Whether a mention is a handle: with @, where accounts are handles, or a name among accounts of digits."""
    native = good["native"].drop_nulls()
    if native.is_empty():
        return pl.lit(True)
    at = pl.col("value").str.contains("^[@＠]")
    if not native.str.contains(DIGITS).all():
        return at
    return at | (pl.col("value").str.contains(HANDLE) & ~pl.col("value").str.contains(DIGITS))


def _references(good: pl.DataFrame, field: str, by_text: bool) -> pl.DataFrame:
    """Posts referred to; retweets whose original's id is not known meet on the text that they pass on."""
    own = good.drop_nulls(field).select(post="id", target=pl.col("platform") + ":" + pl.col(field))
    if not by_text:
        return conform(own, REFERENCES).unique(["post", "target"], maintain_order=True)
    rest = good.filter((pl.col("kind") == "retweet") & pl.col(field).is_null() & pl.col("text").is_not_null())
    passed = texts.retweeted(rest["text"])
    texted = rest.select("platform", post="id").hstack(passed).drop_nulls("hash")
    texted = texted.with_columns(target=pl.col("platform") + ":text:" + pl.col("hash"))
    return pl.concat([conform(own, REFERENCES), conform(texted, REFERENCES)]).unique(
        ["post", "target"], maintain_order=True
    )
