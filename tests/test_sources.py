"""Interest in a source: against the formula in plain Python, by hand, and in a world of fans."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

import numpy as np
import polars as pl
import pytest
from campaign_analysis.background import Background, background_of
from campaign_analysis.events import Events, encode
from campaign_analysis.sessions import Scale, posts_of
from campaign_analysis.sources import from_interest
from slow_method import NOON, Act, Slow, frame_of

SCALE = Scale(600, 7200)
Sources = dict[str, str | None]


def prepared(acts: list[Act], sources: Sources) -> tuple[Events, Background]:
    source = pl.Series("source", [sources.get(a.what) for a in acts], dtype=pl.String)
    events = encode(frame_of(acts).with_columns(source), one_object=True)
    return events, background_of(events, posts_of(events), SCALE)


def found(acts: list[Act], sources: Sources) -> dict[tuple[str, str], float]:
    """Episodes from interest of every pair of accounts."""
    events, b = prepared(acts, sources)
    names = events.accounts.to_list()
    u, v = (np.array(side, dtype=np.int32) for side in zip(*combinations(range(len(names)), 2), strict=True))
    expected = from_interest(b, events.source, u, v)
    return {(names[i], names[j]): float(x) for i, j, x in zip(u, v, expected, strict=True)}


def slowly(acts: list[Act], sources: Sources) -> dict[tuple[str, str], float]:
    """The same from the words of the method."""
    slow = Slow(acts, SCALE.window, SCALE.block, 1, one_object=True)
    size = Counter(a.what for a in slow.acts)
    cascade = {}
    for what in size:
        on = [a for a in slow.acts if a.what == what]
        pairs = sum(a.who != b.who for a in on for b in on)
        cascade[what] = sum(slow.c[a] for a in on) / max(pairs, 1)
    known = [a for a in slow.acts if sources.get(a.what) is not None]
    mine = {who: [a for a in known if a.who == who] for who in {a.who for a in slow.acts}}
    found = {}
    for u, v in combinations(sorted(mine), 2):
        total = 0.0
        for source in {sources[a.what] for a in known}:
            posts = [what for what in size if sources.get(what) == source]
            all_acts = [a for a in known if sources[a.what] == source]
            usual = sum(slow.c[a] for a in all_acts) / max(1, sum(size[a.what] - 1 for a in all_acts))
            interest, quick = [], []
            for who in (u, v):
                own = [a for a in mine[who] if sources[a.what] == source]
                met = sum(slow.c[a] for a in own) / max(1, sum(size[a.what] - 1 for a in own))
                interest.append(len(own) - 1)
                quick.append(max(1.0, met / max(usual, 1e-12)))
            if min(interest) <= 0:
                continue
            for what in posts:
                share = size[what] / sum(size[w] for w in posts)
                there = min(1.0, interest[0] * share) * min(1.0, interest[1] * share)
                total += there * min(1.0, cascade[what] * quick[0] * quick[1])
        found[u, v] = total
    return found


def fans(seed: int) -> tuple[list[Act], Sources]:
    """Retweets of three sources and of posts of nobody known, some soon after the post."""
    rng = random.Random(seed)
    sources: Sources = {f"post{i}": rng.choice(("star", "other", "third", None)) for i in range(14)}
    acts = []
    for number, what in enumerate(sources):
        for who in range(8):
            if rng.random() < 0.5:
                lag = rng.expovariate(1 / (300 if who % 2 else 6000))
                acts.append(Act(f"a{who}", what, NOON + number * 20_000 + int(lag)))
    return acts, sources


@pytest.mark.parametrize("seed", range(6))
def test_interest_is_what_the_formula_says(seed: int) -> None:
    acts, sources = fans(seed)
    expected = slowly(acts, sources)
    assert max(expected.values()) > 0.3
    assert found(acts, sources) == pytest.approx(expected, rel=1e-12)


def test_one_act_on_a_source_shows_no_interest() -> None:
    acts = [Act("u", "p0", NOON), Act("v", "p0", NOON + 5), Act("v", "p1", NOON), Act("w", "p1", NOON + 9)]
    star: Sources = {"p0": "star", "p1": "star"}
    assert set(found(acts, star).values()) == {0.0}


def test_interest_by_hand() -> None:
    """Three posts of one star; u and v retweet all three at once, w and x each one much later."""
    times = {("u", 0), ("v", 5)}
    acts = [Act(who, f"p{i}", NOON + i * 50_000 + when) for who, when in times for i in range(3)]
    acts += [Act("w", "p0", NOON + 5000), Act("x", "p1", NOON + 55_000)]
    sources: Sources = {f"p{i}": "star" for i in range(3)}
    # Events on the posts: 3, 3, 2 of 8; pairs that co-act: 2 of 6, 2 of 6, 2 of 2.
    # u meets 3 of the 2 + 2 + 1 others on its posts; all who act meet 6 of 6 + 6 + 2.
    quick = (3 / 5) / (6 / 14)
    shares = [2 * 3 / 8, 2 * 3 / 8, 2 * 2 / 8]
    cascades = [1 / 3, 1 / 3, 1]
    expected = sum(p * p * min(1, c * quick**2) for p, c in zip(shares, cascades, strict=True))
    assert found(acts, sources)["u", "v"] == pytest.approx(expected, rel=1e-12)


def test_objects_without_a_known_source_add_nothing() -> None:
    acts, _ = fans(1)
    assert set(found(acts, {}).values()) == {0.0}


def test_where_rows_disagree_on_a_source_the_first_in_order_counts() -> None:
    rows = {"account": ["u", "v", "w"], "object": ["p", "p", "p"], "time": [1, 2, 3], "source": ["b", None, "a"]}
    assert (
        encode(pl.DataFrame(rows)).source.tolist() == encode(pl.DataFrame(rows | {"source": ["a"] * 3})).source.tolist()
    )


def test_a_column_of_sources_that_are_all_unknown() -> None:
    rows = {"account": ["u", "v"], "object": ["p", "p"], "time": [1, 2], "source": [None, None]}
    assert encode(pl.DataFrame(rows)).source.tolist() == [-1]
