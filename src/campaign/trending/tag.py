"""One hashtag that rises: who made it, how much of it groups made, and whether it would have risen without them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import polars as pl
from campaign_analysis.clock import clock_of
from campaign_analysis.results import Group
from campaign_analysis.rows import SECOND
from campaign_analysis.trending.burst import STEP, burst
from campaign_analysis.trending.concentration import concentration
from campaign_analysis.trending.exposure import Hours
from campaign_analysis.trending.rising import Rise, Rising, Scan, scan_of
from campaign_analysis.trending.without import Without, acts_of, without, word_of
from campaign_cypher.store import Store

from campaign.trending.asked import HOUR, Window
from campaign.trending.model import Named, Part, Tag
from campaign.trending.reading import TagPosts, display_of, made, tag_posts

YOUNG = 30 * 24 * HOUR  # seconds before the burst within which an account is new
NAMED = 10  # accounts told of that posts name or pass on


def tag_of(store: Store, rise: Rise, rising: Rising, hours: Hours, window: Window, groups: Sequence[Group]) -> Tag:
    """Tell of one hashtag. `hours` has a row for it; `groups` are all that were found."""
    read = tag_posts(store, rise.tag, window)
    begin = window.begin * HOUR
    acts = acts_of(read.posts)
    inside = acts.filter(pl.col("at") >= begin)
    scan = scan_of(hours, hours.row(rise.tag), rising.dispersion)
    usual = (scan.others * ((scan.past + 0.5) / max(1.0, scan.others_past))).astype(np.float64)
    found = burst(inside["at"].to_numpy(), usual, begin)
    posts = read.posts.filter(pl.col("at") >= begin)
    clock = clock_of(posts["at"].to_numpy() * SECOND) // SECOND
    best = (begin + rise.best.start * HOUR, begin + (rise.best.start + rise.best.length) * HOUR)
    span = _on_clock(found or best, max(clock, STEP))
    bursting = posts.filter(pl.col("at").is_between(*span, closed="left"))
    coarse = clock > HOUR
    asked = () if coarse else groups  # what came first, and set the others off, such a clock does not show
    everybody, campaigns, cores = _without(acts, asked, hours, scan, rising.cut, span)
    gatherings = _part_of_gatherings(inside, groups, span)
    new, dated = _new(store, bursting, span[0])
    return Tag(
        tag=rise.tag,
        display=display_of(store, rise.tag),
        word=word_of(everybody, campaigns, cores, gatherings, clock),
        clock=clock,
        posts=posts.height,
        accounts=posts["account"].n_unique(),
        acts=rise.best.acts,
        expected=float(rise.best.expected),
        p=rise.p,
        q=rise.q,
        dispersion=rise.dispersion,
        rose=None if rise.since is None or coarse else _time((window.begin + rise.since) * HOUR),
        begins=_time(span[0]),
        ends=_time(span[1]),
        burst_posts=bursting.height,
        parts=_parts(posts, groups, span),
        without_groups=everybody,
        without_campaigns=campaigns,
        without_cores=cores,
        gatherings=gatherings,
        unknown_originals=bursting.filter((pl.col("kind") == "retweet") & pl.col("author").is_null()).height,
        concentration=concentration(bursting),
        new=new,
        dated=dated,
        named=_named(read, bursting, groups),
        hourly=_hourly(inside, window, None),
        by_campaigns=_hourly(inside, window, _members(groups, "campaign")),
        by_gatherings=_hourly(inside, window, _members(groups, "gathering") - _members(groups, "campaign")),
    )


def _on_clock(span: tuple[int, int], tick: int) -> tuple[int, int]:
    """The stretch in whole ticks of the clock: nobody can tell at which moment of one a post came."""
    return span[0] // tick * tick, -(-span[1] // tick) * tick


def _members(groups: Sequence[Group], claim: str) -> set[str]:
    return {m.id for g in groups if g.claim == claim for m in g.accounts}


def _without(
    acts: pl.DataFrame, groups: Sequence[Group], hours: Hours, scan: Scan, cut: float, span: tuple[int, int]
) -> tuple[Without | None, Without | None, Without | None]:
    """Without all groups, without campaigns, and without their cores; None where no campaign posted it."""
    campaigns = _members(groups, "campaign")
    cores = {m.id for g in groups if g.claim == "campaign" for m in g.accounts if m.role == "core"}
    present = set(acts.filter(pl.col("at") >= (hours.first + hours.past) * HOUR)["account"])
    if not present & campaigns:
        return None, None, None
    asked = (hours, scan, cut, span)
    of_campaigns = without(acts, campaigns, *asked)
    gathered = (_members(groups, "gathering") - campaigns) & present
    everybody = without(acts, campaigns | gathered, *asked) if gathered else of_campaigns
    return everybody, of_campaigns, of_campaigns if cores == campaigns else without(acts, cores, *asked)


def _part_of_gatherings(acts: pl.DataFrame, groups: Sequence[Group], span: tuple[int, int]) -> float:
    """The part of the burst's acts by members of gatherings that are in no campaign."""
    inside = acts.filter(pl.col("at").is_between(*span, closed="left"))
    who = _members(groups, "gathering") - _members(groups, "campaign")
    return inside.filter(pl.col("account").is_in(list(who))).height / max(1, inside.height)


