"""Errors of reading input that a user can act on."""


class LoadError(Exception):
    """Input that cannot be read at all; the message is one line: what, where (file and line), what to do."""

    exit_code = 1
