"""Groups, and what is claimed of them: cores of three, gatherings without, p of groups and accounts by hand."""

from __future__ import annotations

from itertools import combinations
from string import ascii_letters
from typing import Any

import polars as pl
import pytest
from campaign_analysis.attainable import LEVELS, Chance
from campaign_analysis.combine import cauchy, over_layers
from campaign_analysis.groups import core_of, find_groups
from campaign_analysis.results import EDGE_SCHEMA, JOINED_SCHEMA, Group, Joined, LayerEvidence

Row = dict[str, Any]
TESTED = {"hashtag": 4950, "retweet": 1225}
# As if each p could be had by each pair: what is expected is pairs times p.
CHANCES = {layer: Chance(pairs * LEVELS, pairs * LEVELS) for layer, pairs in TESTED.items()}
ACCOUNTS = {"hashtag": 100, "retweet": 50}


def edge(a: str, b: str, claim: str = "together", layer: str = "hashtag", **other: Any) -> Row:
    numbers = {"window": 60, "block": 1800, "n": 5, "expected": 0.5, "p": 1e-8, "q": 1e-5}
    return {"a": min(a, b), "b": max(a, b), "layer": layer, "claim": claim, **numbers, **other}


def together(members: str, **other: Any) -> list[Row]:
    """Every pair of these one-letter accounts."""
    return [edge(a, b, **other) for a, b in combinations(members, 2)]


def groups(*rows: Row) -> list[Group]:
    return grown_groups(list(rows), [])


def grown_groups(rows: list[Row], joins: list[Row]) -> list[Group]:
    edges, joined = pl.DataFrame(rows, schema=EDGE_SCHEMA), pl.DataFrame(joins, schema=JOINED_SCHEMA)
    return find_groups(edges, joined, CHANCES, ACCOUNTS, "louvain", 1)


def join(account: str, anchor: str, **other: Any) -> Row:
    numbers = {
        "layer": "hashtag",
        "window": 60,
        "block": 1800,
        "n": 4,
        "expected": 0.2,
        "p": 1e-5,
        "lucky": 1e-2,
        "q": 1e-3,
    }
    return {"account": account, "anchor": anchor, **numbers, **other}


def members(group: Group) -> dict[str, str]:
    return {m.id: m.role for m in group.accounts}


def in_step(*pairs: str, **other: Any) -> list[Row]:
    return [edge(pair[0], pair[1], claim="in step", **other) for pair in pairs]


def test_nothing_gives_no_groups() -> None:
    assert groups() == []


def test_a_pair_is_no_group() -> None:
    assert groups(edge("a", "b"), *in_step("ab")) == []


def test_without_anybody_in_step_it_is_a_gathering() -> None:
    (found,) = groups(*together("abcd"))
    assert (found.claim, found.size, found.core) == ("gathering", 4, 0)
    assert found.layers == (LayerEvidence("hashtag", "together", 6, 1e-8 * 4950 / 6),)
    assert set(members(found).values()) == {"together"}


def test_two_in_step_are_no_core() -> None:
    (found,) = groups(*together("abcd"), *in_step("ab", "cd"))
    assert (found.claim, found.core) == ("gathering", 0)


def test_three_joined_in_step_are_a_core_and_the_others_are_together_with_it() -> None:
    (found,) = groups(*together("abcdef"), *in_step("ab", "bc", "de"))
    assert (found.claim, found.core) == ("campaign", 3)
    assert members(found) == dict.fromkeys("abc", "core") | dict.fromkeys("def", "together")


def test_layers_join_a_core() -> None:
    (found,) = groups(*together("abcd"), *in_step("ab"), *in_step("bc", layer="retweet"))
    assert found.core == 3
    assert [(e.layer, e.claim, e.edges) for e in found.layers] == [
        ("hashtag", "in step", 1),
        ("hashtag", "together", 6),
        ("retweet", "in step", 1),
    ]


def test_a_core_may_have_several_parts_of_three() -> None:
    edges = pl.DataFrame(in_step("ab", "bc", "xy", "yz", "mn"), schema=EDGE_SCHEMA)
    nobody = pl.DataFrame(schema=JOINED_SCHEMA)
    assert core_of(edges, nobody) == set("abcxyz")
    assert core_of(edges, pl.DataFrame([join("o", "m")], schema=JOINED_SCHEMA)) == set("abcxyzmno")


def test_who_joins_a_core_is_of_it_with_how_it_joined() -> None:
    (found,) = grown_groups([*together("abcd"), *in_step("ab", "bc")], [join("d", "a"), join("x", "a", n=3)])
    assert members(found) == dict.fromkeys("abcdx", "core")
    by_id = {m.id: m for m in found.accounts}
    assert by_id["x"].joined == Joined("hashtag", 60, 1800, 3, 0.2, 1e-5, 1e-3)
    assert (by_id["x"].episodes, by_id["x"].expected, by_id["x"].p) == (3, 0.2, 1e-5)
    assert by_id["d"].episodes == 15  # of its pairs
    assert by_id["a"].joined is None


