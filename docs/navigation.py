"""What MkDocs cannot know of itself: the order of the pages, which docs/README.md says, and links out of docs/.

    make docs

tests/test_docs_site.py builds the site, and says which page docs/README.md does not name.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("README.md")


def on_config(config: Any) -> Any:
    """Make the navigation out of the list of pages."""
    config.nav = [{"All pages": "README.md"}, *({title: pages} for title, pages in sections(LIST.read_text("utf-8")))]
    return config


def sections(text: str) -> list[tuple[str, list[str]]]:
    """Headings of the list with the pages below them."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    return [(title, re.findall(r"^- \[[^]]+\]\((\w+\.md)\)", body, flags=re.MULTILINE)) for title, body in pairs(parts)]


def pairs(parts: list[str]) -> list[tuple[str, str]]:
    """Every other part with the one that follows it."""
    return list(zip(parts[::2], parts[1::2], strict=True))


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Links to files beside docs/ lead nowhere on the site: the path is shown instead."""
    return re.sub(r"\[([^]]+)\]\(\.\./([^)\s]+)\)", r"\1 (`\2`)", markdown)
