"""Of a whole store's profiles those that some accounts could be copies of, so that few are compared with few.

A copy and its original nearly always share a name as it stands, the letters of a handle, or the beginning or the end of
a bio. Comparing everybody with everybody finds the rest too, and takes a minute for a million (docs/clones.md).
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

NAMESAKES = 30  # a name that more accounts bear is taken for none
SHARED = 10  # letters of a handle, or ends of a bio, that more accounts have bring nobody along
ENDS = 16  # letters at the beginning and at the end of a bio


def relatives(profiles: pl.DataFrame, accounts: Collection[str]) -> pl.DataFrame:
    """The profiles (find.PROFILES) of `accounts`, and of everybody who could be an original of one of them.

    All bearers of a name come along, for namesakes are counted. A name that more than NAMESAKES bear would bring half
    of the store: it is left out, and such accounts are compared by handle, bio and picture. Which profiles come depends
    on the accounts as a whole, not on which of them are a group.
    """
    keys = profiles.select(
        asked=pl.col("account").is_in(list(accounts)),
        name=_plain("name"),
        handle=pl.col("handle").str.to_lowercase().str.replace_all(r"[^a-z]", ""),
        head=_plain("description").str.head(ENDS),
        tail=_plain("description").str.tail(ENDS),
    )
    near = pl.any_horizontal("asked", *(_shared(keys, "asked", key, SHARED) for key in ("handle", "head", "tail")))
    keys = keys.with_columns(near=near)
    common = _common(keys["name"])
    kept = keys.select(pl.any_horizontal("near", _shared(keys, "near", "name", NAMESAKES))).to_series()
    return profiles.with_columns(name=pl.when(~common).then("name")).filter(kept)


def _plain(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars().str.to_lowercase()


def _shared(keys: pl.DataFrame, whose: str, key: str, most: int) -> pl.Expr:
    """Whether a row has a key of those marked in the column `whose`, if no more than `most` have it."""
    known = keys.filter(pl.col(whose) & (pl.col(key).str.len_chars() > 1))[key].unique()
    bearers = keys[key].filter(keys[key].is_in(known.implode()).fill_null(False)).value_counts(name="bearers")
    return pl.col(key).is_in(bearers.filter(pl.col("bearers") <= most)[key].implode()).fill_null(False)


def _common(names: pl.Series) -> pl.Series:
    """Whether more than NAMESAKES bear each row's name."""
    counts = names.value_counts(name="bearers").filter(pl.col("bearers") > NAMESAKES)
    return names.is_in(counts[names.name].implode()).fill_null(False)
