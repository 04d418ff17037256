"""The report as one HTML page that opens offline: nothing is loaded, and no script runs but its own and plotly's.

plotly's code is in the page packed; the own script unpacks it, and the policy lets it run for its hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from importlib.resources import files

from campaign.reporting.data import ReportData
from campaign.reporting.markup import Html, el, join
from campaign.reporting.packed import packed_json, plotly
from campaign.reporting.posts_block import posts_block
from campaign.reporting.sections import sections
from campaign.reporting.view import View, make_view

SIZE = 5_950_000  # bytes of a page, at most
POSTS = (
    6_000_000  # bytes of the members' posts before they are packed, at most; fewer where the page would be too large
)
LEAST = 50_000  # fewer are not tried


def render(data: ReportData) -> str:
    """The page's text. Pure and repeatable: the same data give the same bytes; no clock, no chance, no network."""
    view = make_view(data)
    body = join(section.make(view) for section in sections())
    return whole(view.answer, body, rest=lambda room: _posts(view, room))


def whole(title: str, body: Html, *, rest: Callable[[int], Html] = lambda _: Html(""), webgl: bool = False) -> str:
    """A page that opens offline: a title, what stands in it, and the rest that fits into so many bytes.

    `webgl`: its charts need WebGL, whose drawing programs plotly compiles in the browser, which must be allowed.
    """
    charts, charts_packed = plotly()
    own = _script()
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_policy((charts, own), webgl)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", Html(_static("page.css"))),
    )
    noscript = el("noscript", el("p", "The charts need JavaScript; the text and the tables do not."))
    main = el("main", noscript, body)
    code = join([charts_packed, el("script", Html(own))])
    room = SIZE - sum(len(part.encode()) for part in (head, main, code))
    return Html("<!DOCTYPE html>\n") + el("html", head, el("body", main, rest(room), code), lang="en") + "\n"


def _posts(view: View, room: int) -> Html:
    """The members' posts, packed: as many as fit into the rest of the page."""
    most = POSTS
    while len(block := packed_json("posts-data", posts_block(view, most))) > room and most:
        most = most * 3 // 4 if most > LEAST else 0
    return block


def _policy(scripts: tuple[str, ...], webgl: bool) -> str:
    """Nothing may be loaded from anywhere, and only these very scripts run: a second wall behind the escaping."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join([*(f"'sha256-{digest}'" for digest in digests), *(["'unsafe-eval'"] if webgl else [])])
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _script() -> str:
    """The own script: the files of static/script in the order of their names, closed off from everything else."""
    parts = sorted(files("campaign.reporting").joinpath("static", "script").iterdir(), key=lambda part: part.name)
    code = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    return f'(function () {{\n"use strict";\n{code}}})();\n'


def _static(name: str) -> str:
    return files("campaign.reporting").joinpath("static", name).read_text(encoding="utf-8")
