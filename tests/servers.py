"""What several tests need to start a server: free ports, and a small one's options."""

from __future__ import annotations

import socket

from campaign_cypher.server import DEFAULT_LINE, Options


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def small(line: str = DEFAULT_LINE, heap: str = "512m") -> Options:
    """Options of a small server on free ports."""
    return Options(line, bolt_port=free_port(), http_port=free_port(), heap=heap, pagecache="128m")
