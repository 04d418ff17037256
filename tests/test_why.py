"""The two pairs of a group: the numbers are those of the run, and the pair that is out really is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest
from campaign_analysis.all_layers import false_pairs
from campaign_analysis.detect import Found, LayerInput, detect
from campaign_analysis.evidence import episodes
from campaign_analysis.layers import every
from campaign_analysis.pair_tests import Acts, pair_tests, worse_of
from campaign_analysis.results import Claim, PairTest
from campaign_analysis.sessions import Scale
from campaign_analysis.simulation import simulate
from campaign_analysis.simulation.events import inputs_of
from campaign_analysis.why import company, explained
from campaign_analysis.why_not import Searched, left_out
from worlds import SETTING

from campaign.pair_words import pair_sentences, verdict

FDR = 0.01


@pytest.fixture(scope="module")
def layers() -> list[LayerInput]:
    posts, _ = simulate({"crowd": {"posts": 15_000}, "rings": {"rings": 2}, "chats": {}}, 2, setting=SETTING)
    return inputs_of(posts)


@pytest.fixture(scope="module")
def found(layers: list[LayerInput]) -> Found:
    return detect(layers, fdr=FDR)


def test_a_pair_tested_by_itself_has_the_numbers_of_the_run(layers: list[LayerInput], found: Found) -> None:
    acts = {layer.name: Acts(layer) for layer in layers}
    for edge in found.edges.filter(claim="together").sample(8, seed=1).iter_rows(named=True):
        chance = found.chances[edge["layer"]]
        (test,) = pair_tests(acts[edge["layer"]], [(edge["a"], edge["b"])], chance, in_step=True)
        assert (test.n, test.window, test.block) == (edge["n"], edge["window"], edge["block"])
        assert test.expected == pytest.approx(edge["expected"])
        assert test.p == pytest.approx(edge["p"])
        assert test.lucky == pytest.approx(chance.false_pairs(np.array([edge["p"]]), "together")[0])


def test_the_meetings_of_any_pair_are_those_that_are_shown_as_evidence(layers: list[LayerInput], found: Found) -> None:
    layer = next(i for i in layers if i.name == "hashtag")
    size = dict(layer.events["object"].value_counts().iter_rows())
    drawn = layer.events["account"].value_counts(sort=True, name="posts").head(40)["account"].sort()
    pairs = [(a, b) for a in drawn for b in drawn if a < b]
    tests = pair_tests(Acts(layer), pairs, found.chances["hashtag"])
    shown = [episodes(layer.events, t.a, t.b, Scale(t.window, t.block), size).height for t in tests[::9]]
    assert [t.n for t in tests[::9]] == shown
    assert sum(n > 0 for n in shown) >= 10


def test_no_scale_speaks_for_a_pair_that_met_once(layers: list[LayerInput], found: Found) -> None:
    """`campaign show --pair` tells of it at the same scale, which it finds without a test."""
    layer = next(i for i in layers if i.name == "hashtag")
    drawn = layer.events["account"].value_counts(sort=True, name="posts").head(40)["account"].sort()
    tests = pair_tests(Acts(layer), [(a, b) for a in drawn for b in drawn if a < b], found.chances["hashtag"])
    once = [test for test in tests if test.n == 1]
    assert len(once) >= 5
    widest = max((scale for scale in layer.scales if scale.weight == 1), key=lambda scale: scale.width)
    assert {(test.window, test.block) for test in once} == {(widest.window, widest.block)}
    assert "stretch of" not in " ".join(pair_sentences(once[0]))


def test_one_pair_is_in_and_one_is_not(layers: list[LayerInput], found: Found) -> None:
    pairs = {tuple(row) for row in found.edges.select("a", "b").iter_rows()}
    groups = explained(found, layers).groups
    assert {g.claim for g in groups} == {"campaign", "gathering"}
    for group in groups:
        members = {m.id for m in group.accounts}
        strongest, *others = group.why
        assert strongest.joined
        assert strongest.claim == ("in step" if group.claim == "campaign" else "together")
        assert {strongest.a, strongest.b} <= members
        assert (strongest.a, strongest.b) in pairs
        assert strongest.tests in (found.tested_pairs[strongest.layer], sum(found.tested_pairs.values()))
        (edge,) = found.edges.filter(
            a=strongest.a, b=strongest.b, layer=strongest.layer, claim=strongest.claim
        ).iter_rows(named=True)
        assert strongest.lucky / strongest.listed == pytest.approx(edge["q"])
        for other in (test for test in others if not test.together_only):
            together = found.edges.filter(claim="together", layer=other.layer)
            everywhere = found.edges.filter(claim="together").height
            by_own = (together.height, together.filter(window=other.window).height)
            over_every_layer = other.tests == sum(found.tested_pairs.values())
            assert other.listed == everywhere if over_every_layer else other.listed in by_own
            assert other.lucky <= other.tests
            anywhere = false_pairs(found.chances, np.array([other.p]), "together")[0]
            worst = max(other.lucky / other.listed, anywhere / everywhere)
            assert other.n < 2 or worst > FDR  # else the list would have gone down to it
            assert not other.joined
            assert (other.a, other.b) not in pairs
            inside = {other.a, other.b} <= members
            assert inside or len({other.a, other.b} & members) == 1
            assert other.n > 1 or not inside
            assert other.p > strongest.p
        assert sum({t.a, t.b} <= members for t in others if not t.together_only) <= 1
    assert any(len({t.a, t.b} & {m.id for m in g.accounts}) == 1 for g in groups for t in g.why)
    assert any({t.a, t.b} <= {m.id for m in g.accounts} for g in groups for t in g.why if not t.joined)


def test_of_a_campaign_one_pair_shows_where_being_together_ends_and_being_in_step_begins(
    layers: list[LayerInput], found: Found
) -> None:
    claims = {
        claim: {tuple(row) for row in found.edges.filter(claim=claim).select("layer", "a", "b").iter_rows()}
        for claim in ("together", "in step")
    }
    shown = [(g, [t for t in g.why if t.together_only]) for g in explained(found, layers).groups]
    assert any(tests for _, tests in shown)
    for group, tests in shown:
        assert len(tests) <= (group.claim == "campaign")
        for test in tests:
            pair = (test.layer, test.a, test.b)
            assert pair in claims["together"]
            assert pair not in claims["in step"]
            assert {test.a, test.b} <= {m.id for m in group.accounts}
            assert test.p > group.why[0].p
            assert test.listed <= found.edges.filter(claim="in step", layer=test.layer).height
            assert verdict(test) == "linked, together only"


def test_nobody_whom_the_run_did_not_ask_about_is_shown_as_left_out(layers: list[LayerInput]) -> None:
    """`Those that meet most were tried` was said of an outsider without the hashtag, whose pairs were never tested."""
    counts = pl.concat([i.events["account"] for i in layers]).value_counts(sort=True)
    chosen = counts["account"].head(300)
    groups = explained(detect(layers, chosen, fdr=FDR), layers, chosen).groups
    shown = {account for g in groups for t in g.why for account in (t.a, t.b)}
    assert any({t.a, t.b} - {m.id for m in g.accounts} for g in groups for t in g.why)
    assert shown <= set(chosen)


PAIR = PairTest("a", "b", "hashtag", "together", 60, 1800, 14, 11.2, 0.24, 7_503, 930.0, 45, joined=False)


def test_a_pair_that_luck_explains_is_told_so() -> None:
    told = " ".join(pair_sentences(PAIR, 0.01))
    assert told.startswith(
        "They met 14 times, where luck explains about 11. A meeting: both used the same hashtag at most "
    )
    assert "within a stretch of 30 minutes, it counts once" in told
    assert "about 11 meetings are to be expected anyway: luck explains most of them." in told
    assert "Of pairs that had as much occasion to meet as these two, luck brings 1 in 4.2 to 14 meetings" in told
    assert "the odds allow for the others" in told
    assert (
        "Some of the 7,503 possible pairs had hardly any occasion; with that allowed for, luck alone brings about 930 "
        "such pairs to a search like this one." in told
    )
    assert "If pairs as weak as this were accepted, more than 1 in 100 of the accepted would be luck, which" in told
    assert told.endswith("Hence these two are not linked (45 pairs that stand out more are).")
    assert verdict(PAIR) == "not linked"


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({"n": 12, "expected": 0.34, "joined": True}, "They met 12 times, where luck explains about 0.34."),
        (
            {"n": 8, "expected": 1.6, "lucky": 17.0},
            "They met 8 times, where luck explains about 1.6; "
            "but luck brings about 17 such pairs to a search like this one.",
        ),
        (
            {"n": 8, "expected": 1.6, "lucky": 0.5},
            "They met 8 times, where luck explains about 1.6; among so many pairs that is not rare enough.",
        ),
        ({"n": 8, "tests": 0}, "They met 8 times."),
    ],
)
def test_the_gist_comes_first(others: dict[str, Any], said: str) -> None:
    assert pair_sentences(replace(PAIR, **others), 0.01)[0] == said


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (15.0, "about 15 meetings are to be expected anyway, as many as there were: luck explains them all."),
        (8.0, "about 8 meetings are to be expected anyway: luck explains most of them."),
        (1.6, "about 1.6 meetings are to be expected anyway. "),
    ],
)
def test_how_much_of_the_meetings_luck_explains_is_said(expected: float, said: str) -> None:
    assert said in pair_sentences(replace(PAIR, expected=expected), 0.01)[2]


def test_a_pair_that_its_behaviour_alone_would_link_is_told_what_spoke_against_it() -> None:
    told = pair_sentences(replace(PAIR, lucky=0.4), 0.01)[-1]
    assert "By this behaviour alone that would do. But the search looked at other behaviours too" in told
    assert told.endswith("Hence these two are not linked.")


def test_the_rate_of_a_run_is_named_where_it_is_known() -> None:
    assert "more than 1 in 20 of the accepted would be luck" in pair_sentences(PAIR, 0.05)[-1]
    assert "more of the accepted would be luck than this search allows" in pair_sentences(PAIR)[-1]


@pytest.mark.parametrize(
    ("lucky", "listed", "share"),
    [
        (17.0, 1_503, ": 17 in 1,503 is about 1 in 88, and at most 1 in 100 (--fdr .01) may be. Hence"),
        (16.9, 1_503, ": 17 in 1,503 is about 1 in 88, and"),
        (15.04, 1_503, ": 15 in 1,503 is a little more than 1 in 100, and at most 1 in 100 (--fdr .01) may be. Hence"),
        (930.0, 45, "does not allow. Hence"),
        (17.0, 0, "does not allow. Hence"),
    ],
)
def test_the_bar_that_a_pair_is_under_is_told_with_its_share(lucky: float, listed: int, share: str) -> None:
    """A pair was told not to be linked, and nobody could see which number was too large."""
    assert share in pair_sentences(replace(PAIR, lucky=lucky, listed=listed), 0.01)[-1]


@pytest.mark.parametrize("joined", [True, False])
def test_it_is_told_which_pairs_the_numbers_count(joined: bool) -> None:
    """Of one pair all behaviours were counted and of the next one, and both read as if they were the same list."""
    pair = replace(PAIR, joined=joined)
    alone, tested = "search like this one (by the same hashtag alone)", {"hashtag": 7_503, "retweet": 100, "url": 0}
    assert alone in pair_sentences(pair, 0.01, tested)[-1]
    both = replace(pair, tests=7_603)
    assert "search like this one (counting all behaviours)" in pair_sentences(both, 0.01, tested)[-1]
    rare = pair_sentences(replace(both, lucky=0.05), 0.001, tested)[-1]
    assert "(counting all behaviours; one such pair in 20 searches)" in rare
    only = pair_sentences(pair, 0.01, {"hashtag": 7_503, "url": 0})[-1]
    assert "alone)" not in only
    assert "counting" not in only


def test_a_pair_that_luck_does_not_explain_is_told_so() -> None:
    linked = replace(PAIR, n=12, expected=0.47, p=3e-9, lucky=2.25e-5, joined=True, claim="in step")
    told = " ".join(pair_sentences(linked))
    assert "talk to each other or pass on one story), about 0.47 meetings are to be expected anyway" in told
    assert "occasion to meet as these two, luck brings 1 in 330 million to 12 meetings or more." in told
    rare = (
        "luck alone brings about 0.000023 pairs as good as this to a search like this one (one such pair in 44 "
        "thousand searches); this search found 45. So of the pairs as good as this about 1 in 2 million is luck."
    )
    assert rare in told
    assert told.endswith("Hence these two are linked.")
    assert verdict(linked) == "linked, in step"


def test_a_linked_pair_beside_lucky_ones_is_not_told_against_itself() -> None:
    """What links it is that many more were found than luck brings, not that luck brings none."""
    told = pair_sentences(replace(PAIR, p=5e-3, lucky=1.8, listed=210, joined=True))[-1]
    assert (
        "brings about 1.8 pairs as good as this to a search like this one; this search found 210. So of the pairs as "
        "good as this about 1 in 120 is luck." in told
    )
    assert told.endswith("are linked.")


def test_why_so_few_are_lucky_among_so_many_is_said_where_it_is_so() -> None:
    """4 million pairs of which luck brings 1 in 1,500 would be 2,800, and 17 puzzles; 7,503 of which 1 in 4 do not."""
    sparse = pair_sentences(replace(PAIR, n=8, expected=1.6, p=1 / 1494, tests=4_160_170, lucky=17.0), 0.01)
    assert "luck brings 1 in 1,500 to 8 meetings or more" in sparse[2]
    assert sparse[3].startswith(
        "Most of the 4,160,170 possible pairs had hardly any occasion; with that allowed for, luck alone brings about "
        "17 such pairs to a search like this one."
    )
    assert pair_sentences(PAIR, 0.01)[3].startswith("Some of the 7,503 possible pairs had hardly any occasion")
    full = pair_sentences(replace(PAIR, lucky=PAIR.tests * PAIR.p), 0.01)[3]
    assert full.startswith("Over all 7,503 possible pairs, luck alone brings about 1,801 such pairs")


@pytest.mark.parametrize(
    ("lucky", "said"),
    [
        (7.08e-7, "about 0.00000071 pairs as good as this to a search like this one (one such pair in 1.4 million sea"),
        (3e-11, "under 0.000000001 pairs as good as this to a search like this one (one such pair in 33 billion searc"),
        (1.0, "about 1 pair as good as this to a search like this one; this search found 45."),
    ],
)
def test_few_lucky_pairs_are_written_out(lucky: float, said: str) -> None:
    assert said in pair_sentences(replace(PAIR, p=1e-9, lucky=lucky, joined=True))[3]


def test_a_count_that_most_reach_is_told_so() -> None:
    told = pair_sentences(replace(PAIR, expected=15.0, p=0.7), 0.01)
    assert "luck brings more than half to 14 meetings or more" in told[2]


@pytest.mark.parametrize("layer", [*every(), "telepathy"])
def test_a_meeting_is_one_sentence_in_every_layer(layer: str) -> None:
    told = pair_sentences(replace(PAIR, layer=layer))[1]
    assert told.startswith("A meeting: both ")
    assert told.count(".") == 1


@pytest.mark.parametrize(("n", "met"), [(0, "They never met."), (1, "They met once.")])
def test_one_meeting_is_never_enough(n: int, met: str) -> None:
    told = pair_sentences(replace(PAIR, n=n))
    assert told[0] == met
    assert "One meeting is never enough" in told[2]
    assert len(told) == 3


def test_a_pair_that_its_layer_alone_would_link_is_told_the_numbers_of_all_layers(
    layers: list[LayerInput], found: Found, hashtag: Searched
) -> None:
    alone = detect([hashtag.layer], fdr=FDR).edges.filter(claim="together")
    linked = found.edges.filter(claim="together")
    gone = alone.join(linked.filter(layer="hashtag"), on=["a", "b"], how="anti").sort("p", "a", "b")
    assert gone.height > 20
    every = sum(found.tested_pairs.values())
    passed = 0
    for edge in gone.gather_every(20).iter_rows(named=True):
        own = left_out(hashtag, edge["a"], edge["b"])
        passed += own.lucky <= FDR * own.listed
        test = worse_of(own, found.edges, found.luck, found.tested_pairs)
        p = np.array([own.p])
        assert test.lucky == pytest.approx(sum(c.false_pairs(p, "together")[0] for c in found.chances.values()))
        assert (test.listed, test.tests) == (linked.height, every)
        assert test.lucky > FDR * test.listed
        said = pair_sentences(test, FDR, found.tested_pairs)[-1]
        assert "(counting all behaviours). The search looked at other behaviours too" in said
        assert said.endswith(f"Hence these two are not linked ({linked.height:,} pairs that stand out more are).")
    assert passed > 3


def test_the_luck_that_is_kept_with_a_run_is_that_of_its_layers_for_every_p_that_links_nobody(found: Found) -> None:
    claims: tuple[Claim, Claim] = ("together", "in step")
    for claim in claims:
        weakest = found.edges.filter(claim=claim)["p"].to_numpy().max()
        for p in weakest * np.array([1.001, 1.3, 2, 7.5, 40]):
            assert found.luck.pairs(p, claim) == pytest.approx(false_pairs(found.chances, np.array([p]), claim)[0])
        assert found.luck.pairs(weakest / 2, claim) is None
        assert found.luck.pairs(1.0, claim) == pytest.approx(false_pairs(found.chances, np.ones(1), claim)[0])


def test_a_run_that_keeps_no_luck_tells_a_pair_by_its_own_layer(found: Found, hashtag: Searched) -> None:
    edge = found.edges.filter(layer="hashtag", claim="together").row(0, named=True)
    own = replace(left_out(hashtag, edge["a"], edge["b"]), p=0.5)
    assert worse_of(own, found.edges, None, found.tested_pairs) == own


def met(**others: list[tuple[str, int]]) -> pl.DataFrame:
    """Two members on `x` at four hours; the others' acts are given as (object, seconds)."""
    rows = [(m, "x", hour * 3600) for hour in range(4) for m in ("m1", "m2")]
    rows += [(other, thing, at) for other, acts in others.items() for thing, at in acts]
    frame = pl.DataFrame(rows, schema={"account": pl.String, "object": pl.String, "time": pl.Int64}, orient="row")
    acts = Acts(LayerInput("hashtag", frame.with_columns(pl.col("time") * 1000), (Scale(60, 1800),)))
    return company(acts, ["m1", "m2"], {"window": 60, "block": 1800}).sort("a", "b")


