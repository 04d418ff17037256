"""The two lines of Neo4j in use: what is fetched for each and how it is started."""

from __future__ import annotations

from dataclasses import dataclass

from campaign_cypher.errors import StoreError

_BROWSER = "org.neo4j.client:neo4j-browser:5.24.0"


@dataclass(frozen=True)
class Line:
    """One line of Neo4j: `name` is what users say, `version` the release that is fetched."""

    name: str
    version: str
    main_class: str
    quiet_period_setting: str
    """How this line calls the seconds that it waits, twice, for late clients before it ends."""

    @property
    def endpoint(self) -> str:
        """Maven coordinates of the server with Browser, joined by `+` as jgo wants them."""
        return "+".join((f"org.neo4j:neo4j:{self.version}", f"org.neo4j.app:neo4j-server:{self.version}", _BROWSER))


_CURRENT = Line(
    name="2026.08",
    version="2026.08.1",
    main_class="org.neo4j.server.Neo4jCommunity",
    quiet_period_setting="internal.dbms.bolt.netty_server_shutdown_quiet_period_duration",
)
_LONG_TERM = Line(
    name="5.26",
    version="5.26.30",
    main_class="org.neo4j.server.CommunityEntryPoint",
    quiet_period_setting="internal.dbms.bolt.netty_server_shutdown_quiet_period",
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
