"""When a server is ready: its HTTP root names itself, and its password is the one we keep."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass

import neo4j
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError

from campaign_cypher.errors import StoreError
from campaign_cypher.server.state import HOST, Server

_USER = "neo4j"
_FIRST_PASSWORD = "neo4j"  # noqa: S105 - what every new Neo4j has, and refuses to work with until it is changed


@dataclass(frozen=True)
class Identity:
    """What a server's HTTP root says it is."""

    version: str
    edition: str


def identity(server: Server) -> Identity | None:
    """What answers at the server's HTTP address, or None where nothing does (yet)."""
    connection = http.client.HTTPConnection(HOST, server.http_port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Accept": "application/json"})
        said = json.loads(connection.getresponse().read())
        return Identity(said["neo4j_version"], said["neo4j_edition"])
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return None
    finally:
        connection.close()


def log_in(server: Server, password: str) -> None:
    """Log in by Bolt; a new database gets the password first. Raises StoreError where neither is accepted."""
    if _accepts(server, password):
        return
    try:
        with neo4j.GraphDatabase.driver(server.bolt, auth=(_USER, _FIRST_PASSWORD)) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                {"old": _FIRST_PASSWORD, "new": password},
                database_="system",
            )
    except (AuthError, ClientError):
        raise StoreError(
            f"Neo4j runs but refuses the password in {server.folder.password_file}; put the right one there, "
            f"or remove {server.folder.path / 'data'} to begin with an empty database"
        ) from None
    if not _accepts(server, password):
        raise StoreError(f"Neo4j did not take its new password; see {server.folder.log}")


def _accepts(server: Server, password: str) -> bool:
    try:
        with neo4j.GraphDatabase.driver(server.bolt, auth=(_USER, password)) as driver:
            driver.execute_query("RETURN 1")
    except AuthError:
        return False
    except (DriverError, Neo4jError) as error:
        reason = str(error).partition("\n")[0]
        raise StoreError(f"Neo4j does not answer at {server.bolt}: {reason}; see {server.folder.log}") from error
    return True
