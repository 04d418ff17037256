"""Errors of the graph side that a user can act on."""


class StoreError(Exception):
    """Something about a store or a stored query that the user can mend; the message is one line: what, where, what to do."""

    exit_code = 1
