"""A Neo4j database behind the official driver, its errors in a user's words."""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from campaign_cypher.errors import StoreError
from campaign_cypher.target import StoreTarget

_SECONDS_TO_CONNECT = 10.0
_SECONDS_TO_ANSWER = 60.0  # until a connection is there to be used, greeting and login included
_SECONDS_TO_RETRY = 30.0  # a deadlock, a change of leader in a cluster, a connection that was lost
_TOO_LONG = re.compile(r"too large to index.*?schema=\((.*?)\), .*?property size: (\d+)", re.DOTALL)

# Without a handler Python writes the driver's warnings to stderr; what they say, our errors say in a user's words.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Session:
    """A driver and its one session: one writer at a time, since two only deadlock on busy nodes.

    Threads that read wait for each other.
    """

    def __init__(self, target: StoreTarget) -> None:
        """Connect and log in, without trying again. Raises StoreError where there is no server, or it refuses."""
        self.target = target
        with in_words(target):
            auth = (target.username or "neo4j", target.password) if target.password else None
            self._driver = neo4j.GraphDatabase.driver(
                target.address,
                auth=auth,
                connection_timeout=_SECONDS_TO_CONNECT,
                connection_acquisition_timeout=_SECONDS_TO_ANSWER,
                max_transaction_retry_time=_SECONDS_TO_RETRY,
                notifications_min_severity="OFF",
                user_agent="campaign",
            )
        try:
            with in_words(target):
                self._driver.verify_connectivity()
        except BaseException:
            self._driver.close()
            raise
        self._session = self._driver.session(database=target.database)
        self._one = Lock()

    def read(self, text: str, parameters: Mapping[str, Any] | None = None) -> tuple[list[str], list[list[Any]]]:
        """Column names and rows of a query, in a read transaction that is tried again where that may help."""

        def work(tx: neo4j.ManagedTransaction) -> tuple[list[str], list[list[Any]]]:
            result = tx.run(_literal(text), dict(parameters or {}))
            return list(result.keys()), result.values()

        with self._one, in_words(self.target, connected=True):
            return self._session.execute_read(work)

    def write(self, work: Callable[[neo4j.ManagedTransaction], Any]) -> Any:
        """Run work in a write transaction; the driver tries it again on what may pass, such as a deadlock."""
        with in_words(self.target, connected=True):
            return self._session.execute_write(work)

    def change_schema(self, text: str) -> None:
        """Run a statement of the schema, which wants a transaction of its own."""
        self.write(lambda tx: tx.run(_literal(text)).consume())

    def close(self) -> None:
        self._session.close()
        self._driver.close()


def _literal(text: str) -> Any:
    """The driver's type for a query is a literal; ours are stored files or derived from the model."""
    return text


@contextmanager
def in_words(target: StoreTarget, connected: bool = False) -> Iterator[None]:
    """Turn the driver's errors into one line each: what, where, what to do. `connected`: it has answered before."""
    try:
        yield
    except AuthError as error:
        raise StoreError(_login(target, error)) from error
    except (ServiceUnavailable, SessionExpired) as error:
        raise StoreError(_silent(target, error, connected)) from error
    except Neo4jError as error:
        raise StoreError(_server_error(target, error)) from error
    except DriverError as error:
        raise StoreError(f"Neo4j at {target.address}: {_first(error)}") from error
    except ValueError as error:  # the driver's complaint about an address that it cannot read
        raise StoreError(f"{target.address} is no address of a Neo4j: {_first(error)}") from error


def _silent(target: StoreTarget, error: Exception, connected: bool) -> str:
    if connected:
        return (
            f"{target.address} answers no more ({_first(error)}): see that it runs, then do the same again; "
            "what was written stays, and nothing is written twice"
        )
    causes = list(_causes(error))
    scheme = target.address.partition(":")[0]
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return (
                f"{target.address}: its certificate is refused ({cause.verify_message}): name a file with its "
                f"authority in SSL_CERT_FILE, or, where nobody can come between, use {scheme}sc:, which does not ask"
            )
    hung_up = any("handshake" in str(cause) for cause in causes) and "+" not in scheme
    return (
        f"no Neo4j answers at {target.address} ({_first(error)}): see that it runs (campaign neo4j status) "
        f"and that the address is right{f'; one that is encrypted wants {scheme}+s:' if hung_up else ''}"
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came from; one that came from several, each."""
    yield error
    for cause in error.exceptions if isinstance(error, BaseExceptionGroup) else [error.__cause__]:
        if cause is not None:
            yield from _causes(cause)


def _login(target: StoreTarget, error: AuthError) -> str:
    if target.password is None:
        return f"{target.address} wants a password: set NEO4J_PASSWORD or give --password-file"
    if "CredentialsExpired" in (error.code or ""):
        return f"{target.address}: the password of {target.username} has expired; set a new one in Neo4j Browser"
    if "RateLimit" in (error.code or ""):
        return f"{target.address} refuses {target.username} after too many wrong passwords: wait a few seconds"
    return (
        f"{target.address} refuses the password of {target.username}: check NEO4J_USERNAME and NEO4J_PASSWORD, "
        "or give --password-file"
    )


def _server_error(target: StoreTarget, error: Neo4jError) -> str:
    code = error.code or ""
    if "DatabaseNotFound" in code:
        return f"{target.address} has no database {target.database!r}: check NEO4J_DATABASE or --database"
    if "Forbidden" in code:
        return f"{target.username} may not do this at {target.address}: {_first(error)}; ask for the right to it"
    if long := _TOO_LONG.search(error.message or ""):
        return f"{target.address}: a value of {long[1]} has {long[2]} bytes, which no index takes: shorten or remove it"
    if "ConstraintCreationFailed" in code:
        return f"{target.address}: data that is there breaks a constraint: {_first(error)}; use an empty database"
    if "MemoryPool" in code or "OutOfMemory" in code:
        return f"{target.address}: the server ran out of memory; give it more (campaign neo4j start --heap 2g)"
    return f"{target.address}: {_first(error)}"


def _first(error: Exception) -> str:
    text = getattr(error, "message", None) or str(error)
    lines = str(text).strip().splitlines()
    return lines[0].partition(" (resolved to")[0].rstrip(".") if lines else type(error).__name__
