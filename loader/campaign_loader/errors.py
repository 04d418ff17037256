"""Errors of reading input that a user can act on."""


class LoadError(Exception):
    """Input that cannot be read at all; the message is one line: what, where (file and line), what to do."""

    exit_code = 1


class RejectFileError(LoadError):
    """A file named for rejected rows that is not one of ours; nothing was read or written."""

    exit_code = 2
