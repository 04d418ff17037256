"""What a terminal or a pipe cannot show is replaced, and data for programs are UTF-8.

Lines for people go through `tell`: typer's echo writes UTF-8 to a terminal that says it is ASCII, which shows rubbish.
"""

from __future__ import annotations

import codecs
import io
import sys

# Signs of our own, and what stands for them: a doctor's yes and no must not both be a question mark.
PLAIN = {
    "✓": "+", "✗": "x", "·": ".", "→": ">", "…": "...", "“": '"', "”": '"', "’": "'", "–": "-", "−": "-", "×": "x",
}  # fmt: skip
_HANDLER = "campaign.plain"  # codecs keep one list of names for the whole process


def forgive() -> None:
    """Have stdout and stderr write another character for each that their encoding has not, instead of failing."""
    codecs.register_error(_HANDLER, _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def _plain(error: UnicodeError) -> tuple[str, int]:
    """An error handler of codecs: the plain sign, or a question mark, for each character that cannot be written."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(PLAIN.get(c, "?") for c in error.object[error.start : error.end]), error.end


def tell(text: str, err: bool = False) -> None:
    """Write a line for people, in the encoding of the terminal or pipe."""
    print(text, file=sys.stderr if err else sys.stdout, flush=True)


def put(text: str) -> None:
    """Write JSON, CSV or a file's text to stdout: UTF-8 where no terminal reads it, whatever the locale says."""
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
        stream.reconfigure(encoding="utf-8", errors="replace")
    stream.write(text)
    stream.flush()
