"""What `campaign browser setup` leaves in a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from campaign_cypher.queries.query import StoredQuery

from campaign.browser import guide
from campaign.browser.favourites import write_favourites
from campaign.browser.links import Browser
from campaign.browser.style import grass
from campaign.failures import UsageError


@dataclass(frozen=True)
class Files:
    """The files that were written, and how many favourites there are."""

    favourites: Path
    style: Path
    guide: Path
    queries: int


def write_files(out: Path, browser: Browser, queries: Iterable[StoredQuery]) -> Files:
    """Write favourites, style and guide. Raises UsageError where the folder cannot be written."""
    known = list(queries)
    paths = (out / "favourites.zip", out / "campaign.grass", out / "guide.html")
    try:
        out.mkdir(parents=True, exist_ok=True)
        number = write_favourites(paths[0], known)
        paths[1].write_text(grass(), encoding="utf-8")
        paths[2].write_text(guide.page(browser, known), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}; name another folder with --out") from error
    return Files(*paths, number)
