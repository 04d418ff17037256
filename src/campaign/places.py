"""Where a command writes to: what cannot be written is refused before the work, not after it."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile

from campaign.failures import UsageError

PAGES = (".html", ".htm")


def twin(out: Path) -> Path:
    """Where the JSON beside a report goes."""
    return out.with_suffix(".json")


def check_report(out: Path) -> None:
    """Raises UsageError where a report has another ending than a web page's, or it or its twin cannot be written."""
    if out.suffix.lower() not in PAGES:
        raise UsageError(
            f"{out} does not end in {' or '.join(PAGES)}: a report is a web page, and its JSON twin comes beside it; "
            "rename it with --out"
        )
    for path in (out, twin(out)):
        _try(path, path.parent)


def check_file(out: Path) -> None:
    """Raises UsageError where a file cannot be written."""
    _try(out, out.parent)


def check_page(out: Path) -> None:
    """Raises UsageError where a page without a twin has another ending than a web page's, or cannot be written."""
    if out.suffix.lower() not in PAGES:
        raise UsageError(f"{out} does not end in {' or '.join(PAGES)}: it is a web page; rename it with --out")
    check_file(out)


def check_folder(out: Path) -> None:
    """Raises UsageError where nothing can be written into a folder, or it cannot be made."""
    _try(out, out)


def _try(path: Path, folder: Path) -> None:
    """Write a file without a name into the folder, or where it would be made: permissions alone do not tell."""
    try:
        if path != folder and path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        whole = folder.absolute()
        there = next(place for place in (whole, *whole.parents) if place.exists())
        with TemporaryFile(dir=there):
            pass
    except OSError as error:
        raise cannot_be_written(path, error) from error


def cannot_be_written(path: Path, error: OSError) -> UsageError:
    """The words for it."""
    return UsageError(f"{path} cannot be written: {error.strerror}; name another place with --out")


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files, all or none: each beside its place first, and under its name when all are there.

    Raises UsageError where one cannot be written, also for want of space; nothing half-written is left.
    """
    parts = {path: path.with_name(f"{path.name}.part") for path in files}
    try:
        for path, content in files.items():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                if path.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                parts[path].write_bytes(content)
            except OSError as error:
                raise cannot_be_written(path, error) from error
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
