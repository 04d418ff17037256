"""Errors of the analysis that a user can act on."""


class AnalysisError(ValueError):
    """Input or parameters that make no sense for the analysis; the message is one line: what, and what to do."""

    exit_code = 2
