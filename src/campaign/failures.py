"""Where errors get their line on stderr and their exit code."""

from __future__ import annotations

import sys


class UsageError(Exception):
    """An option or argument that makes no sense; the message is one line: what, and what to write instead."""

    exit_code = 2


class NotFoundError(Exception):
    """Something asked for by name that is not there; the message is one line: what, and what there is."""

    exit_code = 1


def explain(error: Exception) -> int | None:
    """Print a user's error as one line; return its exit code, or None where the error is a defect of ours."""
    code = getattr(error, "exit_code", None)  # StoreError, LoadError, AnalysisError carry theirs as well
    if isinstance(code, int):
        print(f"campaign: {error}", file=sys.stderr)
        return code
    return None
