"""JSON as the rest can use it: halves of characters that were cut apart are replaced, for they are no text."""

from __future__ import annotations

import json
import re
from typing import Any

# `\ud83d` without the half that follows, or the half without the one before: a text cut in the middle of an emoji.
_HALF = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


def loads(text: bytes) -> Any:
    """What a JSON text says. Raises ValueError where it is none or not UTF-8, RecursionError where it is too deep."""
    if b"\\u" in text:
        text = _HALF.sub(rb"\\ufffd", text)
    return json.loads(text.decode("utf-8"))
