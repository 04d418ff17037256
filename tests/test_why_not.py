"""The test of a pair that a run left out is the run's own: what it linked would pass, what it did not would not."""

from __future__ import annotations

import polars as pl
import pytest
from campaign_analysis.detect import Found, LayerInput, detect
from campaign_analysis.sessions import Scale
from campaign_analysis.simulation import simulate
from campaign_analysis.simulation.events import inputs_of
from campaign_analysis.why import explained
from campaign_analysis.why_not import Searched, left_out
from worlds import SETTING

FDR = 0.01


@pytest.fixture(scope="module")
def layers() -> list[LayerInput]:
    posts, _ = simulate({"crowd": {"posts": 15_000}, "rings": {"rings": 2}, "chats": {}}, 2, setting=SETTING)
    return inputs_of(posts)


@pytest.fixture(scope="module")
def found(layers: list[LayerInput]) -> Found:
    return detect(layers, fdr=FDR)


@pytest.fixture(scope="module")
def hashtag(layers: list[LayerInput], found: Found) -> Searched:
    layer = next(i for i in layers if i.name == "hashtag")
    return Searched(layer, None, found.edges, found.tested_pairs["hashtag"])


def meeting(events: pl.DataFrame) -> list[tuple[str, str]]:
    """Pairs who acted on the same thing in the same minute, twice or more."""
    acts = events.select("account", "object", minute=pl.col("time") // 60_000).unique()
    both = acts.join(acts, on=["object", "minute"], suffix="_b").filter(pl.col("account") < pl.col("account_b"))
    return both.group_by("account", "account_b").len().filter(pl.col("len") > 1).drop("len").sort(pl.all()).rows()


def test_the_numbers_are_those_by_which_the_run_shows_its_own_near_miss(
    layers: list[LayerInput], found: Found, hashtag: Searched
) -> None:
    whys = [t for g in explained(found, layers).groups for t in g.why]
    missed = [t for t in whys if not t.joined and t.layer == "hashtag" and t.n > 1]
    assert missed
    for test in missed:
        again = left_out(hashtag, test.a, test.b)
        assert (again.n, again.window, again.block) == (test.n, test.window, test.block)
        assert (again.expected, again.p) == pytest.approx((test.expected, test.p))
        assert 0 < again.lucky <= test.lucky * 1.001  # the run's own may be counted over all layers
        assert not again.joined


def test_pairs_that_the_run_linked_would_pass_and_others_would_not(found: Found, hashtag: Searched) -> None:
    together = found.edges.filter(layer="hashtag", claim="together")
    loose = {s.window for s in hashtag.layer.scales if s.weight < 1}
    joined = {(a, b) for a, b in together.select("a", "b").iter_rows()}
    linked = together.filter(~together["window"].is_in(list(loose))).sort("p")
    for a, b in (*linked.select("a", "b").rows()[:3], *linked.select("a", "b").rows()[-3:]):
        test = left_out(hashtag, a, b)
        assert test.lucky <= FDR * test.listed
    others = [pair for pair in meeting(hashtag.layer.events) if pair not in joined]
    met = [test for test in (left_out(hashtag, a, b) for a, b in others[::25][:12]) if test.n > 1]
    assert len(met) > 5
    assert all(test.lucky > FDR * test.listed for test in met)


def test_a_loose_scale_links_nobody_who_is_merely_together(hashtag: Searched) -> None:
    assert min(s.weight for s in hashtag.layer.scales) < 1
    names = hashtag.layer.events["account"].value_counts(sort=True, name="posts").head(12)["account"].sort().to_list()
    tests = [left_out(hashtag, a, b) for a in names[:3] for b in names[3:]]
    strict = {(s.window, s.block) for s in hashtag.layer.scales if s.weight == 1}
    assert {(t.window, t.block) for t in tests} <= strict
    assert Scale(300, 14_400) in hashtag.layer.scales
