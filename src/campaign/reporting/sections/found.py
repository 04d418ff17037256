"""The groups at a glance: one row each, with what is claimed."""

from __future__ import annotations

from campaign_analysis.results import Group

from campaign import words
from campaign.alarm_words import unreliable
from campaign.group_words import hashtag_lists
from campaign.reporting.markup import Html, el, join, stranger
from campaign.reporting.numbers import percent, span
from campaign.reporting.sections import Section
from campaign.reporting.tables import Cell, Column, bar, table
from campaign.reporting.view import View

SHOWN = 50

COLUMNS = (
    Column("Group", short=True),
    Column("What is claimed", wide=True),
    Column("Accounts", number=True),
    Column("Core", number=True),
    Column("Share of the posts"),
    Column(
        "Luck alone brings it to", hint="of searches like this one; the odds of luck of its pairs are another thing"
    ),
    Column("First and last meeting"),
    Column("Hashtags"),
)


def found(view: View) -> Html:
    """The section; empty where nothing was found."""
    if not view.groups:
        return Html("")
    rows = [_row(view, group) for group in view.groups[:SHOWN]]
    more = len(view.groups) - len(rows)
    rest = el("p", f"The {words.counted(more, 'smallest group')} beyond these are in the JSON file.", class_="said")
    caption = f"Groups found, and their share of the {view.posts.height:,} posts shown ({view.topic})"
    scope = words.whom_and_what(view.data.hashtags)
    heading = [el("h2", "What was found"), stranger(scope, "p") if scope else ""]
    return el("section", *heading, table(caption, COLUMNS, rows), rest if more else "", id="found")


def _row(view: View, group: Group) -> list[Cell | str]:
    chip = el("span", class_="chip", style=f"background:{view.colour(group)}")
    name = (
        el("a", view.names[group.id], href=f"#group-{view.number(group)}")
        if view.detailed(group)
        else view.names[group.id]
    )
    return [
        Cell(join([chip, name])),
        f"{words.claim_sentence(group)} {words.weakness(group)}".rstrip(),
        f"{group.size:,}",
        f"{group.core:,}",
        bar(view.posts_of(group) / max(1, view.posts.height), view.colour(group)),
        _luck(view, group),
        span(group.first, group.last),
        _tags(group),
    ]


def _tags(group: Group) -> Html:
    """`They met on: #a (12 meetings) #b (1 meeting) and 2 others; also used: #c`, hashtags in elements of their own."""
    lists = [
        join([f"{name}: ", join(join([stranger(tag), f"{often} "]) for tag, often in tags), more.lstrip()])
        for name, tags, more in hashtag_lists(group)
    ]
    return join([lists[0], *(join([el("br"), one]) for one in lists[1:])]) if lists else Html("")


def share_sentence(view: View, group: Group) -> str:
    """How much of what is shown a group wrote."""
    posts, total = view.posts_of(group), view.posts.height
    core = f"; its core wrote {view.posts_of(group, core=True):,} of them" if 0 < group.core < group.size else ""
    return f"They wrote {posts:,} of the {total:,} posts shown ({percent(posts / max(1, total))}){core}."


def _luck(view: View, group: Group) -> Cell:
    """What luck brings, and that it is not to be relied on, where the page of the group says so."""
    warning = " (do not rely on it)" if unreliable(view.detection, group) else ""
    return Cell(f"{words.luck_of(group)}{warning}", f"{group.p:.4g}")


SECTION = Section(20, found)
