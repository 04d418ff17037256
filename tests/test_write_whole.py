"""What stands where a file is to be written is not replaced: links are followed, FIFOs written through."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from campaign.failures import UsageError
from campaign.places import check_file, check_report, write_whole

pytestmark = pytest.mark.skipif(os.name == "nt", reason="FIFOs and links of POSIX")


@contextmanager
def reading(fifo: Path) -> Iterator[list[bytes]]:
    """Make a FIFO and read all that comes."""
    os.mkfifo(fifo)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(fifo.read_bytes()), daemon=True)
    reader.start()
    yield got
    reader.join(timeout=30)


@pytest.mark.parametrize("linked", [False, True])
def test_a_fifo_is_written_through(tmp_path: Path, linked: bool) -> None:
    fifo, content = tmp_path / "fifo", b"x" * 200_000
    with reading(fifo) as got:
        out = tmp_path / "link" if linked else fifo
        if linked:
            out.symlink_to(fifo)
        check_file(out)
        write_whole({out: content})
        assert stat.S_ISFIFO(fifo.stat().st_mode)
    assert got == [content]
    assert not list(tmp_path.glob("*.part"))


def test_several_files_are_not_written_where_one_is_a_fifo(tmp_path: Path) -> None:
    page, fifo = tmp_path / "r.html", tmp_path / "r.json"
    os.mkfifo(fifo)
    with pytest.raises(UsageError, match="no file but a device or a pipe"):
        check_report(page)
    with pytest.raises(UsageError, match="no file but a device or a pipe"):
        write_whole({page: b"1", fifo: b"2"})
    assert [p.name for p in tmp_path.iterdir()] == ["r.json"]
    assert stat.S_ISFIFO(fifo.stat().st_mode)


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_and_its_file_is_written(tmp_path: Path, there: bool) -> None:
    real, link = tmp_path / "far" / "real", tmp_path / "link"
    link.symlink_to(Path("far") / "real")
    if there:
        real.parent.mkdir()
        real.write_bytes(b"old")
    check_file(link)
    write_whole({link: b"new"})
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert [p.name for p in real.parent.iterdir()] == ["real"]


def test_a_link_that_leads_nowhere_else_is_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for write in (check_file, lambda path: write_whole({path: b"1"})):
        with pytest.raises(UsageError, match="cannot be written"):
            write(loop)
    assert loop.is_symlink()
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "to_folder").symlink_to(folder)
    with pytest.raises(UsageError, match="Is a directory"):
        check_file(tmp_path / "to_folder")
