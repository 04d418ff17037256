"""What the demo says of a detection against the truth."""

from __future__ import annotations

import textwrap

import polars as pl
from campaign_analysis.results import Group, GroupClaim, Member

from campaign.demo import GENERATED, Comparison, compare, tell


def group(claim: GroupClaim, core: str, others: str = "") -> Group:
    """A group whose members are named by one letter each."""
    roles = [("core", name) for name in core] + [("together", name) for name in others]
    members = tuple(Member(id=f"sim:{name}", role=role, episodes=3, expected=0.1, p=1e-9) for role, name in roles)  # type: ignore[arg-type]
    return Group(id="g", claim=claim, layers=(), p=1e-9, accounts=members)


def truth() -> pl.DataFrame:
    """Two rings (d acted once only), and a chat and a spike, which are innocent; everybody else is the crowd."""
    rows = [(name, "ring-0", "ring", True, name != "d") for name in "abcd"]
    rows += [(name, "ring-1", "ring", True, True) for name in "efgh"]
    rows += [(name, "chat-0", "chat", False, False) for name in "klmn"]
    rows += [(name, "spike-0", "spike", False, False) for name in "nopq"]
    return pl.DataFrame(rows, schema=["account_id", "group", "kind", "guilty", "core"], orient="row")


def found(comparison: Comparison) -> dict[str, tuple[str | None, int]]:
    return {g.name: (g.found_as, g.accused) for g in comparison.groups}


def test_a_detection_that_is_mostly_right() -> None:
    groups = [group("campaign", "abcdx", "y"), group("gathering", "", "klm"), group("gathering", "", "xyz")]
    result = compare(groups, truth(), "sim")
    assert found(result) == {
        "ring-0": ("campaign", 3),
        "ring-1": (None, 0),
        "chat-0": ("gathering", 0),
        "spike-0": (None, 0),
    }
    assert (result.accused, result.rightly, result.wrongly) == (5, 4, 1)  # x is of the crowd
    assert (result.findable, result.found) == (7, 3)  # d acted once: guilty, but nobody could know
    assert result.precision == 4 / 5
    assert result.recall == 3 / 7
    assert tell(result) == [
        "Planted rings found as campaigns: 1 of 2",
        "  ring-0: 3 of 3 accounts named in a core",
        "  ring-1: 0 of 4 accounts named in a core (not found)",
        "Accounts named in a core: 5, of a planted ring: 4 (80%)",
        "Accounts of the rings that acted at least twice: 7, named in a core: 3 (43%)",
        "Innocent groups of kind chat: 1; seen as gatherings 1, called campaigns 0, not noticed 0",
        "Innocent groups of kind spike: 1; seen as gatherings 0, called campaigns 0, not noticed 1",
        "Accounts named in a core that belong to no ring: 1",
        *textwrap.wrap(GENERATED, 79),
    ]
    assert "accuse" not in " ".join(tell(result))  # detect accuses nobody


def test_an_accused_chat_is_said() -> None:
    result = compare([group("gathering", "", "klm"), group("campaign", "klmn")], truth(), "sim")
    assert found(result)["chat-0"] == ("campaign", 4)
    assert result.wrongly == 4
    assert result.precision == 0
    assert "called campaigns 1" in "\n".join(tell(result))


def test_a_ring_in_pieces_is_one_ring() -> None:
    truth_of_six = truth().with_columns(group=pl.lit("ring-0")).filter(pl.col("kind") == "ring")
    result = compare([group("campaign", "abc"), group("gathering", "", "efg")], truth_of_six, "sim")
    assert found(result) == {"ring-0": ("campaign", 3)}


def test_nothing_found_and_nothing_planted() -> None:
    result = compare([], truth().clear(), "sim")
    assert (result.precision, result.recall, result.groups) == (None, None, ())
    assert tell(result)[0] == "Planted rings found as campaigns: 0 of 0"
