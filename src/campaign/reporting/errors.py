"""Errors of the report that a user can act on."""


class ReportError(ValueError):
    """A result that cannot be read, or a report that cannot be written; one line: what, where, what to do."""

    exit_code = 1
