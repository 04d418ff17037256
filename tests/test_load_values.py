"""Ids, times, lists and texts: what is trusted, what is null."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import polars as pl
import pytest
from campaign_loader import rows, texts, values
from campaign_loader.options import ReadOptions

MOMENT = datetime(2017, 10, 1, 19, 58, tzinfo=UTC)


def tags(text: str) -> list[str]:
    return pl.DataFrame({"t": [text]}).select(texts.hashtags(pl.col("t"))).item().to_list()


@pytest.mark.parametrize(
    ("given", "platform"), [("X", "x"), (" Twitter ", "x"), ("BlueSky", "bsky"), ("Gab", "gab"), (None, None)]
)
def test_a_platform_has_one_name_however_it_is_said(given: str | None, platform: str | None) -> None:
    assert ReadOptions(platform=given).platform == platform
    assert rows.platforms_of(pl.Series([given]), "other", 1).item() == (platform or "other")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#IslamKills now", ["IslamKills"]),
        ("न्याय #सुशांत चाहिए", ["सुशांत"]),  # vowel signs are marks: \w would stop at सुश
        ("＃ｗｉｄｅ and #a_1", ["ｗｉｄｅ", "a_1"]),
        ("#123 is a number, #1st is not", ["1st"]),
        ("word#no mail&#39;s #yes", ["yes"]),
        ("see https://a.example/x#part #real", ["real"]),
        ("https://t.co/AbCdEf1234#glued", ["glued"]),  # a t.co address has a known end
        ("#one#two,#three", ["one", "two", "three"]),
        ("😃#McGregor #️⃣", ["McGregor"]),
        ("#می‌خواهم", ["می‌خواهم"]),  # the joiner belongs to the word
        ("", []),
    ],
)
def test_hashtags_in_text(text: str, expected: list[str]) -> None:
    assert tags(text) == expected


def test_mentions_are_no_mail_addresses() -> None:
    frame = pl.DataFrame({"t": ["RT @Ann: hi @bob, me@mail.example .@carl https://x.example/@dora"]})
    assert frame.select(texts.mentions(pl.col("t"))).item().to_list() == ["@Ann", "@bob"]


def test_cut_off_words_are_no_hashtags_names_or_addresses() -> None:
    frame = pl.DataFrame({"t": ["RT @a: so #true #McG…", "so #true #McG… https://t.co/1", "so #true…"]})
    whole = frame.select(texts.whole(pl.col("t"), pl.col("t").str.starts_with("RT"))).to_series().to_list()
    assert whole == ["RT @a: so #true ", "so #true ", "so #true…"]


def test_folding_joins_case_width_and_composition() -> None:
    spelled = pl.Series(["STRASSE", "Straße", "ｓｔｒａｓｓｅ", unicodedata.normalize("NFD", "É"), "é", None])
    assert texts.folded(spelled).to_list() == ["strasse", "strasse", "strasse", "é", "é", None]


def test_retweets_of_the_same_text_meet() -> None:
    same = texts.retweeted(pl.Series(["RT @Ann: Hello  World", "rt nobody", "RT @ann Hello\nworld"]))
    assert same["hash"][0] == same["hash"][2] != same["hash"][1]
    assert same["text"].to_list() == ["hello world", "rt nobody", "hello world"]


def test_the_name_is_part_of_what_is_retweeted() -> None:
    hashes = texts.retweeted(pl.Series(["RT @ann: yes", "RT @bob: yes", "yes"]))["hash"]
    assert hashes.n_unique() == 3


def test_hashes_stay_the_same_between_versions() -> None:
    assert texts.digest("x:1", "2", "text") == "aacf397690811b14864f88677471dbf3"


@pytest.mark.parametrize(
    ("cells", "expected", "lost"),
    [
        ([1450808573983727617, None], ["1450808573983727617", None], 0),
        ([1.0, None, 12345.0], ["1", None, "12345"], 0),
        ([1.3510829641893724e18, float("nan"), 1.5], [None, None, None], 1),
        (["1.3510829641893724e+18", "1.35E18", "1E+18"], [None, None, None], 3),
        (["123.0", " 45 ", "nan", "", "absent"], ["123", "45", None, None, None], 0),
        (["1e5f9c", "Dauog8ym=", "did:plc:x"], ["1e5f9c", "Dauog8ym=", "did:plc:x"], 0),
    ],
)
def test_ids(cells: list[object], expected: list[str | None], lost: int) -> None:
    ids, gone = values.ids_of(pl.Series(cells, strict=False))
    assert ids.to_list() == expected
    assert gone.sum() == lost


@pytest.mark.parametrize(
    "written",
    [
        "10/1/2017 19:58", "2017-10-01 19:58", "2017-10-01T19:58:00Z", "2017-10-01T21:58:00.000+02:00",
        "2017-10-01 19:58:00+00:00", "2017-10-01 19:58:00 UTC", "Sun Oct 01 19:58:00 +0000 2017", "1506887880",
        "1506887880.0", "1506887880000", "1506887880000000", "10/1/2017 7:58 PM", "01.10.2017 19:58",
        "2017/10/01 19:58:00",
    ],
)  # fmt: skip
def test_times_as_text(written: str) -> None:
    assert values.times_of(pl.Series([written]), day_first=False).to_list() == [MOMENT]


def test_times_of_other_types() -> None:
    naive = pl.Series([MOMENT.replace(tzinfo=None)])
    berlin = pl.Series([MOMENT]).dt.convert_time_zone("Europe/Berlin")
    for column in (naive, berlin, pl.Series([1506887880]), pl.Series([1506887880.0]), pl.Series([1506887880000])):
        assert values.times_of(column).to_list() == [MOMENT]


def test_many_formats_in_one_column_and_some_that_are_none() -> None:
    column = pl.Series(["2017-10-01 19:58", None, "10/1/2017 19:58", "yesterday", "32/13/2017 19:58", "12:30"])
    assert values.times_of(column, day_first=False).to_list() == [MOMENT, None, MOMENT, None, None, None]


def test_the_day_or_the_month_is_first_where_that_is_known() -> None:
    written = pl.Series(["1/10/2017 19:58"])
    assert values.times_of(written, day_first=True).to_list() == [MOMENT]
    assert values.times_of(written, day_first=False).to_list() == [MOMENT.replace(month=1, day=10)]
    assert values.times_of(written).to_list() == [None]


def test_a_format_that_is_given_is_the_only_one() -> None:
    column = pl.Series(["1/10/2017 19:58", "2017-10-01 19:58"])
    assert values.times_of(column, "%d/%m/%Y %H:%M").to_list() == [MOMENT, None]


@pytest.mark.parametrize("year", [1, 1970, 1989, 9999])
def test_impossible_years(year: int) -> None:
    times = values.times_of(pl.Series([f"{year:04}-05-05 00:00:00", "2020-05-05 00:00:00"]))
    assert values.out_of_range(times).to_list() == [True, False]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("['a', 'b']", ["a", "b"]),
        ('["a", "\\u0938"]', ["a", "स"]),
        ("[]", []),
        ("[a, b]", ["a", "b"]),
        ("a b,c; d|e", ["a", "b", "c", "d", "e"]),
        ('[{"text": "a", "indices": [1, 2]}, {"text": "b"}]', ["a", "b"]),
        ("[{'screen_name': 'ann', 'id_str': '7'}]", ["7"]),
    ],
)
def test_lists(cell: str, expected: list[str]) -> None:
    assert values.lists_of(pl.Series([cell])).to_list() == [expected]


def test_lists_of_addresses_keep_their_commas() -> None:
    cells = pl.Series(["http://a.example/1,2;3,https://b.example/ http://c.example"])
    assert values.lists_of(cells, addresses=True).to_list() == [
        ["http://a.example/1,2;3", "https://b.example/", "http://c.example"]
    ]


def test_true_lists() -> None:
    structs = pl.Series([[{"tag": "a", "start": 1}], []])
    assert values.lists_of(structs).to_list() == [["a"], []]
    assert values.lists_of(pl.Series([[1, 2], None])).to_list() == [["1", "2"], None]


def test_flags_and_counts() -> None:
    assert values.flags_of(pl.Series(["True", "0", "yes", "maybe", None])).to_list() == [True, False, True, None, None]
    assert values.flags_of(pl.Series([1, 0])).to_list() == [True, False]
    assert values.counts_of(pl.Series(["12", "3.0", "many", None])).to_list() == [12, 3, None, None]