def test_outsiders_are_counted_by_the_cells_in_which_they_meet_a_member() -> None:
    found = met(twice=[("x", 30), ("x", 50), ("x", 3630)], late=[("x", 61)], elsewhere=[("y", 0)])
    assert found.rows() == [("m1", "twice", 2), ("m2", "twice", 2)]
    assert met(late=[("x", 61)]).is_empty()


@pytest.fixture(scope="module")
def hashtag(layers: list[LayerInput], found: Found) -> Searched:
    layer = next(i for i in layers if i.name == "hashtag")
    return Searched(layer, None, found.edges, found.tested_pairs["hashtag"], FDR)


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
    assert {test.claim for test in missed} == {"together", "in step"}
    for test in missed:
        own = left_out(hashtag, test.a, test.b, test.claim)
        again = worse_of(own, found.edges, found.luck, found.tested_pairs)
        assert (again.n, again.window, again.block) == (test.n, test.window, test.block)
        assert (again.expected, again.p) == pytest.approx((test.expected, test.p))
        assert (again.lucky, again.listed, again.tests) == pytest.approx((test.lucky, test.listed, test.tests))
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


def test_in_step_is_tested_of_those_who_are_together_only(found: Found, hashtag: Searched) -> None:
    of_layer = found.edges.filter(layer="hashtag")
    pairs = {claim: set(of_layer.filter(claim=claim).select("a", "b").rows()) for claim in ("together", "in step")}
    only, both = sorted(pairs["together"] - pairs["in step"]), sorted(pairs["in step"])
    assert len(only) > 5
    for a, b in only[:6]:
        test, together = left_out(hashtag, a, b, "in step"), left_out(hashtag, a, b)
        assert (test.claim, together.claim) == ("in step", "together")
        assert test.p >= together.p
        assert test.listed in {of_layer.filter(claim="in step", window=w).height for w in (60, 300)} | {len(both)}
    edge = of_layer.filter(a=both[0][0], b=both[0][1], claim="in step").row(0, named=True)
    test = left_out(hashtag, *both[0], "in step")
    assert (test.n, test.window, test.block) == (edge["n"], edge["window"], edge["block"])
    assert (test.expected, test.p) == pytest.approx((edge["expected"], edge["p"]))


def test_a_loose_scale_links_nobody_who_is_merely_together(hashtag: Searched) -> None:
    assert min(s.weight for s in hashtag.layer.scales) < 1
    names = hashtag.layer.events["account"].value_counts(sort=True, name="posts").head(12)["account"].sort().to_list()
    tests = [left_out(hashtag, a, b) for a in names[:3] for b in names[3:]]
    strict = {(s.window, s.block) for s in hashtag.layer.scales if s.weight == 1}
    assert {(t.window, t.block) for t in tests} <= strict
    assert Scale(300, 14_400) in hashtag.layer.scales
