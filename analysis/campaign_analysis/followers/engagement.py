"""Bought engagement: a crowd that comes back to some of an account's posts, each time within minutes.

Two things must both hold, and p is the larger of theirs.

- *The same crowd.* Two posts share more who reacted than activity explains. Who reacted to more than three posts in
  five is left out: a faithful fan is in no crowd. With d_u posts that u reacted to, s_X who reacted to X and S
  reactions in all, u is expected on X min(1, d_u s_X / S) times, and then on Y min(1, (d_u - 1) s_Y / S) times; the sum
  of the products, doubled (fans of one topic), is what both may share: P(Poisson >= shared), Benjamini-Hochberg over
  all pairs of posts. Posts that are joined so are a *set*; its *crowd* are accounts that reacted to two posts of the
  set or more, and to few others.
- *In one go.* In a post of the set, the shortest stretch that holds four fifths of the crowd lasts half an hour at
  most, where times are known, and holds few others. The smaller of the two, crowd or others, is tested: with the odds
  doubled, its number inside (the crowd's) or outside (the others') is at most binomial, as in `scan`; times the number
  of stretches. Two posts at least.

Round lots (crowds of nearly 100, 500, 1,000) are told beside it: portals sell by the hundred.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import igraph
import numpy as np
import polars as pl
from scipy import special

from campaign_analysis.arrays import Floats
from campaign_analysis.errors import AnalysisError
from campaign_analysis.followers.lots import FDR, chance
from campaign_analysis.followers.scan import FACTOR
from campaign_analysis.significance import step_up

CROWD = 20
"""Accounts in a crowd, at least."""
GO = timedelta(minutes=30)
"""How long the stretch may last: readers who share a topic, a language or a time zone come within hours."""
PART = 0.8
"""Part of the crowd that the stretch holds."""
FAITHFUL = 0.6
"""Part of the posts beyond which an account that reacts is a faithful fan."""
OWN = 0.5
"""Part of an account's reactions that a set must have for it to be of the set's crowd."""
ROUND = 100
NEAR = 0.02


@dataclass(frozen=True)
class Delivery:
    """A post of a set: its crowd of how many who reacted, in how long four fifths of it came (None: order only), p.

    The stretch and p are of those whose time is known, or place in a list, whichever are more. `members`: those of the
    crowd who came in that stretch.
    """

    post: str
    crowd: int
    reactions: int
    within: timedelta | None
    p: float
    members: frozenset[str] = field(repr=False, default=frozenset())


@dataclass(frozen=True)
class Crowd:
    """A crowd, and the posts of its set to which it came in one go (at a false discovery rate of 1 %).

    `p_round`: how often so many deliveries are so near to hundreds. `members`: those of the crowd who came with it to
    two posts or more; of none of them is anything claimed by itself.
    """

    kind: str
    accounts: int
    following: int | None
    deliveries: tuple[Delivery, ...]
    round: int
    p_round: float
    p: float
    members: frozenset[str] = field(repr=False, default=frozenset())


@dataclass(frozen=True)
class Engagement:
    """What the reactions to one account's posts show. `why_not` says why nothing could be looked for.

    `untimed`: posts with enough reactions for a crowd, too few of them with a time or a place in a list.
    """

    posts: int
    reactions: int
    accounts: int
    crowds: tuple[Crowd, ...]
    p: float
    why_not: str | None
    untimed: int = 0


def engagement(reactions: pl.DataFrame, followers: pl.Series | None = None) -> Engagement:
    """Look for crowds among the reactions to one account's posts.

    `reactions`: post, account, kind (retweet or like), at Datetime UTC (null: not known), rank (1 the newest; null: not
    known). `followers`: who follows the account, where that is known. Raises AnalysisError where a column is missing.
    """
    if missing := {"post", "account", "kind", "at", "rank"} - set(reactions.columns):
        raise AnalysisError(f"reactions lack {', '.join(sorted(missing))}")
    once = reactions.group_by("post", "account", "kind").agg(pl.col("at", "rank").min())
    once = once.sort("at", "rank", "post", "account", nulls_last=True)
    counts = (once["post"].n_unique(), once.height, once["account"].n_unique())
    if counts[0] < 2:
        return Engagement(*counts, (), 1.0, "reactions to two posts are needed at least")
    untimed = _untimed(once)
    if untimed == counts[0]:
        return Engagement(*counts, (), 1.0, "neither times nor places of the reactions are known", untimed)
    crowds, best = [], 1.0
    kinds = sorted(once["kind"].unique())
    for kind in kinds:
        found, p = _crowds(kind, once.filter(kind=kind), followers)
        crowds += found
        best = min(best, p)
    return Engagement(*counts, tuple(crowds), min(1.0, best * len(kinds)), None, untimed)


def _untimed(once: pl.DataFrame) -> int:
    """Posts with reactions enough for a crowd of which too few are in a known order, of any kind."""
    known = once.group_by("post", "kind").agg(pl.len(), pl.col("at").count(), pl.col("rank").count())
    enough = known.filter(pl.col("len") >= CROWD)
    seen = enough.filter(pl.max_horizontal("at", "rank") >= CROWD)
    return enough.filter(~pl.col("post").is_in(seen["post"].implode()))["post"].n_unique()


def _crowds(kind: str, acts: pl.DataFrame, followers: pl.Series | None) -> tuple[list[Crowd], float]:
    """Crowds that stand, and the smallest p of any set."""
    pairs = same_crowd(acts)
    joined = [(a, b) for a, b, q in pairs.select("post", "post_b", "q").iter_rows() if q <= FDR]
    if not joined:
        return [], 1.0
    names = sorted({post for pair in joined for post in pair})
    place = {name: i for i, name in enumerate(names)}
    graph = igraph.Graph(n=len(names), edges=[(place[a], place[b]) for a, b in joined])
    sets = [[names[i] for i in part] for part in graph.connected_components()]
    found = [crowd for part in sets if (crowd := _crowd(kind, acts, part, pairs, followers))]
    kept = [crowd for crowd in found if crowd.p * len(sets) <= FDR]
    return kept, min((chance(crowd.p * len(sets)) for crowd in found), default=1.0)


def same_crowd(acts: pl.DataFrame) -> pl.DataFrame:
    """Pairs of posts with who reacted to both: post, post_b, shared, expected, p, q.

    `acts`: post, account, each pair once.
    """
    posts = acts["post"].n_unique()
    degree = acts.group_by("account").len("d")
    acts = acts.join(degree.filter(pl.col("d") <= FAITHFUL * posts), on="account")
    sizes = acts.group_by("post").len("size")
    both = acts.select("post", "account").join(acts.select("post", "account"), on="account", suffix="_b")
    pairs = both.filter(pl.col("post") < pl.col("post_b")).group_by("post", "post_b").len("shared")
    pairs = pairs.filter(pl.col("shared") >= CROWD).sort("post", "post_b")
    pairs = pairs.join(sizes, on="post").join(sizes.rename({"post": "post_b"}), on="post_b", suffix="_b")
    pairs = pairs.sort("post", "post_b")
    accounts = acts.unique("account")["d"].value_counts()
    expected = np.zeros(pairs.height)
    for d, number in accounts.iter_rows():
        first, second = (pairs[name].to_numpy() / max(acts.height, 1) for name in ("size", "size_b"))
        expected += number * np.minimum(1.0, d * first) * np.minimum(1.0, (d - 1) * second)
    pairs = pairs.with_columns(expected=pl.Series(expected))
    p = special.gammainc(pairs["shared"].to_numpy().astype(np.float64), FACTOR * expected)
    tests = posts * (posts - 1) // 2
    q = step_up(np.asarray(p) * tests)
    return pairs.select("post", "post_b", "shared", "expected").with_columns(p=pl.Series(p), q=pl.Series(q))


def _crowd(
    kind: str, acts: pl.DataFrame, posts: list[str], pairs: pl.DataFrame, followers: pl.Series | None
) -> Crowd | None:
    inside = acts.filter(pl.col("post").is_in(posts))
    degree = acts.group_by("account").len("d")
    counted = inside.group_by("account").len("mine").join(degree, on="account")
    crowd = counted.filter(pl.col("mine") >= 2, pl.col("mine") >= OWN * pl.col("d"))["account"]
    deliveries = []
    for (post,), rows in inside.group_by(["post"], maintain_order=True):
        marks = rows["account"].is_in(crowd.implode())
        if marks.sum() >= CROWD:
            deliveries.append(_delivery(str(post), rows, marks))
    if len(deliveries) < 2:
        return None
    second = sorted(d.p for d in deliveries)[1] * len(deliveries)
    q = step_up(np.array([d.p for d in deliveries]) * len(deliveries))
    deliveries = sorted((d for d, rate in zip(deliveries, q, strict=True) if rate <= FDR), key=lambda d: d.post)
    overlap = pairs.filter(pl.col("post").is_in(posts) & pl.col("post_b").is_in(posts))["p"].min()
    n = acts["post"].n_unique()
    same = float(overlap) * n * (n - 1) / 2 if isinstance(overlap, float) else 1.0
    hits = sum(is_round(d.crowd) for d in deliveries)
    share = np.mean([1.0] * (not deliveries) + [min(1.0, (2 * int(NEAR * d.crowd) + 1) / ROUND) for d in deliveries])
    p_round = float(special.bdtrc(hits - 1, len(deliveries), share)) if hits else 1.0
    following = int(crowd.is_in(followers.implode()).sum()) if followers is not None else None
    p = chance(max(same, second))
    came = Counter(account for d in deliveries for account in d.members)
    members = frozenset(account for account, posts in came.items() if posts >= 2)
    return Crowd(kind, len(crowd), following, tuple(deliveries), hits, p_round, p, members)


def is_round(size: int) -> bool:
    """Whether a number is within 2 % of a multiple of a hundred."""
    off = min(size % ROUND, ROUND - size % ROUND)
    return size >= ROUND * (1 - NEAR) and off <= NEAR * size


def _delivery(post: str, rows: pl.DataFrame, marks: pl.Series) -> Delivery:
    """The shortest stretch with four fifths of a post's crowd, and how often so few others are in it by chance."""
    counts = (int(marks.sum()), rows.height)
    timed = rows["at"].count() >= rows["rank"].count()
    known = rows["at" if timed else "rank"].is_not_null()
    rows, marks = rows.filter(known), marks.filter(known)
    if marks.sum() < CROWD:
        return Delivery(post, *counts, None, 1.0)
    when = rows["at"].dt.epoch("ms") / 1000 if timed else -rows["rank"].cast(pl.Float64)
    order = np.argsort(when.to_numpy(), kind="stable")
    at, mark = when.to_numpy()[order].astype(np.float64), marks.to_numpy()[order]
    first, last = shortest(at if timed else np.arange(len(at), dtype=np.float64), mark)
    p = float(_in_one_go(int(mark[first : last + 1].sum()), last - first + 1, int(mark.sum()), len(at)))
    within = timedelta(seconds=float(at[last] - at[first])) if timed else None
    if within and within > GO:
        p = 1.0
    came = frozenset(rows["account"].gather(order[first : last + 1]).filter(pl.Series(mark[first : last + 1])))
    return Delivery(post, *counts, within, chance(p * int(mark.sum())), came)


def _in_one_go(k: int, n: int, crowd: int, total: int) -> float:
    """P that a stretch of n of all who reacted holds k or more of the crowd, whose odds may be doubled."""
    if n >= total:
        return 1.0
    out = total - n
    if crowd <= total / 2:
        return float(special.betainc(k, crowd - k + 1.0, FACTOR * n / (FACTOR * n + out)))
    others, outside = total - crowd, total - crowd - (n - k)
    return (
        float(special.betainc(outside, others - outside + 1.0, FACTOR * out / (FACTOR * out + n))) if outside else 1.0
    )


def shortest(at: Floats, mark: np.ndarray) -> tuple[int, int]:
    """First and last place of the shortest stretch that holds PART of those marked; the first of equals."""
    places = np.flatnonzero(mark)
    wanted = max(int(np.ceil(PART * len(places))), 1)
    spans = at[places[wanted - 1 :]] - at[places[: len(places) - wanted + 1]]
    best = int(np.argmin(spans))
    return int(places[best]), int(places[best + wanted - 1])
