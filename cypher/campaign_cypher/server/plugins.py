"""Plugins of a local Neo4j: fetched as the server itself is, and put where it looks for them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from campaign_cypher.errors import StoreError
from campaign_cypher.server.install import Say, jars_of
from campaign_cypher.server.lines import LINES, PLUGINS, Line
from campaign_cypher.server.state import Folder


def to_be_had(line: Line, names: Iterable[str], say: Say) -> tuple[str, ...]:
    """Those of the plugins that there are for a line; of others it is said. Raises StoreError for unknown names."""
    wanted = dict.fromkeys(names)
    if unknown := [name for name in wanted if name not in PLUGINS]:
        raise StoreError(f"no plugin {unknown[0]!r}; there are {', '.join(PLUGINS)}")
    for name in wanted:
        if name not in line.plugins:
            having = ", ".join(f"--line {other.name}" for other in LINES.values() if name in other.plugins)
            say(f"{line} starts without {PLUGINS[name]}, of which there is no release for it; {having} has one")
    return tuple(name for name in wanted if name in line.plugins)


def with_plugins(line: Line, folder: Folder, names: Iterable[str], server: list[Path], say: Say) -> list[Path]:
    """The class path of a server with plugins: theirs, without what the server has, then its own.

    Their jars lie in `plugins/` as well, where Neo4j looks for procedures: on the class path alone they are not found,
    in the folder alone GDS fails for want of its components. Those of other starts go from there. Raises StoreError
    where a download fails.
    """
    jars = {name: jars_of(line.plugins[name], folder, folder.plugin_jars(name), say) for name in names}
    has = {_artifact(jar) for jar in server}
    added = {_artifact(jar): jar for jars_of_one in jars.values() for jar in jars_of_one if _artifact(jar) not in has}
    folder.plugins.mkdir(exist_ok=True)
    for name in _put_before(folder):
        (folder.plugins / name).unlink(missing_ok=True)
    for jar in added.values():
        _put(jar, folder.plugins / jar.name)
    return [*added.values(), *server]


def _artifact(jar: Path) -> Path:
    """Where Maven keeps all versions of an artifact: group and name of a jar without its version."""
    return jar.parent.parent


def _put_before(folder: Folder) -> Iterable[str]:
    """Names of the jars that earlier starts may have put into `plugins/`, by the lock files."""
    locks = [lock for lock in map(folder.plugin_jars, PLUGINS) if lock.exists()]
    return (Path(entry.split("  ", 1)[1]).name for lock in locks for entry in lock.read_text("utf-8").splitlines())


def _put(jar: Path, place: Path) -> None:
    place.unlink(missing_ok=True)
    try:
        os.link(jar, place)
    except OSError:  # another file system, or one without links
        shutil.copyfile(jar, place)
