"""The words of the page."""

from __future__ import annotations

from campaign.glossary import WORDS
from campaign.reporting.markup import Html, el
from campaign.reporting.sections import Section
from campaign.reporting.view import View


def vocabulary(_: View) -> Html:
    """The words of the report, from the one place where they are explained."""
    entries = (el("div", el("dt", w.term), el("dd", f"{w.claim} {w.more}")) for w in WORDS)
    return el("section", el("h2", "The words"), el("dl", *entries, class_="facts"), id="words")


SECTION = Section(90, vocabulary)
