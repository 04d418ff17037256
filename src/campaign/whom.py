"""Whom a command about accounts looks at, and whom they are held against: a group, a hashtag's accounts, or a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.absent import nobody_used
from campaign.asking import account_ids
from campaign.failures import UsageError
from campaign.request import folded
from campaign.stored import group_of, request_of


@dataclass(frozen=True)
class Whom:
    """Ids of the accounts looked at and of the others, the time asked about, and what the accounts are called."""

    accounts: Sequence[str]
    others: Sequence[str]
    called: str
    since: datetime | None = None
    until: datetime | None = None


def check(group: str | None, hashtag: str | None, list_: Path | None) -> None:
    """Raises UsageError unless it is said once whose accounts are meant."""
    if not (group or hashtag or list_):
        raise UsageError("say whose accounts: --group ID, --hashtag TAG or --list FILE")
    if group and (hashtag or list_):
        raise UsageError("--group says whose accounts and whom they are held against: leave --hashtag and --list out")


def whom(store: Store, group: str | None, hashtag: str | None, list_: Path | None) -> Whom:
    """The accounts that are meant. Raises NotFoundError or QueryError for what is not there."""
    check(group, hashtag, list_)
    if group:
        detection, found = group_of(store, group)
        asked = request_of(detection)
        others = _users(store, asked.tags, asked.since, asked.until) if asked.tags else _everybody(store)
        mine = [m.id for m in found.accounts]
        return Whom(mine, _without(others, mine), f"group {group}", asked.since, asked.until)
    tagged = _users(store, [folded(hashtag)]) if hashtag else None
    if list_:
        mine = listed_accounts(store, list_)
        return Whom(mine, _without(_everybody(store) if tagged is None else tagged, mine), f"accounts of {list_.name}")
    mine = tagged or []
    return Whom(mine, _without(_everybody(store), mine), f"accounts of #{folded(hashtag or '')}")


def listed_accounts(store: Store, path: Path) -> list[str]:
    """Ids of the accounts that a file names, by id or handle. Raises UsageError for a file that cannot be read."""
    return account_ids(store, _lines(path))


def _users(
    store: Store, tags: Sequence[str], since: datetime | None = None, until: datetime | None = None
) -> list[str]:
    found = store.read(queries.get("hashtags/accounts"), {"tags": list(tags), "since": since, "until": until})
    if found.is_empty():
        raise nobody_used(store, tags[0], since, until)
    return sorted(found["account"])


def _everybody(store: Store) -> list[str]:
    return store.read(queries.get("signals/everybody"))["account"].to_list()


def _without(others: Sequence[str], mine: Sequence[str]) -> list[str]:
    return sorted({*others} - {*mine})


def _lines(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} cannot be read ({error}): --list wants a text file with an id or a handle a line"
        ) from error
    names = [line.strip() for line in lines if line.strip()]
    if not names:
        raise UsageError(f"{path} names nobody: --list wants an id or a handle a line")
    return names
