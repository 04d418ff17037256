"""What `campaign show GROUP` says of an account of a group, or of any two: why they are linked or not."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl
from campaign_analysis import layers
from campaign_analysis.parallel import Say
from campaign_analysis.results import Detection, Group, PairTest
from campaign_cypher import queries
from campaign_cypher.errors import QueryError
from campaign_cypher.nearest import did_you_mean
from campaign_cypher.store import Store

from campaign.account_words import standings
from campaign.as_good import Tested, can_be_in_step, claims_of, with_claims
from campaign.asking import account_of
from campaign.evidence import Evidence
from campaign.failures import NotFoundError, UsageError
from campaign.joined_words import joined_sentences, other_number
from campaign.linked_words import linked_paragraphs
from campaign.meeting_blocks import names_of
from campaign.meetings import PARTNERS, Edge, attended, evidence_of, linked, pair_edges, partner_edges
from campaign.not_linked import not_linked
from campaign.not_linked_words import home_of, not_linked_paragraphs
from campaign.one_account_words import account_paragraphs, partner_heads, shown_paragraph
from campaign.own_posts import own_posts
from campaign.pasting import pasted
from campaign.profile_words import profile_paragraph
from campaign.reporting.markup import one_line
from campaign.searched import Anew
from campaign.words import listed


@dataclass(frozen=True)
class Shown:
    """Meetings, what is said of them (`notes`: beside them, on stderr, in any format), and what accounts are called.

    `heads`: what stands above the meetings of each pair; `brief`: of so many pairs, the first ones, meetings are shown
    to people who ask for no number of them (None: of all).
    """

    meetings: pl.DataFrame
    paragraphs: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    heads: dict[tuple[str, str], str] = field(default_factory=dict)
    brief: int | None = None


def of_account(store: Store, detection: Detection, group: Group, name: str, layer: str, every: bool = False) -> Shown:
    """What an account is in its group and on what that rests, and its meetings with its partners, the strongest first;
    of one that was added, those of the core. `every`: all partners are to be shown.

    Raises NotFoundError for an account that is not in the group.
    """
    account = _member(store, detection, group, name)
    names, known = _names(store, detection, [account]), evidence_of(store, detection, (m.id for m in group.accounts))
    member = next(m for m in group.accounts if m.id == account)
    standing = standings(group, detection.edges)[account]
    posts = own_posts(known, detection, group, [account])[account]
    told = account_paragraphs(detection, group, member, standing, posts, names)
    told.append(profile_paragraph(store, detection, group, account))
    if member.joined and layer in ("", member.joined.layer):
        frame = attended(known, group, member, member.joined)
        notes = [*joined_sentences(member.joined), *other_number(member.joined, frame.height)]
        return Shown(frame, [one_line(said) for said in told], notes, names)
    edges = partner_edges(detection.edges, group, account, layer)
    if not edges:
        notes = [f"{account}: no linked pair{f' in layer {layer}' if layer else ''}", *_added(group, [account])]
        return Shown(with_claims(linked(known, []), []), [one_line(said) for said in told], notes, names)
    told += [shown_paragraph(edges, account, names, every)]
    frame = with_claims(linked(known, edges), (_tests(detection, edge) for edge in edges))
    heads = {pair: one_line(head) for pair, head in partner_heads(edges, account, names).items()}
    brief = None if every or len(heads) <= PARTNERS else PARTNERS
    return Shown(frame, [one_line(said) for said in told], names=names, heads=heads, brief=brief)


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
        return _of_linked(store, detection, group, (a, b), layer, names, say)
    found = not_linked(store, detection, (a, b), layer, say)
    told = [one_line(said) for said in not_linked_paragraphs(found, detection, group, by, names)]
    frame = with_claims(found.meetings, ((None, met.test, None) for met in found.met))
    return Shown(frame, told, _added(group, [a, b]), names)


def _of_linked(
    store: Store,
    detection: Detection,
    group: Group,
    pair: tuple[str, str],
    layer: str,
    names: Mapping[str, str],
    say: Say,
) -> Shown:
    edges = pair_edges(detection.edges, home_of(detection, group, pair) or group, pair, layer)
    known = evidence_of(store, detection, pair)
    meetings = linked(known, edges)
    failed, changed = _failed(store, detection, edges, known, say)
    why = linked_paragraphs(detection, group, edges, meetings, names, failed, changed)
    frame = with_claims(meetings, (_tests(detection, edge, failed.get(edge["layer"])) for edge in edges))
    return Shown(frame, [one_line(said) for said in why], names=dict(names))


def _failed(
    store: Store, detection: Detection, edges: Sequence[Edge], known: Evidence, say: Say
) -> tuple[dict[str, PairTest], bool]:
    """The test *in step* of a pair by each layer by which it is together only; and whether the store has changed.

    None of a layer in which one of the two no longer acts: what was loaded since may have made a story of its posts.
    """
    asked = [e for e in edges if "in step" not in claims_of(detection, e) and can_be_in_step(e["layer"])]
    if not asked:
        return {}, False
    anew, failed = Anew(store, detection, say), dict[str, PairTest]()
    for edge in asked:
        pair, layer = (edge["a"], edge["b"]), edge["layer"]
        anew.layer(layer)
        if set(pair) <= set(known.acts(layers.every()[layer])["account"]):
            failed[layer] = anew.test(layer, pair, "in step")
    return failed, anew.changed


def _tests(detection: Detection, edge: Edge, failed: PairTest | None = None) -> Tested:
    """What is claimed of an edge's two, and their tests under both claims, as far as they are known."""
    known = claims_of(detection, edge)
    return "in step" if "in step" in known else "together", known.get("together"), known.get("in step", failed)


