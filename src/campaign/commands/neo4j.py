"""`campaign neo4j`: a Neo4j on this machine, started, stopped and looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from campaign.streams import tell

if TYPE_CHECKING:
    from campaign_cypher.server import Server

_MEMORY = r"^[1-9][0-9]*[kmgKMG]$"
_LINE_HELP = "Line of Neo4j: 2026.08 or 5.26 (long-term support). Each keeps its own data."
_group = typer.Typer(
    no_args_is_help=True,
    help="A real Neo4j with Browser on this machine, for you only (pip install 'campaign\\[server]').",
)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(_group, name="neo4j")


def _memory(size: str) -> str:
    import re

    if not re.match(_MEMORY, size):
        raise typer.BadParameter(f"{size!r} is not a size such as 512m or 4g")
    return size


def _line(name: str | None) -> str | None:
    from campaign_cypher.server import LINES

    if name is not None and name not in LINES:
        raise typer.BadParameter(f"{name!r}: there are {', '.join(LINES)}")
    return name


def _plugins(names: str) -> str:
    from campaign_cypher.server import PLUGINS

    if unknown := [name for name in _listed(names) if name not in PLUGINS]:
        raise typer.BadParameter(f"{unknown[0]!r}: there are {', '.join(PLUGINS)}")
    return names


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name.strip().lower() for name in names.split(",") if name.strip())


@_group.command(epilog="Example: campaign neo4j start --with gds --heap 2g")
def start(
    line: str = typer.Option("2026.08", "--line", help=_LINE_HELP, callback=_line),
    bolt_port: int = typer.Option(7687, min=1, max=65535, help="Port for drivers, on 127.0.0.1."),
    http_port: int = typer.Option(7474, min=1, max=65535, help="Port for Neo4j Browser, on 127.0.0.1."),
    heap: str = typer.Option("1g", help="Java's heap.", callback=_memory),
    pagecache: str = typer.Option("512m", help="Memory for the store's files.", callback=_memory),
    with_: str = typer.Option(
        "", "--with", metavar="PLUGIN,…", help="Plugins to bring: gds, and apoc on line 5.26.", callback=_plugins
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON instead of lines."),
) -> None:
    """Start Neo4j and return when it is ready; the first start downloads it (about 190 MB).

    The password is made at the first start and kept in a file that only you can read; `--store` with the
    printed address finds it by itself.
    """
    from campaign_cypher import server

    options = server.Options(line, bolt_port, http_port, heap, pagecache, _listed(with_))
    started, now = server.start(server.default_home(), options, _say)
    if not now:
        _say(f"Neo4j {started.version} runs already (pid {started.pid})")
    _print([started], as_json)


@_group.command(epilog="Example: campaign neo4j stop")
def stop(
    line: str = typer.Option(None, "--line", help="Only this line; without it, all that run.", callback=_line),
) -> None:
    """Stop Neo4j gracefully; its data stays."""
    from campaign_cypher import server

    servers = [s for s in server.running(server.default_home()) if line in (None, s.line)]
    for one in servers:
        server.stop(one)
        _say(f"Neo4j {one.version} stopped (pid {one.pid})")
    if not servers:
        _say("no Neo4j of ours runs")


@_group.command(epilog="Example: campaign neo4j status --json")
def status(as_json: bool = typer.Option(False, "--json", help="Print JSON instead of lines.")) -> None:
    """Say which Neo4j runs, where it listens, and where its data, log and password are."""
    from campaign_cypher import server

    servers = server.running(server.default_home())
    if not servers:
        _say("no Neo4j of ours runs; start one with: campaign neo4j start")
    if servers or as_json:
        _print(servers, as_json)


def _say(text: str) -> None:
    tell(text, err=True)


def _print(servers: list[Server], as_json: bool) -> None:
    from campaign.output import put_json

    facts = [_facts(one) for one in servers]
    if as_json:
        put_json(facts)
        return
    for one in facts:
        for name, value in one.items():
            tell(f"{name.removesuffix('_bytes').replace('_', ' '):<14}{_shown(name, value)}")


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return f"{value / 2**20:.0f} MiB" if name.endswith("_bytes") else str(value)


def _facts(one: Server) -> dict[str, Any]:
    """What is said of a server; `version` is what it answers itself, `ready` whether it answers."""
    from campaign_cypher import server

    said = server.identity(one)
    return {
        "bolt": one.bolt,
        "browser": one.browser,
        "ready": said is not None,
        "version": said.version if said else one.version,
        "edition": said.edition if said else "community",
        "line": one.line,
        "pid": one.pid,
        "resident_bytes": server.resident_bytes(one),
        "heap": one.heap,
        "page_cache": one.pagecache,
        "plugins": list(one.plugins),
        "home": str(one.folder.path),
        "log": str(one.folder.log),
        "user": "neo4j",
        "password_file": str(one.folder.password_file),
    }
