"""The pages as a site: built without a network and without a warning, every page in the navigation, no request out."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def navigation() -> ModuleType:
    """docs/navigation.py as a module."""
    spec = importlib.util.spec_from_file_location("navigation", DOCS / "navigation.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; proxies that lead nowhere make any request fail."""
    folder = tmp_path_factory.mktemp("site")
    nowhere = {f"{kind}_proxy": "http://127.0.0.1:9" for kind in ("http", "https", "HTTP", "HTTPS")}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, **nowhere, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_navigation_names_every_page_once(navigation: ModuleType) -> None:
    named = [page for _, pages in navigation.sections((DOCS / "README.md").read_text("utf-8")) for page in pages]
    there = {page.name for page in DOCS.glob("*.md")} - {"README.md"}
    assert there - set(named) == set(), "pages that docs/README.md does not name below a heading"
    assert sorted(named) == sorted(set(named)), "pages that docs/README.md names twice"


def test_a_page_below_no_heading_is_not_in_the_navigation(navigation: ModuleType) -> None:
    text = (
        "# docs\n\n- [lost.md](lost.md): x\n\n## One\n\n- [a.md](a.md): y [b](b.md)\n  c\n\n## Two\n- [d.md](d.md): z\n"
    )
    assert navigation.sections(text) == [("One", ["a.md"]), ("Two", ["d.md"])]


def test_links_out_of_the_pages_become_paths(navigation: ModuleType) -> None:
    told = navigation.on_page_markdown("see [it](../src/a.md) and [b](b.md)")
    assert told == "see it (`src/a.md`) and [b](b.md)"


def test_every_page_is_built_and_reached_from_the_first(site: Path) -> None:
    first = (site / "index.html").read_text("utf-8")
    built = {page.stem for page in DOCS.glob("*.md")} - {"README"}
    assert {
        name for name in built if f'href="{name}.html"' not in first or not (site / f"{name}.html").exists()
    } == set()
    assert "Traceback" not in first


def test_no_page_asks_the_network_for_anything(site: Path) -> None:
    wanted = r'<(?:script|img|iframe|link rel="stylesheet")[^>]*(?:src|href)="(https?://[^"]+)"'
    asked = {(page.name, url) for page in site.glob("*.html") for url in re.findall(wanted, page.read_text("utf-8"))}
    assert asked == set()


def test_lists_and_tables_are_such_on_the_site_too(site: Path) -> None:
    wrong = []
    for page in DOCS.glob("*.md"):
        text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        before = re.findall(r"^(?![-|\s\d#>])\S.*\n(?:- |\| |1\. ).*$", text, flags=re.MULTILINE)
        wrong += [(page.name, found.splitlines()[1][:60]) for found in before]
    assert wrong == [], "the site wants an empty line before a list or a table"
    assert "<table>" in (site / "clones.html").read_text("utf-8")