def _known(store: Store, group: Group, name: str) -> str:
    """The id of an account: of the group by id or handle, else of the store."""
    return _of_group(group, name) or account_of(store, name)


def _of_group(group: Group, name: str) -> str | None:
    """The id of a member by id, with or without its platform, or handle. Raises QueryError where several are meant."""
    named = [m.id for m in group.accounts if _folded(m.handle or m.id) == _folded(name)]
    named = named or [m.id for m in group.accounts if m.id.partition(":")[2] == name]
    if len(named) > 1 and name.lstrip("@") not in named:
        raise QueryError(
            f"{len(named)} accounts of {group.id} are called {name!r}: say which, by id: {listed(named[:5])}"
        )
    known = _members(group)
    return known.get(name.lstrip("@")) or known.get(_folded(name)) or next(iter(named), None)


def _member(store: Store, detection: Detection, group: Group, name: str) -> str:
    """The id of a member, named by id or handle. Raises NotFoundError for anybody else."""
    known = _members(group)
    if found := _of_group(group, name):
        return found
    if stranger := _stranger(store, name):
        if stranger in known.values():
            return stranger
        raise NotFoundError(f"{name} is not in group {group.id}{_elsewhere(detection, group, stranger)}")
    near = difflib.get_close_matches(_folded(name), list(known), n=3)
    hint = did_you_mean(near) if near else f"`{pasted(f'campaign show {group.id}')}` lists its accounts"
    raise NotFoundError(f"{name} is not in group {group.id}; {hint}")


def _stranger(store: Store, name: str) -> str | None:
    """The id of an account that the store holds, by the name that was given."""
    try:
        return account_of(store, name)
    except QueryError:
        return None


def _elsewhere(detection: Detection, group: Group, account: str) -> str:
    """In which group of the run an account is instead, and what tells of it and one of this group."""
    other = next((g.id for g in detection.groups if any(m.id == account for m in g.accounts)), None)
    place = f" but in {other} of the same run" if other else ", nor in any other of this run"
    pair = pasted(f"campaign show {group.id} --pair {shlex.quote(account)} {shlex.quote(group.accounts[0].id)}")
    return f"{place}; how often it met an account of this group, and why that links them or not: `{pair}`"


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
