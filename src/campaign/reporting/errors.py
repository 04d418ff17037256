"""Errors of the report that a user can act on."""


class ReportError(ValueError):
    """A stored result that cannot be read; one line: what is wrong, and what to do."""

    exit_code = 1
