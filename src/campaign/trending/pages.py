"""The pages of a trending report: an index, and one for each hashtag. No script, nothing loaded; they open offline.

The evidence (networks, posts side by side, accounts) is on groups.html, the page that `campaign detect --out` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files

from campaign.reporting.markup import Html, el, join, stranger
from campaign.reporting.numbers import moment, percent
from campaign.reporting.tables import Cell, Column, table
from campaign.trending.chart import chart
from campaign.trending.model import Pusher, Tag, Trending
from campaign.trending.words import (
    LIMITS,
    MEANINGS,
    back_sentence,
    changes,
    concentration_sentence,
    ctm_words,
    headline,
    method_sentences,
    new_sentence,
    part_sentence,
    rise_sentence,
    why,
    without_sentence,
)
from campaign.words import counted

GROUPS = "groups.html"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def name_of(place: int, tag: Tag) -> str:
    """The file of a hashtag's page: its place in the report, and what of its name any system takes."""
    plain = re.sub(r"[^a-z0-9]+", "-", tag.tag).strip("-")[:40]
    return f"{place:02d}-{plain or 'hashtag'}.html"


def index(report: Trending) -> str:
    """index.html."""
    parts = [
        el("header", el("p", "What is trending, and what was pushed", class_="kicker"), el("h1", headline(report))),
        _failed(report),
        _table(report),
        _list("The words", (f"{word}: {meaning}." for word, meaning in MEANINGS.items())),
        _groups(report),
        _list(f"What changed since {report.change.date}", changes(report.change)) if report.change else "",
        _list("To know of the data", report.notes),
        _list("How it was found", method_sentences(report)),
        _list("What this does not mean", LIMITS),
        _check(report),
    ]
    return _page(headline(report), parts)


def page(report: Trending, tag: Tag, groups_page: bool) -> str:
    """The page of one hashtag."""
    whole, campaigns = tag.without_groups, tag.without_campaigns
    told = [without_sentence(campaigns, "the campaigns")] if campaigns else []
    if whole and whole != campaigns:
        told.append(without_sentence(whole, "campaigns and gatherings"))
    if tag.without_cores:
        told.append(without_sentence(tag.without_cores, "the campaigns' cores alone"))
    evidence = el("p", el("a", "The groups with their evidence", href=GROUPS)) if groups_page and tag.parts else ""
    parts = [
        el(
            "header",
            el("p", el("a", f"Report of {report.date}", href="index.html"), class_="kicker"),
            el("h1", stranger(f"#{tag.display}"), f": {tag.word}"),
            el("p", why(tag), class_="lead"),
            el("p", f"{tag.word.capitalize()}: {MEANINGS[tag.word]}."),
        ),
        el("section", el("h2", "When"), el("p", rise_sentence(tag)), chart(tag, report.window)),
        _list("Who made it", [part_sentence(part, f"{part.claim} {part.group}") for part in tag.parts]),
        _unknown(tag),
        evidence,
        _list("Without them", told),
        _list("Who carries it", [concentration_sentence(tag), new_sentence(tag)]),
        _named(tag),
    ]
    return _page(f"#{tag.display}: {tag.word}", parts)


def _page(title: str, parts: Iterable[str]) -> str:
    style = files("campaign.reporting").joinpath("static", "page.css").read_text(encoding="utf-8")
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", Html(style)),
    )
    return Html("<!DOCTYPE html>\n") + el("html", head, el("body", el("main", join(parts))), lang="en") + "\n"


def _list(title: str, entries: Iterable[str]) -> Html:
    made = [stranger(entry, "li") for entry in entries]
    return el("section", el("h2", title), el("ul", *made)) if made else Html("")


def _failed(report: Trending) -> Html:
    return _list("What failed", (f"#{failed.tag}: {failed.why}" for failed in report.failed))


def _table(report: Trending) -> Html:
    if not report.tags:
        return Html("")
    columns = (
        Column("Hashtag"),
        Column("Word", short=True),
        Column("Why", wide=True),
        Column("Posts", number=True),
        Column("Accounts", number=True),
        Column("Rose by (UTC)", short=True),
        Column("CTM", number=True, hint="Coefficient of traffic manipulation (Nimmo 2019)"),
    )
    rows: list[list[Cell | str]] = [
        [
            Cell(el("a", stranger(f"#{tag.display}"), href=name_of(place, tag))),
            Cell(el("strong", tag.word)),
            why(tag),
            f"{tag.posts:,}",
            f"{tag.accounts:,}",
            moment(tag.rose),
            ctm_words(tag),
        ]
        for place, tag in enumerate(report.tags, 1)
    ]
    return el("section", el("h2", "Hashtags that rise"), table("Most acts beyond the expected first", columns, rows))


def _groups(report: Trending) -> Html:
    if not report.groups:
        return Html("")
    columns = (
        Column("Group", short=True),
        Column("Accounts", number=True),
        Column("Core", number=True),
        Column("Hashtags that rise, posts in their bursts", wide=True),
        Column("Its hashtags, and its share of them", wide=True),
        Column("Whom it names", wide=True),
        Column("Earlier"),
    )
    rows = [_group(group) for group in report.groups]
    several = sum(len(g.tags) > 1 for g in report.groups)
    said = f"{counted(several, 'group pushes', 'groups push')} several of these hashtags."
    link = el("p", el("a", "Each group with its evidence", href=GROUPS))
    return el("section", el("h2", "Groups"), el("p", said), link, table("Groups found", columns, rows))


def _group(group: Pusher) -> list[Cell | str]:
    return [
        f"{group.claim} {group.id}",
        f"{len(group.members):,}",
        f"{len(group.core):,}",
        _spaced(f"#{tag} {posts:,}" for tag, posts in group.tags),
        _spaced(f"#{tag} {percent(share)}" for tag, _, share in group.hashtags[:10]),
        _spaced(f"@{handle or id} {posts:,}" for id, handle, posts in group.mentions[:10]),
        back_sentence(group),
    ]


def _spaced(words: Iterable[str]) -> Html:
    return join(join([stranger(word), " "]) for word in words)


def _unknown(tag: Tag) -> Html:
    if not tag.unknown_originals:
        return Html("")
    return el(
        "p",
        f"Of {counted(tag.unknown_originals, 'retweet')} in the burst the data do not say whose post is passed on: "
        "they count as acts of who retweets, and none as brought by a group.",
    )


def _named(tag: Tag) -> Html:
    if not tag.named:
        return Html("")
    columns = (
        Column("Account"),
        Column("Posts that name it", number=True),
        Column("Retweets of it", number=True),
        Column("By campaigns", number=True),
    )
    rows: list[list[Cell | str]] = [
        [
            Cell(stranger(f"@{n.handle}" if n.handle else n.id)),
            f"{n.named:,}",
            f"{n.passed_on:,}",
            f"{n.by_campaigns:,}",
        ]
        for n in tag.named
    ]
    return el("section", el("h2", "Whom it attacks or lifts"), table("Posts of the burst", columns, rows))


def _check(report: Trending) -> Html:
    run = report.detection.run if report.detection else None
    said = ["report.json beside this page has every number; its schema is docs/trending.schema.json."]
    if run:
        versions = ", ".join(f"{name} {number}" for name, number in run.versions.items())
        said.append(f"Run {run.id}, kept in the store (campaign runs show {run.id}). Versions: {versions}.")
    return _list("How to check this", said)
