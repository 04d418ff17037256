"""The notebooks run from top to bottom on a real Neo4j and show what they say; committed, they hold no output."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from campaign_cypher import StoreTarget
from command import Corpus, told
from nbclient import NotebookClient
from servers import delete_data, driver

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
SECONDS = 300
SHOWN = {
    "1_first_look": ["hourofchat1", "campaign.*goldenvalley"],
    "2_py2neo": ["Neo4j Kernel", "'wisasi_64'", "COORDINATED_WITH", "Invalid constraint syntax"],
    "3_networkx": ["Campaign 2", r"adjusted Rand index 1\.00", "'in step'"],
    "4_gds": [r"leiden +┆ 1\.0", "pairs of one campaign", "nodePropertiesWritten"],
    "5_case_study": ["15 accounts in step, the core", "@josamo_97 and @vimiba_80", "ring-1 ┆ 15"],
}
"""What a reader must find in each one's output, beside the assertions that it makes itself."""


def notebooks() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.ipynb"))


def read(name: str) -> Any:
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


@pytest.mark.parametrize("name", notebooks())
def test_no_output_and_nothing_of_a_workplace(name: str) -> None:
    book = read(name)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell for cell in code if cell.outputs or cell.execution_count is not None] == []
    text = json.dumps(book)
    assert re.findall(r"/(?:home|root|tmp|work|usr|Users|var)/\S*|[A-Z]:\\\\\S*|\bshared/", text) == []
    assert re.findall(r"bolt://(?!127\.0\.0\.1:7687)\S+", text) == []


def test_every_notebook_is_run_and_named() -> None:
    assert notebooks() == sorted(SHOWN)
    for page in (FOLDER / "README.md", FOLDER.parent / "docs" / "notebooks.md"):
        assert [name for name in SHOWN if f"{name}.ipynb" not in page.read_text(encoding="utf-8")] == []


@pytest.fixture(scope="module")
def folder(corpus: Corpus, neo4j_target: StoreTarget, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands of notebooks/README.md leave: a folder with `made/`, and a graph with a run in Neo4j."""
    made = tmp_path_factory.mktemp("notebooks") / "made"
    made.mkdir()
    for file in (corpus.posts, corpus.truth):
        shutil.copy(file, made)
    delete_data(neo4j_target)
    login = {"NEO4J_URI": neo4j_target.address, "NEO4J_PASSWORD": neo4j_target.password or ""}
    told("load", made / corpus.posts.name, "--quiet", env=login)
    told("detect", "--quiet", env=login)
    return made.parent


@pytest.mark.neo4j
@pytest.mark.parametrize("name", notebooks())
def test_it_runs_and_shows_what_it_says(
    name: str, folder: Path, neo4j_target: StoreTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", neo4j_target.address)
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_target.username or "")
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_target.password or "")
    book = read(name)
    place = {"metadata": {"path": str(folder)}}
    NotebookClient(book, timeout=SECONDS, kernel_name="python3", resources=place).execute()
    told_by = [shown(output) for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]
    everything = "\n".join(told_by)
    assert [sentence for sentence in SHOWN[name] if not re.search(sentence, everything)] == []
    assert not re.search("[Ww]arning", everything)


def shown(output: Any) -> str:
    """What an output says as text."""
    return str(output.get("text") or output.get("data", {}).get("text/plain", ""))


@pytest.mark.neo4j
def test_they_leave_the_graph_as_it_was(folder: Path, neo4j_target: StoreTarget) -> None:
    with driver(neo4j_target) as bare:
        left, _, _ = bare.execute_query("MATCH (a:Account) WHERE a.gds_leiden IS NOT NULL RETURN count(a) AS n")
        graphs, _, _ = bare.execute_query("CALL gds.graph.list() YIELD graphName RETURN graphName")
    assert (left[0]["n"], graphs) == (0, [])
