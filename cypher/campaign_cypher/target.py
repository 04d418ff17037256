"""Which store is meant, and the door to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from campaign_cypher.errors import AddressError

if TYPE_CHECKING:
    from campaign_cypher.store import Store

SERVER, HOST = "bolt://host:7687", r"//[^/?#@\s:]+(:\d+)?/?|//\[[0-9a-fA-F:.]+\](:\d+)?/?"
NEO4J_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


@dataclass(frozen=True)
class StoreTarget:
    """A store: the path of an embedded one, or the URI of a Neo4j with what it takes to log in.

    `read_only`: the embedded file must be there, is not changed, and may be read by others at the same time.
    `force`: use a database that holds somebody else's data.
    """

    address: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    database: str | None = None
    force: bool = False
    read_only: bool = False

    @property
    def is_neo4j(self) -> bool:
        """Whether the address is a Neo4j's; anything else is a path."""
        return urlsplit(self.address).scheme in NEO4J_SCHEMES

    def check(self) -> None:
        """Raises AddressError for an address of no kind of store, before anything is made of it."""
        if not self.is_neo4j and "://" in self.address:
            raise AddressError(f"{self.address}: unknown kind of address; a path, or one of {', '.join(NEO4J_SCHEMES)}")
        if self.is_neo4j and not re.fullmatch(HOST, self.address.partition(":")[2]):  # no host would mean this machine
            raise AddressError(f"{self.address}: no address of a server; write it as {SERVER}")


def connect(target: StoreTarget) -> Store:
    """Open the store. Raises StoreError where it cannot be reached, is in use, or is of a newer version."""
    if target.is_neo4j:
        from campaign_cypher.neo4j_store import Neo4jStore

        return Neo4jStore(target)
    target.check()
    from campaign_cypher.embedded import EmbeddedStore

    return EmbeddedStore(Path(target.address), read_only=target.read_only, force=target.force)
