"""docs/queries.md is what the queries' headers say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from campaign_cypher import queries

DOCS = Path(__file__).resolve().parents[1] / "docs"


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """docs/generate_queries.py as a module."""
    spec = importlib.util.spec_from_file_location("generate_queries", DOCS / "generate_queries.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_headers_say(generator: ModuleType) -> None:
    written = (DOCS / "queries.md").read_text(encoding="utf-8")
    assert written == generator.page(), "run: python docs/generate_queries.py"


def test_the_page_names_every_query_of_the_library_and_none_of_the_programs() -> None:
    written = (DOCS / "queries.md").read_text(encoding="utf-8")
    assert {q.id for q in queries.all_queries() if f"| `{q.id}` |" in written} == {
        q.id for q in queries.all_queries() if not q.for_program
    }
