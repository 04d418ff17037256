"""Where the program starts: Ctrl-C is heard from the first moment, also while the rest is being imported."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. Where it is interrupted that is said in one line, and the exit code is 130."""
    try:
        from campaign.cli import main as run

        run()
    except KeyboardInterrupt:
        from campaign.failures import STOPPED, say_stopped  # which import next to nothing themselves

        say_stopped()
        sys.exit(STOPPED)
