"""Errors of reading input that a user can act on."""


class LoadError(Exception):
    """Input that cannot be read at all; the message is one line: what, where (file and line), what to do."""

    exit_code = 1


class AskedError(LoadError):
    """An option that makes no sense, or not with this input; nothing was read or written."""

    exit_code = 2


class RejectFileError(AskedError):
    """A file named for rejected rows that is not one of ours."""
