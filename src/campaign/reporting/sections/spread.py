"""What a group pushes and whom it names: hashtags, targets, and the texts that its accounts repeat."""

from __future__ import annotations

import polars as pl
from campaign_analysis.results import Group, TagShare, Target

from campaign import words
from campaign.group_words import met_on, used_too
from campaign.reporting.markup import Html, el, join, shortened, stranger
from campaign.reporting.sections import Part
from campaign.reporting.tables import Cell, Column, bar, table
from campaign.reporting.view import View

ROWS = 12
MEETINGS = Column(
    "Meetings",
    number=True,
    hint="of its linked pairs by this hashtag, at the scale that links each; retweets of posts with it count elsewhere",
)
TEXTS = 5
REPEATED = 3  # accounts that must have written a text for it to be shown


def spread(view: View, group: Group) -> Html:
    """The tables side by side; those without rows are left out."""
    parts = [part for part in (_hashtags(view, group), _targets(view, group)) if part]
    return el("div", *parts, class_="columns") if parts else Html("")


def texts(view: View, group: Group) -> Html:
    """The texts that most of the group's accounts posted word by word, retweets aside; empty where there are none."""
    repeated = (
        view.member_posts.lazy()
        .filter(pl.col("account").is_in([m.id for m in group.accounts]) & (pl.col("text").str.len_bytes() > 0))
        .filter(pl.col("kind").fill_null("original") != "retweet")
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
    caption = f"Texts that {REPEATED} or more accounts of {view.names[group.id]} posted word by word, retweets aside"
    return table(caption, columns, rows)


def _hashtags(view: View, group: Group) -> Html:
    tags = [*met_on(group), *used_too(group)]
    if not tags:
        return Html("")
    meetings = [MEETINGS] if any(tag.meetings is not None for tag in tags) else []
    columns = (Column("Hashtag"), *meetings, Column("Posts", number=True), Column("Share of all posts with it"))
    rows = [_tag(view, group, tag, bool(meetings)) for tag in tags[:ROWS]]
    first = "met on, then those that it also used" if met_on(group) else "used most"
    return table(f"Hashtags that {view.names[group.id]} {first}{_cut(len(tags))}", columns, rows)


def _tag(view: View, group: Group, tag: TagShare, meetings: bool) -> list[Cell | str]:
    met = [f"{tag.meetings or 0:,}"] if meetings else []
    return [stranger(f"#{tag.tag}"), *met, f"{tag.posts:,}", bar(tag.share, view.colour(group))]


def _targets(view: View, group: Group) -> Html:
    targets = sorted(group.targets, key=lambda t: (-t.posts, t.id))
    if not targets:
        return Html("")
    own = {m.id for m in group.accounts}
    columns = (
        Column("Account"),
        Column("Named by", number=True, hint="accounts of the group that name or retweet it"),
        Column("Posts", number=True),
        Column("In the group"),
    )
    rows = [_target(view, target, own) for target in targets[:ROWS]]
    return table(f"Accounts most often named or retweeted by {view.names[group.id]}{_cut(len(targets))}", columns, rows)


def _target(view: View, target: Target, own: set[str]) -> list[Cell | str]:
    by = "–" if target.accounts is None else f"{target.accounts:,}"
    return [stranger(view.label(target.id)), by, f"{target.posts:,}", "yes" if target.id in own else "no"]


def _cut(number: int) -> str:
    return f" ({ROWS} of {words.counted(number, 'row')})" if number > ROWS else ""


PART = Part(
    60, "What it posts about, and whom it names", lambda view, group: join([spread(view, group), texts(view, group)])
)
