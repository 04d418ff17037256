"""The two lines of Neo4j in use: what is fetched for each and how it is started."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from campaign_cypher.errors import StoreError

_BROWSER = "org.neo4j.client:neo4j-browser:5.24.0"
PLUGINS = {"gds": "GDS", "apoc": "APOC"}
"""What users call a plugin, and its own name. A line may lack one."""


@dataclass(frozen=True)
class Release:
    """Something that is fetched: its name and version for people, and the Maven coordinates without the version."""

    title: str
    version: str
    artifacts: tuple[str, ...]

    @property
    def endpoint(self) -> str:
        """Maven coordinates, joined by `+` as jgo wants them."""
        return "+".join(f"{artifact}:{self.version}" for artifact in self.artifacts)

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


@dataclass(frozen=True)
class Line:
    """One line of Neo4j: `name` is what users say, `version` the release that is fetched."""

    name: str
    version: str
    main_class: str
    quiet_period_setting: str
    """How this line calls the seconds that it waits, twice, for late clients before it ends."""
    plugins: Mapping[str, Release] = field(default_factory=dict)
    """The plugins that there are for this line, by the names of `PLUGINS`."""

    @property
    def endpoint(self) -> str:
        """Maven coordinates of the server with Browser, joined by `+` as jgo wants them."""
        return "+".join((f"org.neo4j:neo4j:{self.version}", f"org.neo4j.app:neo4j-server:{self.version}", _BROWSER))

    def __str__(self) -> str:
        return f"Neo4j {self.version}"


def _gds(version: str, *artifacts: str) -> Release:
    return Release(PLUGINS["gds"], version, tuple(f"org.neo4j.gds:{artifact}" for artifact in artifacts))


_CURRENT = Line(
    name="2026.08",
    version="2026.08.1",
    main_class="org.neo4j.server.Neo4jCommunity",
    quiet_period_setting="internal.dbms.bolt.netty_server_shutdown_quiet_period_duration",
    plugins={"gds": _gds("2.26.0", "proc", "opengds-extension")},
)
_LONG_TERM = Line(
    name="5.26",
    version="5.26.30",
    main_class="org.neo4j.server.CommunityEntryPoint",
    quiet_period_setting="internal.dbms.bolt.netty_server_shutdown_quiet_period",
    plugins={
        "gds": _gds("2.13.9", "proc", "opengds-extension", "proc-sysinfo", "open-write-services"),
        "apoc": Release(
            PLUGINS["apoc"], "5.26.19", ("org.neo4j.procedure:apoc-core", "org.neo4j.procedure:apoc-common")
        ),
    },
)
LINES = {line.name: line for line in (_CURRENT, _LONG_TERM)}
DEFAULT_LINE = _CURRENT.name

# What Neo4j's own launcher opens to it; without these its off-heap memory and native calls are refused.
JVM_FLAGS = (
    *(
        f"--add-opens=java.base/{package}=ALL-UNNAMED"
        for package in ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
    ),
    "--enable-native-access=ALL-UNNAMED",
)


def line_named(name: str) -> Line:
    """The line of that name. Raises StoreError with the valid names for any other."""
    try:
        return LINES[name]
    except KeyError:
        raise StoreError(f"no Neo4j line {name!r}; there are {', '.join(LINES)}") from None
