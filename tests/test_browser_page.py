"""The real Neo4j Browser in headless Chromium: favourites and style are taken, and a group's link shows its picture.

`CAMPAIGN_SCREENSHOT=docs/browser.png pytest tests/test_browser_page.py` renews the picture of docs/browser.md.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from browser_page import BrowserPage, browser_page, chromium
from campaign_cypher.server import Server
from command import Corpus, told
from servers import delete_data, target_of

from campaign.browser.style import LOOKS

pytestmark = pytest.mark.neo4j


@dataclass(frozen=True)
class Home:
    """What a researcher has: a server with a run in it, the files of `campaign browser setup`, and what was found."""

    server: Server
    files: Path
    result: dict[str, Any]

    @property
    def group(self) -> dict[str, Any]:
        """The first campaign."""
        found: dict[str, Any] = next(g for g in self.result["groups"] if g["claim"] == "campaign")
        return found


@pytest.fixture(scope="module")
def home(own_server: Server, corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    target = target_of(own_server)
    delete_data(target)
    env = {"NEO4J_URI": own_server.bolt, "NEO4J_PASSWORD": own_server.password(), "CAMPAIGN_HOME": own_server.home}
    told("load", corpus.posts, "--quiet", env=env)
    result = json.loads(told("detect", "--json", "--placebos", 0, env=env))
    files = tmp_path_factory.mktemp("browser")
    told("browser", "setup", "--out", files, env=env)
    yield Home(own_server, files, result)
    delete_data(target)


@pytest.fixture(scope="module")
def page(home: Home) -> Iterator[BrowserPage]:
    """Browser, logged in by way of the link of a campaign."""
    program = chromium()
    if program is None:
        pytest.skip("wants a Chromium: apt-get install chromium, or another way to have one in PATH")
    with browser_page(program) as opened:
        opened.log_in(home.group["browser"], home.server.password())
        yield opened


def test_the_link_fills_in_the_query_and_the_server(home: Home, page: BrowserPage) -> None:
    asked = parse_qs(urlsplit(home.group["browser"]).query)
    seen, whole = page.editor(), " ".join(asked["arg"][0].split())  # the editor draws the lines that are in sight
    assert whole.startswith(seen) and len(seen) > len(whole) / 2
    assert f"'{home.group['id']}'" in page.editor()
    assert asked["dbms"] == [home.server.bolt]


def test_the_style_is_taken(home: Home, page: BrowserPage) -> None:
    page.drop(home.files / "campaign.grass")
    page.page.wait_for_selector("text=node.Account")


def test_the_query_runs_and_the_whole_group_is_drawn_in_its_colours(home: Home, page: BrowserPage) -> None:
    page.run()
    group, ids = home.group, {account["id"] for account in home.group["accounts"]}
    pairs = [e for e in home.result["edges"] if {e["a"], e["b"]} <= ids]
    nodes = {"Account": group["size"], "Group": 1, "Hashtag": len(group["hashtags"])}
    assert page.drawn("node-label") == nodes
    assert page.drawn("relationship-type") == {
        "MEMBER_OF": group["size"],
        "COORDINATED_WITH": len(pairs),
        "PUSHED": len(group["hashtags"]),
    }
    assert page.circles() == sum(nodes.values())
    assert page.colours() == {LOOKS[label].colour for label in nodes}
    captions = ["".join(text.split()) for text in page.page.locator("g.node").all_text_contents()]
    assert f"campaignof{group['size']}" in captions


def test_the_picture_can_be_seen(page: BrowserPage, tmp_path: Path) -> None:
    page.page.wait_for_timeout(4000)  # the nodes come to rest
    file = Path(os.environ.get("CAMPAIGN_SCREENSHOT") or tmp_path / "browser.png")
    page.page.locator("[data-testid=frame]").first.screenshot(path=file)
    assert 20_000 < file.stat().st_size < 300_000


def test_the_favourites_are_taken_with_their_folders_and_fill_the_editor(home: Home, page: BrowserPage) -> None:
    page.drop(home.files / "favourites.zip")
    page.page.click("[data-testid=navigationFavorites]")
    page.page.click("[data-testid=expandFolder-hashtags]")
    for theme in ("overview", "hashtags", "runs", "evidence"):
        assert page.page.locator(f"[data-testid='savedScriptsFolder-{theme}']").count() == 1
    page.page.click("text=Picture of a hashtag")
    assert page.editor().startswith("// Picture of a hashtag")
    tag = home.group["hashtags"][0]["tag"]
    page.page.click("[data-testid=navigationFavorites]")
    page.page.click("[data-testid=activeEditor] .view-lines")
    page.page.keyboard.press("Control+A")
    page.page.keyboard.insert_text(f":param tag => '{tag}'")
    page.page.click("[data-testid=editor-Run]")
    page.page.wait_for_selector(f"[data-testid=frameContents] >> text={tag}")


def test_the_guide_opens_and_its_links_fill_the_editor(home: Home, page: BrowserPage) -> None:
    guide = page.page.context.new_page()
    errors: list[str] = []
    guide.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    guide.goto((home.files / "guide.html").as_uri())
    assert guide.locator("section").count() > 8
    with guide.context.expect_page() as opened:
        guide.click("text=Most used hashtags")
    questioned = BrowserPage(opened.value)
    opened.value.wait_for_selector("[data-testid=activeEditor] .view-line >> text=Most used hashtags")
    assert "LIMIT 25" in questioned.editor()
    assert errors == []
