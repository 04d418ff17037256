"""Where errors get their line on stderr and their exit code."""

from __future__ import annotations

import errno
import sys

FULL = (errno.ENOSPC, errno.EDQUOT)
STOPPED = 130  # the exit code after Ctrl-C


class UsageError(Exception):
    """An option or argument that makes no sense; the message is one line: what, and what to write instead."""

    exit_code = 2


class NotFoundError(Exception):
    """Something asked for by name that is not there; the message is one line: what, and what there is."""

    exit_code = 1


class StoppedError(Exception):
    """Ctrl-C, where more is to be said of it than that; the message is one line: stopped, and what to do now."""

    exit_code = STOPPED


def say_stopped() -> None:
    """The line after Ctrl-C."""
    print("campaign: stopped", file=sys.stderr)


def explain(error: Exception) -> int | None:
    """Print a user's error as one line; return its exit code, or None where the error is a defect of ours."""
    code = getattr(error, "exit_code", None)  # StoreError, LoadError, AnalysisError carry theirs as well
    if isinstance(code, int):
        print(f"campaign: {error}", file=sys.stderr)
        return code
    if isinstance(error, MemoryError):
        said = " ".join(str(error).split())
        print(f"campaign: not enough memory{f' ({said})' if said else ''}: ask for less at a time", file=sys.stderr)
        return 1
    if isinstance(error, OSError) and error.errno in FULL:
        where = error.filename or "what it is written to"
        print(f"campaign: no space left: {where} is full; make room and start again", file=sys.stderr)
        return 1
    return None
