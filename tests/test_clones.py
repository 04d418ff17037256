"""Clones: skeletons, candidates held against all pairs, chance against draws, and planted truth."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import polars as pl
import pytest
from campaign_analysis.clones import CLONES, ERROR, PROFILES, clones_of, find_clones
from campaign_analysis.clones.agreement import CORE, NEAR, OTHER, SAME, Profiles
from campaign_analysis.clones.candidates import near_names
from campaign_analysis.clones.chance import Field, _as_unlikely
from campaign_analysis.clones.exempt import says_so
from campaign_analysis.clones.find import pairs_of
from campaign_analysis.clones.keys import keyed
from campaign_analysis.errors import AnalysisError
from campaign_analysis.simulation.people import simulate_profiles
from command import campaign, told
from loading import format_of, pairs, read, write
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

PEOPLE, PLANTED, PARODIES = 20_000, 100, 20


def profile(account: str, name: str | None, handle: str | None, bio: str | None = None, **more: Any) -> dict[str, Any]:
    made = datetime(2010 + int(account) % 12, 1, 1, tzinfo=UTC)
    known = {"account": account, "name": name, "handle": handle, "description": bio, "created_at": made}
    return {**known, "verified": None, "avatar": None, **more}


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=PROFILES)


@pytest.fixture(scope="module")
def simulated() -> tuple[pl.DataFrame, pl.DataFrame]:
    return simulate_profiles(PEOPLE, PLANTED, seed=5, parodies=PARODIES)


@pytest.fixture(scope="module")
def alike(simulated: tuple[pl.DataFrame, pl.DataFrame]) -> pl.DataFrame:
    return pairs_of(simulated[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rahul Sharma", "Rаhul Shаrmа"),  # Cyrillic а
        ("Rahul Sharma", "RAHUL  SHARMA"),
        ("Rahul Sharma", "Rahul Sharma 77"),
        ("Rahul Sharma", "Official Rahul Sharma"),
        ("Rahul Sharma", "Ｒａｈｕｌ 𝓢𝓱𝓪𝓻𝓶𝓪"),
        ("Rahul Sharma", "Rahu\u200bl Sharma ✅"),
        ("Ayşe Yılmaz", "AYSE YILMAZ"),
        ("İpek Işık", "ipek ışık"),
        ("Marco Modi", "Marco rnodi"),
        ("José García", "Jose\u0301 Garcia"),
    ],
)
def test_disguises_and_spellings_of_a_name_have_one_skeleton(one: str, other: str) -> None:
    keys = keyed(frame(profile("1", one, None), profile("2", other, None)))["name_key"]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(("one", "other"), [("किरण", "करण"), ("محمد علي", "محمود علي"), ("Ravi Das", "Rani Das")])
def test_marks_of_other_scripts_are_letters_and_names_differ_by_them(one: str, other: str) -> None:
    keys = keyed(frame(profile("1", one, None), profile("2", other, None)))["name_key"]
    assert keys[0] != keys[1]


@pytest.mark.parametrize(
    ("handle", "level"),
    [
        ("rahul_sharma", SAME),
        ("rahu1sharma", SAME),
        ("rahulsharrna", SAME),
        ("rahulhsarma", NEAR),
        ("rahulsharrma", NEAR),
        ("rahulsharma1987", CORE),
        ("real_rahulsharma", CORE),
        ("nightowl", OTHER),
    ],
)
def test_how_much_of_a_handle_agrees(handle: str, level: int) -> None:
    known = keyed(frame(profile("1", None, "rahulsharma"), profile("2", None, handle)))
    found = Profiles(known).agreement(pl.DataFrame({"a": [0], "b": [1]}))
    assert found["handle"].item() == level
    assert not found.select(pl.any_horizontal("name", "disguised", "bio", "avatar")).item()  # nothing is known of them


def test_near_names_are_those_that_comparing_all_with_all_finds() -> None:
    rng = np.random.default_rng(3)
    names = sorted({"".join(rng.choice(list("abcह"), rng.integers(4, 8))) for _ in range(250)})
    texts = pl.Series(names, dtype=pl.String)
    expected = {
        (left, right)
        for left, right in itertools.combinations(names, 2)
        if min(len(left), len(right)) >= 5 and OSA.distance(left, right) == 1
    }
    found = set(near_names(texts).iter_rows())
    assert len(expected) > 20
    assert found <= {
        (a, b) for a, b in itertools.combinations(names, 2) if OSA.distance(a, b) == 1 or fuzz.ratio(a, b) >= 90
    }
    assert len(expected - found) <= 0.02 * len(expected)  # blocks of more than 30 compare with their first few


def test_the_chance_of_agreeing_as_much_is_that_of_draws() -> None:
    rng = np.random.default_rng(1)
    tails = [[0.3, 0.1], [0.02], [0.2]]
    draws = 400_000
    levels = [
        (rng.random((draws, 1)) < np.array(tail)).sum(axis=1) for tail in tails
    ]  # the same draw against each tail
    product = np.prod([np.array([1.0, *t])[level] for t, level in zip(tails, levels, strict=True)], axis=0)
    for observed in [(0, 0, 0), (2, 0, 0), (1, 1, 0), (0, 0, 1), (2, 1, 1)]:
        own = float(np.prod([np.array([1.0, *t])[level] for t, level in zip(tails, observed, strict=True)]))
        drawn = float((product <= own * (1 + 1e-9)).mean())
        fields = [Field([np.array([p]) for p in t], np.array([o])) for t, o in zip(tails, observed, strict=True)]
        assert _as_unlikely(fields)[0] == pytest.approx(drawn, rel=0.1, abs=2e-4), observed


def test_planted_copies_are_found_and_innocents_left_alone(
    simulated: tuple[pl.DataFrame, pl.DataFrame], alike: pl.DataFrame
) -> None:
    truth = simulated[1]
    guilty = truth.filter("guilty")
    named = alike.filter(pl.col("exempt").is_null() & (pl.col("expected") <= ERROR))
    found = guilty.join(named, left_on=["account", "original"], right_on=["suspect", "original"])
    copied = guilty.filter((pl.col("bio") != "other") | pl.col("avatar"))
    assert found.height >= 0.88 * guilty.height  # of 200,000 it is .95: docs/clones.md
    assert found.join(copied, on="account").height >= 0.92 * copied.height
    wrong = named.filter(~pl.col("suspect").is_in(truth["account"]))
    assert len({*wrong["original"], *wrong["suspect"]}) <= PEOPLE * ERROR
    parodies = truth.filter(~pl.col("guilty"))["account"]
    assert named.filter(pl.col("suspect").is_in(parodies)).is_empty()
    assert alike.filter(pl.col("suspect").is_in(parodies) & pl.col("exempt").str.contains("parody")).height >= 10


def test_namesakes_are_no_clones_in_any_culture(
    simulated: tuple[pl.DataFrame, pl.DataFrame], alike: pl.DataFrame
) -> None:
    profiles, truth = simulated
    innocent = profiles.filter(~pl.col("account").is_in([*truth["account"], *truth["original"]]))
    named = alike.filter(pl.col("expected") <= ERROR)
    for culture, people in innocent.group_by("culture"):
        bearers = people.group_by("name").len().filter(pl.col("len") >= 5)
        namesakes = people.filter(pl.col("name").is_in(bearers["name"].implode()))
        both = pl.col("original").is_in(namesakes["account"]) & pl.col("suspect").is_in(namesakes["account"])
        assert namesakes.height > 300, culture
        assert named.filter(both).height <= 2, culture


def test_everybody_is_judged_at_a_rate_of_false_discoveries(simulated: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    profiles, truth = simulated
    found = find_clones(profiles).filter(pl.col("exempt").is_null())
    wrong = found.filter(~pl.col("suspect").is_in(truth["account"]))
    assert found.height >= 60
    assert wrong.height <= 0.1 * found.height


def test_the_answer_about_one_is_a_part_of_all(
    simulated: tuple[pl.DataFrame, pl.DataFrame], alike: pl.DataFrame
) -> None:
    original = alike["original"][0]
    mine = clones_of(original, simulated[0])
    assert mine.equals(
        alike.filter(
            (pl.col("expected") <= ERROR) & ((pl.col("original") == original) | (pl.col("suspect") == original))
        )
    )
    assert not mine.is_empty()


def among_others(*rows: dict[str, Any]) -> pl.DataFrame:
    """Profiles among a crowd of people with names and bios of their own."""
    crowd = simulate_profiles(3000, 0, seed=2)[0].drop("culture", "followers")
    return pl.concat([crowd, pl.DataFrame(rows, schema=crowd.schema)])


ORIGINAL = profile("7", "Zorblax Quimbersnack", "zorblaxq", "Mender of lanterns, keeper of herons")


@pytest.mark.parametrize(
    ("more", "exempt"),
    [
        ({}, None),
        ({"verified": True}, "it is verified"),
        ({"description": "Parody. Mender of lanterns, keeper of herons"}, "it says that it is a parody"),
        ({"created_at": None}, "which is older is not known"),
        ({"account": "gab:10"}, "on another platform: many have an account on each"),
        ({"description": "Distributed systems. Mender of lanterns, keeper of herons"}, None),
    ],
)
def test_who_is_exempt_and_why(more: dict[str, Any], exempt: str | None) -> None:
    copy = {**profile("10", "Zorblax Quimbersnack", "zorblaxq_", ORIGINAL["description"]), **more}
    found = clones_of("7", among_others(ORIGINAL, copy))
    assert found.select("original", "suspect").rows() == [("7", copy["account"])]
    assert (found["exempt"].item() or "").startswith(exempt or "") and (found["exempt"].item() is None) == (
        exempt is None
    )


@pytest.mark.parametrize(
    "bio",
    ["Distributed systems engineer", "I contribute to charity", "Big fan of cricket", "Fans of tea", "Casino oficial"],
)
def test_words_inside_other_words_say_nothing(bio: str) -> None:
    assert says_so(frame(profile("1", "A", "a", bio))).to_list() == [False]


@pytest.mark.parametrize("bio", ["A tribute to her", "no oficial", "Fan pages of the club", "#parody", "Parodi hesabı"])
def test_who_says_what_it_is_is_heard(bio: str) -> None:
    assert says_so(frame(profile("1", "A", "a", bio))).to_list() == [True]


def test_who_is_younger_than_a_parody_of_itself_is_no_copy() -> None:
    parody = {**ORIGINAL, "description": f"Parody. {ORIGINAL['description']}"}
    real = profile("10", "Zorblax Quimbersnack", "zorblaxq_", ORIGINAL["description"])
    (exempt,) = clones_of("10", among_others(parody, real))["exempt"]
    assert exempt.startswith("the older says that it is a parody")


def test_the_younger_is_the_suspect_and_the_days_are_counted() -> None:
    copy = profile("10", "Zorblax Quimbersnаck", "zorb1axq", ORIGINAL["description"])
    found = clones_of("10", among_others(copy, ORIGINAL))
    assert found.select("original", "suspect", "days").rows() == [("7", "10", 1095)]
    assert found["agree"].to_list() == [["disguised name", "handle", "bio"]]


def test_a_name_alone_is_no_clone() -> None:
    assert clones_of("7", among_others(ORIGINAL, profile("10", "Zorblax Quimbersnack", "heron88"))).is_empty()


def test_a_fan_who_copies_the_words_of_a_fan_page_is_no_fan_page() -> None:
    assert says_so(
        frame(profile("1", "A", "a", "Football fan. Dad."), profile("2", "A", "a", "FAN ACCOUNT"))
    ).to_list() == [
        False,
        True,
    ]


@pytest.mark.parametrize("rows", [[], [profile("1", None, None)], [profile("1", None, None), profile("2", "", "")]])
def test_too_few_or_empty_profiles_give_nothing(rows: list[dict[str, Any]]) -> None:
    found = find_clones(pl.DataFrame(rows, schema=PROFILES))
    assert found.is_empty() and found.schema == CLONES


def test_an_account_without_profile_is_said() -> None:
    with pytest.raises(AnalysisError, match="no profile of x:9"):
        clones_of("x:9", frame(ORIGINAL))


def test_a_table_of_profiles_loads(tmp_path: Path) -> None:
    path = write(
        tmp_path / "p.csv",
        "user_id,screen_name,name,bio,created_at,verified,avatar_hash,followers,seen_at\n"
        "1,Ann,Ann A,cats,2010-01-02,true,ff00,5,2022-11-08\n"
        ",Bob,Bob B,,2011-01-02,,,,\n"
        "1.5e18,Cyd,C,,,,,,\n"
        ",,nobody,,,,,,\n",
    )
    assert format_of(path) == "profiles"
    tables = read(path)
    made = datetime(2010, 1, 2, tzinfo=UTC)
    assert pairs(tables.accounts, "id", "handle", "name", "description", "avatar", "verified") == {
        ("x:1", "Ann", "Ann A", "cats", "ff00", True),
        ("x:@bob", "Bob", "Bob B", None, None, None),
    }
    assert tables.accounts.filter(id="x:1")["created_at"].item() == made
    assert tables.snapshots["followers"].to_list() == [5]
    assert pairs(tables.rejected, "line", "reason") == {(4, "the account's id lost digits"), (5, "no account")}


def test_the_command_finds_who_copied_an_account(tmp_path: Path) -> None:
    folder, store = tmp_path / "people", tmp_path / "p.lbug"
    told("simulate-people", "--out", folder, "--accounts", 2000, "--clones", 10, "--parodies", 2)
    told("load", folder / "profiles.parquet", "--store", store)
    everybody = pl.read_json(told("accounts", "clones", "--store", store, "--json").encode())
    with patch("campaign.options.LISTED", 1):  # people see so many; programs all, where no limit is given
        assert pl.read_json(told("accounts", "clones", "--store", store, "--json").encode()).equals(everybody)
        assert f"1 of {everybody.height} rows" in campaign("accounts", "clones", "--store", store).err
    handle = everybody.filter(pl.col("exempt").is_null())["original_handle"][0]
    mine = campaign("accounts", "clones", "--of", f"@{handle}", "--store", store, "--json")
    assert set(pl.read_json(mine.out.encode())["original_handle"]) == {handle}
    assert "fewer than one in 1,000 is expected to bring up an innocent account" in mine.err
    assert "not of people" in mine.err
    assert "profiles: 1 account that look" in mine.err
    copy = everybody.filter(pl.col("exempt").is_null(), original_handle=handle)["suspect"][0]
    of_copy = campaign("accounts", "clones", "--of", copy, "--store", store).err
    assert "profiles: 1 account that it looks like a copy of." in of_copy
    by_handle = pl.read_parquet(folder / "profiles.parquet").drop("account").head(500)
    by_handle.write_csv(tmp_path / "again.csv")
    told("load", tmp_path / "again.csv", "--platform", copy.partition(":")[0], "--store", store, "-q")
    assert pl.read_json(told("accounts", "clones", "--store", store, "--json").encode()).equals(everybody)
    nobody = campaign("accounts", "clones", "--of", "nobody_at_all_here", "--store", store)
    assert nobody.code == 2 and nobody.err.count("\n") == 1
