"""Where a command writes to: what cannot be written is refused before the work, not after it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Mapping
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
    _check((out, twin(out)))


def check_file(out: Path) -> None:
    """Raises UsageError where a file cannot be written."""
    _check((out,))


def check_page(out: Path) -> None:
    """Raises UsageError where a page without a twin has another ending than a web page's, or cannot be written."""
    if out.suffix.lower() not in PAGES:
        raise UsageError(f"{out} does not end in {' or '.join(PAGES)}: it is a web page; rename it with --out")
    check_file(out)


def check_folder(out: Path) -> None:
    """Raises UsageError where nothing can be written into a folder, or it cannot be made."""
    _try(out, out)


def _check(paths: Collection[Path]) -> None:
    """Raises UsageError where one of several files, or the only one, cannot be written."""
    for path in paths:
        if _is_pipe(path):
            _refuse_several(path, paths)
        else:
            _try(path, _real(path).parent)


def _is_pipe(path: Path) -> bool:
    """Whether there is something that is written through, not replaced: a FIFO, a terminal, another device."""
    try:
        kind = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(kind) and not stat.S_ISDIR(kind)


def _refuse_several(path: Path, paths: Collection[Path]) -> None:
    if len(paths) > 1:
        raise UsageError(
            f"{path} is no file but a device or a pipe, and {len(paths)} files are to be written, all or none; "
            "name another place with --out"
        )


def _real(path: Path) -> Path:
    """The file itself: where a link points, it is what is written, and the link stays.

    Raises UsageError where links lead in a circle, or the name cannot be one.
    """
    try:
        path.stat()
    except FileNotFoundError:
        pass  # new, or a link to what is not there yet
    except OSError as error:
        raise cannot_be_written(path, error) from error
    return Path(os.path.realpath(path))


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

    A link is followed; a device or a FIFO is written through, where it is the only one.
    Raises UsageError where one cannot be written, also for want of space; nothing half-written is left.
    """
    if pipe := next(filter(_is_pipe, files), None):
        _refuse_several(pipe, files)
        _write_through(pipe, files[pipe])
        return
    reals = {path: _real(path) for path in files}
    parts = {path: real.with_name(f"{real.name}.part") for path, real in reals.items()}
    try:
        for path, content in files.items():
            try:
                reals[path].parent.mkdir(parents=True, exist_ok=True)
                if reals[path].is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                parts[path].write_bytes(content)
            except OSError as error:
                raise cannot_be_written(path, error) from error
        for path, part in parts.items():
            part.replace(reals[path])
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _write_through(path: Path, content: bytes) -> None:
    try:
        with path.open("wb") as opened:
            opened.write(content)
    except OSError as error:
        raise cannot_be_written(path, error) from error
