"""Day or month first: one decision for a whole load, said, and never two ways at once."""

from __future__ import annotations

import gzip
import io
import json
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from campaign_loader import LoadError, ReadOptions, Report, load
from command import campaign, refused
from loading import RecordingStore, write

HEADER = "id,user,date,text\n"


def rows(*dates: str, first: int = 0) -> str:
    return HEADER + "".join(f"{n},u{n},{written} 10:00,#t\n" for n, written in enumerate(dates, first))


def loaded(*paths: Path | str, options: ReadOptions | None = None) -> tuple[Report, dict[str, date]]:
    """The report, and the day of every post."""
    store = RecordingStore()
    report = load([str(path) for path in paths], store, options)
    posts = pl.concat([batch.nodes["Post"] for batch in store.batches if "Post" in batch.nodes])
    return report, {key.removeprefix("other:"): at.date() for key, at in posts.select("id", "created_at").iter_rows()}


def test_daily_exports_are_read_in_one_way(tmp_path: Path) -> None:
    for day in range(10, 16):
        write(tmp_path / f"{day}.csv", rows(f"{day}/03/2024", first=day))
    report, days = loaded(tmp_path)
    assert days == {str(day): date(2024, 3, day) for day in range(10, 16)}
    assert all("dates: day first (as 13/03/2024 10:00 in " in file.said[0] for file in report.files)


@pytest.mark.parametrize("packed", [False, True])
def test_a_late_row_decides_for_those_before(tmp_path: Path, packed: bool) -> None:
    text = rows(*["3/4/2024"] * 9000, "13/4/2024")  # longer than the first look
    path = write(tmp_path / "long.csv", text)
    if packed:
        path = tmp_path / "long.csv.gz"
        path.write_bytes(gzip.compress(text.encode()))
    _, days = loaded(path, options=ReadOptions(chunk_rows=100, block_bytes=5000))
    assert set(days.values()) == {date(2024, 4, 3), date(2024, 4, 13)}


def test_the_month_may_be_shown_as_well(tmp_path: Path) -> None:
    report, days = loaded(write(tmp_path / "m.csv", rows("3/4/2024", "3/13/2024")))
    assert list(days.values()) == [date(2024, 3, 4), date(2024, 3, 13)]
    assert "dates: month first (as 3/13/2024 10:00 in " in report.files[0].said[0]


def test_what_nothing_shows_is_said(tmp_path: Path) -> None:
    report, days = loaded(write(tmp_path / "m.csv", rows("3/4/2024", "12/11/2024")))
    assert days["0"] == date(2024, 3, 4)
    said = "dates: month first (nothing shows which; --time-format '%d/%m/%Y %H:%M' says otherwise)"
    assert said in report.files[0].said[0]
    other, days = loaded(tmp_path / "m.csv", options=ReadOptions(time_format="%d/%m/%Y %H:%M"))
    assert days["0"] == date(2024, 4, 3)
    assert "first" not in other.files[0].said[0]


@pytest.mark.parametrize("quiet", [["--quiet"], []])
def test_a_guess_is_told_in_any_case_and_what_was_shown_is_not(tmp_path: Path, quiet: list[str]) -> None:
    told = [
        campaign("load", write(tmp_path / f"{n}.csv", rows(*dates)), "--store", tmp_path / f"{n}.lbug", *quiet).err
        for n, dates in enumerate([("3/4/2024", "3/4/2024"), ("3/4/2024", "13/4/2024"), ("2024-04-03",)])
    ]
    line = (
        "campaign: dates such as 3/4/2024 10:00 were read month first, though nothing shows which comes first: if it "
        "is the day, load into a new store with --time-format '%d/%m/%Y %H:%M'\n"
    )
    assert [line in text for text in told] == [True, False, False]
    assert not any("though nothing shows" in text for text in told[1:])
    if quiet:
        assert told == [line, "", ""]


def test_a_file_of_other_dates_says_nothing(tmp_path: Path) -> None:
    report, _ = loaded(write(tmp_path / "iso.csv", rows("2024-03-04")), write(tmp_path / "m.csv", rows("3/4/2024")))
    assert ["first" in file.said[0] for file in report.files] == [False, True]


def test_both_orders_in_a_file_are_refused_and_a_format_settles_it(tmp_path: Path) -> None:
    path, store = write(tmp_path / "both.csv", rows("3/13/2024", "13/3/2024")), tmp_path / "s.lbug"
    done = refused("load", path, "--store", store)
    assert "both orders, 13/3/2024 10:00 and 3/13/2024 10:00" in done.err
    assert "--time-format" in done.err
    done = campaign("load", path, "--store", store, "--json", "--time-format", "%d/%m/%Y %H:%M")
    assert json.loads(done.out)["rejected"] == {"the time cannot be read": 1}


def test_two_orders_in_two_files_write_nothing(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", rows("13/3/2024"))
    write(tmp_path / "b.csv", rows("3/13/2024"))
    store = RecordingStore()
    with pytest.raises(LoadError, match=r"a\.csv: the day comes first .* in .*b\.csv the month .* one after the other"):
        load([str(tmp_path)], store)
    assert store.batches == []


def test_a_date_that_comes_up_late_is_rejected_not_guessed(tmp_path: Path) -> None:
    report, days = loaded(write(tmp_path / "mixed.csv", rows(*["2024-03-04"] * 5000, "3/4/2024")))
    assert len(days) == 5000
    assert dict(report.rejected) == {"the time cannot be read": 1}


def test_a_stream_is_looked_through_too(monkeypatch: pytest.MonkeyPatch) -> None:
    text = rows(*["3/4/2024"] * 9000, "13/4/2024")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(text.encode()))))
    report, days = loaded("-")
    assert report.rows == len(days) == 9001
    assert set(days.values()) == {date(2024, 4, 3), date(2024, 4, 13)}


@pytest.mark.parametrize("ending", ["parquet", "jsonl"])
def test_other_tables(tmp_path: Path, ending: str) -> None:
    frame = pl.read_csv(rows("3/4/2024", "13/4/2024").encode())
    path = tmp_path / f"t.{ending}"
    frame.write_parquet(path) if ending == "parquet" else frame.write_ndjson(path)
    assert loaded(path)[1] == {"0": date(2024, 4, 3), "1": date(2024, 4, 13)}


def test_lists_and_profiles_too(tmp_path: Path) -> None:
    store = RecordingStore()
    write(tmp_path / "p.csv", "account_id,handle,name,created_at\n1,a,A,3/4/2020 10:00\n2,b,B,13/4/2020 10:00\n")
    write(tmp_path / "l.csv", "account,follower,rank,created_at\n9,3,1,5/4/2020 10:00\n")
    load([str(tmp_path)], store)
    made = pl.concat([batch.nodes["Account"] for batch in store.batches if "Account" in batch.nodes], how="diagonal")
    assert {at.date() for at in made["created_at"].drop_nulls()} == {date(2020, 4, day) for day in (3, 5, 13)}
