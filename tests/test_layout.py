"""The project's own shape: import direction, READMEs, help without heavy imports, and what the wheel holds."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import typer

from campaign.cli import app

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = {
    "campaign": ROOT / "src",
    "campaign_loader": ROOT / "loader",
    "campaign_analysis": ROOT / "analysis",
    "campaign_cypher": ROOT / "cypher",
}
FOLDERS = ("analysis", "benchmarks", "cypher", "docker", "docs", "loader", "notebooks", "src", "tests")
HEAVY = {
    "community",
    "igraph",
    "ladybug",
    "neo4j",
    "networkx",
    "numba",
    "numpy",
    "plotly",
    "polars",
    "pyarrow",
    "rapidfuzz",
    "scipy",
}


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_imports_run_one_way():
    done = run("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_says_in_a_few_lines_what_it_is_for(folder: str):
    text = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert 3 <= len(text.strip().splitlines()) <= 60


def test_no_folder_is_without_a_name_here():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    folders = {name.partition("/")[0] for name in tracked if "/" in name and not name.startswith(".")}
    assert folders <= set(FOLDERS)


def test_help_works_and_imports_nothing_heavy():
    code = (
        "import sys\n"
        "from campaign.cli import app\n"
        "try:\n    app(['--help'], prog_name='campaign')\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "print('MODULES', *sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = run("-c", code)
    assert done.returncode == 0, done.stderr
    help_text, _, modules = done.stdout.partition("MODULES")
    assert "Usage: campaign" in help_text
    assert set(modules.split()) & HEAVY == set()


def commands() -> list[tuple[str, object]]:
    """Every command and group of the command line with its words."""
    found: list[tuple[str, object]] = []

    def walk(words: str, command: object) -> None:
        found.append((words, command))
        for name, below in getattr(command, "commands", {}).items():
            walk(f"{words} {name}", below)

    walk("campaign", typer.main.get_command(app))
    return found


@pytest.mark.parametrize(("words", "command"), commands(), ids=[words for words, _ in commands()])
def test_every_command_and_option_has_help(words: str, command):
    assert (command.help or "").strip(), f"{words} has no help"
    for parameter in command.params:
        if parameter.param_type_name == "option" and not parameter.hidden:
            assert (parameter.help or "").strip(), f"{words} {parameter.opts[0]} has no help"


def test_every_plain_command_shows_an_example():
    without = [
        words
        for words, command in commands()
        if not hasattr(command, "commands")
        and "campaign " not in (command.epilog or "") + (command.help or "").replace("\n", " ")
    ]
    assert without == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in the wheel that hatchling builds."""
    where = tmp_path_factory.mktemp("wheel")
    done = run("-m", "hatchling", "build", "--target", "wheel", "--directory", str(where))
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = where.glob("campaign-*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_four_packages_and_nothing_else(wheel: set[str]):
    tops = {name.partition("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)
    assert {f"{package}/py.typed" for package in PACKAGES} <= wheel


@pytest.mark.parametrize("package", PACKAGES)
def test_the_wheel_holds_every_source_and_query_file(wheel: set[str], package: str):
    here = PACKAGES[package]
    sources = {
        path.relative_to(here).as_posix() for ending in ("*.py", "*.cypher") for path in (here / package).rglob(ending)
    }
    assert sources
    assert sources - wheel == set()


def test_the_wheel_holds_the_stored_cypher(wheel: set[str]):
    cypher = {name for name in wheel if name.endswith(".cypher")}
    assert any(name.startswith("campaign_cypher/queries/") for name in cypher)
    assert any(name.startswith("campaign_cypher/schema/") for name in cypher)
