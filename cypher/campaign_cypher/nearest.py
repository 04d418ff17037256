"""`did you mean a or b?`: how a name that there is not is answered, whoever was asked for it."""

from __future__ import annotations

from collections.abc import Sequence


def did_you_mean(names: Sequence[str]) -> str:
    """The question back, of one name at least: `did you mean a, b or c?`."""
    *others, last = names
    return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"
