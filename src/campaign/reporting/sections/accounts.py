"""The accounts of a group, each with its evidence and nothing more than that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from campaign_analysis.results import Group, Joined, Member

from campaign import words
from campaign.reporting.markup import Html, el, join, stranger
from campaign.reporting.numbers import day, decimal, probability
from campaign.reporting.tables import Cell, Column, table
from campaign.reporting.view import View

ROWS = 300
ROWS_OF_ALL = 500  # over the whole page
LEAST = 20

COLUMNS = (
    Column("Account", wide=True),
    Column("Role", short=True),
    Column("Created", short=True),
    Column("Followers", number=True),
    Column("Posts", number=True, hint="posts of the account among those that the report shows"),
    Column("Partners", number=True, hint="other members it is joined to by a pair that beats chance"),
    Column("Episodes", number=True, hint="episodes shared with other members; without partners: the core's moments"),
    Column("Expected", number=True, hint="episodes that chance explains"),
    Column("p", number=True, hint="smallest p of its pairs in the group; without partners: of its joining"),
    Column("q", number=True, hint="smallest q of its pairs in the group; without partners: of its joining"),
)


@dataclass(frozen=True)
class _Profile:
    name: str | None
    created: datetime | None
    followers: int | None


def accounts(view: View, group: Group) -> Html:
    """The table; long ones are cut, and say so."""
    most = max(LEAST, min(ROWS, ROWS_OF_ALL // max(1, len(view.groups))))
    ordered = sorted(group.accounts, key=lambda m: (m.role != "core", m.p, -m.episodes, m.id))
    shown = ordered[:most]
    profiles, pairs = _profiles(view, shown), _pairs(view, group)
    rows = [_row(view, m, profiles.get(m.id), pairs.get(m.id), view.posts_by.get(m.id, 0)) for m in shown]
    caption = f"Accounts of {view.names[group.id]}, the core first, then by p"
    if len(shown) < group.size:
        caption += f": {len(shown):,} of {group.size:,}, the others are in the JSON file"
    return table(caption, COLUMNS, rows, sortable=True)


def _row(
    view: View, member: Member, profile: _Profile | None, pairs: tuple[int, float] | None, posts: int
) -> list[Cell | str]:
    created = member.created_at or (profile.created if profile else None)
    followers = profile.followers if profile else None
    partners, q = pairs or (0, member.joined.q if member.joined else None)
    return [
        _who(view.label(member.id), profile.name if profile else None, member.joined),
        words.role_of(member),
        Cell(day(created), created.date().isoformat() if created else "0"),
        Cell("–", "-1") if followers is None else f"{followers:,}",
        f"{posts:,}",
        f"{partners:,}",
        f"{member.episodes:,}",
        Cell(decimal(member.expected), f"{member.expected:.4g}"),
        Cell(probability(member.p), f"{member.p:.4g}"),
        Cell("–", "2") if q is None else Cell(probability(q), f"{q:.4g}"),
    ]


def _who(label: str, name: str | None, joined: Joined | None) -> Html:
    called = [el("br"), stranger(name, class_="name")] if name else []
    why = [el("br"), el("span", words.joined_clause(joined), class_="name")] if joined else []
    return join([stranger(label), *called, *why])


def _profiles(view: View, members: list[Member]) -> Mapping[str, _Profile]:
    mine = view.data.profiles.filter(pl.col("id").is_in([m.id for m in members]))
    rows = mine.select("id", "name", "created_at", "followers").iter_rows()
    return {id: _Profile(name, created, followers) for id, name, created, followers in rows}


def _pairs(view: View, group: Group) -> Mapping[str, tuple[int, float]]:
    """Each member's number of partners in the group, and the smallest q of its pairs there."""
    ids = [m.id for m in group.accounts]
    edges = view.detection.edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))
    ends = [edges.select(pl.col(x).alias("id"), pl.col(y).alias("other"), "q") for x, y in (("a", "b"), ("b", "a"))]
    best = pl.concat(ends).group_by("id").agg(pl.col("other").n_unique(), pl.col("q").min())
    return {id: (partners, q) for id, partners, q in best.iter_rows()}
