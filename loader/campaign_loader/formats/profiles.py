"""A plain table of profiles, one row an account, without posts: `account, handle, name, description, created_at`, …

`avatar` (or `avatar_hash`) is a hash of the picture, made by whoever collected it; nothing is hashed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from campaign_loader import columns, profile_columns, texts, values
from campaign_loader.errors import AskedError, LoadError
from campaign_loader.frames import frames
from campaign_loader.head import Head
from campaign_loader.late import as_they_come
from campaign_loader.limits import ACCOUNT_LONG, too_long
from campaign_loader.listing import no_list
from campaign_loader.options import ReadOptions
from campaign_loader.profile_columns import PROFILE_HINTS, impossible_dates, profile, rejected
from campaign_loader.rows import platforms_of
from campaign_loader.source import Source
from campaign_loader.tables import ACCOUNTS, SNAPSHOTS, Tables, conform

NAME = "profiles"
PLATFORM = "x"
HINTS: dict[str, tuple[str, ...]] = {
    "account": ("account_id", "user_id", "account", "id_str", "id"),
    "seen_at": ("seen_at", "collected_at", "retrieved_at", "crawled_at"),
    "platform": ("platform",),
    **PROFILE_HINTS,
}
SAYS_A_LIST = {"follower", "follower_id", "liker", "liker_id", "retweeter", "retweeter_id"}
OBSERVED = ("followers", "following", "posts")


def sniff(head: Head) -> float:
    """Sure of a table with handles and with names or bios, and nothing that is posted."""
    names = {columns.snake(column) for column in head.columns}
    if names & SAYS_A_LIST or columns.fits(head.columns):
        return 0.0
    described = names & {*PROFILE_HINTS["name"], *PROFILE_HINTS["description"]}
    return 0.6 if described and names & set(PROFILE_HINTS["handle"]) else 0.0


def read(source: Source, head: Head, options: ReadOptions) -> Iterator[Tables]:
    """Rows by the columns that hints and `--map` choose."""
    no_list(options, source.name)
    return _read(source, head, options, _choose(head.columns, options.columns, source.name))


def time_columns(head: Head, options: ReadOptions, name: str) -> tuple[str, ...]:
    """The columns whose dates may need to show whether day or month comes first."""
    return profile_columns.time_columns(_choose(head.columns, options.columns, name), options)


def _choose(there: tuple[str, ...], given: Mapping[str, str], source: str) -> dict[str, str]:
    for field, column in given.items():
        if field not in HINTS:
            raise AskedError(f"--map {field}={column}: a profile has no field {field}; fields are: {', '.join(HINTS)}")
        if column not in there:
            raise AskedError(f"{source}: --map {field}={column}: no such column; columns there: {', '.join(there)}")
    found = columns.by_hints(there, HINTS)
    if not {"account", "handle"} & {*found, *given}:
        raise LoadError(
            f"{source}: no column says whose profiles these are; columns there: {', '.join(there)}; "
            "say which with --map account=COLUMN or handle=COLUMN"
        )
    return found | dict(given)


def _read(source: Source, head: Head, options: ReadOptions, chosen: Mapping[str, str]) -> Iterator[Tables]:
    platform = "told by its column" if "platform" in chosen else options.platform or PLATFORM
    yield Tables(said=(f"profiles: {columns.say(chosen)}; platform: {platform}{options.dates.remark(source.name)}",))
    known = as_they_come(frames(source, head, options, tuple(chosen.values())), head, chosen, HINTS)
    for frame, fields, said in known:
        if said:
            yield Tables(said=said)
        if frame.rows.height:
            yield _tables(frame.rows, frame.lines(), fields, options)
        if frame.broken.height:
            yield Tables(rejected=frame.broken, rows=frame.broken.height)


def _tables(rows: pl.DataFrame, lines: pl.Series, chosen: Mapping[str, str], options: ReadOptions) -> Tables:
    column = {field: rows[name] for field, name in chosen.items()}
    fields = [field for field in HINTS if field not in ("account", "platform")]
    typed = profile(column, fields, rows.height, options)
    native, lost = (
        values.ids_of(column["account"]) if "account" in column else (typed["handle"].clear(rows.height),) * 2
    )
    platform = platforms_of(column.get("platform"), options.platform or PLATFORM, rows.height)
    typed = typed.with_columns(
        native.alias("native"), texts.folded(typed["handle"]).alias("folded"), lost.cast(pl.Boolean).alias("lost")
    ).with_columns(platform.alias("platform"))
    key = pl.when(pl.col("native").is_null()).then(pl.format("{}:@{}", "platform", "folded"))
    impossible = values.out_of_range(typed["created_at"])
    typed = typed.with_columns(
        id=key.otherwise(pl.format("{}:{}", "platform", "native")),
        created_at=pl.when(~impossible).then("created_at"),
        reason=pl.when(pl.col("lost")).then(pl.lit("the account's id lost digits")),
    ).with_columns(reason=pl.coalesce("reason", _no_key(pl.col("id"))))
    good = typed.filter(pl.col("reason").is_null())
    seen = good.filter(pl.any_horizontal(pl.col(OBSERVED).is_not_null()) & pl.col("seen_at").is_not_null())
    latest = good.sort("seen_at", nulls_last=False, maintain_order=True).unique("id", keep="last", maintain_order=True)
    return Tables(
        accounts=conform(latest.with_columns(last_seen_at="seen_at"), ACCOUNTS),
        snapshots=conform(seen.rename({"seen_at": "at", "id": "account"}), SNAPSHOTS),
        rejected=rejected(rows, lines, typed["reason"]),
        rows=rows.height,
        dropped=impossible_dates(impossible),
    )


def _no_key(key: pl.Expr) -> pl.Expr:
    """Why an account's key cannot be one; null where it can."""
    long = pl.when(too_long(key)).then(pl.lit(ACCOUNT_LONG))
    return pl.when(key.is_null()).then(pl.lit("no account")).otherwise(long)
