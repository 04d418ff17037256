"""Rejected rows: kept in a file of their own and no other, and never lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import campaign, refused
from loading import write

GOOD = "id,user,time,text\n1,u,2020-01-01,#a\n"
BAD = GOOD + "2,u,never,#b\n3,u,never,#b\n"


@pytest.mark.parametrize(
    "held", [GOOD, '{"file":"mine.csv","note":1}\n', '{"id":1}\n' * 3, "\n\n", '{"file": "a", "line": 1}', "\x00"]
)
def test_a_file_of_somebody_elses_is_never_added_to(tmp_path: Path, held: str) -> None:
    posts, mine = write(tmp_path / "p.csv", BAD), write(tmp_path / "mine.csv", held)
    done = refused("load", posts, "--store", tmp_path / "s.lbug", "--rejects", mine)
    assert done.code == 2
    assert "holds something else than rejected rows" in done.err
    assert mine.read_text() == held


def test_nor_to_the_input_itself_in_a_dry_run(tmp_path: Path) -> None:
    posts = write(tmp_path / "p.csv", BAD)
    assert refused("load", posts, "--dry-run", "--rejects", posts).code == 2
    assert posts.read_text() == BAD


def test_an_empty_one_and_our_own_are_added_to(tmp_path: Path) -> None:
    name = 'a "quoted" ü\\name.csv'
    posts, kept = write(tmp_path / name, BAD), write(tmp_path / "kept", "")
    for more in ("", "4,u,never,#b\n"):
        write(posts, BAD + more)
        assert campaign("load", posts, "--store", tmp_path / "s.lbug", "--rejects", kept).code == 0
        assert len(kept.read_text().splitlines()) == 2 + bool(more)


def test_what_is_lost_is_told_even_if_all_is_quiet(tmp_path: Path) -> None:
    posts, store = write(tmp_path / "p.csv", BAD), tmp_path / "s.lbug"
    done = campaign("load", posts, "--store", store, "-q")
    assert (done.code, done.err) == (0, f"campaign: 2 of 3 rows rejected, kept in {store}.rejects.jsonl\n")
    done = campaign("load", posts, "--dry-run", "-q")
    assert done.err == "campaign: 2 of 3 rows rejected, kept nowhere (--rejects FILE keeps them)\n"
    assert campaign("load", write(posts, GOOD), "--store", store, "-q").err == ""
