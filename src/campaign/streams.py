"""What a terminal or a pipe cannot show is replaced, and data for programs are UTF-8."""

from __future__ import annotations

import io
import sys


def forgive() -> None:
    """Have stdout and stderr write another character for each that their encoding has not, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def put(text: str) -> None:
    """Write JSON, CSV or a file's text to stdout: UTF-8 where no terminal reads it, whatever the locale says."""
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
        stream.reconfigure(encoding="utf-8", errors="replace")
    stream.write(text)
    stream.flush()
