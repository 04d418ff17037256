"""Where the program starts: Ctrl-C is heard from the first moment, also while the rest is being imported."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. Where it is interrupted that is said in one line, and the exit code is 130."""
    try:
        from campaign.cli import main as run

        run()
    except KeyboardInterrupt:
        print("campaign: stopped", file=sys.stderr)
        sys.exit(130)  # STOPPED of campaign.failures, which is not imported yet
