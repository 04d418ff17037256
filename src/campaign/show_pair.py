"""What `campaign show GROUP` says of an account of a group, or of any two: why they are linked or not."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl
from campaign_analysis.parallel import Say
from campaign_analysis.results import Detection, Group
from campaign_cypher import queries
from campaign_cypher.nearest import did_you_mean
from campaign_cypher.store import Store

from campaign.asking import account_of
from campaign.failures import NotFoundError, UsageError
from campaign.joined_words import joined_sentences, other_number
from campaign.linked_words import linked_paragraphs
from campaign.meeting_blocks import names_of
from campaign.meetings import attended, edges_shown, linked
from campaign.not_linked import not_linked
from campaign.not_linked_words import not_linked_paragraphs
from campaign.pasting import pasted
from campaign.reporting.markup import one_line
from campaign.stored import request_of


@dataclass(frozen=True)
class Shown:
    """Meetings, what is said of them (`notes`: beside them, on stderr, in any format), and what accounts are called."""

    meetings: pl.DataFrame
    paragraphs: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def of_account(store: Store, detection: Detection, group: Group, name: str, layer: str) -> Shown:
    """The meetings of an account with its strongest partners; of one that was added, those of the core.

    Raises NotFoundError for an account that is not in the group.
    """
    account = _member(group, name)
    names, request = _names(store, detection, [account]), request_of(detection)
    member = next(m for m in group.accounts if m.id == account)
    if member.joined and layer in ("", member.joined.layer):
        frame = attended(store, group, member, member.joined, request)
        notes = [*joined_sentences(member.joined), *other_number(member.joined, frame.height)]
        return Shown(frame, notes=notes, names=names)
    frame = linked(store, detection.edges, group, [account], layer, request)
    notes = [f"{account}: no linked pair{f' in layer {layer}' if layer else ''}"] if frame.is_empty() else []
    return Shown(frame, notes=[*notes, *(_added(group, [account]) if notes else [])], names=names)


def of_pair(store: Store, detection: Detection, group: Group, pair: Sequence[str], layer: str, say: Say) -> Shown:
    """Why two accounts are linked or are not, and their meetings.

    Raises UsageError where both are one account or the run did not look at the layer, and QueryError for an account
    that the store does not hold.
    """
    a, b = sorted(_known(store, group, name) for name in pair)
    if a == b:
        raise UsageError(f"{pair[0]} and {pair[1]} are one account: name two, or one with --account")
    looked = detection.run.parameters["layers"]
    if layer and layer not in looked:
        raise UsageError(f"this run did not look at layer {layer}: it looked at {', '.join(looked)}")
    names = _names(store, detection, [a, b])
    by = detection.edges.filter(a=a, b=b)["layer"].unique().sort().to_list()
    if layer in by or (by and not layer):
        frame = linked(store, detection.edges, group, (a, b), layer, request_of(detection))
        edges = edges_shown(detection.edges, group, (a, b), layer)
        why = linked_paragraphs(detection, group, edges, frame, names)
        return Shown(frame, [one_line(said) for said in why], names=names)
    found = not_linked(store, detection, (a, b), layer, say)
    told = [one_line(said) for said in not_linked_paragraphs(found, detection, group, by, names)]
    return Shown(found.meetings, told, _added(group, [a, b]), names)


def _known(store: Store, group: Group, name: str) -> str:
    """The id of an account: of the group by id or handle, else of the store."""
    return _members(group).get(name.lstrip("@")) or _members(group).get(_folded(name)) or account_of(store, name)


def _member(group: Group, name: str) -> str:
    """The id of a member, named by id or handle. Raises NotFoundError for anybody else."""
    known = _members(group)
    wanted = _folded(name)
    found = known.get(name.lstrip("@")) or known.get(wanted)
    if found:
        return found
    near = difflib.get_close_matches(wanted, list(known), n=3)
    hint = did_you_mean(near) if near else f"`{pasted(f'campaign show {group.id}')}` lists its accounts"
    raise NotFoundError(f"{name} is not in group {group.id}; {hint}")


def _members(group: Group) -> dict[str, str]:
    return {m.id: m.id for m in group.accounts} | {_folded(m.handle or m.id): m.id for m in group.accounts}


def _folded(name: str) -> str:
    return name.lstrip("@").casefold()


def _names(store: Store, detection: Detection, asked: Sequence[str]) -> dict[str, str]:
    """What the accounts of the run's groups and those asked about are called."""
    profiles = store.read(queries.get("accounts/profiles"), {"ids": list(asked)})
    known = dict.fromkeys(asked) | dict(profiles.select("id", "handle").iter_rows())
    return names_of(known | {m.id: m.handle for g in detection.groups for m in g.accounts})


def _added(group: Group, asked: Sequence[str]) -> list[str]:
    """Where a pair shows nothing: how to see what brought its accounts in."""
    return [
        f"{m.id} was added to the core for being present at its meetings: "
        f"{pasted(f'campaign show {group.id} --account {shlex.quote(m.id)}')}"
        for m in group.accounts
        if m.id in asked and m.joined
    ]
