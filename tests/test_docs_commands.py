"""Every command that a page shows in a block of `sh` is run, page by page, in a folder with invented data.

`campaign.toml` there makes `detect` quick (no placebo, three behaviours); ids, names and hashtags that stand for the
reader's own become those of the data.
"""

from __future__ import annotations

import gzip
import json
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from command import Corpus, campaign, told
from found import Found

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
QUICK = "[detect]\nplacebos = 0\nlayer = ['hashtag', 'retweet', 'mention']\n"
OWN_DATA = ("docs/tutorial.md", "docs/clones.md")  # pages that make all they need

# Lines that are not run here, each with the reason. A line that none of these describes is run and must succeed.
LEFT_OUT = {
    r"^(?:pip|make|docker|cd|python|git)\b": "installs or builds: the build itself does it (.ci/run)",
    r"(?:bolt|neo4j)(?:\+s)?://|^campaign neo4j\b": "wants a server: test_server.py, test_any_server.py, test_bulk.py",
    r"^campaign browser link\b": "wants a store on a server: test_browser.py",
    r"\bruns/changes\b": "wants two runs of one question at two times: test_library.py",
}
LEFT_OUT_PAGES = {
    "docs/commands.md": "the examples of --help: test_docs.py types them, each command's own test runs it",
}


@dataclass(frozen=True)
class Line:
    """A command as a page shows it."""

    page: str
    text: str

    @property
    def reason(self) -> str | None:
        """Why it is not run; None where it is."""
        return next((why for pattern, why in LEFT_OUT.items() if re.search(pattern, self.text)), None)


def lines_of(page: Path) -> list[Line]:
    """Commands in the blocks of `sh`, without comments; a backslash joins two lines."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    written = [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    name = page.relative_to(ROOT).as_posix()
    return [Line(name, line) for line in written if line and not line.startswith("#")]


LINES = {page.relative_to(ROOT).as_posix(): lines_of(page) for page in PAGES}
RUN = {page: lines for page, lines in LINES.items() if page not in LEFT_OUT_PAGES and any(not x.reason for x in lines)}


@pytest.fixture(scope="module")
def desk(found: Found, corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that pages speak of, and a store in which something was found."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copy(found.store, folder / "campaign.lbug")
    shutil.copy(corpus.posts, folder / "posts.parquet")
    posts = pl.read_parquet(corpus.posts).head(200)
    posts.with_columns(pl.col(pl.Datetime).dt.strftime("%Y-%m-%dT%H:%M:%SZ")).write_ndjson(folder / "posts.jsonl")
    (folder / "posts.jsonl.gz").write_bytes(gzip.compress((folder / "posts.jsonl").read_bytes()))
    return folder


def names(store: Path) -> dict[str, str]:
    """What stands on pages for the reader's own, and what it is in a store in which something was found."""
    run = json.loads(told("runs", "list", "--json", "--store", store))[0]["run"]
    answer: dict[str, Any] = json.loads(told("runs", "show", run, "--json", "--store", store))
    group = next(g for g in answer["groups"] if g["claim"] == "campaign")
    inside = {a["id"]: a["handle"] for a in group["accounts"]}
    edge = next(e for e in answer["edges"] if {e["a"], e["b"]} <= inside.keys())
    tag = group["hashtags"][0]["tag"]
    return {
        r"\b1f3a(?:5c7e9b02)?-1\b": group["id"],
        r"\b1f3a(?:5c7e9b02)?\b": run,
        r"\balice\b": inside[edge["a"]],
        r"\bbob\b": inside[edge["b"]],
        r"#?\b(?:SomeTag|EarnestDaisy)\b": tag,
    }


@pytest.mark.parametrize("page", RUN)
def test_the_commands_of_a_page_run(
    page: str, found: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if page not in OWN_DATA:
        shutil.copytree(request.getfixturevalue("desk"), tmp_path, dirs_exist_ok=True)
    (tmp_path / "campaign.toml").write_text(QUICK)
    monkeypatch.chdir(tmp_path)
    for line in RUN[page]:
        if line.reason:
            continue
        command = line.text.split(" | ")[0]
        if re.search(r"1f3a|alice|SomeTag|EarnestDaisy", command):
            for pattern, name in names(tmp_path / "campaign.lbug").items():
                command = re.sub(pattern, name.replace("\\", r"\\"), command)
        words = shlex.split(command, comments=True)
        assert words[0] == "campaign", f"{page}: {line.text}: neither run nor left out with a reason"
        done = campaign(*words[1:])
        assert done.code == 0, f"{page}: {line.text}: {done.err}"


def test_what_is_left_out_is_known_and_most_is_run() -> None:
    shown = [line for lines in RUN.values() for line in lines if line.text.startswith("campaign")]
    run = [line for line in shown if not line.reason]
    assert len(run) >= 30
    assert {"README.md", "docs/tutorial.md", "docs/clones.md", "docs/queries.md"} <= RUN.keys()
    unused = [
        pattern for pattern in LEFT_OUT if not any(re.search(pattern, x.text) for ls in LINES.values() for x in ls)
    ]
    assert unused == [], "reasons that no line needs any more"
    assert set(LEFT_OUT_PAGES) <= set(LINES)


def test_every_line_of_the_tutorial_that_asks_the_program_is_run() -> None:
    assert [line.text for line in LINES["docs/tutorial.md"] if line.reason] == ["pip install ."]
