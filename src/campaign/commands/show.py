"""`campaign show GROUP`: the accounts of a group, and the very posts that make each episode."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from campaign.options import (
    DatabaseOption,
    Format,
    FormatOption,
    JsonOption,
    LimitOption,
    PasswordFileOption,
    StoreOption,
)

if TYPE_CHECKING:
    import polars as pl
    from campaign_analysis.results import Group, Joined, Member, PairTest
    from campaign_cypher.store import Store

    from campaign.request import Request


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(show)


def show(
    group: str = typer.Argument(help="Id of a group, as `campaign detect` prints it."),
    account: str = typer.Option(
        "",
        help="The episodes of this account (id or handle) with its strongest partners; "
        "of one that joined the core, the core's moments at which it turned up.",
    ),
    pair: tuple[str, str] = typer.Option(("", ""), help="The episodes of these two accounts."),
    layer: str = typer.Option("", help="Only this layer."),
    limit: LimitOption = 50,
    format: FormatOption = Format.table,
    json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """List a group's accounts and say why a pair is in, or for an account or a pair show the posts of each episode.

    Example: campaign show 1f3a5c7e9b02-1 --pair alice bob
    """
    from contextlib import closing

    from campaign_analysis.layers import named

    from campaign.settings import open_store
    from campaign.stored import group_of, request_of

    shape = Format.json if json else format
    named([layer] if layer else [])  # a layer that there is not is told before anything is read
    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        detection, found = group_of(graph, group)
        if not account and not any(pair):
            _print(_accounts(found), limit, shape)
            if shape is Format.table:
                _explain(found)
            return
        asked = _members(found, pair if any(pair) else (account,))
        member = next(m for m in found.accounts if m.id == asked[0])
        if len(asked) == 1 and member.joined and layer in ("", member.joined.layer):
            _print(_attended(graph, found, member, member.joined, request_of(detection)), limit, shape)
            return
        frame = _episodes(graph, detection.edges, found, asked, layer, request_of(detection))
        if frame.is_empty():
            typer.echo(f"{' and '.join(asked)}: no significant pair{f' in layer {layer}' if layer else ''}", err=True)
            _point_to_joined(found, asked)
        _print(frame, limit, shape)


def _print(frame: pl.DataFrame, limit: int, format: Format) -> None:
    """The first rows on stdout; where there are more, that is said."""
    from campaign import output

    output.show(frame.head(limit), format)
    if frame.height > limit:
        typer.echo(f"{limit} of {frame.height} rows: --limit {frame.height} shows all", err=True)


def _explain(group: Group) -> None:
    """Why one pair is joined and another is not, and what the group could be instead."""
    from campaign.honest_words import group_sentences
    from campaign.joined_words import clearest, joined_sentences
    from campaign.pair_words import pair_sentences
    from campaign.reporting.markup import one_line

    for test in group.why:
        names = " and ".join(f"@{handle}" if handle else account for account, handle in _sides(test))
        verdict = f"joined, {test.claim}" if test.joined else "not joined"
        typer.echo(one_line(f"{names}: {verdict}. {' '.join(pair_sentences(test))}"))
    if found := clearest(group):
        member, joined = found
        name = f"@{member.handle}" if member.handle else member.id
        typer.echo(one_line(f"{name}: joined the core. {' '.join(joined_sentences(joined))}"))
    said = [*group_sentences(group), *(f"{b.name} is possible: {b.seen}." for b in group.benign)]
    for sentence in said:
        typer.echo(one_line(sentence))


def _sides(test: PairTest) -> tuple[tuple[str, str | None], ...]:
    return (test.a, test.a_handle), (test.b, test.b_handle)


def _accounts(group: Group) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(
        [
            {
                "account": m.id,
                "handle": m.handle,
                "role": m.role,
                "episodes": m.episodes,
                "expected": m.expected,
                "p": m.p,
                "created_at": m.created_at,
                "joined_n": m.joined.n if m.joined else None,
                "joined_expected": m.joined.expected if m.joined else None,
            }
            for m in group.accounts
        ],
        infer_schema_length=None,
    )


def _members(group: Group, names: Sequence[str]) -> list[str]:
    from campaign.failures import UsageError

    asked = [_member(group, name) for name in names]
    if len(asked) > len(set(asked)):
        raise UsageError(f"{names[0]} and {names[1]} are one account: name two, or one with --account")
    return asked


def _member(group: Group, name: str) -> str:
    """The id of a member, named by id or handle. Raises NotFoundError for anybody else."""
    import difflib

    from campaign.failures import NotFoundError

    known = {m.id: m.id for m in group.accounts}
    known |= {(m.handle or m.id).casefold(): m.id for m in group.accounts}
    wanted = name.lstrip("@")
    for key in (wanted, wanted.casefold()):
        if key in known:
            return known[key]
    near = difflib.get_close_matches(wanted.casefold(), list(known), n=3)
    hint = f"did you mean {', '.join(near)}?" if near else f"`campaign show {group.id}` lists its accounts"
    raise NotFoundError(f"{name} is not in group {group.id}; {hint}")


def _attended(graph: Store, group: Group, member: Member, joined: Joined, request: Request) -> pl.DataFrame:
    """The core's moments at which an account turned up; stderr says how it joined."""
    from campaign.evidence import Evidence
    from campaign.joined_words import joined_sentences, other_number

    core = [m.id for m in group.accounts if m.role == "core" and m.id != member.id]
    frame = Evidence(graph, sorted([*core, member.id]), request).attended(member.id, core, joined)
    for sentence in [*joined_sentences(joined), *other_number(joined, frame.height)]:
        typer.echo(sentence, err=True)
    return frame


def _point_to_joined(group: Group, asked: Sequence[str]) -> None:
    """Where a pair shows nothing: how to see what brought its accounts in."""
    for member in group.accounts:
        if member.id in asked and member.joined:
            joined = f"{member.id} joined the core by its moments: campaign show {group.id} --account {member.id}"
            typer.echo(joined, err=True)


def _episodes(
    graph: Store, edges: pl.DataFrame, group: Group, asked: list[str], layer: str, request: Request
) -> pl.DataFrame:
    """Episodes with both posts, for every edge between the asked accounts, or of the one account inside the group."""
    import polars as pl

    from campaign.evidence import Evidence
    from campaign.reporting.data import SAMPLES_SCHEMA

    ids = [m.id for m in group.accounts]
    touching = edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids)).filter(
        *(pl.col("a").eq(i) | pl.col("b").eq(i) for i in asked)
    )
    if layer:
        touching = touching.filter(layer=layer)
    best = touching.sort("p", "claim", "a", "b").unique(["a", "b", "layer"], keep="first", maintain_order=True)
    columns = ["layer", "object", "a", "a_time", "a_post", "a_text", "b", "b_time", "b_post", "b_text"]
    frames = [pl.DataFrame(schema=SAMPLES_SCHEMA).select(columns)]
    pairs = best.head(PARTNERS).to_dicts()
    known = Evidence(graph, sorted({pair[side] for pair in pairs for side in "ab"}), request)
    frames += [known.episodes(pair).select(columns).cast(frames[0].schema) for pair in pairs]
    return pl.concat(frames)


PARTNERS = 5  # strongest partners of one account whose episodes are shown
