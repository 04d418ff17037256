"""The result as JSON: the promised shape, nothing lost on the way back, and clear words for what cannot be read."""

from __future__ import annotations

import csv
import json
import math
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pytest
from campaign_analysis.results import Detection, Honesty
from polars.testing import assert_frame_equal
from report_example import detection, groups

from campaign.reporting.csv_result import COLUMNS, to_csv
from campaign.reporting.errors import ReportError
from campaign.reporting.json_result import from_json, iso_time, to_json
from campaign.words import luck_sentence


def all_but_edges(result: Detection) -> dict[str, Any]:
    return {name: value for name, value in vars(result).items() if name != "edges"}


def with_parameters(**parameters: Any) -> Detection:
    given = detection()
    return replace(given, run=replace(given.run, parameters=parameters))


def test_the_shape_is_the_promised_one() -> None:
    found = json.loads(to_json(detection()))
    promised = {"schema_version", "run", "groups", "edges", "tested_pairs", "hashtag_alone", "honesty", "lucky_pairs"}
    assert set(found) == promised
    assert found["schema_version"] == 1
    assert {"id", "parameters", "data_range", "counts", "versions"} <= set(found["run"])
    group = found["groups"][1]
    promised = {"id", "claim", "layers", "size", "core", "p", "accounts", "hashtags", "targets", "first", "last"}
    assert set(group) == promised | {
        *(
            "luck",
            "stability",
            "placebo_p",
            "own_share",
            "why",
            "benign",
            "benign_against",
            "benign_untested",
            "signals",
        )
    }
    assert (group["size"], group["core"], group["claim"]) == (24, 10, "campaign")
    assert set(group["layers"][0]) == {"layer", "claim", "edges", "p"}
    account = {"id", "handle", "role", "episodes", "expected", "p", "created_at", "stability", "joined"}
    assert set(group["accounts"][0]) == account
    assert group["hashtags"][0] == {"tag": "votenow", "posts": 310, "share": 0.71, "meetings": 1400}
    assert group["targets"][0] == {
        "id": "x:77",
        "posts": 140,
        "handle": "mayor",
        "accounts": 21,
        "core": 9,
    }
    assert group["luck"] == luck_sentence(groups()[1])
    assert set(found["edges"][0]) == {"a", "b", "layer", "claim", "window", "block", "n", "expected", "p", "q"}
    assert found["tested_pairs"] == {"hashtag": 7503, "retweet": 7503}
    assert found["hashtag_alone"] == {"edges": 12, "groups": 1}
    assert set(found["honesty"]) == {"placebo", "planted", "seeds", "agreement"}
    assert found["honesty"]["placebo"]["in_step"] == [0, 2]
    assert found["honesty"]["planted"][0]["turnout"] == 0.5


def test_a_result_of_before_honesty_was_printed_is_read() -> None:
    found = json.loads(to_json(detection()))
    del found["honesty"]
    for group in found["groups"]:
        del group["stability"], group["placebo_p"], group["why"], group["benign"], group["benign_against"]
        del group["benign_untested"], group["luck"]
        for entry in (*group["hashtags"], *group["targets"]):
            for newer in ("meetings", "accounts", "core"):
                entry.pop(newer, None)
        del group["signals"]
        for account in group["accounts"]:
            del account["stability"]
    read = from_json(json.dumps(found))
    assert read.honesty == Honesty()
    assert read.groups[0].placebo_p is None


def test_tests_of_pairs_of_before_luck_was_counted_are_left_out() -> None:
    found = json.loads(to_json(detection()))
    older, newer = found["groups"][1]["why"]
    del older["lucky"], older["listed"]
    assert [vars(test) for test in from_json(json.dumps(found)).groups[1].why] == [newer]


@pytest.mark.parametrize(
    "given",
    [
        detection(),
        replace(detection(), honesty=Honesty()),
        detection(()),  # nothing found: edges without rows keep their types
        replace(detection(), hashtag_alone=None, louvain_communities=None),
        replace(detection(), run=replace(detection().run, data_range=None, notes=())),
        detection((replace(groups()[0], first=None, last=None, hashtags=(), targets=()),)),
    ],
)
def test_reading_back_gives_the_same_result(given: Detection) -> None:
    back = from_json(to_json(given))
    assert all_but_edges(back) == all_but_edges(given)
    assert_frame_equal(back.edges, given.edges, check_exact=True)


