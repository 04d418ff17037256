"""The folder of reports: one run at a time, whole reports only, whatever happens."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from campaign.failures import UsageError
from campaign.trending import folder as folders
from campaign.trending.folder import BusyError, alone, last_before, put

A, B = {"index.html": "a" * 9, "report.json": "{}"}, {"index.html": "b" * 9, "report.json": "[]", "more.html": "b"}
DAY = "2026-11-22"


def read(place: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in place.iterdir()}


def hidden(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name.startswith(".")} - {".lock"}


def test_a_report_is_put_in_its_place_and_latest_leads_to_the_newest(tmp_path: Path) -> None:
    put(tmp_path, DAY, A)
    put(tmp_path, "2026-11-21", B)
    assert read(tmp_path / DAY) == A
    assert read(tmp_path / "latest") == A  # an older day, made later, is not the latest
    assert (tmp_path / "latest").readlink() == Path(DAY)
    assert hidden(tmp_path) == set()
    assert last_before(tmp_path, DAY) == tmp_path / "2026-11-21"
    assert last_before(tmp_path, "2026-11-21") is None


@pytest.mark.parametrize("exchange", [True, False])
def test_another_report_of_the_day_takes_the_place_of_the_first(
    tmp_path: Path, exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchange:
        monkeypatch.setattr(folders, "_exchanged", lambda one, other: False)
    put(tmp_path, DAY, A)
    put(tmp_path, DAY, B)
    assert read(tmp_path / DAY) == B
    assert hidden(tmp_path) == set()


def test_the_same_report_is_left_alone(tmp_path: Path) -> None:
    place = put(tmp_path, DAY, A)
    before = place.stat().st_ino, (place / "index.html").stat().st_mtime_ns
    put(tmp_path, DAY, A)
    assert (place.stat().st_ino, (place / "index.html").stat().st_mtime_ns) == before


def test_where_there_are_no_links_latest_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "symlink_to", refused)
    put(tmp_path, DAY, A)
    put(tmp_path, "2026-11-23", B)
    assert (tmp_path / "latest").read_text("utf-8") == "2026-11-23\n"


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, DAY, A)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="cannot be written: No space left on device"):
        put(tmp_path, DAY, B)
    assert read(tmp_path / "latest") == A
    assert hidden(tmp_path) == set()


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(BusyError, match="another run is writing"), alone(tmp_path):
        pass
    with alone(tmp_path):
        pass  # and then the next


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"), alone(tmp_path / "file" / "reports"):
        pass


def test_what_a_killed_run_left_is_put_back_or_removed(tmp_path: Path) -> None:
    put(tmp_path, DAY, A)
    (tmp_path / DAY).rename(tmp_path / f".old-{DAY}")  # killed between the two steps of a system without an exchange
    (tmp_path / ".part-x").mkdir()
    with alone(tmp_path):
        assert read(tmp_path / DAY) == A
    assert hidden(tmp_path) == set()


KILLED = """
import sys
from pathlib import Path
from campaign.trending.folder import put
folder = Path(sys.argv[1])
for turn in range(100_000):
    letter = "ab"[turn % 2]
    put(folder, "2026-11-22", {f"{n}.html": letter * 2000 for n in range(20)})
    if not turn:
        print("begun", flush=True)
"""


def test_a_run_killed_at_any_moment_leaves_a_whole_report(tmp_path: Path) -> None:
    for tried in range(6):
        process = subprocess.Popen([sys.executable, "-c", KILLED, tmp_path], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.03 * (tried + 1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        found = read(tmp_path / "latest")
        assert len(found) == 20
        assert len(set(found.values())) == 1, tried  # all of one report, none of the other
        assert all(len(text) == 2000 for text in found.values())
