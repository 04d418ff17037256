"""A plain table of followers, likers or retweeters: `account, follower, rank`, `post, liker, rank`, `post, retweeter`.

One row a follower (liker, retweeter). `rank` is the place in the platform's list, 1 the newest; without it the order
is not known, whatever the order of the rows. Further columns are the follower's profile: `created_at`, `handle`,
`name`, `followers`, … and `seen_at`, when the list was collected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from campaign_loader import columns, profile_columns, values
from campaign_loader.errors import AskedError, LoadError
from campaign_loader.frames import frames
from campaign_loader.head import Head
from campaign_loader.late import as_they_come
from campaign_loader.limits import ACCOUNT_LONG, LONGER, too_long
from campaign_loader.listing import Kind, Listing, asked, by_kind, key_of
from campaign_loader.options import ReadOptions
from campaign_loader.profile_columns import PROFILE_HINTS, impossible_dates, profile, rejected
from campaign_loader.source import Source
from campaign_loader.tables import ACCOUNTS, SNAPSHOTS, Tables, conform

NAME = "lists"
PLATFORM = "x"
MEMBERS: dict[Kind, tuple[str, ...]] = {
    "followers": ("follower", "follower_id"),
    "likers": ("liker", "liker_id"),
    "retweeters": ("retweeter", "retweeter_id"),
}
OWNERS: dict[Kind, tuple[str, ...]] = {
    "followers": ("account", "account_id", "followed", "followed_id", "user", "user_id", "target"),
    "likers": ("post", "post_id", "tweet_id", "status_id"),
    "retweeters": ("post", "post_id", "tweet_id", "status_id"),
}
OWNER_LONG = f"the id of the list's owner is {LONGER}"
HINTS: dict[str, tuple[str, ...]] = {
    "rank": ("rank", "position", "place"),
    "seen_at": ("seen_at", "collected_at", "retrieved_at", "crawled_at"),
    **PROFILE_HINTS,
    "created_at": ("created_at", "follower_created_at", "account_created_at", "account_creation_date"),
    "handle": ("handle", "screen_name", "username", "follower_handle"),
}


def sniff(head: Head) -> float:
    """Sure where a column says follower, liker or retweeter, and no column holds a text."""
    names = {columns.snake(column) for column in head.columns}
    if names & set(columns.HINTS["text"]):
        return 0.0
    return 0.8 if any(names & set(members) for members in MEMBERS.values()) else 0.0


def read(source: Source, head: Head, options: ReadOptions) -> Iterator[Tables]:
    """Rows by the columns that hints and `--map` (member, owner, and the fields above) choose."""
    kind, chosen = _choose(head.columns, options.columns, source.name)
    listing = asked(options)
    if listing and listing.kind != kind:
        raise LoadError(f"{source.name}: lists {kind}, not {listing.kind}, by its columns")
    if "owner" not in chosen and listing is None:
        raise LoadError(
            f"{source.name}: no column says whose {kind} these are; columns there: {', '.join(head.columns)}; "
            f"say --{kind}-of … or --map owner=COLUMN"
        )
    return _read(source, head, options, kind, chosen, listing)


def time_columns(head: Head, options: ReadOptions, name: str) -> tuple[str, ...]:
    """The columns whose dates may need to show whether day or month comes first."""
    return profile_columns.time_columns(_choose(head.columns, options.columns, name)[1], options)


def _choose(there: tuple[str, ...], given: Mapping[str, str], source: str) -> tuple[Kind, dict[str, str]]:
    fields = ("member", "owner", *HINTS)
    for field, column in given.items():
        if field not in fields:
            raise AskedError(f"--map {field}={column}: a list has no field {field}; fields are: {', '.join(fields)}")
        if column not in there:
            raise AskedError(f"{source}: --map {field}={column}: no such column; columns there: {', '.join(there)}")
    names = {columns.snake(column) for column in there}
    kind: Kind = next((k for k, members in MEMBERS.items() if set(members) & names), "followers")
    hints: dict[str, tuple[str, ...]] = {"member": MEMBERS[kind], "owner": OWNERS[kind], **HINTS}
    return kind, columns.by_hints(there, hints) | dict(given)


def _read(
    source: Source, head: Head, options: ReadOptions, kind: Kind, chosen: Mapping[str, str], listing: Listing | None
) -> Iterator[Tables]:
    if "member" not in chosen:
        raise LoadError(f"{source.name}: no column holds the {kind}; say which with --map member=COLUMN")
    order = "" if "rank" in chosen else "; no rank: the order in which they came is not known"
    dates = options.dates.remark(source.name)
    yield Tables(said=(f"{kind}: {columns.say(chosen)}; platform: {options.platform or PLATFORM}{order}{dates}",))
    known = as_they_come(frames(source, head, options, tuple(chosen.values())), head, chosen, HINTS)
    for frame, fields, said in known:
        if said:
            yield Tables(said=said)
        if frame.rows.height:
            yield _tables(frame.rows, frame.lines(), fields, kind, options, listing)
        if frame.broken.height:
            yield Tables(rejected=frame.broken, rows=frame.broken.height)


def _tables(
    rows: pl.DataFrame,
    lines: pl.Series,
    chosen: Mapping[str, str],
    kind: Kind,
    options: ReadOptions,
    listing: Listing | None,
) -> Tables:
    platform = options.platform or PLATFORM
    column = {field: rows[name] for field, name in chosen.items()}
    member, lost = values.ids_of(column["member"])
    owner = _owners(column, rows.height, platform, listing)
    typed = profile(column, HINTS, rows.height, options).with_columns(
        member.alias("member"), lost.alias("lost"), owner.alias("owner"), key=_keys(member, platform)
    )
    impossible = values.out_of_range(typed["created_at"])
    reason = (
        pl.when(pl.col("lost"))
        .then(pl.lit("the account's id lost digits"))
        .when(pl.col("member").is_null())
        .then(pl.lit("no account"))
        .when(pl.col("owner").is_null())
        .then(pl.lit("nobody whose list it is"))
        .when(too_long(pl.col("key")))
        .then(pl.lit(ACCOUNT_LONG))
        .when(too_long(pl.col("owner")))
        .then(pl.lit(OWNER_LONG))
    )
    typed = typed.with_columns(reason.alias("reason"), created_at=pl.when(~impossible).then("created_at"))
    good = typed.filter(pl.col("reason").is_null()).with_columns(kind=pl.lit(kind), platform=pl.lit(platform))
    observed = [field for field in ("followers", "following", "posts") if field in chosen]
    seen = good.filter(pl.any_horizontal(pl.col(observed).is_not_null())) if observed else good.clear()
    profiles = [field for field in HINTS if field in chosen and field not in ("rank", "seen_at")]
    people = good.with_columns(id="key", last_seen_at="seen_at") if profiles else good.clear().with_columns(id="key")
    listed = by_kind(good)
    return Tables(
        accounts=conform(people.unique("id", keep="first", maintain_order=True), ACCOUNTS),
        snapshots=conform(seen.rename({"seen_at": "at", "key": "account"}).drop_nulls("at"), SNAPSHOTS),
        follows=listed.follows,
        likes=listed.likes,
        retweeted=listed.retweeted,
        rejected=rejected(rows, lines, typed["reason"]),
        rows=rows.height,
        dropped=impossible_dates(impossible),
    )


def _owners(column: Mapping[str, pl.Series], height: int, platform: str, listing: Listing | None) -> pl.Series:
    if listing:
        return pl.Series([key_of(platform, listing.of)]).new_from_index(0, height)
    return _keys(values.ids_of(column["owner"])[0], platform)


def _keys(ids: pl.Series, platform: str) -> pl.Series:
    """Keys of ids and `@handles`; each is made once."""
    known = {
        id_: key_of(platform, id_) for id_ in ids.drop_nulls().filter(ids.drop_nulls().str.starts_with("@")).unique()
    }
    plain = pl.lit(f"{platform}:") + pl.col("id").str.strip_prefix(f"{platform}:")
    handles = pl.col("id").replace_strict(known, default=None, return_dtype=pl.String) if known else pl.lit(None)
    return ids.to_frame("id").select(pl.coalesce(handles, plain)).to_series()
