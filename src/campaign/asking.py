"""What a user asks a stored query about, found in the store before it is asked: accounts, hashtags, runs, groups.

A name that is not there is said, with near ones, rather than answered by an empty table. Values only ever travel as
parameters: Cypher in a hashtag or a name is a name that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from campaign_cypher import queries
from campaign_cypher.errors import QueryError
from campaign_cypher.nearest import did_you_mean

from campaign.pasting import pasted
from campaign.request import folded
from campaign.sources import files_of

if TYPE_CHECKING:
    import polars as pl
    from campaign_cypher.queries import StoredQuery
    from campaign_cypher.store import Store

_NEAR = 20


def found(store: Store, query: StoredQuery, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with hashtags folded (`#Tag` is `tag`) and accounts by id, where a handle was given.

    By name: `run`, `before`, `group_id`, `other_id`, `tag`, `tags`, `account`, `accounts`, `ids`, `a`, `b`.
    Raises QueryError where one is not in the store.
    """
    finders = _finders(query)
    answers = dict(parameters)
    for name, value in parameters.items():
        if name in finders and value is not None:
            find = finders[name]
            answers[name] = find(store, value) if isinstance(value, str) else [find(store, each) for each in value]
    return answers


def _finders(query: StoredQuery) -> dict[str, Callable[[Store, str], str]]:
    """How each parameter is looked up; `a` and `b` are a pair of accounts where both are there."""
    names = {p.name for p in query.parameters if p.kind in ("string", "strings")}
    known = {
        **dict.fromkeys(("run", "before"), _run),
        **dict.fromkeys(("group_id", "other_id"), _group),
        **dict.fromkeys(("tag", "tags"), _tag),
        **dict.fromkeys(("account", "accounts", "ids"), account_of),
        **(dict.fromkeys(("a", "b"), account_of) if {"a", "b"} <= names else {}),
    }
    return {name: find for name, find in known.items() if name in names}


def _run(store: Store, value: str) -> str:
    return _listed(store, "run", value)


def _group(store: Store, value: str) -> str:
    return _listed(store, "group", value)


def _listed(store: Store, kind: str, value: str) -> str:
    known = store.read(queries.get("runs/names")).filter(kind=kind)["id"].to_list()
    if value in known:
        return value
    raise _unknown(
        kind, value, known, "campaign query run campaigns/list -p claim=null" if known else "campaign detect"
    )


def _tag(store: Store, value: str) -> str:
    tag = folded(value)
    names = queries.get("hashtags/names")
    if tag in store.read(names, {"prefix": tag, "limit": 1})["tag"].to_list():
        return tag
    near = store.read(names, {"prefix": tag[:2], "limit": 10_000})["tag"].to_list()
    raise _unknown("hashtag", value, near, "campaign query run hashtags/top")


def account_ids(store: Store, values: Sequence[str]) -> list[str]:
    """Ids of many accounts, each named by id or handle, sorted. Raises QueryError for the first that is not there."""
    known = set(store.read(queries.get("accounts/profiles"), {"ids": list(values)})["id"])
    handles = sorted({_bare(value) for value in values if value not in known})
    named = _collected(store.read(queries.get("accounts/named"), {"handles": handles}))
    by_handle = {handle.lower(): account for account, handle in named.unique("handle", keep="none").iter_rows()}
    by_number = _without_platform(
        store, [value for value in values if value not in known and _bare(value) not in by_handle]
    )
    return sorted(
        {
            value
            if value in known
            else by_handle.get(_bare(value)) or _only(by_number, value) or account_of(store, value)
            for value in values
        }
    )


def _collected(named: pl.DataFrame) -> pl.DataFrame:
    """Accounts by handle, those known by it alone only where no other has it."""
    import polars as pl
    from campaign_cypher.model import BY_HANDLE

    alone, handle = pl.col("account").str.contains(BY_HANDLE, literal=True), pl.col("handle").str.to_lowercase()
    ids = named.filter(~alone)
    return pl.concat([ids, named.filter(alone & ~handle.is_in(ids["handle"].str.to_lowercase().implode()))])


def _without_platform(store: Store, values: Sequence[str]) -> dict[str, list[str]]:
    """Ids of the accounts whose ids on their platforms these are: `123` is `x:123`, where posts of x were loaded."""
    if not values:
        return {}
    platforms = sorted({platform for file in files_of(store) for platform in (file["platform"] or "").split(", ")})
    asked = {f"{platform}:{value}": value for value in values for platform in platforms}
    found: dict[str, list[str]] = {}
    for account in store.read(queries.get("accounts/profiles"), {"ids": list(asked)})["id"]:
        found.setdefault(asked[account], []).append(account)
    return found


def _only(found: dict[str, list[str]], value: str) -> str | None:
    return found[value][0] if len(found.get(value, ())) == 1 else None


def _bare(value: str) -> str:
    return value.strip().removeprefix("@").lower()


def account_of(store: Store, value: str) -> str:
    """The id of an account given by its id, with or without its platform, or by its handle.

    Raises QueryError, with near names, where there is none.
    """
    if store.read(queries.get("accounts/profiles"), {"ids": [value]}).height:
        return value
    handle = _bare(value)
    named = _collected(store.read(queries.get("accounts/named"), {"handles": [handle]}))["account"].to_list()
    named = named or sorted(_without_platform(store, [value]).get(value, ()))
    if len(named) == 1:
        return str(named[0])
    if named:
        raise QueryError(f"{len(named)} accounts are called {value!r}: say which, by id: {', '.join(named[:5])}")
    near = store.read(queries.get("accounts/find"), {"text": handle[:3], "limit": _NEAR})["handle"].drop_nulls()
    raise _unknown("account", value, near.to_list(), "campaign query run accounts/find -p text=…")


def _unknown(kind: str, value: str, known: list[str], command: str) -> QueryError:
    near = get_close_matches(value.lstrip("#@"), known, n=3, cutoff=0.5)
    hint = did_you_mean(near) if near else f"see `{pasted(command)}`"
    return QueryError(f"no {kind} {_short(value)} in this store: {hint}")


def _short(value: str) -> str:
    """A value on one line, not longer than a line."""
    return repr(value if len(value) <= 60 else value[:57] + "…")
