"""Neo4j Browser made at home for campaign's graph: links that open it, favourites, a style, and a guide."""
