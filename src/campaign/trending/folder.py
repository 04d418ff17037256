"""The folder of reports: `DIR/2026-11-22/`, `DIR/latest`, one run at a time, and never half a report.

A report is written into a folder beside, then put in its place by one call. Where a report of that date is there, the
two change places by one call as well, where the system has one (Linux); elsewhere the old one is moved aside first, and
put back by the next run should this one be killed in between.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock, Timeout

from campaign.failures import NotFoundError
from campaign.places import cannot_be_written, check_folder

LOCK = ".lock"
LATEST = "latest"
_PART, _OLD = ".part-", ".old-"
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2
_HERE = -100  # AT_FDCWD


class BusyError(NotFoundError):
    """Another run is writing into the folder."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder for this run, after tidying up what a killed one left.

    Raises BusyError where another run holds it, UsageError where nothing can be written there.
    """
    check_folder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise BusyError(
            f"another run is writing into {folder} (it holds {folder / LOCK}): wait for it, or name another --out"
        ) from error
    except OSError as error:
        raise cannot_be_written(folder, error) from error
    try:
        _tidy(folder)
        yield
    finally:
        lock.release()


def put(folder: Path, date: str, files: Mapping[str, str]) -> Path:
    """Put the files of one report into `folder/date`, and let `latest` lead to the newest; return the place.

    Where the very same report is there already, nothing is written. Raises UsageError where it cannot be written; then
    what was there before is still there.
    """
    place = folder / date
    if not _same(place, files):
        part = None
        try:
            part = Path(mkdtemp(prefix=_PART, dir=folder))
            part.chmod(0o777 & ~_umask())
            for name, text in files.items():
                with (part / name).open("w", encoding="utf-8", newline="\n") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())  # a full disk may tell only now
            _swap(part, place)
        except OSError as error:
            raise cannot_be_written(place, error) from error
        finally:
            if part is not None:
                shutil.rmtree(part, ignore_errors=True)
    _point(folder, max(dates(folder)))
    return place


def dates(folder: Path) -> list[str]:
    """The dates of the reports that are there, in order."""
    if not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if re.fullmatch(r"\d{4}-\d\d-\d\d", p.name) and p.is_dir())


def last_before(folder: Path, date: str) -> Path | None:
    """The newest report from before a date: so the same run always compares with the same one."""
    earlier = [there for there in dates(folder) if there < date]
    return folder / earlier[-1] if earlier else None


def _same(place: Path, files: Mapping[str, str]) -> bool:
    if not place.is_dir() or {p.name for p in place.iterdir()} != set(files):
        return False
    return all((place / name).read_bytes() == text.encode("utf-8") for name, text in files.items())


def _swap(part: Path, place: Path) -> None:
    if not place.exists():
        part.rename(place)
    elif not _exchanged(part, place):
        aside = place.with_name(f"{_OLD}{place.name}")
        place.rename(aside)
        try:
            part.rename(place)
        except OSError:
            aside.rename(place)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def _point(folder: Path, date: str) -> None:
    """`latest` becomes a link to the report, or where there are no links a file that holds its name."""
    latest, part = folder / LATEST, folder / f"{_PART}{LATEST}"
    with suppress(FileNotFoundError):
        part.unlink()
    try:
        try:
            part.symlink_to(date, target_is_directory=True)
        except (OSError, NotImplementedError):
            part.write_text(f"{date}\n", encoding="utf-8")
        part.replace(latest)
    except OSError as error:
        raise cannot_be_written(latest, error) from error


def _tidy(folder: Path) -> None:
    """Put back what a killed run had moved aside, and remove what it had begun."""
    for left in folder.iterdir():
        if left.name.startswith(_OLD):
            place = folder / left.name.removeprefix(_OLD)
            if place.exists():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.rename(place)
        elif left.name.startswith(_PART) and left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
