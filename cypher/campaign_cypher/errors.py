"""Errors of the graph side that a user can act on."""


class StoreError(Exception):
    """Something about a store or a stored query that the user can mend: one line of what, where and what to do."""

    exit_code = 1


class AddressError(StoreError):
    """An address that is of no kind of store."""

    exit_code = 2


class QueryError(StoreError):
    """A stored query that is not there, is not well written, or was asked wrongly: what, and what to write instead."""

    exit_code = 2
