"""What all sections of the report share: the groups in order, their names and colours, and whose posts are whose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import polars as pl
from campaign_analysis.results import Detection, Group

from campaign import words
from campaign.pair_words import sides
from campaign.reporting.data import ReportData
from campaign.reporting.markup import Html, one_line, stranger

# Told apart by eyes that see few colours, and at least 3:1 against both the light and the dark page.
COLOURS = (
    "#d1490c", "#2478c4", "#128a66", "#b0508a", "#9a7400", "#7a67d6", "#13899b", "#c93a55", "#5f8a1d", "#a5622c",
)  # fmt: skip
OTHER_GROUPS = "#8a5a44"
DETAILED = len(COLOURS)  # groups with a section of their own: each has a colour of its own too
EVERYBODY_ELSE = "#8b929b"


@dataclass(frozen=True)
class Series:
    """What is drawn in one colour: a group, the groups beyond the last colour, or everybody else."""

    label: str
    colour: str


@dataclass(frozen=True)
class View:
    """The report's data, made ready.

    `posts` has post, account, label, at (epoch ms, UTC), kind, text and `series` (its index), in order of time;
    `posts_by` their number by account. `people` are the accounts of the groups that are shown in detail, each with the
    number of its group, and `member_posts` all that they posted: post, account, at, kind, text, hashtags, and `shown`
    where it is in `posts`.
    """

    data: ReportData
    groups: tuple[Group, ...]
    names: Mapping[str, str]
    series: tuple[Series, ...]
    series_of: Mapping[str, int]
    posts: pl.DataFrame
    posts_by: Mapping[str, int]
    people: Mapping[str, int]
    member_posts: pl.DataFrame
    handles: Mapping[str, str]
    created: Mapping[str, datetime]

    @property
    def detection(self) -> Detection:
        """The result that is reported."""
        return self.data.detection

    @property
    def topic(self) -> str:
        """What was asked about, fit for any place: `#X`, or `all posts`."""
        return one_line(words.topic(self.data.hashtags))

    @property
    def answer(self) -> str:
        """The answer in one line, fit for any place."""
        return one_line(words.answer(self.detection, self.data.hashtags))

    @property
    def period(self) -> tuple[datetime, datetime] | None:
        """Times of the first and the last post (UTC)."""
        if self.posts.is_empty():
            return None
        first, last = self.posts["at"][0], self.posts["at"][-1]
        return at_time(first), at_time(last)

    def posts_of(self, group: Group, core: bool = False) -> int:
        """How many of the posts shown are by the group's members, or by its `core` alone."""
        return sum(self.posts_by.get(m.id, 0) for m in group.accounts if m.role == "core" or not core)

    def number(self, group: Group) -> int:
        """The group's place in the report, from 1: its anchor and the ids of its charts."""
        return self.groups.index(group) + 1

    def detailed(self, group: Group) -> bool:
        """Whether the group has a section of its own: the first ones, so that the page stays small."""
        return self.number(group) <= DETAILED

    def colour(self, group: Group) -> str:
        """The colour that the group has everywhere."""
        return self.series[self.series_of[group.id]].colour

    def made(self, group: Group) -> dict[str, int]:
        """When the group's accounts were made (epoch ms), as far as it is known."""
        known = ((m.id, m.created_at or self.created.get(m.id)) for m in group.accounts)
        return {account: round(time.timestamp() * 1000) for account, time in known if time}

    def person(self, account: str, name: str = "bdi") -> Html:
        """The label of an account; where its posts are in the page, with the way to them."""
        label = self.label(account)
        return stranger(label, name, data_account=account) if account in self.people else stranger(label, name)

    def label(self, account: str) -> str:
        """`@handle`, or the account's id where no handle is known."""
        return self.handles.get(account, account)


def at_time(epoch_ms: int) -> datetime:
    """Epoch milliseconds as a time in UTC."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=epoch_ms)


def make_view(data: ReportData) -> View:
    """Order the groups, give them colours, and mark every post with the series of its author."""
    groups = tuple(words.campaigns_first(data.detection.groups))
    names = words.group_names(groups)
    series = _series(groups, names)
    series_of = {group.id: min(i, len(COLOURS)) for i, group in enumerate(groups)}
    posts = _marked(data, groups, series_of, len(series) - 1)
    people = {m.id: i + 1 for i, g in reversed(list(enumerate(groups[:DETAILED]))) for m in g.accounts}
    return View(
        data=data,
        groups=groups,
        names=names,
        series=series,
        series_of=series_of,
        posts=posts,
        posts_by=dict(posts.group_by("account").len().iter_rows()),
        people=people,
        member_posts=_member_posts(data, people),
        handles=_handles(data),
        created=dict(data.profiles.drop_nulls("created_at").select("id", "created_at").iter_rows()),
    )


def _series(groups: tuple[Group, ...], names: Mapping[str, str]) -> tuple[Series, ...]:
    shown = [Series(names[g.id], c) for g, c in zip(groups, COLOURS, strict=False)]
    more = len(groups) - len(shown)
    rest = [Series(words.counted(more, "smaller group"), OTHER_GROUPS)] if more else []
    return (*shown, *rest, Series("Everybody else" if groups else "Everybody", EVERYBODY_ELSE))


def _marked(data: ReportData, groups: tuple[Group, ...], series_of: Mapping[str, int], nobody: int) -> pl.DataFrame:
    owner = {m.id: series_of[g.id] for g in reversed(groups) for m in g.accounts}
    owners = pl.DataFrame({"account": list(owner), "series": list(owner.values())}, schema=_OWNER)
    return (
        data.posts.lazy()
        .filter(pl.col("created_at").is_not_null() & pl.col("account").is_not_null())
        .select(
            "post",
            "account",
            pl.when(pl.col("handle").str.len_bytes() > 0)
            .then("@" + pl.col("handle"))
            .otherwise("account")
            .alias("label"),
            pl.col("created_at").dt.epoch("ms").alias("at"),
            "kind",
            "text",
        )
        .join(owners.lazy(), on="account", how="left")
        .with_columns(pl.col("series").fill_null(nobody))
        .sort("at", "post", "account")
        .collect()
    )


def _member_posts(data: ReportData, people: Mapping[str, int]) -> pl.DataFrame:
    supplied = data.posts if data.member_posts.is_empty() else data.member_posts
    shown = data.posts.lazy().select("post").unique().with_columns(shown=pl.lit(True))
    return (
        supplied.lazy()
        .filter(pl.col("created_at").is_not_null() & pl.col("account").is_in(list(people)))
        .select("post", "account", pl.col("created_at").dt.epoch("ms").alias("at"), "kind", "text", "hashtags")
        .join(shown, on="post", how="left")
        .with_columns(pl.col("shown").fill_null(False))
        .sort("at", "post", "account")
        .collect()
    )


_OWNER = {"account": pl.String, "series": pl.Int32}


def _handles(data: ReportData) -> dict[str, str]:
    """Labels of members, of those they name or retweet most, and of those in the tests of pairs.

    Of a member the profile's handle, else the member's own.
    """
    groups = data.detection.groups
    labels = {w: f"@{handle}" for g in groups for t in g.why for w, handle in sides(t) if handle}
    labels |= {t.id: f"@{t.handle}" for g in groups for t in g.targets if t.handle}
    labels |= {m.id: f"@{m.handle}" for g in groups for m in g.accounts if m.handle}
    known = data.profiles.filter(pl.col("handle").str.len_bytes() > 0).select("id", "handle")
    return labels | {id: f"@{handle}" for id, handle in known.iter_rows()}
