"""An audit of followers: from the graph to a result, and the result as JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from campaign_analysis.followers.audit import Audit, audit_of
from campaign_cypher.store import Store

from campaign.follower_lists import FollowerList, follower_list
from campaign.output import iso


def audited(store: Store, name: str) -> tuple[FollowerList, Audit]:
    """The list of an account given by id or handle, and its audit."""
    listed = follower_list(store, name)
    return listed, audit_of(listed.account, listed.known)


def as_dict(listed: FollowerList, found: Audit) -> dict[str, Any]:
    """An audit as plain values: no follower is named, for nothing is claimed of one."""
    plain = {name: value for name, value in vars(found).items() if name not in ("followers", "lots")}
    lots = [{name: _plain(value) for name, value in asdict(lot).items()} for lot in found.lots]
    return plain | {"handle": listed.handle, "collected": [iso(t) for t in listed.known.seen], "lots": lots}


def _plain(value: object) -> object:
    return iso(value) if isinstance(value, datetime) else value
