"""Where errors get their line on stderr and their exit code."""

from __future__ import annotations

import sys


def explain(error: Exception) -> int | None:
    """Print a user's error as one line; return its exit code, or None where the error is a defect of ours."""
    code = getattr(error, "exit_code", None)  # StoreError, LoadError, AnalysisError carry theirs
    if isinstance(code, int):
        print(f"campaign: {error}", file=sys.stderr)
        return code
    return None
