"""Stored queries: every text that asks the graph for something is a file here. (Loader of the files: to come.)"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameter:
    """A parameter of a stored query and its default (None: must be given)."""

    name: str
    default: object | None
    meaning: str


@dataclass(frozen=True)
class StoredQuery:
    """A question to the graph, as its file's header says, with its Cypher text."""

    id: str
    title: str
    answers: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    portable: bool
    text: str
