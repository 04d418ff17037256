"""Links that open Neo4j Browser with a query filled in. Whoever shows one has it from here."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from campaign_cypher import StoreTarget, queries
from campaign_cypher.queries.header import body
from campaign_cypher.queries.query import StoredQuery

from campaign.settings import read_files

GROUP_QUERY = "runs/group_graph"
_PORTS = {"http": 7474, "https": 7473}
_LOCAL = {"127.0.0.1", "localhost", "::1"}
_PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True)
class Browser:
    """A Neo4j Browser: its page, the server that it is to connect to, and the database (None: the server's default)."""

    page: str
    dbms: str
    database: str | None = None

    def link(self, cypher: str) -> str:
        """The address that opens Browser with the text in its editor, ready to be run, and the server filled in."""
        wanted = {"cmd": "edit", "arg": cypher, "dbms": self.dbms} | ({"db": self.database} if self.database else {})
        return f"{self.page}?{urlencode(wanted, quote_via=quote, safe='')}"

    def group_link(self, group: str) -> str:
        """The link to the picture of a group: its accounts, its pairs, and the hashtags that it pushes."""
        return self.link(filled(queries.get(GROUP_QUERY), {"group_id": group}))


def browser_of(target: StoreTarget) -> Browser | None:
    """The Browser of a store; None where the store is no Neo4j.

    Its page is what CAMPAIGN_BROWSER or `browser = "…"` in a settings file says; else that of the server that
    `campaign neo4j start` runs at the address; else the server's own, at Neo4j's usual port (7474; 7473 where the
    address is encrypted).
    """
    if not target.is_neo4j:
        return None
    page = os.environ.get("CAMPAIGN_BROWSER") or read_files().text("browser") or _of_ours(target) or _usual(target)
    return Browser(page, target.address, target.database)


def group_links(target: StoreTarget, groups: Iterable[str]) -> dict[str, str]:
    """The link to each group's picture, by its id; none where the store is no Neo4j."""
    browser = browser_of(target)
    return {group: browser.group_link(group) for group in groups} if browser else {}


def filled(query: StoredQuery, given: Mapping[str, Any]) -> str:
    """The query's Cypher with values in the place of parameters: those given, else defaults.

    Parameters that have neither stay as they are. Browser's editor has no other way to be given a value by a link;
    everywhere else queries are run with parameters.
    """
    values = {p.name: given.get(p.name, p.default) for p in query.parameters if p.name in given or not p.required}

    def value(match: re.Match[str]) -> str:
        return literal(values[match[1]]) if match[1] in values else match[0]

    return _PARAMETER.sub(value, body(query.text))


def literal(value: object) -> str:
    """A value as Cypher writes it. Text is quoted so that nothing in it can end the quotes."""
    if value is None:
        return "null"
    if isinstance(value, datetime):
        utc = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return f"datetime('{utc.isoformat()}')"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
        return f"'{escaped}'"
    return json.dumps(value)


def _of_ours(target: StoreTarget) -> str | None:
    """The page of the server that we started and that answers at this address, if one does."""
    from campaign_cypher import server

    parts = urlsplit(target.address)
    if parts.hostname not in _LOCAL:
        return None
    try:
        running = server.running(server.default_home())
    except ImportError:  # psutil comes with the extra `server`, which whoever started one has
        return None
    return next((one.browser for one in running if one.bolt_port == (parts.port or 7687)), None)


def _usual(target: StoreTarget) -> str:
    parts = urlsplit(target.address)
    scheme = "https" if "+s" in parts.scheme else "http"
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{scheme}://{host}:{_PORTS[scheme]}/browser/"
