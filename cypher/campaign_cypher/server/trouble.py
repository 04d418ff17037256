"""Reading from a server's logs why it did not start."""

from __future__ import annotations

import re
from pathlib import Path

from campaign_cypher.server.state import Folder

# Java's and Neo4j's own words, the telling ones first. The last of many "Caused by" is the root.
_TELLING = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"Could not reserve enough space.*|Invalid (?:initial|maximum) heap size.*|.*insufficient memory.*",
        r"Address already in use.*",
        r".*(?:Error evaluating value|Unrecognized setting|Failed to read config).*",
        r"(?<=Caused by: ).*",
        r"Error: .*|Exception in thread.*|.*\bERROR\b.*",
    )
)
_LONGEST = 200


def size(log: Path) -> int:
    """How long a log is now, so that what comes after can be told from it."""
    return log.stat().st_size if log.exists() else 0


def cause(folder: Folder, log_begins: int) -> str:
    """One line on why a server ended and which log says so; Neo4j's counts from `log_begins` on."""
    logs = {
        folder.java_log: _text(folder.java_log, 0),
        folder.log: _text(folder.log, log_begins),
    }
    for pattern in _TELLING:
        for log, text in logs.items():
            found = pattern.findall(text)
            if found:
                return f"{found[-1].strip()[:_LONGEST]}; see {log}"
    for log, text in logs.items():
        if text.strip():
            return f"{text.strip().splitlines()[-1][:_LONGEST]}; see {log}"
    return f"Java ended without a word in {folder.java_log}"


def _text(log: Path, begins: int) -> str:
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(begins if size(log) >= begins else 0)  # a log that was rotated meanwhile is all of this start
        return file.read().decode("utf-8", errors="replace")
