"""The same file, read another way, doubles its posts: that is said."""

from __future__ import annotations

import json
from pathlib import Path

from command import campaign
from loading import write

POSTS = "user,time,text\n" + "".join(f"u{n},0{n}/03/2024 10:00,#a {n}\n" for n in range(1, 4))
DOUBLED = "had been loaded before, and brought"
DAYS = ("--time-format", "%d/%m/%Y %H:%M")


def test_a_file_read_another_way_is_said_to_double_its_posts(tmp_path: Path) -> None:
    store, posts = tmp_path / "s.lbug", write(tmp_path / "p.csv", POSTS)
    for options, new in (((), 3), ((), 0), (DAYS, 2), (DAYS, 0)):  # the third of March is one either way
        done = campaign("load", posts, "--store", store, "-q", "--json", *options)
        assert done.code == 0
        assert json.loads(done.out)["written"].get("Post", 0) == new
        assert (DOUBLED in done.err) == (new == 2)
    done = campaign("load", posts, "--store", store, "-q", "--platform", "x")
    assert f"{store}: {posts} {DOUBLED} 3 posts anew" in done.err
    assert "load again" in done.err


def test_a_longer_file_is_no_doubling(tmp_path: Path) -> None:
    store, posts = tmp_path / "s.lbug", write(tmp_path / "p.csv", POSTS)
    campaign("load", posts, "--store", store, "-q")
    done = campaign("load", write(posts, POSTS + "u,09/03/2024 10:00,#b\n"), "--store", store, "-q", "--json")
    assert json.loads(done.out)["written"]["Post"] == 1
    assert DOUBLED not in done.err
