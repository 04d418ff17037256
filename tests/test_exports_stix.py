"""STIX accounts: each account of the graph is an object of its own, with an id that is the same each time."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from campaign_analysis.results import Member

from campaign.exports.stix import _account

NOTHING = {"handle": None, "name": None, "created_at": None, "status": None}


def accounts(*ids: str, handles: Mapping[str, str]) -> list[Any]:
    profiles = {id: NOTHING | {"handle": handles.get(id)} for id in ids}
    finding: Any = SimpleNamespace(profiles=profiles)
    return [_account(finding, Member(id, "core", 1, 0.1, 0.1)) for id in ids]


@pytest.mark.parametrize(
    "ids",
    [
        ("telegram:@alice", "gab:@alice", "x:@alice", "facebook:@alice"),
        ("telegram:alice", "telegram:@alice", "gab:alice"),
        ("x:1", "x:@alice", "facebook:1", "facebook:@alice"),
        ("x:@alice\x07b", "x:@alice\x08b", "gab:1\x07", "gab:1\x08", "x:1\x07", "x:1\x08"),
    ],
)
@pytest.mark.parametrize("named", [True, False])
def test_accounts_of_one_handle_are_not_made_one(ids: tuple[str, ...], named: bool) -> None:
    handles = {id: id.partition("@")[2] or "alice" for id in ids} if named else {}
    made = accounts(*ids, handles=handles)
    assert len({account.id for account in made}) == len(ids)
    assert [account.id for account in accounts(*ids, handles=handles)] == [account.id for account in made]


def test_an_account_by_handle_alone_says_its_platform() -> None:
    on_x, elsewhere = accounts("x:@alice", "telegram:@alice", handles={"telegram:@alice": "Alice"})
    assert (on_x.account_type, on_x.account_login, "user_id" in on_x) == ("twitter", "alice", False)
    assert ("account_type" in elsewhere, elsewhere.account_login, elsewhere.user_id) == (
        False,
        "Alice",
        "telegram:@alice",
    )
