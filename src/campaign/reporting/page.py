"""The report as one HTML page that opens offline: nothing is loaded, and no script runs but the two that are in it."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from campaign.reporting.data import ReportData
from campaign.reporting.markup import Html, el, join
from campaign.reporting.sections import sections
from campaign.reporting.view import make_view


def render(data: ReportData) -> str:
    """The page's text. Pure and repeatable: the same data give the same bytes; no clock, no chance, no network."""
    from plotly.offline import get_plotlyjs

    view = make_view(data)
    body = join(section.make(view) for section in sections())
    scripts = (get_plotlyjs(), _static("page.js"))
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_policy(scripts)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", view.answer),
        el("style", Html(_static("page.css"))),
    )
    noscript = el("noscript", el("p", "The charts need JavaScript; the text and the tables do not."))
    main = el("main", noscript, body)
    code = join(el("script", Html(script)) for script in scripts)
    return Html("<!DOCTYPE html>\n") + el("html", head, el("body", main, code), lang="en") + "\n"


def _policy(scripts: tuple[str, ...]) -> str:
    """Nothing may be loaded from anywhere, and only these very scripts run: a second wall behind the escaping."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _static(name: str) -> str:
    return files("campaign.reporting").joinpath("static", name).read_text(encoding="utf-8")
