"""What an account of a group is in it and on what that rests: `campaign show GROUP --account` speaks from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from campaign_analysis.results import Detection, Group, Member

from campaign.account_words import ONE_PAIR, Standing, beside
from campaign.alarm_words import alarms
from campaign.as_good import as_test
from campaign.layer_words import behaviour
from campaign.linked_words import inside_sentences
from campaign.meetings import PARTNERS, inside
from campaign.pair_words import near_sentence, pair_sentences
from campaign.reporting.numbers import decimal
from campaign.words import (
    NOT_AN_ACCUSATION,
    campaigns_first,
    counted,
    group_names,
    listed,
    of_hundred,
    rate_of,
    weakness,
)

Edge = Mapping[str, Any]  # a row of EDGE_SCHEMA
IN_STEP, ONLY = "in step", "together only"


def account_paragraphs(
    detection: Detection, group: Group, member: Member, standing: Standing, posts: int, names: Mapping[str, str]
) -> list[str]:
    """Its role, on how many partners, meetings and posts of its own that rests, its best pair, and what to doubt."""
    best = best_edge(detection, group, member, standing)
    doubts = [weakness(group), of_hundred(detection) if standing.q is not None else "", alarms(detection)]
    return [
        " ".join(
            [_role(detection, group, member, standing, names), _partners(group, standing), _rests(standing, posts)]
        ),
        *([" ".join(filter(None, _best(detection, group, member, best, names)))] if best else []),
        *([" ".join(filter(None, doubts))] if any(doubts) else []),
    ]


def _role(detection: Detection, group: Group, member: Member, standing: Standing, names: Mapping[str, str]) -> str:
    called = group_names(campaigns_first(detection.groups))[group.id]
    name, where = names[member.id], f"{called} ({group.id})"
    if group.claim == "gathering":
        return f"{name} is in {where}: together with others of it. {NOT_AN_ACCUSATION}"
    if member.joined:
        return f"{name} is in the core of {where}: added, for being present at the core's meetings."
    if member.role == "core":
        return f"{name} is in the core of {where}: by pairs in step."
    return f"{name} is beside the core of {where}, together with others and no more: {beside(standing)}."


def _partners(group: Group, standing: Standing) -> str:
    """`Of the 23 other accounts it is in step with 1 and together only with 9.`"""
    of = f"Of the {group.size - 1:,} other accounts of the group it is"
    if not standing.in_step:
        return f"{of} together with {standing.together:,}, and in step with none of them."
    only = standing.together - standing.in_step  # who is in step is together too
    said = [f"{of} in step with {standing.in_step:,} and together only with {only:,}."]
    if standing.elsewhere:
        said.append(f"It is in step with {counted(standing.elsewhere, 'account')} outside the group as well.")
    if standing.one_pair:
        said.append(f"It is {ONE_PAIR}.")
    return " ".join(said)


def _rests(standing: Standing, posts: int) -> str:
    what = "What is claimed of it" if standing.claim == "in step" else "Its being together"
    met = counted(standing.n, "meeting")
    if standing.claim == "added":
        return (
            f"It was present at {met} of the core as that was then, where luck explains about "
            f"{decimal(standing.expected)}; beside the core as it is in the end it has {counted(posts, 'post')}."
        )
    return (
        f"{what} rests on {counted(posts, 'post')} of its own ({met} in all, one for each partner and behaviour, where "
        f"luck explains about {decimal(standing.expected)})."
    )


def best_edge(detection: Detection, group: Group, member: Member, standing: Standing) -> Edge | None:
    """The pair that brought an account into its group; None for one that was added, and where no pair is known."""
    if standing.claim == "added":
        return None
    own = inside(detection.edges, group).filter(claim=standing.claim)
    own = own.filter((own["a"] == member.id) | (own["b"] == member.id)).sort("q", "p", "layer", "a", "b")
    return own.row(0, named=True) if own.height else None


def _best(detection: Detection, group: Group, member: Member, edge: Edge, names: Mapping[str, str]) -> list[str]:
    other = edge["b"] if edge["a"] == member.id else edge["a"]
    best = f"Its best pair {edge['claim']} is with {names[other]}, by {behaviour(edge['layer'])}."
    told = pair_sentences(as_test(detection, edge), rate_of(detection), detection.tested_pairs)
    return [best, told[0], *told[2:], near_sentence(detection, edge), *inside_sentences(detection, group, edge)]


def shown_paragraph(edges: Sequence[Edge], account: str, names: Mapping[str, str], every: bool) -> str:
    """Whose meetings follow: its strongest partners, those in step first, each with what links it; or all."""
    heads = partner_heads(edges, account, names)
    first = ", those in step first" if len({edge["claim"] for edge in edges}) > 1 else ""
    if every or len(heads) <= PARTNERS:
        whom = f"all {len(heads):,} partners" if len(heads) > 1 else "its only partner"
        return f"Shown: its meetings with {whom}{first}."
    some = listed(list(heads.values())[:PARTNERS])
    return f"Shown: its meetings with its {PARTNERS} strongest of {len(heads):,} partners{first}: {some}."


def partner_heads(edges: Sequence[Edge], account: str, names: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Of each pair whose meetings are shown what heads them: `@bob (in step, by the same hashtag)`."""
    heads: dict[tuple[str, str], tuple[str, str, list[str]]] = {}
    for edge in edges:
        other = edge["b"] if edge["a"] == account else edge["a"]
        claim = IN_STEP if edge["claim"] == "in step" else ONLY
        heads.setdefault((edge["a"], edge["b"]), (names.get(other, other), claim, []))[2].append(edge["layer"])
    return {
        pair: f"{name} ({claim}, by {listed([behaviour(layer) for layer in by])})"
        for pair, (name, claim, by) in heads.items()
    }
