"""The documentation is true to the program: commands, options and links that it names are there."""

from __future__ import annotations

import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from campaign.cli import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([ROOT / "README.md", *(p for p in ROOT.glob("*/*.md") if not p.parent.name.startswith("."))])
names = [page.relative_to(ROOT).as_posix() for page in PAGES]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """docs/generate_commands.py as a module."""
    spec = importlib.util.spec_from_file_location("generate_commands", ROOT / "docs" / "generate_commands.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_command_reference_is_what_help_says(generator: ModuleType):
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == generator.page(), "run: python docs/generate_commands.py"


def test_the_command_reference_names_every_command_and_option():
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    sections = {part.partition("\n")[0]: part for part in written.split("\n## ")[1:]}
    expected = dict(walk("campaign", typer.main.get_command(app)))
    assert set(sections) == set(expected)
    for words, command in expected.items():
        missing = [flag for flag in flags(command) if f"{flag}" not in sections[words] and flag not in ("--help", "-h")]
        assert missing == [], words


def test_help_swallows_nothing_in_square_brackets():
    swallowed = []
    for words, command in walk("campaign", typer.main.get_command(app)):
        shown = CliRunner().invoke(app, [*words.split()[1:], "--help"], env={"COLUMNS": "300", "NO_COLOR": "1"}).output
        texts = [command.help, command.epilog, *(getattr(p, "help", None) for p in command.params)]
        brackets = {b for text in texts for b in re.findall(r"\w+\\?\[\w+\]", text or "")}
        swallowed += [(words, b) for b in brackets if b.replace("\\[", "[") not in shown]
    assert swallowed == []


def walk(words: str, command: Any) -> Iterator[tuple[str, Any]]:
    """Every command and group with its words."""
    yield words, command
    for name, below in getattr(command, "commands", {}).items():
        yield from walk(f"{words} {name}", below)


def flags(command: Any) -> set[str]:
    """Options that a command takes."""
    return {"--help", "-h", *(f for p in command.params for f in (*p.opts, *p.secondary_opts) if f.startswith("-"))}


def spoken(text: str) -> Iterator[str]:
    """Command lines of `campaign` in code blocks and inline code."""
    fenced = re.findall(r"^```(?:sh|bash|console)?\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    indented = [line.strip() for line in rest.splitlines() if line.startswith("    campaign ")]
    inline = [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", rest)]
    lines = [line.strip() for block in fenced for line in block.splitlines()]
    yield from (line for line in [*lines, *indented, *inline] if re.match(r"campaign [a-z-]", line))


def wrong(line: str) -> str | None:
    """What a command line names that is not there, or None."""
    command: Any = typer.main.get_command(app)
    for word in shlex.split(line.split(" | ")[0], comments=True)[1:]:
        below = getattr(command, "commands", {})
        if word.startswith("-") and word != "-":
            flag = word.partition("=")[0]
            if flag not in flags(command):
                return f"{line}: no option {flag}"
        elif below and word in below:
            command = below[word]
        elif hasattr(command, "usual"):  # `case ID` is `case make ID`
            command = below[command.usual]
        elif below:
            return f"{line}: no command {word}"
    return None


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_command_line_on_a_page_can_be_typed(page: Path):
    assert [w for line in spoken(page.read_text(encoding="utf-8")) if (w := wrong(line))] == []


def test_command_lines_are_found_and_judged():
    text = "Say `campaign dettect` or\n\n```sh\ncampaign load x --mapp a=b   # why\n```\n\n    campaign neo4j begin\n"
    assert [wrong(line) for line in spoken(text)] == [
        "campaign load x --mapp a=b   # why: no option --mapp",
        "campaign neo4j begin: no command begin",
        "campaign dettect: no command dettect",
    ]
    assert wrong("campaign show 1f3a-1 --pair alice bob --store bolt://127.0.0.1:7687") is None
    assert len(list(spoken((ROOT / "README.md").read_text(encoding="utf-8")))) >= 8


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_link_on_a_page_leads_somewhere(page: Path):
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)\s]+)\)", text)
    assert [t for t in targets if not reached(page, t)] == []


def reached(page: Path, target: str) -> bool:
    """Whether a relative link leads to a file, and to a heading in it where it names one."""
    name, _, anchor = target.partition("#")
    file = page.parent / name if name else page
    if not file.exists():
        return False
    headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE) if anchor else []
    return not anchor or anchor in {re.sub(r"[^\w\s-]", "", h.lower()).replace(" ", "-") for h in headings}


def test_the_list_of_pages_is_whole():
    listed = set(re.findall(r"\]\((\w+\.md)\)", (ROOT / "docs" / "README.md").read_text(encoding="utf-8")))
    assert listed == {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}


def test_files_that_pages_and_docstrings_name_are_there():
    named = set()
    for path in [
        *PAGES,
        *(p for folder in ("analysis", "cypher", "loader", "src") for p in (ROOT / folder).rglob("*.py")),
    ]:
        named |= set(re.findall(r"\bdocs/[\w.]+\.(?:md|py|png)\b", path.read_text(encoding="utf-8")))
    assert {name for name in named if not (ROOT / name).exists()} == set()
    assert "docs/method.md" in named
