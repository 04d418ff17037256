"""A stored query as an object: what it answers, what it wants, what it gives."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from campaign_cypher.errors import QueryError, StoreError

Dialect = Literal["embedded", "neo4j"]
Kind = Literal["string", "integer", "float", "boolean", "time", "strings", "graph"]
"""Types of parameters and columns; `strings` is a list of strings, `graph` nodes and relationships as JSON text."""


LARGEST = 2**63  # beyond what either store can hold
_BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a stored query. One that is not `required` takes its default, which may be null."""

    name: str
    kind: Kind
    meaning: str
    default: object | None = None
    required: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a stored query's answer."""

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True)
class Text:
    """Cypher, and those of its columns that come as lists of equal length, one entry a row.

    `codes`: columns (first) of which it gives the nodes' numbers in the store instead of their keys, and the nodes'
    labels; the store puts the keys in their place.
    """

    cypher: str
    lists: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()

    def without(self, column: str) -> Text:
        """The text whose RETURNs do not end with the column."""
        cypher = re.sub(rf",\s+\S+ AS {column}(?=;|\nUNION)", "", self.cypher)
        return replace(self, cypher=cypher, lists=tuple(name for name in self.lists if name != column))

    def for_all(self, parameter: str) -> Text:
        """The text without the condition that holds for all where the parameter is an empty list."""
        condition = rf"\(size\(\${parameter}\) = 0 OR \S+ IN \${parameter}\)"
        return replace(self, cypher=re.sub(condition, "true", self.cypher))


@dataclass(frozen=True)
class StoredQuery:
    """A question to the graph, as its file's header says, with its Cypher text.

    `portable`: the same text runs on both stores; otherwise `embedded` is the embedded store's own, if it has one.
    `unordered` names columns whose lists are sets: a store sorts them. `optional` names those that cost much and may
    be left out (`without`). `picture_of` names the query whose answer this one draws, as nodes and relationships.
    `slow` says how long it takes on a million posts where that is over two seconds. `for_program`: it serves a
    command, not an investigator.
    """

    id: str
    title: str
    answers: str
    parameters: tuple[Parameter, ...]
    fields: tuple[Column, ...]
    portable: bool
    neo4j: Text
    embedded: Text | None = None
    unordered: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    picture_of: str | None = None
    slow: str | None = None
    for_program: bool = False

    def without(self, column: str) -> StoredQuery:
        """The same query that does not ask for an optional column. Raises QueryError where the column is not one."""
        if column not in self.optional:
            may = ", ".join(self.optional) or "nothing"
            raise QueryError(f"query {self.id} cannot leave out {column}: it may leave out {may}")
        embedded = self.embedded and self.embedded.without(column)
        fields = tuple(field for field in self.fields if field.name != column)
        return replace(self, fields=fields, neo4j=self.neo4j.without(column), embedded=embedded, optional=())

    def for_all(self, parameter: str) -> StoredQuery:
        """The same query without a list parameter that keeps nothing out where it is empty.

        It is answered faster where a text gives codes, as the names are not looked at then; others stay as they are.
        """
        if not (self.embedded and self.embedded.codes):
            return self
        embedded = self.embedded.for_all(parameter)
        left = tuple(p for p in self.parameters if p.name != parameter)
        return replace(self, parameters=left, neo4j=self.neo4j.for_all(parameter), embedded=embedded)

    @property
    def theme(self) -> str:
        """The folder: what the query is about."""
        return self.id.partition("/")[0]

    @property
    def stores(self) -> str:
        """Where it runs: `both` or `neo4j`."""
        return "both" if self.portable or self.embedded else "neo4j"

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the answer's columns, in order."""
        return tuple(field.name for field in self.fields)

    @property
    def text(self) -> str:
        """The file's text, for Neo4j; with its header, as Browser and cypher-shell take it."""
        return self.neo4j.cypher

    def text_for(self, dialect: Dialect) -> Text:
        """The text that a store runs. Raises StoreError where the store has none."""
        if dialect == "neo4j" or self.portable:
            return self.neo4j
        if self.embedded is None:
            raise StoreError(f"query {self.id} runs on Neo4j only: give its address with --store")
        return self.embedded

    def bind(self, given: Mapping[str, Any] | None) -> dict[str, Any]:
        """Values of all parameters: those given, else defaults. Raises QueryError on unknown or missing ones.

        Times become UTC; one without a zone is taken as UTC.
        """
        given = given or {}
        if unknown := sorted(set(given) - {p.name for p in self.parameters}):
            known = ", ".join(p.name for p in self.parameters) or "none"
            raise QueryError(f"query {self.id} has no parameter {', '.join(unknown)}: it has {known}")
        if missing := [p.name for p in self.parameters if p.required and given.get(p.name) is None]:
            raise QueryError(f"query {self.id} wants {', '.join(missing)}: give --param {missing[0]}=…")
        return {p.name: _checked(self.id, p, given.get(p.name, p.default)) for p in self.parameters}

    def from_text(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Values written as text (`--param k=v`), each converted to its parameter's type; `null` or nothing is null.

        Lists are JSON or parted by commas. Raises QueryError where a value does not fit.
        """
        kinds = {p.name: p.kind for p in self.parameters}
        return {name: _convert(self.id, name, kinds.get(name, "string"), text) for name, text in given.items()}


def _checked(query: str, parameter: Parameter, value: Any) -> Any:
    if value is None:
        return None
    wanted: dict[Kind, tuple[type, ...]] = {
        "string": (str,),
        "integer": (int,),
        "float": (float, int),
        "boolean": (bool,),
        "time": (datetime,),
        "strings": (list, tuple, set, frozenset),
    }
    if not any(isinstance(value, type_) for type_ in wanted[parameter.kind]):
        raise QueryError(f"query {query}: {parameter.name} is a {parameter.kind}, not {value!r}")
    if isinstance(value, int) and not -LARGEST <= value < LARGEST:
        raise QueryError(f"query {query}: {parameter.name}={value} is too large a number ({_example(parameter.kind)})")
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return list(dict.fromkeys(value)) if parameter.kind == "strings" else value  # a row each where they are unwound


def _convert(query: str, name: str, kind: Kind, text: str) -> Any:
    if text in ("", "null") and kind != "strings":
        return None
    try:
        if kind == "strings":
            return _strings(text)
        if kind == "time":
            return datetime.fromisoformat(text)
        if kind in ("integer", "float", "boolean"):
            return _number(kind, text)
    except (ValueError, RecursionError) as error:
        raise QueryError(f"query {query}: {name}={text!r} is no {kind} ({_example(kind)})") from error
    return text


def _strings(text: str) -> list[str]:
    if text.startswith("["):
        return [str(entry) for entry in json.loads(text)]
    return [part.strip() for part in text.split(",") if part.strip()]


def _number(kind: Kind, text: str) -> object:
    if kind == "boolean":
        if text.lower() not in _BOOLEANS:
            raise ValueError(text)
        return _BOOLEANS[text.lower()]
    if kind == "float":
        return float(text)
    whole = int(text)
    if not -LARGEST <= whole < LARGEST:
        raise ValueError(text)
    return whole


def _example(kind: Kind) -> str:
    examples: dict[Kind, str] = {
        "time": "2016-03-22T14:00",
        "integer": "100",
        "float": "0.5",
        "boolean": "true or false",
        "strings": 'a,b or ["a", "b"]',
    }
    return f"for example {examples.get(kind, 'text')}"