def test_a_pair_in_step_and_who_joins_it_are_a_campaign() -> None:
    (found,) = grown_groups([edge("a", "b"), *in_step("ab")], [join("c", "a")])
    assert (found.claim, members(found)) == ("campaign", dict.fromkeys("abc", "core"))


def test_who_joins_a_core_leaves_the_group_of_its_pairs() -> None:
    rows = [*together("abc"), *in_step("ab", "bc"), *together("wxyz")]
    campaign, gathering = grown_groups(rows, [join("w", "a")])
    assert members(campaign) == dict.fromkeys("abcw", "core")
    assert members(gathering) == dict.fromkeys("xyz", "together")
    (left,) = grown_groups(rows, [join("w", "a"), join("x", "a")])
    assert left.claim == "campaign"  # two of four are no group


def test_nobody_joins_a_core_that_is_likelier_chance() -> None:
    (found,) = grown_groups([*together("abc"), *in_step("ab", "bc", p=0.1)], [join("x", "a", lucky=2.0)])
    assert (found.claim, set(members(found))) == ("gathering", set("abc"))


def test_who_joins_a_core_is_evidence_that_it_is_not_chance() -> None:
    (found,) = grown_groups(
        [*together("abc"), *in_step("ab", "bc", p=0.1)], [join("x", "a"), join("y", "a", lucky=1.0)]
    )
    assert (found.claim, found.core) == ("campaign", 5)
    evidence = {(e.layer, e.claim): e.p for e in found.layers}
    assert evidence["hashtag", "in step"] == pytest.approx(0.02)


def test_in_step_across_two_groups_makes_no_core_in_either() -> None:
    found = groups(*together("abcd"), *together("wxyz"), edge("d", "w"), *in_step("ab", "dw", "wx"))
    assert [g.claim for g in found] == ["gathering", "gathering"]


def test_p_of_a_layer_is_simes_over_all_its_tests() -> None:
    p = [1e-9, 4e-9, 2e-6]
    (found,) = groups(edge("a", "b", p=p[0]), edge("b", "c", p=p[1]), edge("a", "c", p=p[2]))
    simes = min(p[0] * 4950, p[1] * 4950 / 2, p[2] * 4950 / 3)
    assert simes == p[0] * 4950
    assert found.layers[0].p == pytest.approx(simes, rel=1e-12)
    assert found.p == pytest.approx(2 * simes, rel=1e-4)  # the silent retweet layer counts


def test_p_of_a_campaign_is_that_of_its_core_claim_and_never_above_one() -> None:
    rows = [*together("abc", p=1e-30), *in_step("ab", "bc", p=1e-6)]
    (found,) = groups(*rows)
    assert found.p == pytest.approx(over_layers([1e-6 * 4950 / 2], 2), rel=1e-12)


def test_pairs_that_are_likelier_chance_are_no_group() -> None:
    assert groups(*together("abc", p=1e-2)) == []  # 50 such pairs are expected
    (found,) = groups(*together("abc", p=1e-4))
    assert found.layers[0].p == pytest.approx(1e-4 * 4950 / 3)


def test_p_of_layers_are_joined_by_cauchy() -> None:
    rows = [*together("abc", p=1e-7), *together("abc", layer="retweet", p=1e-5)]
    (found,) = groups(*rows)
    assert found.p == pytest.approx(cauchy([1e-7 * 4950 / 3, 1e-5 * 1225 / 3]), rel=1e-12)


def test_numbers_of_an_account_are_its_partners_in_the_group() -> None:
    (found,) = groups(
        edge("a", "b", n=4, expected=0.5, p=1e-6),
        edge("a", "c", n=7, expected=1.5, p=1e-9),
        edge("b", "c", n=3, expected=0.25, p=1e-5),
        edge("a", "b", layer="retweet", n=10, expected=2.0, p=1e-10),
        *in_step("ab", "ac", n=99, expected=99.0),
    )
    a = next(m for m in found.accounts if m.id == "a")
    assert (a.role, a.episodes, a.expected) == ("core", 21, 4.0)
    assert a.p == pytest.approx(min(1e-6 * 99, 1e-9 * 99, 1e-10 * 49), rel=1e-12)


def test_partners_outside_the_group_do_not_count() -> None:
    rows = [*together("abcde"), *together("vwxyz"), edge("a", "v", n=1000)]
    first, second = sorted(groups(*rows), key=lambda g: g.accounts[0].id)
    assert set(members(first)) == set("abcde")
    assert set(members(second)) == set("vwxyz")
    assert {m.episodes for g in (first, second) for m in g.accounts} == {20}


def test_p_of_an_account_is_never_above_one() -> None:
    (found,) = groups(*together(ascii_letters, p=10**-1.75))
    assert {m.p for m in found.accounts} == {1.0}


