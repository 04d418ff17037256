"""Errors of the graph side that a user can act on."""


class StoreError(Exception):
    """Something about a store or a stored query that the user can mend: one line of what, where and what to do."""

    exit_code = 1
