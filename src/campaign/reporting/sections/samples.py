"""The evidence itself: posts of two members side by side."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl
from campaign_analysis.layers import every
from campaign_analysis.results import Group

from campaign.pair_words import both_did
from campaign.reporting.markup import Html, el, shortened, stranger
from campaign.reporting.numbers import duration, gap, moment
from campaign.reporting.sections import Part
from campaign.reporting.view import View

EPISODES = 9
ID = (
    " (A and B: two accounts' names or ids). Under each post stands its id: before the colon the platform, after it "
    "the post's own, as the data gave it."
)
KNOWN = every()


def samples(view: View, group: Group) -> Html:
    """The first episodes supplied for the group, each with both posts; empty where there are none."""
    mine = view.data.samples.filter(pl.col("group") == group.id)
    if mine.is_empty():
        return Html("")
    shown = [_episode(view, row) for row in mine.head(EPISODES).iter_rows(named=True)]
    more = f" ({len(shown)} of the {mine.height} supplied)" if mine.height > len(shown) else ""
    heading = el("h3", f"Posts of its strongest pairs, side by side{more}")
    how = el("p", "All posts behind a pair: ", el("code", f"campaign show {group.id} --pair A B"), ID, class_="said")
    return el("div", heading, *shown, how, class_="samples")


def _episode(view: View, row: dict[str, Any]) -> Html:
    apart = _apart(row["a_time"], row["b_time"])
    head = el("p", _what(row["layer"]), *_object(view, row), apart, _counted(view, row), class_="what")
    sides = (_post(view, row[f"{x}"], row[f"{x}_post"], row[f"{x}_time"], row[f"{x}_text"]) for x in ("a", "b"))
    return el("article", head, el("div", *sides, class_="pair"))


def _what(layer: str) -> str:
    what = both_did(layer)
    return what[0].upper() + what[1:]


def _object(view: View, row: dict[str, Any]) -> tuple[Html, ...]:
    """The object where it says something to a reader; keys of posts and of clusters of texts do not."""
    sign = KNOWN[row["layer"]].sign if row["layer"] in KNOWN else None
    if sign is None or not row["object"]:
        return ()
    named = view.label(row["object"]) if row["layer"] == "mention" else sign + str(row["object"])
    return (Html(" "), stranger(named))


def _apart(a: datetime | None, b: datetime | None) -> str:
    if a is None or b is None:
        return ""
    return f", {gap((b - a).total_seconds())}"


def _counted(view: View, row: dict[str, Any]) -> str:
    """How far apart counts, and what the pair is by this behaviour; empty where it is not known."""
    edges = view.detection.edges.filter(a=row["a"], b=row["b"], layer=row["layer"]).sort("claim")
    if edges.is_empty():
        return ""
    claim, window = edges.select("claim", "window").row(0)
    return f" (at most {duration(window)} apart counts; by this the two are {claim})"


def _post(view: View, account: str, post: str | None, time: datetime | None, text: str | None) -> Html:
    head = el("p", view.person(account, "b"), " ", el("span", f"{moment(time)} UTC", class_="time"))
    body = stranger(shortened(text or "(no text)"), "blockquote", class_="post")
    return el("div", head, body, el("p", stranger(post or ""), class_="key"), class_="side")


PART = Part(90, "", samples)
