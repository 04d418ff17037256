"""A run, or one group of it, with what the store knows of its accounts: what exports and case files are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl
from campaign_analysis.results import Detection, Group
from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign import words
from campaign.describe import MANY
from campaign.request import Request
from campaign.stored import group_of, request_of, run_of

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Finding:
    """What is exported. `detection` holds the run's groups, or where one was asked for that one and its pairs alone.

    `names` are those that the report of the whole run gives its groups: Campaign 1, …
    """

    store: Store
    name: str
    detection: Detection
    names: Mapping[str, str]
    asked: str | None = None  # id of the one group that was asked for

    @property
    def groups(self) -> list[Group]:
        """The groups, campaigns first."""
        return words.campaigns_first(self.detection.groups)

    @cached_property
    def accounts(self) -> list[str]:
        """Ids of all accounts of the groups."""
        return sorted({m.id for g in self.detection.groups for m in g.accounts})

    @property
    def request(self) -> Request:
        """What the run was asked."""
        return request_of(self.detection)

    @cached_property
    def profiles(self) -> Mapping[str, dict[str, Any]]:
        """What the store knows of each account, by its id."""
        found = self.store.read(queries.get("accounts/profiles"), {"ids": self.accounts})
        return {profile["id"]: profile for profile in found.to_dicts()}

    @cached_property
    def posts(self) -> pl.DataFrame:
        """The accounts' posts in the run's range: the columns of `evidence/posts_of_accounts`."""
        asked = {"accounts": self.accounts, "since": self.request.since, "until": self.request.until, "limit": MANY}
        return self.store.read(queries.get("evidence/posts_of_accounts"), asked)

    @cached_property
    def graph(self) -> nx.Graph:
        """The accounts and their pairs, as notebooks have them."""
        from campaign.network import network

        return network(self.store, self.detection.run.id, self.asked)


def finding(store: Store, name: str) -> Finding:
    """The run or group of an id. Raises NotFoundError, with the nearest ids, where there is none."""
    if "-" in name:
        detection, group = group_of(store, name)
        return Finding(store, name, one_group(detection, group), _names(detection), name)
    detection = run_of(store, name)
    return Finding(store, name, detection, _names(detection))


def _names(detection: Detection) -> Mapping[str, str]:
    return words.group_names(words.campaigns_first(detection.groups))


def one_group(detection: Detection, group: Group) -> Detection:
    """A run's result with one of its groups and the pairs inside that; its notes say that there were more."""
    ids = [m.id for m in group.accounts]
    inside = detection.edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))
    groups = words.counted(len(detection.groups), "group")
    note = (
        f"This is group {group.id} alone, {_names(detection)[group.id]} of {groups} that run {detection.run.id} found. "
        "Numbers of pairs tested and errors are those of the whole run."
    )
    run = replace(detection.run, notes=(note, *detection.run.notes))
    return replace(detection, run=run, groups=(group,), edges=inside)
