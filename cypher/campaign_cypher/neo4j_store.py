"""The Neo4j store: a server, a cluster or Aura, by the official driver."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import neo4j
import polars as pl

from campaign_cypher import schema
from campaign_cypher.answers import answer
from campaign_cypher.errors import StoreError
from campaign_cypher.frames import ready
from campaign_cypher.model import NODE, RELATIONSHIP, RelationshipType
from campaign_cypher.neo4j_gds import Algorithm, parts
from campaign_cypher.neo4j_rows import frame_of
from campaign_cypher.neo4j_schema import make_missing, missing
from campaign_cypher.neo4j_session import Session
from campaign_cypher.neo4j_text import columns, filled, keyed_relationships, merge_nodes, merge_relationships
from campaign_cypher.queries import StoredQuery
from campaign_cypher.queries.header import body
from campaign_cypher.queries.query import Dialect
from campaign_cypher.reconcile import reconcile, refuse_missing_ends
from campaign_cypher.store import About, GraphBatch, Written
from campaign_cypher.target import StoreTarget

NODE_ROWS = 2000
RELATIONSHIP_ROWS = 5000
"""Rows of a statement, as measured: larger ones make larger transactions and are no faster."""


class Neo4jStore:
    """A graph in a Neo4j database."""

    dialect: Dialect = "neo4j"
    batch_rows: int | None = 50_000  # it writes in small statements anyway: so progress shows

    def __init__(self, target: StoreTarget) -> None:
        """Connect. Raises StoreError where the server is not reached, refuses, or holds a newer schema."""
        self.address = target.address
        self._force = target.force
        self._session = Session(target)
        try:
            self._refuse_newer()
        except BaseException:
            self._session.close()
            raise

    def apply_schema(self) -> list[str]:
        """Make the constraints and indexes that are missing and record the version; the names of those made now.

        Those that are there under other names are taken for ours. Raises StoreError in a database that holds nodes and
        was never given our schema, unless forced.
        """
        found = self._version()
        if found is None and not self._force:
            self._refuse_others_data()
        made = make_missing(self._session)
        if found != schema.VERSION:
            record = f"MERGE (s:{schema.LABEL} {{version: $version}}) ON CREATE SET s.name = $name"
            self._session.write(lambda tx: tx.run(record, version=schema.VERSION, name=schema.FILE.stem).consume())
        return [*made, *schema.upgraded(found)]

    def write(self, batch: GraphBatch) -> Written:
        """Merge a batch, statement by statement; see `campaign_cypher.merge` for nodes that are there already.

        A relationship that is there keeps its properties; one whose end is missing raises StoreError.
        """
        whole = ready(batch)
        rows = {name: frame.height for name, frame in {**whole.nodes, **whole.relationships}.items()}
        before = self._counts(rows)
        new = {label: self._write_nodes(label, frame) for label, frame in whole.nodes.items()}
        new |= {type_: self._write_relationships(type_, frame) for type_, frame in whole.relationships.items()}
        reconcile(self.address, before, new, self._counts(rows))
        return Written(new=new, there={name: rows[name] - new[name] for name in rows})

    def read(self, query: StoredQuery, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
        text = query.text_for(self.dialect)
        names, rows = self._session.read(body(text.cypher), query.bind(parameters))
        return answer(query, frame_of(query, names, rows, text.lists), ())

    def counts(self) -> dict[str, int]:
        return self._counts([*NODE, *RELATIONSHIP])

    def nodes(self) -> int:
        """Number of nodes of any label, apart from the record of the schema."""
        _, rows = self._session.read(f"MATCH (n) WHERE NOT n:{schema.LABEL} RETURN count(n)")
        return int(rows[0][0])

    def about(self) -> About:
        _, kernel = self._session.read(
            "CALL dbms.components() YIELD name, versions, edition RETURN versions[0], edition"
        )
        lacking = [rule.name for rule in missing(self._session)]
        version = f"Neo4j {kernel[0][0]} {kernel[0][1]}"
        plugins = {"GDS": self._plugin("gds.version"), "APOC": self._plugin("apoc.version")}
        return About(version, plugins, lacking, has_schema=self._version() is not None)

    def delete_run(self, run: str) -> dict[str, int]:
        before = self.counts()

        def work(tx: neo4j.ManagedTransaction) -> None:
            for text in (
                "MATCH (g:Group {run: $run}) DETACH DELETE g",
                "MATCH (:Account)-[e:COORDINATED_WITH {run: $run}]->(:Account) DELETE e",
                "MATCH (r:Run {id: $run}) DETACH DELETE r",
            ):
                tx.run(text, run=run).consume()

        self._session.write(work)
        after = self.counts()
        return {name: before[name] - after[name] for name in before if before[name] != after[name]}

    def parts(self, edges: pl.DataFrame, algorithm: Algorithm, seed: int) -> list[list[str]]:
        """Parts of the graph of `edges` (`a, b, weight`), by the server's GDS; see `campaign_cypher.neo4j_gds`."""
        return parts(self._session, edges, algorithm, seed)

    def release(self) -> None:
        """Nothing is kept here."""

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _write_nodes(self, label: str, frame: pl.DataFrame) -> int:
        new = 0
        for part in frame.iter_slices(NODE_ROWS):
            rows = filled(part)
            text = merge_nodes(NODE[label], frozenset(rows.columns))
            new += self._session.write(_creating(text, columns(rows)))
        return new

    def _write_relationships(self, type_: str, frame: pl.DataFrame) -> int:
        kind = RELATIONSHIP[type_]
        if kind.keys:  # MERGE by properties looks at every edge of both ends: ask once what is there, then CREATE
            frame = self._without_known(kind, frame)
        text = merge_relationships(kind, known_new=bool(kind.keys))
        parts = (columns(part) for part in frame.iter_slices(RELATIONSHIP_ROWS))
        return sum(self._session.write(_joining(type_, text, part)) for part in parts)

    def _without_known(self, kind: RelationshipType, frame: pl.DataFrame) -> pl.DataFrame:
        values = frame[kind.keys[0]].unique().to_list()
        names, rows = self._session.read(keyed_relationships(kind), {"values": values})
        by = ["source", "target", *kind.keys]
        known = pl.DataFrame(dict(zip(names, rows[0], strict=True)), schema={name: frame.schema[name] for name in by})
        return frame.join(known, on=by, how="anti", maintain_order="left")

    def _counts(self, names: Any) -> dict[str, int]:
        patterns = {name: f"(n:`{name}`)" if name in NODE else f"()-[n:`{name}`]->()" for name in names}
        if not patterns:
            return {}
        each = [f"MATCH {pattern} WITH count(n) AS n RETURN '{name}' AS name, n" for name, pattern in patterns.items()]
        _, rows = self._session.read(" UNION ALL ".join(each))
        return {str(name): int(n) for name, n in rows}

    def _plugin(self, function: str) -> str | None:
        _, found = self._session.read("SHOW FUNCTIONS YIELD name WHERE name = $name RETURN name", {"name": function})
        return str(self._session.read(f"RETURN {function}()")[1][0][0]) if found else None

    def _version(self) -> int | None:
        _, rows = self._session.read(f"MATCH (s:{schema.LABEL}) RETURN max(s.version)")
        found: int | None = rows[0][0]
        return found

    def _refuse_newer(self) -> None:
        found = self._version()
        if found is not None and found > schema.VERSION:
            raise StoreError(
                f"{self.address} was written by a newer campaign (schema {found}, this one knows {schema.VERSION}): "
                "update campaign, or use another database"
            )

    def _refuse_others_data(self) -> None:
        _, rows = self._session.read("MATCH (n) WITH n LIMIT 1000 UNWIND labels(n) AS l RETURN DISTINCT l ORDER BY l")
        _, nodes = self._session.read("MATCH (n) RETURN count(n)")
        if nodes[0][0]:
            labels = ", ".join(row[0] for row in rows[:5]) or "without labels"
            raise StoreError(
                f"{self.address} holds somebody else's data ({nodes[0][0]} nodes: {labels}): "
                "use another database, or --force"
            )


def _creating(text: str, parameters: dict[str, list[Any]]) -> Any:
    def work(tx: neo4j.ManagedTransaction) -> int:
        return tx.run(text, parameters).consume().counters.nodes_created

    return work


def _joining(type_: str, text: str, parameters: dict[str, list[Any]]) -> Any:
    def work(tx: neo4j.ManagedTransaction) -> int:
        result = tx.run(text, parameters)
        matched = result.single(strict=True)["matched"]
        refuse_missing_ends(type_, len(parameters["source"]) - matched)
        return result.consume().counters.relationships_created

    return work
