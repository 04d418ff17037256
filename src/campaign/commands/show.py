"""`campaign show GROUP`: the accounts of a group, and the very posts that make each meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from campaign.completion import groups
from campaign.options import (
    DatabaseOption,
    Format,
    FormatOption,
    JsonOption,
    LimitOption,
    PasswordFileOption,
    StoreOption,
    at_most,
)
from campaign.streams import tell

if TYPE_CHECKING:
    from campaign_analysis.results import Detection, Group
    from campaign_cypher.store import Store

    from campaign.meeting_blocks import Block
    from campaign.show_pair import Shown


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(show)


def show(
    group: str = typer.Argument(help="Id of a group, as `campaign detect` prints it.", autocompletion=groups),
    account: str = typer.Option(
        "",
        help="What this account (id or handle) rests on, who it is, and its meetings with its strongest partners (with "
        "--limit, JSON and CSV: all partners); of one that was added to the core, the core's meetings at which it was "
        "present.",
    ),
    pair: tuple[str, str] = typer.Option(
        ("", ""),
        help="The meetings of these two accounts (id or handle), in the group or not, and why they are linked or "
        "are not.",
    ),
    layer: str = typer.Option("", help="With --account or --pair: only this layer."),
    limit: LimitOption = None,
    format: FormatOption = Format.table,
    json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """List a group's accounts and say why a pair is linked, or for an account or a pair show the posts of each meeting.

    Example: campaign show 1f3a5c7e9b02-1 --pair alice bob
    """
    from contextlib import closing

    from campaign_analysis.layers import named

    from campaign.failures import UsageError
    from campaign.progress import saying
    from campaign.settings import open_store
    from campaign.show_pair import of_account, of_pair
    from campaign.stored import group_of

    if account and any(pair):
        raise UsageError("--account and --pair are two questions: ask one of them at a time")
    shape = Format.json if json else format
    most = at_most(limit, shape)
    named([layer] if layer else [])  # a layer that there is not is told before anything is read
    if layer and not (account or any(pair)):
        raise UsageError("--layer chooses among meetings: say whose with --account NAME or --pair A B, or leave it out")
    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        detection, found = group_of(graph, group)
        if any(pair):
            with saying(quiet=False) as say:
                shown = of_pair(graph, detection, found, pair, layer, say)
            _meetings(shown, most, shape)
        elif account:
            every = limit is not None or shape is not Format.table
            _meetings(of_account(graph, detection, found, account, layer, every), most, shape)
        else:
            _group(graph, detection, found, most, shape)


def _group(graph: Store, detection: Detection, found: Group, limit: int, shape: Format) -> None:
    """The accounts; for people what is claimed before, and after how to read them and why a pair is linked or not."""
    from campaign import output
    from campaign.meetings import evidence_of
    from campaign.own_posts import own_posts
    from campaign.show_group import accounts_listed, accounts_told, explanation, summary

    told = shape is Format.table
    if told:
        tell("\n\n".join(output.wrapped(summary(detection, found))) + "\n")
    posts = own_posts(evidence_of(graph, detection, (m.id for m in found.accounts)), detection, found)
    frame = (accounts_told if told else accounts_listed)(detection, found, posts)
    output.show(frame.head(limit), shape, about=("handle", "account", "role"))
    _more(limit, frame.height, "rows")
    if told:
        _say(output.wrapped(explanation(detection, found)), err=False)


def _meetings(shown: Shown, limit: int, shape: Format) -> None:
    """For people what is to be said and a block a meeting; for programs the rows alone, and the words on stderr."""
    from campaign import output

    for note in shown.notes:
        tell(note, err=True)
    told = shape is Format.table
    _say(output.wrapped(shown.paragraphs) if told else shown.paragraphs, err=not told)
    if told:
        _blocks(shown, limit)
    else:
        output.show(shown.meetings.head(limit), shape)
        _more(limit, shown.meetings.height, "rows")


def _blocks(shown: Shown, limit: int) -> None:
    """The meetings, a block each; where those of an account are shown, above those of each partner who that is."""
    from campaign import output
    from campaign.meeting_blocks import accounts_of, blocks, lines

    every = blocks(shown.meetings)
    some = _of_first(every, shown.brief)[:limit]
    before = None
    for number, block in enumerate(some, 1):
        pair = accounts_of(block)
        if pair != before and pair in shown.heads:
            _say(output.wrapped([f"With {shown.heads[pair]}:"]), err=False)
        before = pair
        tell("\n".join(["", *lines(block, number, shown.names, output.width())]))
    _more(len(some), len(every), "meetings")


def _of_first(found: list[Block], pairs: int | None) -> list[Block]:
    """The blocks of the first so many pairs."""
    from campaign.meeting_blocks import accounts_of

    first = list(dict.fromkeys(map(accounts_of, found)))[:pairs]
    return [block for block in found if accounts_of(block) in first]


def _say(paragraphs: list[str], err: bool) -> None:
    for paragraph in paragraphs:
        tell(f"\n{paragraph}", err=err)


def _more(limit: int, height: int, what: str) -> None:
    """Where there are more than were asked for, that is said."""
    if height > limit:
        tell(f"{limit} of {height} {what}: --limit {height} shows all", err=True)
