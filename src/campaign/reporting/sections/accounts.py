"""The accounts of a group, each with what it rests on and nothing more than that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from campaign_analysis.results import Group, Member

from campaign import words
from campaign.account_words import Standing, reading, reason, standings, surest_first
from campaign.reporting.markup import Html, el, join, stranger
from campaign.reporting.numbers import day, decimal
from campaign.reporting.sections import Part
from campaign.reporting.tables import Cell, Column, table
from campaign.reporting.view import View

ROWS = 300
ROWS_OF_ALL = 500  # over the whole page
LEAST = 20

WHO = (
    Column("Account", wide=True, fields=("account", "label", "name", "why")),
    Column("Role", short=True),
    Column("Created", short=True),
    Column("Followers", number=True),
    Column("Posts", number=True, hint="posts of the account among those that the report shows"),
)
IN_STEP = (
    Column("In step with", number=True, hint="other accounts of the group to which a pair in step links it"),
    Column("Odds in step", number=True, hint="of the pairs in step on evidence as good as its best, so many are luck"),
)
EVIDENCE = (
    Column("Together with", number=True, hint="other accounts of the group to which a pair together links it"),
    Column(
        "Odds together", number=True, hint="of the pairs together on evidence as good as its best, so many are luck"
    ),
    Column(
        "Meetings",
        number=True,
        hint="by the pairs that count for it: in step in a core, together elsewhere; of one that was added: those of "
        "the core at which it was present",
    ),
    Column("By luck", number=True, hint="how many of these meetings the tests of these pairs expect anyway"),
)


@dataclass(frozen=True)
class _Profile:
    name: str | None
    created: datetime | None
    followers: int | None


def accounts(view: View, group: Group) -> Html:
    """The table and how it is read; long ones are cut, and say so."""
    most = max(LEAST, min(ROWS, ROWS_OF_ALL // max(1, len(view.groups))))
    known = standings(group, view.detection.edges)
    shown = surest_first(group, known)[:most]
    profiles = _profiles(view, shown)
    in_step = any(standing.in_step or standing.claim == "added" for standing in known.values())
    rows = [_row(view, group, m, known[m.id], profiles.get(m.id), in_step) for m in shown]
    caption = f"Accounts of {view.names[group.id]}, {'the core first, then ' if group.core else ''}least luck first"
    if len(shown) < group.size:
        caption += f": {len(shown):,} of {group.size:,}, the others are in the JSON file"
    how = el("p", " ".join(reading(group, [known[m.id] for m in shown])), class_="said")
    return join(
        [how, table(caption, (*WHO, *(IN_STEP if in_step else ()), *EVIDENCE), rows, file=f"accounts-{group.id}")]
    )


def _row(
    view: View, group: Group, member: Member, standing: Standing, profile: _Profile | None, in_step: bool
) -> list[Cell | str]:
    created = member.created_at or (profile.created if profile else None)
    followers = profile.followers if profile else None
    step: list[Cell | str] = [f"{standing.in_step:,}", _odds(standing.odds_in_step, _step_q(standing))]
    return [
        _who(view, member, profile.name if profile else None, reason(group, member, standing)),
        words.role_of(member),
        Cell(day(created), created.date().isoformat() if created else "0", _iso(created)),
        Cell("–", "-1", ("",)) if followers is None else f"{followers:,}",
        f"{view.posts_by.get(member.id, 0):,}",
        *(step if in_step else []),
        f"{standing.together:,}",
        _odds(standing.odds_together, standing.together_q),
        f"{standing.n:,}",
        Cell(decimal(standing.expected), f"{standing.expected:.4g}", (f"{standing.expected:.4g}",)),
    ]


def _step_q(standing: Standing) -> float | None:
    return standing.q if standing.claim == "added" else standing.step_q


def _odds(said: str, q: float | None) -> Cell:
    return Cell(said, f"{2.0 if q is None else q:.4g}")


def _iso(time: datetime | None) -> tuple[str]:
    return (time.date().isoformat() if time else "",)


def _who(view: View, member: Member, name: str | None, reason: str) -> Cell:
    called = [el("br"), stranger(name, class_="name")] if name else []
    why = [el("br"), el("span", reason, class_="name")] if reason else []
    label = view.label(member.id)
    return Cell(join([view.person(member.id), *called, *why]), label.lower(), (member.id, label, name or "", reason))


def _profiles(view: View, members: Sequence[Member]) -> Mapping[str, _Profile]:
    mine = view.data.profiles.filter(pl.col("id").is_in([m.id for m in members]))
    rows = mine.select("id", "name", "created_at", "followers").iter_rows()
    return {id: _Profile(name, created, followers) for id, name, created, followers in rows}


PART = Part(70, "Its accounts", accounts)
