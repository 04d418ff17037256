"""The top of the page: the answer in plain words, what it means, and the figures it rests on."""

from __future__ import annotations

from campaign import words
from campaign.count_words import accounts_sentence
from campaign.honest_words import honesty_sentences
from campaign.reporting.markup import Html, el, stranger
from campaign.reporting.numbers import span
from campaign.reporting.sections import Section
from campaign.reporting.tables import facts
from campaign.reporting.view import View


def answer(view: View) -> Html:
    """The page's head."""
    detection = view.detection
    made_up = words.invented(view.posts["account"].unique())
    notes = el("ul", *(stranger(note, "li") for note in detection.run.notes), class_="notes")
    return el(
        "header",
        el("p", f"Report on {view.topic}", class_="kicker"),
        el("h1", view.answer),
        el("p", " ".join(words.meaning(detection)), class_="lead"),
        el("p", made_up, class_="lead") if made_up else "",
        notes if detection.run.notes else "",
        facts(_figures(view)),
        _contents(view),
    )


def _figures(view: View) -> list[tuple[str, str]]:
    posts, period = view.posts, view.period
    rows = [("Posts shown", f"{posts.height:,} by {words.counted(posts['account'].n_unique(), 'account')}")]
    if period:
        rows.append(("Period", span(*period)))
    if counts := accounts_sentence(view.detection):
        rows.append(("Accounts", stranger(counts, "span")))
    tested = view.detection.tested_pairs
    behaviours = words.listed([layer.replace("_", " ") for layer in sorted(tested)])
    each = f": a pair counts once for each behaviour that both of its accounts showed ({behaviours})" if tested else ""
    rows.append(("Pairs tested", f"{sum(tested.values()):,}{each}"))
    if errors := words.error_sentence(view.detection):
        rows.append(("Errors", errors))
    return rows


def _contents(view: View) -> Html:
    found = [("found", "What was found")] if view.groups else []
    trust = [("trust", "How far this can be trusted")] if honesty_sentences(view.detection) else []
    rest = [("when", "When"), ("who", "Who posts when"), *trust, ("not", "What this does not mean")]
    links = [*found, *rest, ("check", "How to recompute this"), ("words", "The words")]
    return el("nav", el("ul", *(el("li", el("a", title, href=f"#{at}")) for at, title in links)), aria_label="Contents")


SECTION = Section(10, answer)
