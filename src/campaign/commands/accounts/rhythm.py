"""`campaign accounts rhythm`: do they post as timers do, without sleep, at another place's hours, with one client?"""

from __future__ import annotations

import typer

from campaign.signal_command import add

SIGNALS = (
    "clients",
    "gaps",
    "place",
    "seconds",
    "sleep",
)
HELP = """Seconds, gaps, hours and clients of the accounts' posts, against others: automation, with its alternatives.

Example: campaign accounts rhythm --hashtag KochFarms
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    add(app, "rhythm", SIGNALS, HELP)
