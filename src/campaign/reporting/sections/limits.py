"""What the result does not mean."""

from __future__ import annotations

from campaign import words
from campaign.reporting.markup import Html, el
from campaign.reporting.view import View


def limits(_: View) -> Html:
    """The section; the same for every result, so that nobody has to ask for it."""
    said = [words.NOT_A_VERDICT, words.NOT_A_BOT, words.NOT_AN_ACCUSATION, words.BASE_RATE, words.SILENCE]
    benign = (el("li", el("b", f"{name}: "), f"{what}.") for name, what in words.BENIGN)
    return el(
        "section",
        el("h2", "What this does not mean"),
        el("ul", *(el("li", sentence) for sentence in said)),
        el("p", "Before anything is said in public, rule out what is innocent:"),
        el("ul", *benign),
        id="not",
        class_="limits",
    )


def vocabulary(_: View) -> Html:
    """The words of the report, from the one place where they are explained."""
    entries = (el("div", el("dt", w.term), el("dd", f"{w.claim} {w.more}")) for w in words.WORDS)
    return el("section", el("h2", "The words"), el("dl", *entries, class_="facts"), id="words")
