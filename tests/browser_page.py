"""Neo4j Browser in headless Chromium, by the steps that a person takes."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 90_000  # milliseconds: a loaded machine takes long to draw
DROP = """({name, content}) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name));
  for (const type of ["dragenter", "dragover", "drop"])
    document.querySelector(".filedrop").dispatchEvent(
      new DragEvent(type, {bubbles: true, cancelable: true, dataTransfer: data}));
}"""


def chromium() -> str | None:
    """The Chromium of this machine, or what stands for it."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@dataclass(frozen=True)
class BrowserPage:
    """A tab with Neo4j Browser in it."""

    page: Page

    def log_in(self, address: str, password: str) -> None:
        """Open an address of Browser and fill the form in that it shows; the server is filled in by the address."""
        self.page.goto(address)
        self.page.fill("[data-testid=username]", "neo4j")
        self.page.fill("[data-testid=password]", password)
        self.page.click("[data-testid=connect]")
        self.page.wait_for_selector("[data-testid=password]", state="detached")

    def drop(self, file: Path) -> None:
        """Drop a file on the page."""
        content = base64.b64encode(file.read_bytes()).decode()
        self.page.evaluate(DROP, {"name": file.name, "content": content})

    def editor(self) -> str:
        """The text in the editor, without its line numbers and with single spaces."""
        lines = self.page.locator("[data-testid=activeEditor] .view-line").all_inner_texts()
        return " ".join(" ".join(lines).split())

    def run(self) -> None:
        """Run what is in the editor and wait for the picture."""
        self.page.click("[data-testid=editor-Run]")
        self.page.wait_for_selector("[data-testid=vizInspector]")
        self.page.wait_for_selector("g.node")

    def drawn(self, kind: str) -> dict[str, int]:
        """How many nodes by label, or relationships by type, the picture says it shows."""
        badges = self.page.locator(f"[data-testid^=property-details-overview-{kind}]").all_inner_texts()
        found = (re.fullmatch(r"(.+) \((\d+)\)", badge) for badge in badges)
        return {match[1]: int(match[2]) for match in found if match and match[1] != "*"}

    def circles(self) -> int:
        """Nodes that are there to be seen."""
        return self.page.locator("g.node").count()

    def colours(self) -> set[str]:
        """The colours of the nodes."""
        fills = "found => found.map((circle) => circle.getAttribute('fill'))"
        return set(self.page.locator("g.node circle.b-outline").evaluate_all(fills))


@contextmanager
def headless(program: str) -> Iterator[Browser]:
    """A new Chromium without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--disable-dev-shm-usage"])
        try:
            yield started
        finally:
            started.close()


@contextmanager
def browser_page(program: str) -> Iterator[BrowserPage]:
    """A new Chromium with a tab that reaches this machine only."""

    def only_here(route: Route) -> None:
        if re.match(r"(https?://127\.0\.0\.1|file:|data:|blob:)", route.request.url):
            route.continue_()
        else:
            route.abort()

    with headless(program) as started:
        context = started.new_context(viewport={"width": 1280, "height": 620})
        context.set_default_timeout(PATIENCE)
        context.route("**/*", only_here)
        yield BrowserPage(context.new_page())
