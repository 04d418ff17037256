"""Where no row could be taken: what to do about that very reason, and a value that shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import campaign, refused
from loading import write

from campaign.load_advice import nothing_taken

HEADER = "id,user,time,text\n"


def test_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes((HEADER + "1,u,2020-01-01,Grün #a\n2,u,2020-01-01,Grün #a\n").encode("cp1252"))
    done = refused("load", path, "--dry-run", "-q")
    assert done.err == (
        "campaign: no row could be taken of 2: not UTF-8 (say --encoding) (2), as '1,u,2020-01-01,Gr\ufffdn #a' in "
        f"line 2 of {path}; try --encoding cp1252\n"
    )


@pytest.mark.parametrize(
    ("row", "shown", "advice"),
    [
        ("1,u,2024-03-04 11:04:58 CET,#a", "as '2024-03-04 11:04:58 CET' in line 2 of", "--time-format"),
        ("1,u,0001-01-01 00:00,#a", "as '0001-01-01 00:00' in line 2 of", "--map time=COLUMN"),
        ("1.35e+18,u,2020-01-01,#a", "as '1.35e+18' in line 2 of", "export the ids as text"),
        ("1,,2020-01-01,#a", "no account (1), as '{", "--map account=COLUMN"),
        ("1,u,,#a", "no time (1), as '{", "--map time=COLUMN"),
        ("1,u,2020-01-01", "has 3 fields where the header has 4 (1)", "parted alike"),
        ("1", "has 1 field where the header has 4 (1)", "parted alike"),
    ],
)
def test_each_reason_has_its_own(tmp_path: Path, row: str, shown: str, advice: str) -> None:
    done = refused("load", write(tmp_path / "p.csv", f"{HEADER}{row}\n"), "--dry-run", "-q")
    assert shown in done.err
    assert advice in done.err.rpartition("; ")[2]


def test_broken_json_and_one_row_are_said_as_one_says_them(tmp_path: Path) -> None:
    good = '{"id":"1","user":"u","time":"2020-01-01","text":"#a"}\n'
    done = campaign("load", write(tmp_path / "p.jsonl", good + good[:-3] + "\n"), "--dry-run")
    assert "rejected: 1 row, broken JSON: Unterminated string starting at character " in done.err
    assert "2 rows, 1 post\n" in done.err


def test_a_long_row_is_shown_by_its_beginning(tmp_path: Path) -> None:
    from campaign_loader import load

    report = load([str(write(tmp_path / "p.csv", f"{HEADER}1,,2020-01-01,{'x' * 999}\n"))], None)
    assert len(nothing_taken(report)) < 250 + len(str(tmp_path))
