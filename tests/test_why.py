"""The two pairs of a group: the numbers are those of the run, and the pair that is out really is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from campaign_analysis.detect import Found, LayerInput, detect
from campaign_analysis.results import PairTest
from campaign_analysis.simulation import simulate
from campaign_analysis.simulation.events import inputs_of
from campaign_analysis.why import Acts, explained, pair_test
from worlds import SETTING

from campaign.pair_words import pair_sentences

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
        chance, pairs = found.chances[edge["layer"]], found.tested_pairs[edge["layer"]]
        test = pair_test(acts[edge["layer"]], edge["a"], edge["b"], pairs, chance)
        assert (test.n, test.window, test.block) == (edge["n"], edge["window"], edge["block"])
        assert test.expected == pytest.approx(edge["expected"])
        assert test.p == pytest.approx(edge["p"])
        assert test.lucky == pytest.approx(chance.false_pairs(np.array([edge["p"]]), "together")[0])


def test_one_pair_is_in_and_one_is_not(layers: list[LayerInput], found: Found) -> None:
    pairs = {tuple(row) for row in found.edges.select("a", "b").iter_rows()}
    groups = explained(found, layers)
    assert {g.claim for g in groups} == {"campaign", "gathering"}
    for group in groups:
        members = {m.id for m in group.accounts}
        strongest, *others = group.why
        assert strongest.joined
        assert strongest.claim == ("in step" if group.claim == "campaign" else "together")
        assert {strongest.a, strongest.b} <= members
        assert (strongest.a, strongest.b) in pairs
        assert strongest.tests == found.tested_pairs[strongest.layer]
        (edge,) = found.edges.filter(
            a=strongest.a, b=strongest.b, layer=strongest.layer, claim=strongest.claim
        ).iter_rows(named=True)
        assert strongest.lucky / strongest.listed == pytest.approx(edge["q"])
        for other in others:
            joined = found.edges.filter(layer=other.layer, claim="together").height
            assert other.listed == joined > 0
            assert FDR * joined < other.lucky <= other.tests  # else the list would have gone down to it
            assert not other.joined
            assert (other.a, other.b) not in pairs
            assert len({other.a, other.b} & members) == 1
            assert other.p > strongest.p
    assert any(len(g.why) == 2 for g in groups)


PAIR = PairTest("a", "b", "hashtag", "together", 60, 1800, 14, 11.2, 0.24, 7_503, 930.0, 45, joined=False)


def test_a_pair_that_luck_explains_is_told_so() -> None:
    told = " ".join(pair_sentences(PAIR))
    assert "They met 14 times" in told
    assert "stretches of 30 minutes" in told
    assert "within 1 minute of each other" in told
    assert "explains about 11 such meetings" in told
    assert "once in 4 such pairs" in told
    assert "Among 7,503 pairs that could have been tested, about 930 do so well by luck alone; 45 pairs" in told
    assert "more of all that are joined would be there by luck than this search allows" in told
    assert told.endswith("Hence these two are not joined.")


def test_a_pair_that_luck_does_not_explain_is_told_so() -> None:
    joined = replace(PAIR, n=12, expected=0.47, p=3e-9, lucky=2.25e-5, joined=True, claim="in step")
    told = " ".join(pair_sentences(joined))
    assert "post in such sessions anyway, explains about 0.47 such meetings" in told
    assert "once in 330 million such pairs" in told
    assert "one does so well by luck alone in one of 44 thousand such searches, and 45 were found here" in told
    assert told.endswith("more than luck explains. Hence these two are joined.")


def test_a_joined_pair_beside_lucky_ones_is_not_told_against_itself() -> None:
    """What joins it is that many more were found than luck brings, not that luck brings none."""
    told = pair_sentences(replace(PAIR, p=5e-3, lucky=1.8, listed=210, joined=True))[-1]
    assert "about 1.8 do so well by luck alone, and 210 were found here: more than luck explains." in told
    assert told.endswith("are joined.")


@pytest.mark.parametrize(("n", "met"), [(0, "They never met"), (1, "They met once")])
def test_one_meeting_is_never_enough(n: int, met: str) -> None:
    told = pair_sentences(replace(PAIR, n=n))
    assert told[0].startswith(met)
    assert "One meeting is never enough" in told[1]
    assert len(told) == 2
