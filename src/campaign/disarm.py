"""Techniques of the DISARM Red Framework that a campaign's evidence supports, each with the reason.

DISARM (DISARM Foundation, CC BY 4.0) gives those who work on influence operations one vocabulary. Its words often say
more than timing can show (inauthentic, bots, an operation's aim). So only three techniques are named here, whose
descriptions say what accounts do, and only of the core of a campaign. docs/exports.md says which are left out, and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from campaign_analysis.results import Group, TagShare
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.describe import MANY
from campaign.reporting.numbers import percent
from campaign.words import counted, listed

VERSION = "1.6"
PUSHED = 0.25  # share of a hashtag's posts from which its use is called pushing; a word's meaning, fitted to no data
BY_HASHTAGS = ("hashtag", "hashtag_sequence")


@dataclass(frozen=True)
class Technique:
    """A technique of the framework, and what in the evidence it rests on."""

    id: str
    name: str
    reason: str

    @property
    def url(self) -> str:
        """Its page in the framework's repository."""
        return f"https://github.com/DISARMFoundation/DISARMframeworks/blob/main/generated_pages/techniques/{self.id}.md"


def techniques(store: Store, group: Group) -> list[Technique]:
    """What of the framework a group's evidence supports; nothing of a gathering, which is no accusation."""
    return list(_techniques(store, group)) if group.claim == "campaign" else []


def _techniques(store: Store, group: Group) -> Iterator[Technique]:
    in_step = {e.layer: e.edges for e in group.layers if e.claim == "in step"}
    by_tags = {layer: in_step[layer] for layer in BY_HASHTAGS if layer in in_step}
    if by_tags:
        pairs = f"{counted(max(by_tags.values()), 'pair')} of its accounts in step by hashtags"
        pushed = [tag for tag in group.hashtags if tag.share >= PUSHED]
        first = {tag.tag: _first_users(store, tag.tag) for tag in pushed}
        began = [tag for tag in pushed if first[tag.tag] and first[tag.tag] <= _core(group)]
        flooded = [tag for tag in pushed if first[tag.tag] and not first[tag.tag] & {m.id for m in group.accounts}]
        if flooded:
            reason = f"{pairs}; it made {_shares(flooded)}, which others had used before it."
            yield Technique("T0049.002", "Flood Existing Hashtag", reason)
        if began:
            reason = f"{pairs}; it made {_shares(began)}, whose first post in the data is by its core."
            yield Technique("T0015", "Create Hashtags and Search Artefacts", reason)
    if "text" in in_step:
        reason = (
            f"{counted(in_step['text'], 'pair')} of its accounts in step by original posts with nearly the same text."
        )
        yield Technique("T0084.001", "Use Copypasta", reason)


def _shares(tags: list[TagShare]) -> str:
    return listed([f"{percent(tag.share)} of the posts with #{tag.tag}" for tag in tags])


def _core(group: Group) -> set[str]:
    return {m.id for m in group.accounts if m.role == "core"}


def _first_users(store: Store, tag: str) -> set[str]:
    """All whose first post with it has the earliest time: a clock in minutes does not tell which of them was first."""
    query = queries.get("hashtags/first_users")
    first = store.read(query, {"tag": tag, "limit": 1})["first"]
    together = [store.read(query, {"tag": tag, "until": moment, "limit": MANY}) for moment in first]
    return {account for found in together for account in found["account"]}
