"""All posts of a group in a table that sorts, filters and is saved; the page's script fills it when it is opened."""

from __future__ import annotations

import polars as pl
from campaign_analysis.results import Group

from campaign import words
from campaign.reporting.markup import Html, el
from campaign.reporting.sections import Part
from campaign.reporting.view import View


def posts(view: View, group: Group) -> Html:
    """The place of the table; empty where no post of the group is known."""
    number = view.member_posts.filter(pl.col("account").is_in([m.id for m in group.accounts])).height
    if not number:
        return Html("")
    said = f"Show {words.counted(number, 'post')} of {view.names[group.id]}"
    place = el("div", data_posts_of=str(view.number(group)), data_name=f"posts-{group.id}")
    return el("details", el("summary", said), place, class_="posts")


PART = Part(95, "All its posts", posts)