def test_campaigns_come_first_then_larger_cores_then_larger_groups() -> None:
    rows = [
        *together("abcdefgh"),
        *together("ijklm"),
        *in_step("ij", "jk"),
        *together("nopqr"),
        *in_step("no", "op", "pq"),
        *together("stuvwx"),
    ]
    found = groups(*rows)
    assert [(g.claim, g.core, g.size) for g in found] == [
        ("campaign", 4, 5),
        ("campaign", 3, 5),
        ("gathering", 0, 8),
        ("gathering", 0, 6),
    ]


def test_accounts_are_listed_core_first_then_by_p() -> None:
    (found,) = groups(*together("abcd"), edge("x", "a", p=1e-20), edge("x", "b", p=1e-20), *in_step("bc", "cd"))
    listed = [(m.id, m.role) for m in found.accounts]
    assert [role for _, role in listed] == ["core"] * 3 + ["together"] * 2
    assert listed[0][0] == "b"
    assert {listed[3][0], listed[4][0]} == {"a", "x"}


def test_order_of_edges_changes_nothing() -> None:
    rows = [*together("abcdef"), *in_step("ab", "bc", "de"), *together("abc", layer="retweet", expected=0.1)]
    assert groups(*rows) == groups(*reversed(rows))


def test_who_is_in_step_with_a_core_elsewhere_is_of_that_core() -> None:
    rows = [*together("abcd"), *in_step("ab", "bc"), *together("wxyz"), edge("b", "w")]
    first, second = groups(*rows, *in_step("bw"))
    assert members(first) == dict.fromkeys("abcw", "core") | {"d": "together"}
    assert members(second) == dict.fromkeys("xyz", "together")


def test_who_is_in_step_with_several_cores_is_of_that_of_most_unless_it_has_one_of_its_own() -> None:
    two = [*together("abcd"), *in_step("ab", "bc"), *together("uvxyz"), *in_step("xy", "yz")]
    both = [edge("a", "u"), *in_step("au")]
    assert [set(members(g)) for g in groups(*two, *both)] == [set("abcdu"), set("vxyz")]
    assert [set(members(g)) for g in groups(*two, *both, *in_step("uv", "vx"))] == [set("uvxyz"), set("abcd")]


def test_who_follows_a_core_brings_those_who_are_in_step_with_it() -> None:
    rows = [*together("abcd"), *in_step("ab", "bc"), *together("vwxyz"), edge("b", "w"), *in_step("bw", "wv")]
    first, _ = groups(*rows)
    assert members(first) == dict.fromkeys("abcvw", "core") | {"d": "together"}


def test_who_is_linked_with_nobody_of_a_group_is_not_in_it() -> None:
    rows = [*together("abcd"), *in_step("ab", "bc"), *together("uvw"), edge("u", "x"), edge("v", "x")]
    left = {frozenset(members(g)) for g in grown_groups([*rows, edge("x", "y")], [join(who, "a") for who in "uvw"])}
    assert left == {frozenset("abcduvw")}  # x and y are linked with each other alone


def test_who_is_in_a_core_by_its_own_pairs_does_not_leave_it_for_another() -> None:
    rows = [*together("abc"), *in_step("ab", "bc", "ac"), *together("xyz", layer="retweet")]
    rows += in_step("xy", "yz", layer="retweet")
    found = grown_groups(rows, [join("a", "x", layer="retweet")])
    assert [set(members(g)) for g in found] == [set("abc"), set("xyz")]


def test_who_joined_a_core_is_where_most_of_it_is() -> None:
    """The core's first account is in a group of its own friends: who joined the core does not follow it there."""
    rows = [*together("bcde"), *in_step("bc", "cd", "de", "ab", "ae"), edge("a", "b"), edge("a", "e")]
    rows += [*together("avwxy"), *in_step("av", "vw", layer="retweet"), edge("a", "v", layer="retweet")]
    found = grown_groups([*rows, edge("v", "w", layer="retweet")], [join("z", "a")])
    assert ["z" in members(g) for g in found if "b" in members(g)] == [True]


@pytest.mark.parametrize("joining", [1, 2])
def test_a_pair_across_two_groups_and_who_joins_it_are_a_campaign(joining: int) -> None:
    rows = [*together("xabc"), *together("ydef"), edge("x", "y"), *in_step("xy")]
    found = grown_groups(rows, [join(who, "x") for who in "jk"[:joining]])
    assert {i for i, role in members(found[0]).items() if role == "core"} == set("xyjk"[: 2 + joining])


def test_who_joins_a_pair_of_which_one_is_in_a_core_is_of_that_core() -> None:
    rows = [*together("ybcd", layer="retweet"), *in_step("yb", "bc", layer="retweet")]
    rows += [*together("xefg"), edge("x", "y"), *in_step("xy")]
    first, _ = grown_groups(rows, [join("j", "x"), join("k", "x")])
    assert {i for i, role in members(first).items() if role == "core"} == set("ybcxjk")
