"""`neo4j-admin` of a local server: it is in the server's own jars."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from campaign_cypher.errors import StoreError
from campaign_cypher.server.config import write_java_arguments
from campaign_cypher.server.install import Say, class_path, java
from campaign_cypher.server.lines import line_named
from campaign_cypher.server.state import Folder, folder_of

_LONGEST = 300
_MAIN_CLASS = "org.neo4j.cli.AdminTool"
# The last cause is the root; where there is none, neo4j-admin's own words.
_REASONS = (
    re.compile(r"^Caused by: [\w.$]+: (.+?)\n\s+(?:at |\.\.\. )", re.DOTALL | re.MULTILINE),
    re.compile(r"Command Failed\s+(\S.*)"),
    re.compile(r"(\S.*)\s*\Z"),
)


def admin(home: Path, line_name: str, at: Path, arguments: Sequence[str], heap: str, say: Say) -> str:
    """Run neo4j-admin with `at` as its current folder and its Neo4j home; what it printed.

    `at` holds the database files that it writes, apart from those of the line's own server, whose jars it has.
    Raises StoreError in one line, which names the file with all that was printed, where it fails.
    """
    line, folder = line_named(line_name), folder_of(home, line_name)
    configuration = at / "conf"
    configuration.mkdir(exist_ok=True)
    (configuration / "neo4j.conf").write_text("dbms.usage_report.enabled=false\n", encoding="utf-8")
    jars = class_path(line, folder, say)
    argument_file = write_java_arguments(configuration, heap, jars)
    environment = {**os.environ, "NEO4J_HOME": str(at), "NEO4J_CONF": str(configuration)}
    done = subprocess.run(  # noqa: S603 - our own Java with our own arguments
        [str(java()), f"@{argument_file}", _MAIN_CLASS, *arguments],
        cwd=at,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    text = (done.stdout + done.stderr).decode("utf-8", errors="replace")
    _log(folder).write_text(text, encoding="utf-8")
    if done.returncode:
        raise StoreError(f"neo4j-admin {' '.join(arguments[:3])} failed: {_reason(text)}; see {_log(folder)}")
    return text


def _reason(text: str) -> str:
    found = next((said[-1] for reason in _REASONS if (said := reason.findall(text))), "it ended without a word")
    return " ".join(found.split())[:_LONGEST]


def _log(folder: Folder) -> Path:
    folder.java_log.parent.mkdir(parents=True, exist_ok=True)
    return folder.java_log.with_name("admin.log")
