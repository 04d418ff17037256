"""A detection as people read it in a terminal. For scripts there are JSON and CSV."""

from __future__ import annotations

from collections.abc import Mapping

from campaign_analysis.results import Detection, Group
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from campaign import words
from campaign.alarm_words import doubt
from campaign.asked_scale import scale_sentence
from campaign.count_words import accounts_sentence, pairs_sentence
from campaign.group_words import hashtags_told, loose_sentence, named_sentence
from campaign.honest_words import group_sentences, honesty_sentences
from campaign.pasting import pasted
from campaign.reporting.markup import one_line
from campaign.reporting.numbers import span
from campaign.signal_words import panel_sentences

_TABLE = 100  # columns of a terminal in which what is said of a group has half of the line beside its id and numbers
_INDENT = 3


def print_detection(detection: Detection, console: Console, links: Mapping[str, str] | None = None) -> None:
    """The answer, the groups, what it means and what to do next.

    `links` are addresses by group id that open Neo4j Browser: on a terminal the ids lead there.

    Handles and hashtags come from strangers: they are printed as plain text, without control characters and without
    rich's markup.
    """
    groups = words.campaigns_first(detection.groups)
    _say(console, words.answer(detection), "bold")
    if groups:
        if console.width < _TABLE:
            _blocks(console, detection, groups, links or {})
        else:
            console.print(_table(detection, groups, links or {}))
    asked = scale_sentence(detection.run.parameters)
    said = [asked, *words.meaning(detection), words.alone_sentence(detection), *honesty_sentences(detection)]
    for sentence in [*said, *detection.run.notes]:
        if sentence:
            _say(console, sentence)
    if groups:
        for sentence in _counts(detection):
            _say(console, sentence, "dim")
        _next(console, "Accounts and posts of a group", f"campaign show {groups[0].id}")
        if links:
            _next(console, "Its picture in Neo4j Browser", f"campaign browser link {groups[0].id}")


def _counts(detection: Detection) -> list[str]:
    """How many accounts and pairs there were, and what these numbers count."""
    tested = ", ".join(f"{layer} {pairs:,}" for layer, pairs in sorted(detection.tested_pairs.items()))
    said = (accounts_sentence(detection), f"Pairs tested: {tested}.", pairs_sentence(detection))
    return [sentence for sentence in (*said, loose_sentence(detection)) if sentence]


def _say(console: Console, text: str, style: str = "") -> None:
    console.print(Text(one_line(text), style=style), soft_wrap=False)


def _next(console: Console, what: str, command: str) -> None:
    """What to do next; the terminal breaks the line where it must, so that the command can be pasted."""
    console.print(Text(one_line(f"{what}: {pasted(command)}"), style="dim"), soft_wrap=True)


def _table(detection: Detection, groups: list[Group], links: Mapping[str, str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Group", no_wrap=True)
    table.add_column("Claim", no_wrap=True)
    table.add_column("Accounts", justify="right")
    table.add_column("Core", justify="right")
    table.add_column("Linked pairs by behaviour, what luck brings, hashtags, first – last meeting", overflow="fold")
    for group in groups:
        table.add_row(_id(group, links), group.claim, f"{group.size:,}", f"{group.core:,}", _about(detection, group))
    return table


def _blocks(console: Console, detection: Detection, groups: list[Group], links: Mapping[str, str]) -> None:
    """A block a group, for narrow terminals: its id and numbers, then what is said of it across the whole width."""
    for group in groups:
        numbers = f" · {group.claim} · {words.counted(group.size, 'account')}, {group.core:,} in the core"
        console.print()
        console.print(Text.assemble(_id(group, links), numbers))
        console.print(Padding(_about(detection, group), (0, 0, 0, _INDENT)))
    console.print()


def _id(group: Group, links: Mapping[str, str]) -> Text:
    return Text(group.id, style=Style(link=links.get(group.id)))


def _meetings(group: Group) -> str:
    """When its linked pairs met first and last; empty where it is not known."""
    return f"First and last meeting: {span(group.first, group.last)}" if group.first and group.last else ""


def _about(detection: Detection, group: Group) -> Text:
    """What is said of a group, a line each; hashtags as text, never as rich's markup."""
    evidence = "; ".join(f"{e.layer}: {words.counted(e.edges, 'pair')} {e.claim}" for e in group.layers)
    benign = f"could be: {'; '.join(b.name[0].lower() + b.name[1:] for b in group.benign)}" if group.benign else ""
    luck = (words.luck_sentence(group), doubt(detection, group), words.weakness(group), *group_sentences(group))
    about = (hashtags_told(group), _meetings(group), named_sentence(group))
    lines = (evidence, words.added_count(group), *luck, benign, *panel_sentences(group.signals), *about)
    return Text("\n".join(one_line(line) for line in lines if line))
