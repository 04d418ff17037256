"""`campaign accounts born`: were they made together?"""

from __future__ import annotations

import typer

from campaign.signal_command import add

SIGNALS = ("born",)
HELP = """Accounts that were made within 1, 3, 7 or 30 days of each other, against everybody else in the conversation.

Example: campaign accounts born --hashtag EarnestDaisy
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    add(app, "born", SIGNALS, HELP)
