"""The query library: every answer against rows known by hand and against polars, on both lines of Neo4j and embedded.

The checks are in `queries/<theme>.py`, a file for each theme of the library; they are found by themselves.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from campaign_cypher import StoreTarget, connect, queries
from campaign_cypher.errors import StoreError
from campaign_cypher.server import DEFAULT_LINE, LINES
from campaign_cypher.store import Store
from library_check import Check, drawn
from library_world import World, small, wild
from servers import delete_data

LIBRARY = [query for query in queries.all_queries() if not query.for_program]
THEMES = sorted(file.stem for file in (Path(__file__).parent / "queries").glob("*.py"))
CHECKS: dict[str, Check] = {
    f"{theme}/{name}": check
    for theme in THEMES
    for name, check in importlib.import_module(f"queries.{theme}").CHECKS.items()
}
WORLDS = {"small": small, "wild": wild}
KINDS = ["embedded", *(pytest.param(line, marks=pytest.mark.neo4j) for line in LINES)]


@pytest.fixture(scope="module", params=WORLDS)
def world(request: pytest.FixtureRequest) -> World:
    return WORLDS[request.param]()


@pytest.fixture(scope="module", params=KINDS)
def loaded(request: pytest.FixtureRequest, world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that holds the world."""
    target = StoreTarget(str(tmp_path_factory.mktemp("library") / "world.lbug"))
    if request.param != "embedded":
        name = "neo4j_target" if request.param == DEFAULT_LINE else "other_line_target"
        target = request.getfixturevalue(name)
        delete_data(target)
    store = connect(target)
    store.apply_schema()
    store.write(world.batch)
    yield store
    store.close()


def test_every_query_of_the_library_has_a_check_and_every_check_a_query() -> None:
    assert {query.id for query in LIBRARY} == set(CHECKS)
    assert len([query for query in LIBRARY if not query.picture_of]) >= 40


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.id)
def test_answers(query: queries.StoredQuery, world: World, loaded: Store) -> None:
    check = CHECKS[query.id]
    if loaded.dialect == "embedded" and query.stores == "neo4j":
        return  # its refusal is tested below
    for ask in [check.ask, *check.more]:
        found = loaded.read(query, ask)
        answer = drawn(found) if query.picture_of else found
        if len(world.posts) < 20 and ask is check.ask:
            assert _rows(query, answer) == _rows(query, check.known)
        bound = query.bind(ask)
        if check.judge:
            check.judge(world, bound, found)
        else:
            assert _rows(query, answer) == _rows(query, check.again(world, bound).select(answer.columns))


def _rows(query: queries.StoredQuery, answer: pl.DataFrame | list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows in order; those of parts put together by UNION have none between the parts."""
    rows = answer if isinstance(answer, list) else answer.rows()
    return sorted(rows, key=repr) if "UNION" in query.text else rows


def test_the_wild_world_is_wild_enough() -> None:
    """A check that gives no row there would prove little."""
    world = wild()
    rows = {
        query.id: sum(check.again(world, query.bind(ask)).height for ask in [check.ask, *check.more])
        for query in LIBRARY
        if not (check := CHECKS[query.id]).judge
    }
    assert [id_ for id_, height in rows.items() if not height] == []


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.id)
def test_pictures_are_of_a_table_and_of_nodes_and_relationships(query: queries.StoredQuery) -> None:
    is_picture = {field.kind == "graph" for field in query.fields}
    assert is_picture == {query.picture_of is not None}
    if query.picture_of:
        assert queries.get(query.picture_of).picture_of is None
        with pytest.raises(StoreError, match="Neo4j only"):
            query.text_for("embedded")


@pytest.mark.parametrize("query", LIBRARY, ids=lambda query: query.id)
def test_a_query_of_the_library_runs_on_both_stores_or_is_a_picture(query: queries.StoredQuery) -> None:
    assert query.stores == "both" or query.picture_of
