"""`campaign report trending` where it cannot write: one line, its exit code, and the report before is as it was."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command import Corpus, Done, refused, told
from test_exports import files_at_most

QUIET_HOURS = ("--since", "2024-03-13T02:00", "--until", "2024-03-13T04:59")  # nothing rises then: nothing to detect
DATE = "2024-03-13"
HOLDS = """
import sys
from pathlib import Path
from campaign.trending.folder import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def store(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus.copy(tmp_path_factory.mktemp("trouble"))


def asked(store: Path, out: Path, *more: object) -> Done:
    return refused("report", "trending", *QUIET_HOURS, "--quiet", "--store", store, "--out", out, *more)


def made(store: Path, out: Path) -> dict[str, bytes]:
    told("report", "trending", *QUIET_HOURS, "--quiet", "--store", store, "--out", out)
    return contents(out)


def contents(out: Path) -> dict[str, bytes]:
    return {f"{path.relative_to(out)}": path.read_bytes() for path in out.rglob("*") if path.is_file()}


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """A disk of so many bytes; skipped where this user may not mount one."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("wants the right to mount a small disk; test_a_file_that_may_not_grow says the same without")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(store: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 2**20) as disk:
        before = made(store, disk / "reports")
        room = sum(map(len, before.values())) // 2  # too little for a second report
        (disk / "rest").write_bytes(bytes(shutil.disk_usage(disk).free - room))
        done = asked(store, disk / "reports", "--past", "3d")
        assert (done.code, "No space left on device" in done.err) == (2, True)
        assert f"campaign: {disk / 'reports' / DATE} cannot be written" in done.err
        assert contents(disk / "reports") == before
        (disk / "rest").unlink()
        told("report", "trending", *QUIET_HOURS, "--quiet", "--store", store, "--out", disk / "reports", "--past", "3d")
        assert contents(disk / "reports").keys() == before.keys()
        assert contents(disk / "reports") != before


def test_a_file_that_may_not_grow(store: Path, tmp_path: Path) -> None:
    before = made(store, tmp_path)
    with files_at_most(2000):
        done = asked(store, tmp_path, "--past", "3d")
    assert (done.code, f"{DATE} cannot be written: File too large" in done.err) == (2, True)
    assert contents(tmp_path) == before
    assert {path.name for path in tmp_path.iterdir()} == {".lock", DATE, "latest"}


@pytest.mark.skipif(sys.platform != "linux", reason="a folder in which not even root may write")
def test_a_folder_in_which_nobody_may_write(store: Path, tmp_path: Path) -> None:
    for out in (Path("/proc/reports"), Path("/sys/reports")):
        done = asked(store, out)
        assert (done.code, f"campaign: {out} cannot be written: " in done.err) == (2, True)
    (tmp_path / "file").write_text("")
    done = asked(store, tmp_path / "file" / "reports")
    assert (done.code, "cannot be written: Not a directory; name another place with --out" in done.err) == (2, True)


def test_a_run_of_another_process_in_progress(store: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        done = asked(store, tmp_path)
        assert (done.code, f"another run is writing into {tmp_path} (it holds " in done.err) == (1, True)
        other.communicate()
    assert f"{DATE}/index.html" in made(store, tmp_path)


@pytest.mark.parametrize("folder", [True, False])
def test_where_there_is_nothing_to_tell_no_folder_and_no_lock_are_left(
    store: Path, tmp_path: Path, folder: bool
) -> None:
    out = tmp_path / "reports"
    if folder:
        out.mkdir()
    for asked_of, more, says in (
        (tmp_path / "none.lbug", (), "load posts first (campaign load)"),
        (store, ("--since", "2030-01-01", "--until", "2030-01-02"), "no post from 2030-01-01"),
    ):
        done = refused("report", "trending", *more, "--quiet", "--store", asked_of, "--out", out)
        assert says in done.err
        assert [path.name for path in tmp_path.rglob("*")] == (["reports"] if folder else [])
