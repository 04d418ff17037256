"""`campaign show GROUP`: the accounts of a group, and the very posts that make each meeting."""

from __future__ import annotations

from collections.abc import Sequence
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
)

if TYPE_CHECKING:
    import polars as pl
    from campaign_analysis.results import Detection, Group, Joined, Member
    from campaign_cypher.store import Store

    from campaign.request import Request


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(show)


def show(
    group: str = typer.Argument(help="Id of a group, as `campaign detect` prints it.", autocompletion=groups),
    account: str = typer.Option(
        "",
        help="The meetings of this account (id or handle) with its strongest partners; "
        "of one that was added to the core, the core's meetings at which it was present.",
    ),
    pair: tuple[str, str] = typer.Option(("", ""), help="The meetings of these two accounts."),
    layer: str = typer.Option("", help="Only this layer."),
    limit: LimitOption = 50,
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

    from campaign.settings import open_store
    from campaign.stored import group_of, request_of

    shape = Format.json if json else format
    named([layer] if layer else [])  # a layer that there is not is told before anything is read
    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        detection, found = group_of(graph, group)
        if not account and not any(pair):
            told = shape is Format.table
            _print(_standings(detection, found) if told else _accounts(found), limit, shape)
            if told:
                _explain(detection, found)
            return
        asked = _members(found, pair if any(pair) else (account,))
        member = next(m for m in found.accounts if m.id == asked[0])
        if len(asked) == 1 and member.joined and layer in ("", member.joined.layer):
            _print(_attended(graph, found, member, member.joined, request_of(detection)), limit, shape)
            return
        frame = _episodes(graph, detection.edges, found, asked, layer, request_of(detection))
        if frame.is_empty():
            typer.echo(f"{' and '.join(asked)}: no linked pair{f' in layer {layer}' if layer else ''}", err=True)
            _point_to_joined(found, asked)
        _print(frame, limit, shape)


def _print(frame: pl.DataFrame, limit: int, format: Format) -> None:
    """The first rows on stdout; where there are more, that is said."""
    from campaign import output

    output.show(frame.head(limit), format)
    if frame.height > limit:
        typer.echo(f"{limit} of {frame.height} rows: --limit {frame.height} shows all", err=True)


def _explain(detection: Detection, group: Group) -> None:
    """How the table is read, why one pair is linked and another is not, and what the group could be instead."""
    from campaign import words
    from campaign.account_words import reading, standings
    from campaign.benign_words import benign_sentences
    from campaign.check_words import HEADING, check_steps
    from campaign.honest_words import group_sentences
    from campaign.joined_words import clearest, joined_sentences
    from campaign.pair_words import pair_sentences, sides, verdict
    from campaign.pasting import pasted
    from campaign.reporting.markup import one_line

    rate, members = words.rate_of(detection), {m.id for m in group.accounts}
    known = standings(group, detection.edges)
    said = [reading(group, list(known.values()))]
    for test in group.why:
        names = {account: f"@{handle}" if handle else account for account, handle in sides(test)}
        outside = [f"{name} is not in the group." for account, name in names.items() if account not in members]
        said.append([f"{' and '.join(names.values())}: {verdict(test)}.", *outside, *pair_sentences(test, rate)])
    if found := clearest(group):
        member, joined = found
        name = f"@{member.handle}" if member.handle else member.id
        said.append([f"{name}: added to the core.", *joined_sentences(joined)])
    doubts = (words.weakness(group), words.together_only(group), words.error_sentence(detection))
    said.append([*group_sentences(group), *filter(None, doubts)])
    paragraphs = [*(" ".join(sentences) for sentences in said if sentences), *benign_sentences(group)]
    for step in check_steps(group, known):
        paragraphs += [f"{HEADING}: {step.what}. {step.how}", *map(pasted, step.commands)]
    for paragraph in paragraphs:
        typer.echo(f"\n{one_line(paragraph)}")


def _standings(detection: Detection, group: Group) -> pl.DataFrame:
    """The accounts as people read them: what each rests on, and why it is there where no pair of its own says it."""
    import polars as pl

    from campaign import words
    from campaign.account_words import reason, standings, surest_first

    known = standings(group, detection.edges)
    rows = [
        {
            "account": m.id,
            "handle": m.handle,
            "role": words.role_of(m),
            "in step with": known[m.id].in_step,
            "together with": known[m.id].together,
            "meetings": m.episodes,
            "by luck": m.expected,
            "odds of luck": known[m.id].odds,
            "created": m.created_at,
            "why": reason(group, m, known[m.id]) or None,
        }
        for m in surest_first(group, known)
    ]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    unused = {"in step with": any(s.in_step for s in known.values()), "why": any(row["why"] for row in rows)}
    return frame.drop(name for name, used in unused.items() if not used)


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
    from campaign.pasting import pasted

    known = {m.id: m.id for m in group.accounts}
    known |= {(m.handle or m.id).casefold(): m.id for m in group.accounts}
    wanted = name.lstrip("@")
    for key in (wanted, wanted.casefold()):
        if key in known:
            return known[key]
    near = difflib.get_close_matches(wanted.casefold(), list(known), n=3)
    hint = f"did you mean {', '.join(near)}?" if near else f"`{pasted(f'campaign show {group.id}')}` lists its accounts"
    raise NotFoundError(f"{name} is not in group {group.id}; {hint}")


def _attended(graph: Store, group: Group, member: Member, joined: Joined, request: Request) -> pl.DataFrame:
    """The core's meetings at which an account was present; stderr says how it was added."""
    from campaign.evidence import Evidence
    from campaign.joined_words import joined_sentences, other_number

    core = [m.id for m in group.accounts if m.role == "core" and m.id != member.id]
    frame = Evidence(graph, sorted([*core, member.id]), request).attended(member.id, core, joined)
    for sentence in [*joined_sentences(joined), *other_number(joined, frame.height)]:
        typer.echo(sentence, err=True)
    return frame


def _point_to_joined(group: Group, asked: Sequence[str]) -> None:
    """Where a pair shows nothing: how to see what brought its accounts in."""
    import shlex

    from campaign.pasting import pasted

    for member in group.accounts:
        if member.id in asked and member.joined:
            how = pasted(f"campaign show {group.id} --account {shlex.quote(member.id)}")
            typer.echo(f"{member.id} was added to the core for being present at its meetings: {how}", err=True)


def _episodes(
    graph: Store, edges: pl.DataFrame, group: Group, asked: list[str], layer: str, request: Request
) -> pl.DataFrame:
    """Meetings with both posts, for every edge between the asked accounts, or of the one account inside the group.

    Of two accounts that are linked by both claims, those of the group's own claim: that is what is said of them.
    """
    import polars as pl

    from campaign.evidence import Evidence
    from campaign.reporting.data import SAMPLES_SCHEMA

    ids = [m.id for m in group.accounts]
    touching = edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids)).filter(
        *(pl.col("a").eq(i) | pl.col("b").eq(i) for i in asked)
    )
    if layer:
        touching = touching.filter(layer=layer)
    claim = "in step" if group.claim == "campaign" else "together"
    own = [pl.col("claim") != claim] if len(asked) > 1 else []
    best = touching.sort(*own, "p", "claim", "a", "b").unique(["a", "b", "layer"], keep="first", maintain_order=True)
    columns = ["layer", "object", "a", "a_time", "a_post", "a_text", "b", "b_time", "b_post", "b_text"]
    frames = [pl.DataFrame(schema=SAMPLES_SCHEMA).select(columns)]
    pairs = best.head(PARTNERS).to_dicts()
    known = Evidence(graph, sorted({pair[side] for pair in pairs for side in "ab"}), request)
    frames += [known.episodes(pair).select(columns).cast(frames[0].schema) for pair in pairs]
    return pl.concat(frames)


PARTNERS = 5  # strongest partners of one account whose meetings are shown
