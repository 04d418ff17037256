"""What the result does not mean."""

from __future__ import annotations

from campaign import words
from campaign.reporting.markup import Html, el, join
from campaign.reporting.sections import Section
from campaign.reporting.view import View


def limits(view: View) -> Html:
    """The section: for a finding the innocent explanations as well, for none what silence is worth."""
    said, rest = (_of_a_finding() if view.groups else _of_silence()), _innocent() if view.groups else ""
    sentences = el("ul", *(el("li", sentence) for sentence in said))
    return el("section", el("h2", "What this does not mean"), sentences, rest, id="not", class_="limits")


def _of_a_finding() -> list[str]:
    return [
        words.NOT_A_VERDICT,
        words.NOT_A_BOT,
        words.NOT_AN_INTENT,
        words.NOT_AN_ACCUSATION,
        words.NOT_ASKED,
        words.BASE_RATE,
        words.SILENCE,
    ]


def _of_silence() -> list[str]:
    return [words.SILENCE, words.NOBODY_CLEARED, words.BASE_RATE]


def _innocent() -> Html:
    benign = (el("li", el("b", f"{name}: "), f"{what}.") for name, what in words.BENIGN)
    before = el("p", "Before anything is said in public, rule out what is innocent:")
    return join([before, el("ul", *benign)])


SECTION = Section(70, limits)
