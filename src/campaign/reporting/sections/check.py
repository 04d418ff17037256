"""How to recompute the result: what was asked, of what, by which version, and what was tested."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from campaign import words
from campaign.glossary import FILE_WORDS
from campaign.reporting.json_result import iso_time
from campaign.reporting.markup import Html, el, stranger
from campaign.reporting.numbers import duration, probability
from campaign.reporting.sections import Section
from campaign.reporting.sections.found import SHOWN
from campaign.reporting.tables import Column, facts, table
from campaign.reporting.view import View

FILES = 50
READING = (
    "For those who know statistics. A group is checked without them too, by reading its posts: “How to check this "
    "yourself” in its section says how."
)
COUNTED = ("rows", "posts", "rejected")


def check(view: View) -> Html:
    """The section."""
    alone = words.alone_sentence(view.detection)
    return el(
        "section",
        el("h2", "How to recompute this"),
        el("p", READING) if view.groups else "",
        el("p", "The file beside this one, with the ending .json, holds the whole result with full precision."),
        facts(_run(view)),
        stranger(alone, "p") if alone else "",
        _tested(view),
        _edges(view),
        _groups(view),
        _words(),
        _named("Parameters of the run", "Parameter", view.detection.run.parameters),
        _named("What was read", "Count", view.detection.run.counts),
        _named("Versions", "Software", view.detection.run.versions),
        _files(view),
        _queries(view),
        id="check",
    )


def _run(view: View) -> list[tuple[str, str]]:
    run = view.detection.run
    first, last = run.data_range or (None, None)
    rows = [("Run", run.id), ("Data from", iso_time(first) or "–"), ("Data to", iso_time(last) or "–")]
    cut = view.detection.louvain_communities
    if cut is not None:
        rows.append(("Parts", f"{cut:,} by Louvain before groups without inner structure were put together"))
    rows.append(("Again", el("code", f"campaign runs show {run.id}")))
    return rows


def _tested(view: View) -> Html:
    rows = [[layer, f"{pairs:,}"] for layer, pairs in sorted(view.detection.tested_pairs.items())]
    columns = (Column("Behaviour"), Column("Pairs that could have been tested", number=True))
    return table("Pairs tested: each q is corrected for all of them", columns, rows)


def _edges(view: View) -> Html:
    counted = (
        view.detection.edges.group_by("layer", "claim", "window", "block")
        .agg(pl.len().alias("pairs"), pl.col("q").max())
        .sort("layer", "claim", "window", "block")
    )
    if counted.is_empty():
        return el("p", "No pair is linked.", class_="said")
    rows = [
        [layer, claim, duration(window), duration(block), f"{pairs:,}", f"{q:.2g}"]
        for layer, claim, window, block, pairs, q in counted.iter_rows()
    ]
    columns = (
        Column("Behaviour"),
        Column("Claim"),
        Column("Time window"),
        Column("Stretch"),
        Column("Pairs", number=True),
        Column("Largest q", number=True),
    )
    return table("Linked pairs by behaviour, claim and scale", columns, rows)


def _groups(view: View) -> Html:
    if not view.groups:
        return Html("")
    rows = [
        [view.names[g.id], e.layer, e.claim, f"{e.edges:,}", probability(e.p), probability(g.p)]
        for g in view.groups[:SHOWN]
        for e in g.layers
    ]
    heads = ("Pairs", "p, all pairs", "p of the group, combined")
    columns = (Column("Group"), Column("Behaviour"), Column("Claim"), *(Column(head, number=True) for head in heads))
    return table("How certain each group is by itself", columns, rows)


def _words() -> Html:
    entries = (el("div", el("dt", w.term), el("dd", f"{w.claim} {w.more}".rstrip())) for w in FILE_WORDS)
    before = el("p", "What the tables here and the JSON and CSV files call:")
    return el("div", before, el("dl", *entries, class_="facts"))


def _named(caption: str, head: str, values: Mapping[str, Any]) -> Html:
    if not values:
        return Html("")
    rows = [[stranger(str(name)), stranger(_value(value), "code")] for name, value in sorted(values.items())]
    return table(caption, (Column(head), Column("Value")), rows)


def _files(view: View) -> Html:
    """The files of the graph, the first of a great many; without the time of loading, which is no part of a report."""
    files = view.data.files
    if not files:
        return Html("")
    rows = [
        [stranger(file["file"]), el("code", file["sha256"]), *(_number(file[name]) for name in COUNTED), file["state"]]
        for file in files[:FILES]
    ]
    columns = (
        Column("File"),
        Column("sha256"),
        *(Column(name.capitalize(), number=True) for name in COUNTED),
        Column("Read"),
    )
    of = f" (the first {FILES} of {len(files):,})" if len(files) > FILES else ""
    made = table(f"Files that the graph was loaded from{of}", columns, rows)
    all_of_them = el("code", "campaign query run quality/loads")
    said = "From which of them a post came is not recorded. All of them, and when they were loaded: "
    return el("div", made, el("p", said, all_of_them, class_="said"))


def _number(count: int | None) -> str:
    return "–" if count is None else f"{count:,}"


def _queries(view: View) -> Html:
    if not view.data.queries:
        return Html("")
    rows = [
        [el("code", use.id), use.title, stranger(_value(dict(use.parameters)), "code")]
        for use in sorted(view.data.queries, key=lambda use: (use.id, _value(dict(use.parameters))))
    ]
    columns = (Column("Query"), Column("What it asks"), Column("Parameters"))
    made = table("Stored queries that supplied the data", columns, rows)
    return el("div", made, el("p", "The text of a query: ", el("code", "campaign query show ID"), class_="said"))


def _value(value: object) -> str:
    """A parameter as JSON writes it; plain text without quotes."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


SECTION = Section(80, check)
