"""The graph: its model, its schema, its stored queries, and the stores that run them."""
