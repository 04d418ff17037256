"""Input that is broken: one clear line with what to do, never a traceback, and what can be kept is kept."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import zstandard
from campaign_cypher import StoreTarget, connect
from campaign_loader import ReadOptions
from command import Done, campaign
from loading import pairs, read, write

HEADER = "id,user_id,time,text\n"
GOOD = "".join(f"{i},1,1577872800,text {i} #tag\n" for i in range(5000))


def in_process(*arguments: object, stdin: bytes | None = None) -> Done:
    """The real command in its own process, as a user meets it."""
    command = [sys.executable, "-c", "from campaign.cli import main; main()", "load", *map(str, arguments)]
    environment = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200"}
    done = subprocess.run(command, input=stdin, capture_output=True, check=False, env=environment)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def parquet(path: Path, **columns: object) -> bytes:
    pl.DataFrame(columns, strict=False).write_parquet(path)
    return path.read_bytes()


def cases(folder: Path) -> dict[str, tuple[bytes, list[str], str]]:
    """Name -> content of the file, options, and what the line must say."""
    some = parquet(folder / "some", id=["1"], user_id=["2"], time=[1577872800], text=["x"])
    nested = parquet(folder / "nested", id=["1"], user_id=[["1"]], time=[1577872800], text=["x"])
    return {
        "empty": (b"", [], "is empty"),
        "blank": (b" \n\n", [], "is empty"),
        "header only": (HEADER.encode(), [], "no rows, at most a header; nothing was read"),
        "header only in Parquet": (parquet(folder / "h", id=[], user_id=[], time=[], text=[]), [], "no rows"),
        "binary": (b"\x00\x01\x02" * 100, [], "binary"),
        "archive": (b"PK\x03\x04\x00\x00\x00", [], "unpack it"),
        "database": (b"SQLite format 3\x00", [], "export its table"),
        "prose": (b"Dear reader,\nthis is a letter.\n", [], "no column found"),
        "one column": (b"words\nand\nmore\n", [], "no table and no JSON; formats are"),
        "missing column": (b"who,when\na,b\n", [], "columns there: who, when; say which with --map"),
        "missing column in Parquet": (
            parquet(folder / "p", a=[1], b=[2]),
            [],
            "columns there: a, b; say which with --map",
        ),
        "no such column": (HEADER.encode(), ["--map", "account=nobody"], "no such column; columns there: id, user_id"),
        "no such field": (HEADER.encode(), ["--map", "acount=user_id"], "no field acount; fields are: account"),
        "no such format": (HEADER.encode(), ["--format", "tabel"], "no such format; formats are: ira, lists"),
        "no such encoding": (HEADER.encode(), ["--encoding", "latin-99"], "no such encoding; try"),
        "wrong encoding": (b"\xff\xfe\x00\xdc" + b"a\x00" * 10, [], "is not in utf-16"),
        "lines that end in returns": (HEADER.replace("\n", "\r").encode() * 9, [], "its first line is no header"),
        "broken JSON": (b'{"id": \n]', [], "its first line cannot be read"),
        "JSON of something else": (b'{"a": 1}\n{"a": 2}\n', [], "formats are"),
        "JSON list of numbers": (b"[1, 2, 3]", [], "JSON of no known format"),
        "truncated Parquet": (some[:-20], [], "damaged Parquet"),
        "nested Parquet": (nested, ["--map", "account=user_id"], "column user_id holds lists"),
        "all times unreadable": (
            b"id,user_id,time,text\n1,1,yesterday,x\n2,1,soon,y\n",
            [],
            "the time cannot be read (2)",
        ),
        "all in the year 1": (b"id,user_id,time,text\n1,1,0001-01-01 00:00:00,x\n", [], "out of range"),
        "all in the year 9999": (b"id,user_id,time,text\n1,1,9999-12-31 23:59:59,x\n", [], "out of range"),
        "all ids lost digits": (b"id,user_id,time,text\n1.35e+18,1,1577872800,x\n", [], "the post's id lost digits"),
        "gzip of nothing": (gzip.compress(b""), [], "is empty"),
        "no gzip": (b"\x1f\x8b\x08\x00 and then rubbish", [], "damaged"),
        "no zstd": (b"\x28\xb5\x2f\xfd and then rubbish", [], "damaged"),
        "wrong time format": ((HEADER + GOOD).encode(), ["--time-format", "%d/%m/%Y"], "the time cannot be read"),
        "forced format": ((HEADER + GOOD).encode(), ["--format", "x_api_v2"], "is no JSON"),
    }


with tempfile.TemporaryDirectory() as _folder:
    NAMES = list(cases(Path(_folder)))


@pytest.mark.parametrize("name", NAMES)
def test_one_line_and_no_traceback(tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    content, options, says = cases(tmp_path)[name]
    path = tmp_path / "input"
    path.write_bytes(content)
    done = campaign("load", path, "--quiet", "--store", tmp_path / "s.lbug", *options)
    assert done.code in (1, 2)
    assert "Traceback" not in done.err
    assert says in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert done.out == ""
    assert capfd.readouterr() == ("", "")  # nor does a library write past Python's streams


def test_no_file_and_an_empty_folder(tmp_path: Path) -> None:
    store = tmp_path / "s.lbug"
    for path, says in (
        (tmp_path / "none.csv", "no such file or folder"),
        (tmp_path, "holds no file of a known format"),
    ):
        done = campaign("load", path, "--store", store)
        assert (done.code, len(done.err.splitlines())) == (1, 1)
        assert says in done.err
    assert not store.exists()  # inputs are looked at before a store is made


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--format", "tabel"], "no such format"),
        (["--encoding", "latin-99"], "no such encoding"),
        (["--map", "account=user_id,account=id"], "--map names account twice: a field has one column"),
        (["--map", "account=user_id", "--map", "account=id"], "--map names account twice"),
        (["--followers-of", "a"], "is no list, and --followers-of is of lists: leave it out, or say --format lists"),
        (["--likers-of", "1", "--retweeters-of", "1"], "an input is one list"),
    ],
)
def test_what_is_wrongly_asked_is_refused_with_two_and_leaves_nothing(
    tmp_path: Path, options: list[str], says: str
) -> None:
    path, store = tmp_path / "posts.csv", tmp_path / "s.lbug"
    path.write_text(HEADER + GOOD, "utf-8")
    done = campaign("load", path, "--quiet", "--store", store, *options)
    assert (done.code, len(done.err.strip().splitlines())) == (2, 1)
    assert says in done.err
    assert not store.exists()


def test_a_map_that_is_none(tmp_path: Path) -> None:
    done = campaign("load", "x.csv", "--map", "account")
    assert done.code == 2
    assert "FIELD=COLUMN" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("pack", "says"), [(gzip.compress, "gzip data is cut off"), (zstandard.compress, "zstd data is cut off")]
)
def test_what_came_before_the_cut_is_kept_and_said(tmp_path: Path, pack: Callable[[bytes], bytes], says: str) -> None:
    noise = "".join(f"{i},1,1577872800,{os.urandom(40).hex()} #tag\n" for i in range(20000))
    packed = pack((HEADER + noise).encode())
    path = tmp_path / "posts.csv"
    path.write_bytes(packed[: len(packed) * 2 // 3])
    done = campaign("load", path, "--store", tmp_path / "s.lbug", "--json", "--quiet")
    assert done.code == 1
    assert says in done.err
    assert "fetch the file again" in done.err
    report = json.loads(done.out)
    assert 1000 < report["store_counts"]["POSTED"] < 20000
    assert sum(report["rejected"].values()) <= 1  # the line that was cut


def test_damage_in_the_middle_of_a_parquet_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "posts.parquet"
    frame = pl.DataFrame({"id": range(200_000), "user_id": [1] * 200_000, "time": [1577872800] * 200_000})
    frame = frame.with_columns(text=pl.col("id").hash().cast(pl.String))
    frame.write_parquet(path, row_group_size=50_000, compression="zstd")
    data = bytearray(path.read_bytes())
    middle = len(data) * 2 // 3
    data[middle : middle + 2000] = b"\xff" * 2000
    path.write_bytes(data)
    done = campaign("load", path, "--store", tmp_path / "s.lbug", "--json", "--quiet")
    assert done.code == 1
    assert "the Parquet is damaged after row" in done.err
    assert json.loads(done.out)["store_counts"]["POSTED"] >= 50_000


def test_standard_input_that_is_binary() -> None:
    done = in_process("-", "--dry-run", stdin=b"\x00\x01\x02")
    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert "stdin: is a binary file" in done.err


def test_a_reject_file_that_cannot_be_written(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", HEADER + "1,1,soon,x\n2,1,1577872800,x\n")
    done = campaign("load", path, "--quiet", "--store", tmp_path / "s.lbug", "--rejects", tmp_path / "no" / "where")
    assert done.code == 1
    assert "rejected rows cannot be kept there" in done.err
    assert len(done.err.splitlines()) == 1


# A line of the file, and why it is rejected (None: it is good).
LINES = [
    (b"a,1,1577872800,good", None),
    (b"b,1,1577872800", "has 3 fields where the header has 4"),
    (b"c,1,1577872800,x,y", "has 5 fields where the header has 4"),
    (b"d,1,1577872800,caf\xe9", "not UTF-8 (say --encoding)"),
    (b'e,1,1577872800,"a 6"" nail"', None),
    (b'f,1,1577872800,a 6" nail', None),  # a quote inside a cell that has none around it
    (b'g,1,1577872800,"two\nlines"', None),
    (b'h,1,1577872800,"never closed', "quotes are broken"),
    (b"", "skip"),
    (b"i,1,1577872800,good,,", None),  # separators at the end
    (b"j,,1577872800,x", "no account"),
    (b"k,1,,x", "no time"),
    (b"l,1,nan,x", "no time"),
    (b"m,1,31/31/2020,x", "the time cannot be read"),
    (b"n,9.0E+17,1577872800,x", "the account's id lost digits"),
    (b"9.01E+17,1,1577872800,x", "the post's id lost digits"),
    (b"o,1,9999-12-31 00:00:00,x", "the time is out of range (before 1990 or in the future)"),
    (b"p,1,1577872800,last", None),
]


@pytest.mark.parametrize("block", [40, 100, 1 << 20])
def test_every_line_of_a_table_is_good_or_named(tmp_path: Path, block: int) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(HEADER.encode() + b"\n".join(line for line, _ in LINES))
    tables = read(path, ReadOptions(block_bytes=block))
    good = {f"other:{line[:1].decode()}" for line, why in LINES if why is None}
    assert set(tables.posts["id"]) == good
    line, expected = 2, {}
    for content, why in LINES:
        if why not in (None, "skip"):
            expected[line] = why
        line += 1 + content.count(b"\n")
    found = {
        number: reason.partition(" (unexp")[0] for number, reason in tables.rejected.select("line", "reason").rows()
    }
    assert found == expected
    assert tables.rows == len(good) + len(expected)
    assert "9.0E+17" in tables.rejected.filter(pl.col("reason").str.contains("account's"))["row"][0]


@pytest.mark.parametrize("block", [40, 1 << 20])
def test_every_line_of_json_is_good_or_named(tmp_path: Path, block: int) -> None:
    good = '{"id": "%s", "user_id": "1", "time": 1577872800, "text": "x"}'
    lines = [good % "a", '{"id": "b", "user', "[1]", "", good % "c", '{"id": "d", "time": 1577872800, "text": "x"}']
    path = tmp_path / "posts.jsonl"
    path.write_bytes("\n".join(lines).encode() + b'\n{"id": "\xff"}\n')
    tables = read(path, ReadOptions(block_bytes=block))
    assert set(tables.posts["id"]) == {"other:a", "other:c"}
    assert {(n, r.partition(":")[0]) for n, r in tables.rejected.select("line", "reason").rows()} == {
        (2, "broken JSON"),
        (3, "no JSON object"),
        (6, "no account"),
        (7, "not UTF-8 (say --encoding)"),
    }
    assert ("2", '{"id": "b", "user') in {(str(n), row) for n, row in pairs(tables.rejected, "line", "row")}


def test_a_store_in_use_by_another_process(tmp_path: Path) -> None:
    path, store = write(tmp_path / "p.csv", HEADER + GOOD), tmp_path / "s.lbug"
    held = connect(StoreTarget(str(store)))
    try:
        done = in_process(path, "--store", store, "--quiet")
    finally:
        held.close()
    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert "Traceback" not in done.err


def test_a_file_without_rows_beside_another_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADER)
    (tmp_path / "b.csv").write_text(HEADER + GOOD)
    done = campaign("load", tmp_path / "a.csv", tmp_path / "b.csv", "--dry-run")
    assert done.code == 0
    assert "a.csv (table): 0 rows" in done.err
