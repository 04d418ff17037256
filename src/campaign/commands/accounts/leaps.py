"""`campaign accounts leaps`: did their numbers leap, and on the same days?"""

from __future__ import annotations

import typer

from campaign.signal_command import add

SIGNALS = ("leaps",)
HELP = """Accounts whose posts a day, followers or accounts followed jump to another level, alone and on the same days.

Example: campaign accounts leaps --hashtag KochFarms
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    add(app, "leaps", SIGNALS, HELP)
