"""Meetings in a terminal: the same posts are one block, every line fits, and the text of strangers stays text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from campaign.meeting_blocks import blocks, lines, names_of
from campaign.meetings import as_one

START = datetime(2016, 3, 22, 12, 51, tzinfo=UTC)
NAMES = names_of({"x:1": "alice", "x:2": None})


def row(layer: str = "hashtag", what: str = "a", at: int = 0, **others: Any) -> dict[str, Any]:
    """A meeting of x:1 and, nine seconds later, x:2."""
    times = {"a_time": START + timedelta(seconds=at), "b_time": START + timedelta(seconds=at + 9)}
    posts = {"a": "x:1", "a_post": f"x:1{at}", "a_text": "one #a", "b": "x:2", "b_post": f"x:2{at}", "b_text": "two #a"}
    return {"layer": layer, "object": what, **times, **posts, **others}


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return as_one([pl.DataFrame(list(rows))])


def test_two_posts_that_meet_by_several_behaviours_are_one_block_that_names_them_all() -> None:
    found = blocks(frame(row(), row(at=3600), row("hashtag_sequence", "a b")))
    assert [len(block) for block in found] == [2, 1]
    assert lines(found[0], 1, NAMES, 100) == [
        "1. 22 Mar 2016 UTC, 9 seconds apart: both used the same hashtag #a; both used the same hashtags in",
        "   the same order a b",
        "   12:51:00 @alice (x:10)",
        "      one #a",
        "   12:51:09 x:2 (x:20)",
        "      two #a",
    ]


def test_other_posts_on_the_same_thing_are_blocks_of_their_own_in_order_of_time() -> None:
    found = blocks(frame(row(at=50), row(at=20), row("retweet", "x:9", at=30)))
    assert [block[0]["a_post"] for block in found] == ["x:120", "x:130", "x:150"]


def test_each_pair_keeps_its_meetings_together() -> None:
    found = blocks(frame(row(b="x:3", at=90), row(at=10), row(b="x:3", at=20)))
    assert [(block[0]["b"], block[0]["a_post"]) for block in found] == [
        ("x:3", "x:120"),
        ("x:3", "x:190"),
        ("x:2", "x:110"),
    ]


def test_every_line_fits_eighty_columns() -> None:
    long = row(a_text="word " * 100, b_text="x" * 300)
    told = lines(
        blocks(frame(long, row("hashtag_sequence", "one two three four five six seven eight")))[0], 1, NAMES, 80
    )
    assert max(map(len, told)) <= 80


def test_a_text_is_shown_whole_so_that_what_two_posts_share_is_seen() -> None:
    """The tag stands at the end as often as not."""
    said = f"{'word ' * 40}https://site.example/{'a-b-' * 12} #PlaidBaker2"
    told = lines(blocks(frame(row(what="plaidbaker2", a_text=said)))[0], 1, NAMES, 80)
    text = [line for line in told if line.startswith("      ")]
    assert " ".join(line.strip() for line in text[:-1]) == said
    assert text[-1] == "      two #a"


def test_a_retweeted_posts_key_is_left_out_and_missing_things_are_said() -> None:
    block = blocks(frame(row("retweet", "x:9", a_post=None, a_text=None)))[0]
    told = lines(block, 2, NAMES, 80)
    assert told[0] == "2. 22 Mar 2016 UTC, 9 seconds apart: both retweeted the same post"
    assert told[1:3] == ["   12:51:00 @alice (no post)", "      (no text)"]


def test_nothing_in_a_post_reaches_the_terminal_as_a_command() -> None:
    told = "\n".join(lines(blocks(frame(row(a_text="red \x1b[31m\nnow", what="a\x1b[2J")))[0], 1, NAMES, 80))
    assert "\x1b" not in told
    assert "red �[31m now" in told


def test_an_added_accounts_post_stands_before_those_of_the_core() -> None:
    own = {"account": "x:7", "time": START + timedelta(seconds=4), "post": "x:70", "text": "me too"}
    (block,) = blocks(pl.DataFrame([row() | own]))
    told = lines(block, 1, NAMES, 80)
    assert [line.split()[1] for line in told[1::2]] == ["x:7", "@alice", "x:2"]


def test_accounts_of_one_handle_are_told_apart_by_their_ids() -> None:
    known = {"x:1": "Ann", "bsky:1": "ann", "x:2": "bob", "x:3": None}
    assert list(names_of(known).values()) == ["@Ann (x:1)", "@ann (bsky:1)", "@bob", "x:3"]
