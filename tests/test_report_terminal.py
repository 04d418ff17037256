"""The terminal's view: the answer first, nothing that a stranger's text could do to a terminal."""

from __future__ import annotations

import io
from dataclasses import replace

from campaign_analysis.results import Benign, Detection, TagShare
from report_example import detection, groups
from rich.cells import cell_len
from rich.console import Console

from campaign.reporting.terminal import print_detection


def printed(result: Detection, width: int = 200) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)
    print_detection(result, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def plain(text: str) -> str:
    """The words alone: what the terminal's styles and line ends do to them is another matter."""
    return " ".join(text.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "").split())


def test_groups_are_told_with_their_evidence_campaigns_first() -> None:
    text = plain(printed(detection()))
    assert text.startswith("1 campaign and 1 gathering among 123 accounts of #votenow")
    assert "run-4f1d:2 campaign 24 10 hashtag: 190 pairs together; retweet: 45 pairs in step" in text
    assert "6 May 2024, 19:00 – 20:35 UTC" in text
    assert text.index("run-4f1d:2") < text.index("run-4f1d:1 gathering 9 0")
    assert "not a verdict about any one account" in text
    assert "The data's clock counts minutes" in text
    assert "Pairs tested: hashtag 7,503, retweet 7,503." in text
    assert text.endswith("campaign show run-4f1d:2")


def test_innocent_explanations_are_told_apart() -> None:
    """Their names have commas and `or` of their own."""
    club, ring = groups()
    names = ("A fan event or a regular chat", "Planning tools, or a habit of the day")
    told = replace(club, benign=tuple(Benign(name, "seen") for name in names))
    text = plain(printed(replace(detection(), groups=(told, ring))))
    assert "could be: a fan event or a regular chat; planning tools, or a habit of the day" in text


def test_nothing_found_says_so_and_what_was_tested() -> None:
    text = plain(printed(detection(())))
    assert text.startswith("Nothing found among 123 accounts of #votenow")
    assert "15,006 pairs of accounts could have been tested" in text
    assert "Silence is not proof of absence." in text
    assert "campaign show" not in text


def test_it_fits_a_terminal_of_eighty_columns() -> None:
    assert all(cell_len(line) <= 80 for line in plain_lines(printed(detection(), width=80)))


def test_on_a_narrow_terminal_what_is_said_of_a_group_has_the_whole_width() -> None:
    lines = [line.rstrip() for line in plain_lines(printed(detection(), width=80))]
    assert "run-4f1d:2 · campaign · 24 accounts, 10 in the core" in lines
    assert "   hashtag: 190 pairs together; retweet: 45 pairs in step" in lines


def plain_lines(text: str) -> list[str]:
    return [line.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "") for line in text.splitlines()]


def test_strangers_text_is_neither_markup_nor_a_command_to_the_terminal() -> None:
    hostile = "[red]a[/red]\x1b]0;owned\x07\x9b2J\u202eevil\nnext"
    group = replace(groups()[1], hashtags=(TagShare(hostile, 3, 0.5),))
    text = printed(detection((group,)))
    assert "#[red]a[/red]" in text
    assert not {"\x1b]", "\x07", "\x9b", "\u202e"} & {text[i : i + n] for n in (1, 2) for i in range(len(text))}
    assert "evil next" in plain(text)
