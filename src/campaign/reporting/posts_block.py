"""The members' accounts and posts for the page's own script: a click on an account shows what it posted."""

from __future__ import annotations

from typing import Any

import polars as pl

from campaign import words
from campaign.reporting.markup import TEXT_LENGTH, clean
from campaign.reporting.view import View

ROW = 34  # bytes of a post beside its id and its text, about
KINDS = ("original", "retweet", "quote", "reply")


def posts_block(view: View, room: int) -> dict[str, Any]:
    """Columns of the members' posts in at most so many bytes, about.

    `accounts`: id, label, number of the group, role, when it was made (ms or null), number of its posts in the data.
    `at` is each post's distance in ms from the one before, `who` the account's place, `kind` its place among `kinds`,
    `text` its place among `texts`, `shown` whether it is among the posts that the charts count. Where not all fit, each
    account keeps every k-th of its posts, so that none loses more than it must.
    """
    accounts = _accounts(view)
    place = {account: i for i, account in enumerate(accounts)}
    posts = fitting(view.member_posts, room)
    texts = list(dict.fromkeys(posts["text"]))
    numbered = {text: i for i, text in enumerate(texts)}
    times = posts["at"].to_list()
    return {
        "accounts": list(accounts.values()),
        "kinds": KINDS,
        "texts": texts,
        "id": [clean(post or "") for post in posts["post"]],
        "at": [at - before for before, at in zip([0, *times], times, strict=False)],
        "who": [place[account] for account in posts["account"]],
        "kind": [KINDS.index(kind) if kind in KINDS else 0 for kind in posts["kind"]],
        "text": [numbered[text] for text in posts["text"]],
        "shown": [int(shown) for shown in posts["shown"]],
    }


def fitting(posts: pl.DataFrame, room: int) -> pl.DataFrame:
    """As many of the posts as fit, their texts cut: all of an account's, or every k-th so that it has at most n."""
    text = pl.col("text").fill_null("").map_elements(clean, return_dtype=pl.String)
    cut = pl.when(text.str.len_chars() > TEXT_LENGTH).then(text.str.slice(0, TEXT_LENGTH) + " …").otherwise(text)
    numbered = posts.with_columns(
        text=cut,
        place=pl.int_range(pl.len()).over("account"),
        of=pl.len().over("account").cast(pl.Int64),
    )
    low, high = 0, max([0, *numbered["of"].unique()])
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _size(_at_most(numbered, middle)) <= room else (low, middle - 1)
    return _at_most(numbered, low).drop("place", "of")


def _at_most(posts: pl.DataFrame, number: int) -> pl.DataFrame:
    if number == 0:
        return posts.clear()
    step = -(-pl.col("of") // number)
    return posts.filter(pl.col("place") % step == 0)


def _size(posts: pl.DataFrame) -> int:
    """Bytes in the page, about: signs that HTML reads are written longer, and other scripts take more bytes."""
    texts = posts["text"].unique()
    escaped = int(texts.str.count_matches('[<>&"\\n\\\\]').sum()) * 5
    ids = int(posts["post"].str.len_bytes().sum()) + 3 * posts.height
    return int(texts.str.len_bytes().sum()) + 3 * texts.len() + escaped + ids + (ROW - 3) * posts.height


def _accounts(view: View) -> dict[str, list[str | int | None]]:
    number = dict(view.member_posts.group_by("account").len().iter_rows())
    rows: dict[str, list[str | int | None]] = {}
    for group in view.groups:
        if not view.detailed(group):
            continue
        made = view.made(group)
        for m in group.accounts:
            label: list[str | int | None] = [clean(m.id), clean(view.label(m.id)), view.number(group), words.role_of(m)]
            rows.setdefault(m.id, [*label, made.get(m.id), number.get(m.id, 0)])
    return rows
