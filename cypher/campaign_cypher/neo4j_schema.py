"""The schema of a Neo4j: what of it is there, by whatever name, and what is missing made."""

from __future__ import annotations

from neo4j.exceptions import Neo4jError

from campaign_cypher.errors import StoreError
from campaign_cypher.neo4j_session import Session
from campaign_cypher.schema import Rule, rules

_SECONDS_TO_FILL = 3600  # an index over what is there already


def missing(session: Session) -> list[Rule]:
    """What is not there by its meaning: a constraint on the same property serves under any name."""
    _, constraints = session.read("SHOW CONSTRAINTS YIELD type, labelsOrTypes, properties")
    _, indexes = session.read("SHOW INDEXES YIELD type, entityType, labelsOrTypes, properties")
    unique = {(tuple(on), tuple(keys)) for type_, on, keys in constraints if "UNIQUE" in type_ or type_ == "NODE_KEY"}
    ranges = {(entity, tuple(on or ()), tuple(keys or ())) for type_, entity, on, keys in indexes if type_ == "RANGE"}

    def there(rule: Rule) -> bool:
        if rule.unique:
            return ((rule.on,), (rule.key,)) in unique
        return ("NODE" if rule.of_nodes else "RELATIONSHIP", (rule.on,), (rule.key,)) in ranges

    return [rule for rule in rules() if not there(rule)]


def make_missing(session: Session) -> list[str]:
    """Make what is missing and wait until it is filled; the names of what was made.

    Raises StoreError where the user may not, where data that is there breaks a constraint, and where something else has
    the name of a rule.
    """
    made = missing(session)
    for rule in made:
        _make(session, rule)
    if made:
        session.read(f"CALL db.awaitIndexes({_SECONDS_TO_FILL})")
        if still := missing(session):
            raise StoreError(
                f"{session.target.address}: {still[0].name} is the name of something else there: drop or rename that, "
                "or use another database"
            )
    return [rule.name for rule in made]


def _make(session: Session, rule: Rule) -> None:
    try:
        session.change_schema(rule.statement)
    except StoreError as error:
        if isinstance(error.__cause__, Neo4jError) and "Forbidden" in (error.__cause__.code or ""):
            raise StoreError(
                f"{session.target.username} may not make constraints at {session.target.address}: have somebody who "
                "may run `campaign schema --format cypher | cypher-shell` there, then try again"
            ) from error
        raise
