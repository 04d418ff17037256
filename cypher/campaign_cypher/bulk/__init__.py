"""A first load of a big corpus: CSV files for `neo4j-admin database import`, and the import into a local server."""
