"""One section for each group: the claim, its network, its accounts, what it pushes, and posts side by side."""

from __future__ import annotations

from campaign_analysis.results import Group

from campaign import words
from campaign.honest_words import group_sentences
from campaign.reporting.markup import Html, el, join, stranger
from campaign.reporting.numbers import probability, span
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
    Column("Claim"),
    Column("Pairs", number=True),
    Column("p, all pairs together", number=True),
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
        f"{words.group_sentence(group)} {share_sentence(view, group)} Acted together: {span(group.first, group.last)}."
    )
    return el(
        "section",
        el("h2", chip, f"{name}: {words.counted(group.size, 'account')}"),
        el("p", said, class_="lead"),
        _why(view, group),
        _doubts(group),
        why(view, group),
        _part("Who is joined to whom", network(view, group), _browser(view, group)),
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
    """What makes the group less certain, and the innocent explanations that fit it."""
    said = [el("p", sentence) for sentence in group_sentences(group)]
    if group.benign:
        before = el("p", "Innocent explanations that this data suggest, and that should be ruled out first:")
        fitting = (el("li", el("b", b.name), " is possible: ", stranger(b.seen, "span"), ".") for b in group.benign)
        said += [before, el("ul", *fitting)]
    return join(said)


def _why(view: View, group: Group) -> Html:
    rows = [[e.layer, e.claim, f"{e.edges:,}", probability(e.p)] for e in group.layers]
    caption = f"What joins {view.names[group.id]}; combined p {probability(group.p)}, id {group.id}"
    return table(caption, COLUMNS, rows)
