"""The guide page: how to make Browser at home, and every question of the library with a link that opens it there."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from itertools import groupby

from campaign_cypher.queries.query import StoredQuery

from campaign.browser.favourites import favourite, for_people, setting
from campaign.browser.links import Browser
from campaign.browser.style import LOOKS
from campaign.reporting.markup import Html, el, join
from campaign.reporting.tables import Column, table

COLUMNS = (Column("Question", wide=True), Column("Answers", wide=True), Column("Set first"))


def page(browser: Browser, queries: Iterable[StoredQuery]) -> str:
    """The guide as an HTML page that opens offline; the links in it lead to the Browser."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", "Neo4j Browser for campaign"),
        el("style", Html(files("campaign.reporting").joinpath("static", "page.css").read_text(encoding="utf-8"))),
    )
    main = el("main", el("h1", "Neo4j Browser for campaign"), _setup(browser), _colours(), _library(browser, queries))
    return Html("<!DOCTYPE html>\n") + el("html", head, el("body", main), lang="en") + "\n"


def _setup(browser: Browser) -> Html:
    """What to do once, in order."""
    password = (
        "its password is in the file that ",
        el("code", "campaign neo4j status"),
        " names, where that started it",
    )
    steps = (
        ("Open ", _link(browser.page, browser.page), " and log in to ", el("code", browser.dbms), "; ", *password, "."),
        (
            "Drop ", el("code", "favourites.zip"), " on the page: under the star on the left there is a folder for "
            "each theme below. Dropped again, it is there twice; delete the old folders first.",
        ),
        ("Drop ", el("code", "campaign.grass"), " on the page: the colours below."),
        (
            "Many questions are about one group, hashtag or account. Say once which, in Browser's editor: ",
            el("code", ":param group_id => '1f3a5c7e9b02-1'"), "; every favourite that asks for it then knows it. ",
            el("code", "campaign runs show RUN"), " lists groups.",
        ),
        (
            "Values with a default stand in the text (", el("code", "LIMIT 25"), ", ", el("code", "null"),
            " for a moment left open): change them there, a moment to ",
            el("code", "datetime('2024-03-04T18:00')"), ".",
        ),
    )  # fmt: skip
    return el("section", el("h2", "Once"), el("ol", *(el("li", *step) for step in steps)))


def _colours() -> Html:
    chips = (
        el("li", el("span", class_="chip", style=f"background:{look.colour}"), name) for name, look in LOOKS.items()
    )
    return el("ul", *chips, class_="legend")


def _library(browser: Browser, queries: Iterable[StoredQuery]) -> Html:
    themes = groupby(for_people(queries), key=lambda query: query.theme)
    return join(_theme(browser, theme, list(found)) for theme, found in themes)


def _theme(browser: Browser, theme: str, queries: list[StoredQuery]) -> Html:
    rows = [[_link(query.title, browser.link(favourite(query))), query.answers, _wanted(query)] for query in queries]
    return el("section", el("h2", theme.capitalize()), table(f"Questions about {theme}", COLUMNS, rows), id=theme)


def _wanted(query: StoredQuery) -> Html:
    wanted = (el("div", el("code", setting(p)), title=p.meaning) for p in query.parameters if p.required)
    return join(wanted)


def _link(text: str, address: str) -> Html:
    return el("a", text, href=address, target="_blank", rel="noreferrer")
