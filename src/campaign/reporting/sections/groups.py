"""One section for each group: the claim, its network, its accounts, what it pushes, and posts side by side."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from campaign_analysis.results import Group

from campaign import words
from campaign.benign_words import NOT_ALL_SEEN, verdicts
from campaign.honest_words import group_sentences
from campaign.pair_words import both_did
from campaign.reporting.markup import Html, el, join, stranger
from campaign.reporting.numbers import duration, span
from campaign.reporting.sections.accounts import accounts
from campaign.reporting.sections.found import share_sentence
from campaign.reporting.sections.network import network
from campaign.reporting.sections.samples import samples
from campaign.reporting.sections.spread import spread, texts
from campaign.reporting.sections.why import why
from campaign.reporting.tables import Column, table
from campaign.reporting.view import View

COLUMNS = (
    Column("Behaviour"),
    Column("A meeting, at most so far apart"),
    Column("Claim"),
    Column("Linked pairs", number=True),
)


def groups(view: View) -> Html:
    """The groups that are shown in detail, and how many are not."""
    shown = [group for group in view.groups if view.detailed(group)]
    more = len(view.groups) - len(shown)
    rest = el(
        "p", f"{words.counted(more, 'smaller group')} more: in the table above and in the JSON file.", class_="said"
    )
    return join([*(_group(view, group) for group in shown), rest if more else ""])


def _group(view: View, group: Group) -> Html:
    number = view.number(group)
    chip = el("span", class_="chip", style=f"background:{view.colour(group)}")
    name = view.names[group.id]
    said = (
        f"{words.group_sentence(group)} {share_sentence(view, group)} "
        f"First and last meeting: {span(group.first, group.last)}."
    )
    return el(
        "section",
        el("h2", chip, f"{name}: {words.counted(group.size, 'account')}"),
        el("p", said, class_="lead"),
        _why(view, group),
        _doubts(group),
        why(view, group),
        _part("Who is linked to whom", network(view, group), _browser(view, group)),
        _part("What it pushes, and whom it names", spread(view, group), texts(view, group)),
        el("h3", "The evidence"),
        accounts(view, group),
        samples(view, group),
        id=f"group-{number}",
        class_="group",
    )


def _part(heading: str, *contents: Html) -> Html:
    """A part under its heading; nothing where it would be empty."""
    return join([el("h3", heading), *contents]) if any(contents) else Html("")


def _browser(view: View, group: Group) -> Html:
    """The way to the group's picture in Neo4j Browser; nothing where the store is no Neo4j."""
    address = view.data.links.get(group.id)
    if not address:
        return Html("")
    link = el("a", "Open it in Neo4j Browser", href=address, target="_blank", rel="noreferrer")
    return el("p", link, ", with its query filled in: log in, then run it.", class_="said")


def _doubts(group: Group) -> Html:
    """What makes the group less certain, and what speaks for and against each innocent explanation."""
    said = [el("p", sentence) for sentence in group_sentences(group)]
    if checked := verdicts(group):
        items = (el("li", el("b", b.name), f" {verdict}: ", stranger(b.seen, "span"), ".") for b, verdict in checked)
        said += [el("h3", "Could it be innocent?"), el("ul", *items), el("p", NOT_ALL_SEEN, class_="said")]
    return join(said)


def _why(view: View, group: Group) -> Html:
    apart = _windows(view, group)
    rows = [
        [e.layer, f"{both_did(e.layer)}{apart.get((e.layer, e.claim), '')}", e.claim, f"{e.edges:,}"]
        for e in group.layers
    ]
    made = table(f"What links {view.names[group.id]}, id {group.id}", COLUMNS, rows)
    only = words.together_only(group)
    return join([made, el("p", only, class_="said") if only else ""])


def _windows(view: View, group: Group) -> Mapping[tuple[str, str], str]:
    """How far apart the posts of a meeting may be, by layer and claim: `, 1 minute or 1 hour`."""
    ids = [m.id for m in group.accounts]
    inside = view.detection.edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))
    known = inside.group_by("layer", "claim").agg(pl.col("window").unique().sort())
    return {(layer, claim): f", {' or '.join(map(duration, windows))}" for layer, claim, windows in known.iter_rows()}
