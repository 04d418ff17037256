"""What a server is told: its neo4j.conf and its Java command."""

from __future__ import annotations

import os
from pathlib import Path

from campaign_cypher.server.lines import JVM_FLAGS, Line
from campaign_cypher.server.state import HOST, Server, home_argument


def settings(line: Line, server: Server) -> dict[str, str]:
    """The settings of a server: this machine only, no TLS, nothing sent home."""
    return {
        "server.default_listen_address": HOST,
        "server.default_advertised_address": HOST,
        "server.bolt.listen_address": f"{HOST}:{server.bolt_port}",
        "server.bolt.advertised_address": f"{HOST}:{server.bolt_port}",
        "server.http.listen_address": f"{HOST}:{server.http_port}",
        "server.http.advertised_address": f"{HOST}:{server.http_port}",
        "server.https.enabled": "false",
        "server.memory.heap.initial_size": server.heap,
        "server.memory.heap.max_size": server.heap,
        "server.memory.pagecache.size": server.pagecache,
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",
        line.quiet_period_setting: "0",  # else the end takes ten seconds more
        "dbms.security.procedures.unrestricted": "gds.*,apoc.*",
    }


def write_conf(line: Line, server: Server) -> None:
    """Write neo4j.conf into the server's folder."""
    folder = server.folder
    folder.conf.mkdir(exist_ok=True)
    lines = [f"{name}={value}\n" for name, value in settings(line, server).items()]
    (folder.conf / "neo4j.conf").write_text("".join(lines), encoding="utf-8")


def command(java: Path, line: Line, server: Server, jars: list[Path]) -> list[str]:
    """The command that runs a server."""
    folder = server.folder
    argument_file = write_java_arguments(folder.conf, server.heap, jars, f"-Xms{server.heap}")
    return [
        str(java),
        f"@{argument_file}",
        line.main_class,
        home_argument(folder),
        f"--config-dir={folder.conf}",
    ]


def write_java_arguments(conf: Path, heap: str, jars: list[Path], *flags: str) -> Path:
    """Write the file of Java's arguments, the class path among them: it is too long for some systems' commands."""
    arguments = [*JVM_FLAGS, *flags, f"-Xmx{heap}", "-cp", os.pathsep.join(map(str, jars))]
    argument_file = conf / "java.args"
    argument_file.write_text("".join(map(_quoted, arguments)), encoding="utf-8")
    return argument_file


def _quoted(argument: str) -> str:
    return '"' + argument.replace("\\", "\\\\").replace('"', '\\"') + '"\n'
