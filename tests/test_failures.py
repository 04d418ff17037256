"""Errors that no command foresees: want of memory or of space is one line too, a defect of ours stays a traceback."""

from __future__ import annotations

import errno

import pytest

from campaign.failures import explain


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "campaign: not enough memory: ask for less at a time\n"),
        (
            MemoryError("Unable to allocate\n74.5 GiB"),
            "campaign: not enough memory (Unable to allocate 74.5 GiB): ask for less at a time\n",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device", "a.html"),
            "campaign: no space left: a.html is full; make room and start again\n",
        ),
    ],
)
def test_want_of_memory_or_space_is_one_line(error: Exception, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(error) == 1
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("error", [KeyError("x"), OSError(errno.EIO, "Input/output error")])
def test_what_is_not_known_is_not_explained_away(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(error) is None
    assert capsys.readouterr().err == ""
