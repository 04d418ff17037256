"""The one place where settings are read: flag, environment, campaign.toml in this folder, the user's file, default."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from campaign_cypher.errors import StoreError
from campaign_cypher.target import NEO4J_SCHEMES, StoreTarget, connect

from campaign.failures import UsageError
from campaign.setting_names import by_parameter, known_keys

if TYPE_CHECKING:
    from campaign_cypher.store import Store

DEFAULT_STORE = "campaign.lbug"
FILE = "campaign.toml"


@dataclass(frozen=True)
class Files:
    """What the two settings files say: top-level keys, and a table for each command (`[detect]`)."""

    values: Mapping[str, Any]

    def text(self, name: str) -> str | None:
        """A top-level value as text, or None."""
        value = self.values.get(name)
        return None if value is None else str(value)

    def commands(self) -> dict[str, Any]:
        """Defaults of options by command."""
        return {name: table for name, table in self.values.items() if isinstance(table, dict)}


def read_files(program: Any = None) -> Files:
    """The user's file, and over it `campaign.toml` in the current folder.

    `program`: the command line, whose commands and options the tables name; without it nobody looks at those. Raises
    StoreError where a file is not TOML, or says something that nothing reads.
    """
    import typer

    merged: dict[str, Any] = {}
    for path in (Path(typer.get_app_dir("campaign")) / FILE, Path(FILE)):
        for name, value in _checked(path, _read(path), program).items():
            both_tables = isinstance(value, dict) and isinstance(merged.get(name), dict)
            merged[name] = {**merged[name], **value} if both_tables else value
    return Files(merged)


def resolve(store: str | None = None, *, password_file: Path | None = None, database: str | None = None) -> StoreTarget:
    """Which store is meant, with what it takes to log in as far as that is known without asking.

    NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE belong to NEO4J_URI where that is set, and what a settings file
    says to the store that it names: another address given by `--store` does not get them. Raises UsageError for an
    empty one (a script's variable that is not set must not mean some other store), and where an embedded store is given
    a password file or a database.
    """
    if store is not None and not store.strip():
        raise UsageError("--store is empty: give a path or an address, or leave --store out")
    files, env = read_files(), os.environ
    uri = env.get("NEO4J_URI") or env.get("NEO4J_ADDRESS")
    address = store or env.get("CAMPAIGN_STORE") or uri or files.text("store") or DEFAULT_STORE
    target = StoreTarget(address)
    _refuse_secrets(address)
    target.check()
    if not target.is_neo4j:
        _refuse_login(address, {"--password-file": password_file, "--database": database})
        return target
    login: Mapping[str, str] = env if uri in (None, address) else {}
    written = files if files.text("store") in (None, address) else Files({})
    return replace(
        target,
        username=login.get("NEO4J_USERNAME") or login.get("NEO4J_USER") or written.text("username") or "neo4j",
        password=_password(address, password_file, login, written),
        database=database or login.get("NEO4J_DATABASE") or written.text("database"),
    )


def _password(address: str, flag: Path | None, login: Mapping[str, str], files: Files) -> str | None:
    """From the flag's file, the environment, the settings' file, or a server that was started on this machine."""
    if flag:
        return _read_secret(flag)
    if login.get("NEO4J_PASSWORD"):
        return login["NEO4J_PASSWORD"]
    named = files.text("password_file")
    return _read_secret(Path(named).expanduser()) if named else _local(address)


def query_folder(given: Path | None = None) -> Path:
    """The folder of the user's own queries: flag, CAMPAIGN_QUERIES, `queries = "…"` in a settings file, else `queries`
    beside the user's settings file. It need not be there."""
    import typer

    named = os.environ.get("CAMPAIGN_QUERIES") or read_files().text("queries")
    return given or (Path(named).expanduser() if named else Path(typer.get_app_dir("campaign")) / "queries")


def open_store(
    store: str | None = None,
    *,
    password_file: Path | None = None,
    database: str | None = None,
    read_only: bool = False,
    existing: bool = False,
    force: bool = False,
) -> Store:
    """Open the store that flags, environment and files name; ask for a password where one is wanted on a terminal.

    `read_only` lets others read an embedded store at the same time; otherwise the schema is applied. `existing` (or
    `read_only`) wants an embedded store to be there already.
    Raises StoreError with what to do where it cannot be opened.
    """
    target = resolve(store, password_file=password_file, database=database)
    if target.is_neo4j and target.password is None and sys.stdin.isatty() and sys.stderr.isatty():
        target = replace(target, password=_ask(target))
    if existing and not target.is_neo4j:
        from campaign_cypher.embedded_file import refuse_nothing

        refuse_nothing(Path(target.address))
    opened = connect(replace(target, read_only=read_only, force=force))
    if not read_only:
        try:
            for line in opened.apply_schema():
                if line.startswith("schema "):
                    print(f"{opened.address}: {line}", file=sys.stderr)
        except BaseException:
            opened.close()
            raise
    return opened


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StoreError(f"{path} is not TOML: {error}; mend or remove it") from error
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}; mend its rights or remove it") from error


def _checked(path: Path, values: dict[str, Any], program: Any) -> dict[str, Any]:
    known_keys(path, values)
    if program is None:
        return values
    tables = {name: value for name, value in values.items() if isinstance(value, dict)}
    keys = {name: value for name, value in values.items() if name not in tables}
    return keys | by_parameter(path, tables, program)


def _read_secret(path: Path) -> str:
    try:
        return path.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise StoreError(f"password file {path} cannot be read: {reason}") from error


def _refuse_secrets(address: str) -> None:
    """A password may hold any sign, so that all before the last @ may be one; and so may what follows ? or #."""
    scheme, _, rest = address.partition(":")
    if "://" not in address and scheme not in NEO4J_SCHEMES:
        return
    host, *more = re.split("[?#]", rest.rpartition("@")[2], maxsplit=1)
    if "@" in rest or more:
        raise StoreError(
            f"the address of {host.strip('/') or 'the store'} holds a user, a password or settings: give "
            f"{scheme}://host:port alone, set NEO4J_USERNAME and NEO4J_PASSWORD, or give --password-file"
        )


def _refuse_login(address: str, flags: Mapping[str, object]) -> None:
    """What says how to enter a Neo4j would be passed over: perhaps its address was left out."""
    if given := [flag for flag, value in flags.items() if value]:
        raise UsageError(
            f"{' and '.join(given)} {'is' if len(given) == 1 else 'are'} for a Neo4j, and {address} is an embedded "
            f"store: leave {'it' if len(given) == 1 else 'them'} out, or name a Neo4j with --store"
        )


def _local(address: str) -> str | None:
    from campaign_cypher.server import password_for

    return password_for(address)


def _ask(target: StoreTarget) -> str | None:
    from getpass import getpass

    return getpass(f"Password of {target.username} at {target.address}: ", stream=sys.stderr) or None
