"""What a group pushes and whom it names: hashtags, targets, and the texts that its accounts repeat."""

from __future__ import annotations

import polars as pl
from campaign_analysis.results import Group, TagShare, Target

from campaign import words
from campaign.reporting.markup import Html, el, join, shortened, stranger
from campaign.reporting.sections import Part
from campaign.reporting.tables import Cell, Column, bar, table
from campaign.reporting.view import View

ROWS = 12
TEXTS = 5
REPEATED = 3  # accounts that must have written a text for it to be shown


def spread(view: View, group: Group) -> Html:
    """The tables side by side; those without rows are left out."""
    parts = [part for part in (_hashtags(view, group), _targets(view, group)) if part]
    return el("div", *parts, class_="columns") if parts else Html("")


def texts(view: View, group: Group) -> Html:
    """The texts that most of the group's accounts posted word by word; empty where there are none."""
    repeated = (
        view.posts.lazy()
        .filter(pl.col("series") == view.series_of[group.id])  # far quicker than to look for the members first
        .filter(pl.col("account").is_in([m.id for m in group.accounts]) & (pl.col("text").str.len_bytes() > 0))
        .group_by("text")
        .agg(pl.col("account").n_unique().alias("accounts"), pl.len().alias("posts"))
        .filter(pl.col("accounts") >= REPEATED)
        .sort(["accounts", "posts", "text"], descending=[True, True, False])
        .head(TEXTS)
        .collect()
    )
    if repeated.is_empty():
        return Html("")
    rows = [
        [stranger(shortened(text), "span", class_="post"), f"{accounts:,}", f"{posts:,}"]
        for text, accounts, posts in repeated.select("text", "accounts", "posts").iter_rows()
    ]
    columns = (Column("Text"), Column("Accounts", number=True), Column("Posts", number=True))
    return table(f"Texts that {REPEATED} or more accounts of {view.names[group.id]} posted word by word", columns, rows)


def _hashtags(view: View, group: Group) -> Html:
    tags = sorted(group.hashtags, key=lambda t: (-t.posts, t.tag))
    if not tags:
        return Html("")
    columns = (Column("Hashtag"), Column("Posts", number=True), Column("Share of all posts with it"))
    rows = [_tag(view, group, tag) for tag in tags[:ROWS]]
    return table(f"Hashtags that {view.names[group.id]} used most{_cut(len(tags))}", columns, rows)


def _tag(view: View, group: Group, tag: TagShare) -> list[Cell | str]:
    return [stranger(f"#{tag.tag}"), f"{tag.posts:,}", bar(tag.share, view.colour(group))]


def _targets(view: View, group: Group) -> Html:
    targets = sorted(group.targets, key=lambda t: (-t.posts, t.id))
    if not targets:
        return Html("")
    own = {m.id for m in group.accounts}
    columns = (Column("Account"), Column("Posts", number=True), Column("In the group"))
    rows = [_target(view, target, own) for target in targets[:ROWS]]
    return table(f"Accounts most often named or retweeted by {view.names[group.id]}{_cut(len(targets))}", columns, rows)


def _target(view: View, target: Target, own: set[str]) -> list[Cell | str]:
    return [stranger(view.label(target.id)), f"{target.posts:,}", "yes" if target.id in own else "no"]


def _cut(number: int) -> str:
    return f" ({ROWS} of {words.counted(number, 'row')})" if number > ROWS else ""


PART = Part(
    60, "What it posts about, and whom it names", lambda view, group: join([spread(view, group), texts(view, group)])
)
