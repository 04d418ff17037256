"""The header of a stored query's file, read and checked.

// Title
// answers: the question in words
// parameter limit: integer = 100 -- what it means
// parameter tags: strings -- one without a default must be given
// column tag: string -- what it is
// lists: account, time -- columns that come as lists of equal length
// codes: account = Account -- columns that give a node's number in the store, whose key is meant; embedded only
// unordered: hashtags -- columns whose lists are sets
// optional: post -- columns that can be left out; each RETURN ends with them
// picture of: hashtags/posts -- the query whose answer it draws; its columns are of type graph
// slow: 5 s on 1 M posts -- only where it takes over 2 s
// for: program -- only where it serves a command, not an investigator
// portable: yes
"""

from __future__ import annotations

import json
import re
from typing import get_args

from campaign_cypher.errors import QueryError
from campaign_cypher.queries.query import Column, Kind, Parameter, StoredQuery, Text

_PARAMETER = re.compile(r"(\w+): (\w+)(?: = (.+?))? -- (.+)")
_COLUMN = re.compile(r"(\w+): (\w+) -- (.+)")
_USED = re.compile(r"\$(\w+)")
_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|/\*.*?\*/|//[^\n]*", re.DOTALL)
_WRITES = re.compile(
    r"(?<![.:$\w])(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|DROP|FOREACH|INSERT|ALTER|COPY|GRANT|REVOKE|DENY|LOAD\s+CSV)\b(?!\s*:)",
    re.IGNORECASE,
)


def parse(id_: str, text: str, embedded: str | None) -> StoredQuery:
    """A stored query from its file's text, and from that of its embedded variant where there is one.

    Raises QueryError where the header is not complete or does not agree with the Cypher.
    """
    lines = _header(text)
    query = StoredQuery(
        id=id_,
        title=lines[0] if lines else "",
        answers=_one(id_, lines, "answers"),
        parameters=tuple(_parameter(id_, entry) for entry in _all(lines, "parameter ")),
        fields=tuple(_column(id_, entry) for entry in _all(lines, "column ")),
        portable=_portable(id_, lines),
        neo4j=Text(text, _names(lines, "lists")),
        embedded=_embedded(_header(embedded), embedded) if embedded is not None else None,
        unordered=_names(lines, "unordered"),
        optional=_names(lines, "optional"),
        picture_of=_word(lines, "picture of"),
        slow=_word(lines, "slow"),
        for_program=_word(lines, "for") == "program",
    )
    _check(query)
    return query


def _embedded(lines: list[str], text: str) -> Text:
    codes = (entry.split(" = ") for entry in _names(lines, "codes"))
    return Text(text, _names(lines, "lists"), tuple((column, label) for column, label in codes))


def body(text: str) -> str:
    """Cypher without its comment lines and without the closing semicolon."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("//")]
    return "\n".join(lines).strip().removesuffix(";")


def _header(text: str) -> list[str]:
    lines = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        lines.append(line.removeprefix("//").strip())
    return lines


def _all(lines: list[str], prefix: str) -> list[str]:
    return [line.removeprefix(prefix).strip() for line in lines if line.startswith(prefix)]


def _one(id_: str, lines: list[str], name: str) -> str:
    found = _all(lines, f"{name}:")
    if len(found) != 1 or not found[0]:
        raise QueryError(f"query {id_}: its header wants one line '// {name}: …'")
    return found[0]


def _names(lines: list[str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for entry in _all(lines, f"{name}:") for part in entry.split("--")[0].split(","))


def _word(lines: list[str], name: str) -> str | None:
    found = _names(lines, name)
    return found[0] if found else None


def _portable(id_: str, lines: list[str]) -> bool:
    word = _one(id_, lines, "portable")
    if word not in ("yes", "no"):
        raise QueryError(f"query {id_}: portable is yes or no, not {word!r}")
    return word == "yes"


def _parameter(id_: str, entry: str) -> Parameter:
    match = _PARAMETER.fullmatch(entry)
    if not match or match[2] not in get_args(Kind):
        raise QueryError(f"query {id_}: parameter line {entry!r} is not 'name: type = default -- meaning'")
    kind: Kind = match[2]  # type: ignore[assignment]  # checked against Kind a line above
    if match[3] is None:
        return Parameter(match[1], kind, match[4], required=True)
    try:
        return Parameter(match[1], kind, match[4], default=json.loads(match[3]))
    except ValueError as error:
        raise QueryError(f"query {id_}: the default of {match[1]} is no JSON: {match[3]}") from error


def _column(id_: str, entry: str) -> Column:
    match = _COLUMN.fullmatch(entry)
    if not match or match[2] not in get_args(Kind):
        raise QueryError(f"query {id_}: column line {entry!r} is not 'name: type -- meaning'")
    kind: Kind = match[2]  # type: ignore[assignment]  # checked against Kind a line above
    return Column(match[1], kind, match[3])


def _check(query: StoredQuery) -> None:
    if not query.title or ":" in query.title:
        raise QueryError(f"query {query.id}: its first line is not '// Title'")
    if not query.fields:
        raise QueryError(f"query {query.id}: its header names no column")
    if query.portable and query.embedded:
        raise QueryError(f"query {query.id} is portable and has an embedded variant: one of the two")
    named = {p.name for p in query.parameters}
    for text in filter(None, (query.neo4j, query.embedded)):
        _refuse_writes(query.id, body(text.cypher))
        used = set(_USED.findall(body(text.cypher)))
        if used != named:
            raise QueryError(f"query {query.id}: header and Cypher differ in {', '.join(sorted(used ^ named))}")
        if not text.cypher.rstrip().endswith(";"):
            raise QueryError(f"query {query.id}: its text does not end with ;")
        if set(text.lists + query.unordered + query.optional) - set(query.columns):
            raise QueryError(f"query {query.id}: lists, unordered and optional name columns that it has not")


def _refuse_writes(id_: str, cypher: str) -> None:
    """Stored queries read. The stores open for reading besides; this says it before one is asked."""
    bare = _QUOTED.sub(" ", cypher)
    if found := _WRITES.search(bare):
        raise QueryError(f"query {id_} writes ({found[1].upper()}): a stored query only reads")
    if ";" in bare:
        raise QueryError(f"query {id_} is more than one statement: a file holds one")
