"""`campaign accounts dark`: did they fall silent, were they removed, did their posts vanish?"""

from __future__ import annotations

import typer

from campaign.signal_command import add

SIGNALS = (
    "dark",
    "removed",
    "deleted",
)
HELP = """Accounts that fall silent together, that were suspended or deleted, and posts that are gone, against others.

Example: campaign accounts dark --hashtag KochFarms
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    add(app, "dark", SIGNALS, HELP)
