"""What is said of a pair under both claims: two numbers of meetings are each said with their measure."""

from __future__ import annotations

from campaign_analysis.results import PairTest
from report_example import RING, detection

from campaign.linked_words import both_claims

PAIR = (RING[0], RING[1], "hashtag")
TOGETHER = PairTest(*PAIR, "together", 60, 7200, 8, 0.05, 1e-12, 500, 1e-9, 101, joined=True)


def told(in_step: PairTest) -> list[str]:
    known = {test.claim: test for test in (TOGETHER, in_step) if test.joined}
    return both_claims(detection(), "hashtag", known, {"hashtag": in_step})


def test_where_the_claims_count_by_different_measures_each_says_its_own() -> None:
    for joined in (True, False):
        together, in_step = told(PairTest(*PAIR, "in step", 300, 14_400, 13, 3.6, 1e-3, 500, 9.5, 637, joined=joined))
        assert "Together: yes (8 meetings at most 1 minute apart, once in 2 hours, where" in together
        met = "13 meetings at most 5 minutes apart, once in 4 hours, "
        assert f"In step: {'yes' if joined else 'no'} ({met}" in in_step


def test_where_they_count_alike_the_measure_is_said_once_below() -> None:
    together, in_step = told(PairTest(*PAIR, "in step", 60, 7200, 8, 3.6, 1e-3, 500, 9.5, 637, joined=False))
    assert "yes (8 meetings, where" in together
    assert "no (8 meetings, where" in in_step
