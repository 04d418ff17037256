"""Meetings as people read them in a terminal: one block each, whatever the width, with the posts below each other.

Files keep one row for each behaviour. Here the same posts are one meeting, however many behaviours count them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import polars as pl
from campaign_analysis import layers

from campaign.pair_words import both_did
from campaign.reporting.markup import one_line
from campaign.reporting.numbers import day, gap

Row = dict[str, Any]
Block = list[Row]  # rows of the same posts, one for each thing on which these met

LEAST = 40  # characters of a line at least, however narrow the terminal
INDENT = "   "


def blocks(meetings: pl.DataFrame) -> list[Block]:
    """The rows by the posts that they are of: pair after pair as given, of each in order of time."""
    found: dict[tuple[object, ...], Block] = {}
    order: dict[tuple[object, ...], int] = {}
    for row in meetings.iter_rows(named=True):
        order.setdefault(_accounts(row), len(order))
        found.setdefault((*_accounts(row), *_posts(row)), []).append(row)
    return sorted(found.values(), key=lambda block: (order[_accounts(block[0])], _first(block[0])))


def lines(block: Block, number: int, names: Mapping[str, str], width: int) -> list[str]:
    """`1. 22 Mar 2016, 9 seconds apart: both used the same hashtag #a`, then each post: when, who, text, id."""
    row = block[0]
    times = [time for time, *_ in _sides(row) if time]
    when = f"{day(min(times))} UTC, {gap((max(times) - min(times)).total_seconds())}" if times else "time not known"
    return [
        *_wrapped(f"{number}. {when}: {'; '.join(map(_what, block))}", width),
        *(line for side in _sides(row) for line in _post(*side, names, width)),
    ]


def accounts_of(block: Block) -> tuple[str, ...]:
    """Whose meeting it is; of an account that was added all are its own."""
    return _accounts(block[0])


def names_of(known: Mapping[str, str | None]) -> dict[str, str]:
    """What accounts are called, of ids and handles: `@handle`, or the id; both where several have the handle, as one
    owner's accounts on two platforms do.
    """
    having = Counter(handle.casefold() for handle in known.values() if handle)
    return {id: _name(id, handle, having) for id, handle in known.items()}


def _name(id: str, handle: str | None, having: Mapping[str, int]) -> str:
    if not handle:
        return id
    return f"@{handle} ({id})" if having[handle.casefold()] > 1 else f"@{handle}"


def _accounts(row: Row) -> tuple[str, ...]:
    return (row["account"],) if "account" in row else (row["a"], row["b"])


def _posts(row: Row) -> tuple[object, ...]:
    return tuple((account, time, post) for time, account, _, post in _sides(row))


def _first(row: Row) -> str:
    return min((time.isoformat() for time, *_ in _sides(row) if time), default="")


Side = tuple[datetime | None, str, str | None, str | None]  # when, who, text, post


def _sides(row: Row) -> Sequence[Side]:
    """The posts of a meeting; of an account that was added, its own first."""
    own = [(row["time"], row["account"], row["text"], row["post"])] if "account" in row else []
    return [*own, *((row[f"{x}_time"], row[x], row[f"{x}_text"], row[f"{x}_post"]) for x in "ab")]


def _what(row: Row) -> str:
    """`both used the same hashtag #a`; the thing where it says something to a reader."""
    known = layers.every().get(row["layer"])
    sign = known.sign if known else None
    return both_did(row["layer"]) if sign is None else f"{both_did(row['layer'])} {sign}{row['object']}"


def _post(
    time: datetime | None, account: str, text: str | None, post: str | None, names: Mapping[str, str], width: int
) -> list[str]:
    when = f"{time:%H:%M:%S}" if time else "–"
    said = one_line(text or "(no text)")
    head = one_line(f"{when} {names.get(account, account)} ({post or 'no post'})")
    return [f"{INDENT}{head}", *_wrapped(said, width, INDENT * 2, INDENT * 2)]


def _wrapped(text: str, width: int, first: str = "", rest: str = INDENT) -> list[str]:
    """Lines of the whole text, since what two posts share may stand at its end; addresses are not broken at hyphens."""
    import textwrap

    return textwrap.wrap(
        one_line(text), max(LEAST, width), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )
