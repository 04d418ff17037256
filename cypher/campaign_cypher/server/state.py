"""What is kept on disk about a server: its folder, its password, and which process it is."""

from __future__ import annotations

import json
import os
import secrets
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from campaign_cypher.server.lines import LINES

HOST = "127.0.0.1"
_OUR_HOSTS = {HOST, "localhost", "::1"}
_DEFAULT_PORTS = {"http": 7474}


def default_home() -> Path:
    """Where the project keeps its servers: CAMPAIGN_HOME, or the platform's folder for a user's data."""
    chosen = os.environ.get("CAMPAIGN_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "campaign"


@dataclass(frozen=True)
class Folder:
    """The folder of one line's server under a home: each line has its own, since their data files differ."""

    path: Path

    @property
    def password_file(self) -> Path:
        return self.path / "password"

    @property
    def log(self) -> Path:
        """Neo4j's own log, which goes on from one start to the next."""
        return self.path / "logs" / "neo4j.log"

    @property
    def java_log(self) -> Path:
        """What Java itself said at the last start, and why a download failed."""
        return self.path / "logs" / "java.log"

    @property
    def jars(self) -> Path:
        """The lock file of the class path, in the format of sha256sum."""
        return self.path / "jars.sha256"

    def plugin_jars(self, plugin: str) -> Path:
        """The lock file of a plugin's jars."""
        return self.path / f"{plugin}.sha256"

    @property
    def plugins(self) -> Path:
        """Where Neo4j looks for procedures; what users put there themselves stays."""
        return self.path / "plugins"

    @property
    def record(self) -> Path:
        return self.path / "server.json"

    @property
    def conf(self) -> Path:
        return self.path / "conf"


def folder_of(home: Path, line: str) -> Folder:
    """The folder of a line's server under a home."""
    return Folder(home / "neo4j" / line)


@dataclass(frozen=True)
class Server:
    """A server that was started: what its record holds. Memory sizes are as given, such as `1g`."""

    line: str
    version: str
    pid: int
    bolt_port: int
    http_port: int
    heap: str
    pagecache: str
    home: str
    plugins: tuple[str, ...] = ()

    @property
    def folder(self) -> Folder:
        return folder_of(Path(self.home), self.line)

    @property
    def bolt(self) -> str:
        return f"bolt://{HOST}:{self.bolt_port}"

    @property
    def http(self) -> str:
        return f"http://{HOST}:{self.http_port}"

    @property
    def browser(self) -> str:
        return f"{self.http}/browser/"

    def password(self) -> str:
        """The password of the user `neo4j`. Raises OSError where its file cannot be read."""
        return self.folder.password_file.read_text(encoding="utf-8").strip()


def write_whole(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all, wherever the program is stopped."""
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def write_record(server: Server) -> None:
    """Keep which process a folder's server is."""
    write_whole(server.folder.record, json.dumps(asdict(server), indent=2) + "\n")


def read_record(folder: Folder) -> Server | None:
    """The server last started in a folder, running or not; None where there is no readable record."""
    try:
        said = json.loads(folder.record.read_text(encoding="utf-8"))
        server = Server(**{**said, "plugins": tuple(said.get("plugins", ()))})
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    return server if _is_sound(server) else None


def _is_sound(server: Server) -> bool:
    """Whether a record's numbers are numbers that a process and a port can have, and its words are words."""
    about = asdict(server)
    numbers = [about.pop(name) for name in ("pid", "bolt_port", "http_port")]
    words = [*about.pop("plugins"), *about.values()]
    return all(type(n) is int and 0 <= n < 2**31 for n in numbers) and all(isinstance(word, str) for word in words)


def ensure_password(folder: Folder) -> str:
    """The folder's password; at first it is made, in a file that only the user can read."""
    if folder.password_file.exists():
        return folder.password_file.read_text(encoding="utf-8").strip()
    password = secrets.token_urlsafe(24)
    descriptor = os.open(folder.password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(password + "\n")
    return password


def is_running(server: Server) -> bool:
    """Whether the recorded process lives and is that server: another one may have got its pid since."""
    import psutil

    try:
        process = psutil.Process(server.pid)
        return process.status() != psutil.STATUS_ZOMBIE and home_argument(server.folder) in process.cmdline()
    except psutil.Error:
        return False


def home_argument(folder: Folder) -> str:
    """The argument by which a server is told its folder, and by which we know the process as ours."""
    return f"--home-dir={folder.path}"


def own_port(address: str) -> int | None:
    """The port of a Bolt or HTTP address of this machine; None for any other address."""
    parts = urlsplit(address)
    try:
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 7687)
    except ValueError:
        return None
    return port if (parts.hostname or "") in _OUR_HOSTS else None


def server_at(port: int, home: Path) -> Server | None:
    """The server of a home at a Bolt port: the one that runs, else the one last started there."""
    records = [record for line in LINES if (record := read_record(folder_of(home, line))) and record.bolt_port == port]
    return max(records, key=lambda one: (is_running(one), one.folder.record.stat().st_mtime), default=None)


def password_for(address: str, home: Path | None = None) -> str | None:
    """The password of the server at a Bolt or HTTP address that was started from a home; None for any other.

    Only one that runs is matched: a password must not be sent to a stranger who listens at an old address.
    """
    port = own_port(address)
    for line in LINES if port else ():
        server = read_record(folder_of(home or default_home(), line))
        if server and port in (server.bolt_port, server.http_port) and _is_running_here(server):
            return server.password()
    return None


def _is_running_here(server: Server) -> bool:
    try:
        return is_running(server)
    except ImportError:  # psutil comes with the extra `server`, which whoever started the server had
        return False