def _parts(posts: pl.DataFrame, groups: Sequence[Group], span: tuple[int, int]) -> tuple[Part, ...]:
    """What each group did, those that posted it in the window; most in the burst first."""
    parts = []
    for group in groups:
        who = [m.id for m in group.accounts]
        core = [m.id for m in group.accounts if m.role == "core"]
        mine = posts.filter(pl.col("account").is_in(who))
        if mine.is_empty():
            continue
        burst = pl.col("at").is_between(*span, closed="left")
        bursting = mine.filter(burst)
        passed = posts.filter(burst & ~pl.col("account").is_in(who) & pl.col("author").is_in(who))
        parts.append(
            Part(
                group.id,
                group.claim,
                mine["account"].n_unique(),
                mine.filter(pl.col("at") < span[0]).height,
                bursting.height,
                bursting.filter(pl.col("account").is_in(core)).height,
                passed.height,
            )
        )
    return tuple(sorted(parts, key=lambda p: (-p.burst, p.group)))


def _new(store: Store, posts: pl.DataFrame, begins: int) -> tuple[int, int]:
    """Accounts made in the month before the burst, and accounts of which it is known when they were made."""
    known = made(store, posts["account"].unique().sort().to_list())
    dates = known["created_at"].dt.epoch("s")
    return int(dates.is_between(begins - YOUNG, begins).sum()), known.height


def _named(read: TagPosts, bursting: pl.DataFrame, groups: Sequence[Group]) -> tuple[Named, ...]:
    """Whom the burst's posts name or pass on most, and how many of these posts are by campaigns."""
    campaigns = list(_members(groups, "campaign"))
    posts = bursting.select("post", "author", theirs=pl.col("account").is_in(campaigns))
    named = read.named.join(posts, on="post").select("post", "handle", "theirs", id="target", named=1, passed=0)
    passed = (
        posts.drop_nulls("author")
        .join(read.authors, left_on="author", right_on="id", how="left")
        .select("post", "handle", "theirs", id="author", named=0, passed=1)
    )
    counted = (
        pl.concat([named, passed])
        .group_by("post", "id")  # a retweet that names whom it passes on is one post
        .agg(pl.col("handle").drop_nulls().min(), pl.col("named", "passed").sum(), pl.col("theirs").any())
        .group_by("id")
        .agg(pl.col("handle").drop_nulls().min(), pl.col("named", "passed", "theirs").sum())
        .sort(pl.col("named") + pl.col("passed"), "id", descending=[True, False])
        .head(NAMED)
    )
    rows = counted.select("id", "handle", "named", "passed", "theirs").iter_rows()
    return tuple(Named(*row) for row in rows)


def _hourly(acts: pl.DataFrame, window: Window, who: set[str] | None) -> tuple[int, ...]:
    mine = acts if who is None else acts.filter(pl.col("account").is_in(list(who)))
    hours = mine["at"].to_numpy() // HOUR - window.begin
    return tuple(int(n) for n in np.bincount(hours, minlength=window.end - window.begin))


def _time(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)