def test_floats_keep_every_digit() -> None:
    tiny, third = math.nextafter(0, 1), 1 / 3
    group = replace(groups()[0], p=tiny)
    group = replace(group, accounts=(replace(group.accounts[0], expected=third),))
    back = from_json(to_json(detection((group,)))).groups[0]
    assert (back.p, back.accounts[0].expected) == (tiny, third)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_a_number_that_json_cannot_say_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(detection((replace(groups()[0], p=wrong),)))


def test_the_same_result_gives_the_same_bytes() -> None:
    assert to_json(detection()) == to_json(detection())


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (None, None),
        (datetime(2016, 3, 22, 12, 51, tzinfo=UTC), "2016-03-22T12:51:00Z"),
        (datetime(2016, 3, 22, 12, 51, 7, 250_000, tzinfo=UTC), "2016-03-22T12:51:07.250000Z"),
        (datetime.fromisoformat("2016-03-22T12:51:00+02:00"), "2016-03-22T10:51:00Z"),
        (datetime(2016, 3, 22, 12, 51), "2016-03-22T12:51:00Z"),  # without a zone: taken as UTC
    ],
)
def test_times_are_iso_8601_in_utc(time: datetime | None, text: str | None) -> None:
    assert iso_time(time) == text


def test_parameters_of_python_become_parameters_of_json() -> None:
    since = datetime(2016, 3, 22, tzinfo=UTC)
    given = with_parameters(
        since=since, day=date(2016, 3, 22), tags={"b", "a"}, pair=(1, 2), n=np.int64(3), at=PurePosixPath("a/b")
    )
    assert json.loads(to_json(given))["run"]["parameters"] == {
        "since": "2016-03-22T00:00:00Z",
        "day": "2016-03-22",
        "tags": ["a", "b"],
        "pair": [1, 2],
        "n": 3,
        "at": "a/b",
    }


def test_a_parameter_that_means_nothing_to_json_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot hold object"):
        to_json(with_parameters(thing=object()))


def test_half_a_surrogate_pair_survives_as_an_escape() -> None:
    text = to_json(with_parameters(tag="x\udc80"))
    assert text.encode("utf-8")
    assert from_json(text).run.parameters == {"tag": "x\udc80"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON"),
        pytest.param("[" * 100_000, "not JSON", id="too deep"),
        ("[1, 2]", "schema_version None"),
        ('{"schema_version": 2}', "schema_version 2, this campaign reads 1"),
        ('{"schema_version": 1}', "incomplete or damaged"),
        (to_json(detection()).replace('"window": 60', '"window": "sixty"'), "incomplete or damaged"),
        (to_json(detection()).replace("2024-05-01T08:00:00Z", "yesterday"), "incomplete or damaged"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(text: str, message: str) -> None:
    with pytest.raises(ReportError, match=message) as caught:
        from_json(text)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 1


def shape(value: Any) -> Any:
    """Keys all the way down; of a list, those of its first entry."""
    if isinstance(value, dict):
        return {key: shape(entry) for key, entry in value.items()}
    return [shape(value[0])] if isinstance(value, list) and value else None


def test_the_documented_example_is_what_is_written() -> None:
    page = (Path(__file__).parents[1] / "docs" / "json.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    documented, written = json.loads(example), json.loads(to_json(detection((groups()[1],))))
    for free in ("parameters", "counts", "versions"):  # their keys depend on the question
        documented["run"].pop(free)
        written["run"].pop(free)
    assert shape(documented) == shape(written)
    assert from_json(example).groups[0].accounts[0].handle == "ring000"


def test_csv_has_one_row_a_member() -> None:
    rows = list(csv.DictReader(to_csv(detection()).splitlines()))
    assert [(r["group"], r["account"]) for r in rows] == [(g.id, m.id) for g in groups() for m in g.accounts]
    assert rows[-1] == {
        "run": "run-4f1d",
        "group": "run-4f1d:2",
        "claim": "campaign",
        "account": "x:1023",
        "handle": "ring023",
        "role": "together",
        "episodes": "9",
        "expected": "0.21",
        "p": "3e-14",
        "created_at": "2023-06-13T08:00:00Z",
        "joined_layer": "",
        "joined_n": "",
        "joined_expected": "",
        "joined_q": "",
    }


def test_csv_without_groups_is_its_head() -> None:
    assert to_csv(detection(())) == ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize("handle", ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx"])
def test_csv_never_hands_a_formula_to_a_spreadsheet(handle: str) -> None:
    group = replace(groups()[0], accounts=(replace(groups()[0].accounts[0], handle=handle),))
    (row,) = csv.DictReader(to_csv(detection((group,))).splitlines())
    assert row["handle"] == "'" + handle
