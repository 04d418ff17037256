"""What an account rests on: one figure under the claim that brought it in, and why it is beside the core."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import polars as pl
import pytest
from campaign_analysis.results import EDGE_SCHEMA, Group, Joined, Member
from report_example import edge

from campaign import account_words
from campaign.account_words import reading, reason, standings, surest_first

CORE = ("a", "b", "c")
ADDED = Joined("hashtag", 60, 1800, 7, 0.14, 2e-9, 4e-3)
MEMBERS = (
    *(Member(i, "core", 5, 0.1, 1.0) for i in CORE),
    Member("d", "core", 7, 0.14, 1e-3, joined=ADDED),
    Member("e", "together", 144, 3.0, 1e-12),
)
GROUP = Group("r-1", "campaign", (), 1e-9, MEMBERS)


def edges(*more: dict[str, Any]) -> pl.DataFrame:
    rows = [edge(a, b, "hashtag", "in step", 2e-6) for a, b in combinations(CORE, 2)]
    rows += [edge(a, b, "hashtag", "together", 2e-8) for a, b in combinations(CORE, 2)]
    rows += [edge(a, "e", layer, "together", 1.96e-4) for a in CORE for layer in ("hashtag", "retweet")]
    return pl.DataFrame([*rows, *more], schema=EDGE_SCHEMA)  # their q is fifty times p


def test_each_account_has_the_odds_of_the_claim_that_brought_it_in() -> None:
    known = standings(GROUP, edges())
    assert (known["a"].in_step, known["a"].together, known["a"].told) == (2, 3, "1 in 10 thousand, in step")
    assert (known["d"].in_step, known["d"].together, known["d"].told) == (0, 0, "1 in 250, added")
    assert (known["e"].in_step, known["e"].together, known["e"].told) == (0, 3, "1 in 100, together")


def test_odds_of_the_two_claims_stand_apart() -> None:
    """Else 1 in 1,500 together looks guiltier than 1 in 200 in step, which claims more."""
    known = standings(GROUP, edges())
    assert (known["a"].odds_in_step, known["a"].odds_together) == ("1 in 10 thousand", "1 in 1 million")
    assert (known["d"].odds_in_step, known["d"].odds_together) == ("1 in 250, added", "–")
    assert (known["e"].odds_in_step, known["e"].odds_together) == ("–", "1 in 100")


def test_meetings_and_those_by_luck_are_those_of_the_pairs_that_brought_an_account_in() -> None:
    """What a pair's own page takes as expected, summed: habits are in it in a core, and are not elsewhere."""
    more = edge("a", "e", "quote", "in step", 1e-4) | {"n": 50, "expected": 9.0}
    known = standings(GROUP, edges(more))
    assert (known["b"].n, known["b"].expected) == (12, pytest.approx(0.4))  # two pairs in step, not three together
    assert (known["a"].n, known["a"].expected) == (62, pytest.approx(9.4))
    assert (known["e"].n, known["e"].expected) == (36, pytest.approx(1.2))
    assert (known["d"].n, known["d"].expected) == (7, 0.14)  # of the core's meetings


def test_who_is_in_the_core_by_one_pair_is_told_so() -> None:
    known = standings(GROUP, edges().filter(~((pl.col("a") == "b") & (pl.col("b") == "c"))))
    assert [known[i].one_pair for i in "abcde"] == [False, True, True, False, False]
    assert reason(GROUP, MEMBERS[1], known["b"]) == account_words.ONE_PAIR
    assert reason(GROUP, MEMBERS[0], known["a"]) == ""


def test_pairs_with_accounts_of_other_groups_are_not_its_own() -> None:
    known = standings(GROUP, edges(edge("e", "z", "hashtag", "in step", 1e-30)))
    assert known["e"].in_step == 0
    assert known["e"].q == pytest.approx(0.0098)
    assert [known[i].elsewhere for i in "aed"] == [0, 1, 0]
    assert reason(GROUP, MEMBERS[-1], known["e"]) == "in step with nobody here, but with 1 account outside this group"


def test_an_account_whose_pairs_are_not_known_has_a_dash() -> None:
    assert standings(GROUP, edges().clear())["a"].odds == "–"


def test_the_core_comes_first_and_then_who_is_surest() -> None:
    assert [m.id for m in surest_first(GROUP, standings(GROUP, edges()))] == ["a", "b", "c", "d", "e"]


def test_who_is_beside_the_core_is_told_why_however_many_its_meetings() -> None:
    known = standings(GROUP, edges())
    reasons = {m.id: reason(GROUP, m, known[m.id]) for m in MEMBERS}
    assert reasons["e"] == account_words.BESIDE
    assert reasons["d"].startswith("present at 7 of the core's meetings")
    assert reasons["a"] == ""
    paired = (*MEMBERS, Member("f", "together", 3, 0.1, 1e-3))
    lone = replace(GROUP, accounts=paired)
    known = standings(lone, edges(edge("e", "f", "hashtag", "in step", 1e-6)))
    assert reason(lone, paired[-1], known["f"]) == account_words.APART


def test_in_a_gathering_nobody_is_beside_anything() -> None:
    gathering = replace(GROUP, claim="gathering", accounts=MEMBERS[-1:])
    known = standings(gathering, edges())
    assert reason(gathering, MEMBERS[-1], known["e"]) == ""
    assert "core" not in " ".join(reading(gathering, list(known.values())))


def test_the_reading_explains_only_what_the_table_has() -> None:
    known = standings(GROUP, edges())
    assert "added" in " ".join(reading(GROUP, list(known.values())))
    assert "added" not in " ".join(reading(GROUP, [known["a"]]))
    assert "beside the core meets" not in " ".join(reading(GROUP, [known["a"]]))
    assert "An account beside the core meets others of the group" in " ".join(reading(GROUP, list(known.values())))
    assert reading(GROUP, [known["a"]])[-1].endswith("not the chance that an account did nothing unusual.")


def test_that_meetings_may_be_more_than_posts_is_said() -> None:
    known = standings(GROUP, edges())
    assert "One post counts once for each of these partners and behaviours" in reading(GROUP, [known["e"]])[0]


def test_it_is_said_which_odds_are_not_to_be_compared_and_what_those_together_leave_out() -> None:
    known = standings(GROUP, edges())
    assert account_words.STRONGER in reading(GROUP, list(known.values()))
    gathering = " ".join(reading(replace(GROUP, claim="gathering"), [known["e"]]))
    assert account_words.STRONGER not in gathering
    assert "not for the rush of the very minute, nor for habits" in gathering


def test_that_more_of_one_groups_pairs_may_be_luck_is_said_beside_the_odds() -> None:
    assert account_words.OF_ONE_GROUP in reading(GROUP, [standings(GROUP, edges())["a"]])[0]


def test_own_posts_are_explained_where_they_are_shown() -> None:
    row = [standings(GROUP, edges())["a"]]
    assert account_words.OWN_POSTS in reading(GROUP, row, posts=True)[0]
    assert account_words.OWN_POSTS not in reading(GROUP, row)[0]
