"""What a run says of itself, by the command: placebo, planted rings, stability; more of it where it is thorough."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from campaign_analysis.results import Agreement, Honesty, Placebo, Planted
from command import Corpus, refused, told
from report_example import detection, groups

from campaign import honest_words
from campaign.honesty import apart, with_time_left

SMALL = ("--layer", "hashtag", "--window", "60s")


@pytest.fixture(scope="module")
def store(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus.copy(tmp_path_factory.mktemp("honesty"))


def detected(store: Path, *arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told("detect", "--json", *SMALL, *arguments, "--store", store))
    return found


@pytest.mark.usefixtures("all_rings")
def test_every_run_says_what_it_finds_on_placebo_data_and_what_it_would_have_found(store: Path) -> None:
    answer = detected(store)
    honesty = answer["honesty"]
    assert (honesty["placebo"]["runs"], honesty["placebo"]["in_step"]) == (1, [0])
    assert {(row["size"], row["actions"], row["turnout"], row["rings"]) for row in honesty["planted"]} == {
        (10, 8, 0.5, 20),
        (30, 8, 0.5, 20),
    }
    assert honesty["seeds"] == 10
    assert len(honesty["agreement"]) == 3
    assert all(0.5 < g["stability"] <= 1 and g["placebo_p"] is None for g in answer["groups"])
    assert (answer["run"]["parameters"]["placebos"], answer["run"]["parameters"]["thorough"]) == (1, False)


def test_placebos_can_be_left_out_and_that_is_another_run(store: Path) -> None:
    none, one = detected(store, "--placebos", 0), detected(store)
    assert none["honesty"]["placebo"] is None
    assert none["run"]["id"] != one["run"]["id"]
    assert none["edges"] == one["edges"]


def test_twenty_placebos_give_a_group_its_own_p(store: Path) -> None:
    answer = detected(store, "--placebos", 20)
    assert answer["honesty"]["placebo"]["runs"] == 20
    campaigns = [g for g in answer["groups"] if g["claim"] == "campaign"]
    assert campaigns
    assert all(g["placebo_p"] == pytest.approx(1 / 21) for g in campaigns)


def test_less_than_no_placebo_is_one_line(store: Path) -> None:
    assert "-1 placebo runs make no sense" in refused("detect", "--placebos", -1, "--store", store).err


def test_a_thorough_run_plants_every_kind(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With fewer rings of each kind here: what is thorough takes long."""
    monkeypatch.setattr("campaign.honesty.THOROUGH_RINGS", 2)
    answer = detected(store, "--thorough", "--placebos", 1)
    kinds = {(row["size"], row["actions"], row["turnout"]) for row in answer["honesty"]["planted"]}
    assert len(kinds) == 36
    assert {row["rings"] for row in answer["honesty"]["planted"]} == {2}
    assert answer["honesty"]["seeds"] == 50


def test_show_and_report_say_why(store: Path, tmp_path: Path) -> None:
    answer = detected(store, "--out", tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Why this pair is in and that one is not" in page
    assert "How far this can be trusted" in page
    shown = told("show", answer["groups"][0]["id"], "--store", store)
    assert "Hence these two are linked." in shown
    assert "not linked." in shown
    assert "Of 100 linked pairs about 1 at most is expected to be luck." in shown
    assert "A common owner" in shown
    as_csv = told("show", answer["groups"][0]["id"], "--format", "csv", "--store", store)
    assert "Hence these" not in as_csv


QUIET = Placebo((0,), (0,), (0,), (0,), (0.0,), (0.0,))


@pytest.mark.parametrize(
    ("placebo", "says"),
    [
        (
            QUIET,
            "In 1 try on placebo data, where every linked pair is a mistake, the same search found no pair. One try",
        ),
        (replace(QUIET, together=(512,)), "found 512 pairs together and 0 in step. Common interests"),
        (replace(QUIET, together=(9,), in_step=(2,)), "do not rely on those of the real data"),
    ],
)
def test_a_placebo_is_told_by_what_it_found(placebo: Placebo, says: str) -> None:
    assert says in honest_words.placebo_sentence(placebo)


def test_several_placebos_are_told_by_their_mean() -> None:
    placebo = Placebo((0, 9), (0, 0), (0, 0), (0, 0), (0.0, 0.0), (0.0, 0.0))
    assert (
        "In 2 tries on placebo data, where every linked pair is a mistake, the same search found 4.5 pairs together"
        in (honest_words.placebo_sentence(placebo))
    )


def test_planted_rings_are_told_with_their_interval() -> None:
    row = Planted("hashtag", 10, 8, 0.5, 20, 17, 0.71, 0.64, 0.95, 60)
    assert honest_words.planted_sentence(row) == (
        "20 made-up rings of 10 accounts were hidden in this data, each acting together 8 times with half of them each "
        "time, within 1 minute of each other, with one hashtag a post. 17 of them were found; of the accounts of all "
        "20, 71% were in a core. So of many such rings 64% to 95% would be found: it is no closer known, because only "
        "20 were tried (for those who know statistics: a 95% interval). This tells what is missed, not who is wrongly "
        "named."
    )


def test_methods_are_named_only_where_they_disagree() -> None:
    assert honest_words.agreement_sentences([Agreement("louvain", "leiden", 0.97)]) == []
    (said,) = honest_words.agreement_sentences([Agreement("louvain", "leiden", 0.62)])
    assert "louvain and leiden (0.62)" in said


def test_an_uncertain_border_is_told() -> None:
    group = groups()[1]
    loose = tuple(replace(m, stability=0.5 if i < 4 else 1.0) for i, m in enumerate(group.accounts))
    said = " ".join(honest_words.group_sentences(replace(group, accounts=loose, stability=0.7)))
    assert "On placebo data at most about 1 in 20 searches has a group as strong as this." in said
    assert "4 accounts of 24 often land in another group" in said
    assert honest_words.group_sentences(replace(group, stability=1.0, placebo_p=None)) == []


def test_nothing_is_said_of_what_was_not_tried() -> None:
    (errors,) = honest_words.honesty_sentences(replace(detection(), honesty=Honesty()))
    assert errors.startswith("Of 100 linked pairs about 1 at most is expected to be luck.")
    assert honest_words.honesty_sentences(replace(detection(()), honesty=Honesty())) == []


def test_long_work_says_how_long() -> None:
    heard: list[str] = []
    with_time_left(heard.append, 600)("placebo 1 of 19")
    with_time_left(heard.append, 5)("placebo 1 of 1")
    assert heard == ["placebo 1 of 19, about 10 min left", "placebo 1 of 1"]


def test_what_is_done_at_the_same_time_is_said_together() -> None:
    heard: list[str] = []
    one, other = apart(heard.append, 2)
    one("describing groups")
    other("planting rings, search 1 of 2")
    one("placebo 1 of 19")
    assert heard[0] == "describing groups"
    assert heard[1:] == [
        f"{doing}; planting rings, search 1 of 2" for doing in ("describing groups", "placebo 1 of 19")
    ]
