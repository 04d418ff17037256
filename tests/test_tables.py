"""Rows in a terminal: a table where it can be read, else a block a row; words beside the data in lines that fit."""

from __future__ import annotations

import polars as pl
import pytest
from command import Terminal
from rich.cells import cell_len

from campaign import output
from campaign.tables import blocks, column_widths, filled

TITLES = ("hashtag", "posts", "seen")
ROWS = (("plaideasel", "1200", "used by many in the very same minute, again and again"), ("kite", "7", ""))
WHOLE = [10, 5, 53]
EDGES = 10  # characters of the lines of a table with three columns


def terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> Terminal:
    """Both streams on a terminal of so many columns."""
    screen = Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", str(columns))
    return screen


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (sum(WHOLE) + EDGES, WHOLE),  # all of it fits
        (400, WHOLE),  # and is no wider than it wants
        (50, [10, 5, 25]),  # the long text gives way
        (sum([10, 5, 16]) + EDGES, [10, 5, 16]),  # to some four lines
        (sum([10, 5, 16]) + EDGES - 1, None),  # and no further
    ],
)
def test_a_table_gives_no_column_less_than_can_be_read(width: int, widths: list[int] | None) -> None:
    assert column_widths(TITLES, ROWS, width) == widths


def test_neither_a_word_nor_a_title_nor_a_short_text_is_broken() -> None:
    assert column_widths(("in step with", "odds"), [("24", "1 in 3 thousand")], 26) == [4, 15]
    assert column_widths(("in step with", "odds"), [("24", "1 in 3 thousand")], 25) is None
    link = f"https://example.org/{'a' * 60}"
    assert column_widths(("link",), [(link,)], 80) is None


def test_characters_are_as_wide_as_a_terminal_shows_them() -> None:
    assert column_widths(("tag",), [("選挙",)], 80) == [4]


def test_a_block_begins_with_what_the_row_is_about_and_leaves_out_what_is_empty() -> None:
    assert blocks(TITLES, ROWS, [0], 60) == (
        "plaideasel\n   posts: 1200\n   seen: used by many in the very same minute, again and\n      again\n\n"
        "kite\n   posts: 7\n"
    )
    assert blocks(TITLES, ROWS[1:], [], 60) == "hashtag: kite\n   posts: 7\n"
    assert blocks(TITLES, [("a", "", "b")], [0, 2], 60) == "a · b\n"
    assert blocks(TITLES, [("", "", "")], [], 60) == "\n"
    assert blocks(TITLES, [], [], 60) == "no rows\n"


def test_things_that_are_copied_stay_whole() -> None:
    link = f"https://example.org/{'a-b' * 20}"
    assert link in filled(f"see {link} and 2024-03-04T21:52:58Z", 40, "", "")


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_what_is_shown_fits_the_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    screen = terminal(monkeypatch, width)
    output.show(pl.DataFrame(ROWS, TITLES, orient="row"))
    shown = screen.getvalue()
    assert ("│" in shown) == (width > 40)
    assert all(cell_len(line) <= width for line in shown.splitlines())
    assert "plaideasel" in shown


def test_a_table_is_as_wide_as_a_terminal_that_calls_itself_dumb(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch, 200)
    output.show(pl.DataFrame({"text": ["so " * 50]}))
    assert "so " * 49 in screen.getvalue()


def test_words_are_wrapped_on_a_terminal_and_commands_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch, 60)
    command = f"campaign show 1f3a5c7e9b02-1 --pair {'alice ' * 10}bob"
    output.remark(["so " * 50, command])
    *words, last = screen.getvalue().splitlines()
    assert len(words) == 3
    assert last == command


def test_words_stay_one_line_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    output.remark(["so " * 50])
    assert capsys.readouterr().err == "so " * 49 + "so\n"
