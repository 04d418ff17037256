"""Why an account was added to a core, in words that need no statistics: the report and `campaign show` speak from here.

Results and files say `joined`; to readers such an account is *added*, and a pair is *linked*.
"""

from __future__ import annotations

from campaign_analysis import layers
from campaign_analysis.results import Group, Joined, Member

from campaign.reporting.numbers import duration
from campaign.words import about_odds, joined_clause, one_in


def clearest(group: Group) -> tuple[Member, Joined] | None:
    """The account that was added to the core with the least room for chance, and how; None where nobody was."""
    everybody = [(m, m.joined) for m in group.accounts if m.joined]
    return min(everybody, key=lambda one: (one[1].p, one[0].id), default=None)


def joined_sentences(joined: Joined) -> list[str]:
    """Present how often, how often by luck, how rare that is; hence."""
    known = layers.every().get(joined.layer)
    acts = known.meaning if known else joined.layer
    return [
        f"It was {joined_clause(joined)}. Present: it acted ({acts}) at most {duration(joined.window)} from two "
        "accounts of the core on the same thing; however often that happens on it within a stretch of "
        f"{duration(joined.block)}, it counts once.",
        "Luck is reckoned by how active the account is at those hours, how busy the thing was, and how much of the "
        f"time, or of everybody else's posts, the core's meetings take up. Of such accounts only one in "
        f"{one_in(joined.p)} would be present at {joined.n:,} or more by luck.",
        f"Of the accounts added on evidence as good as this, {about_odds(joined.q)} is expected to be there by luck. "
        "Hence it is counted with the core, though no pair in step brought it in.",
    ]


def other_number(joined: Joined, listed: int) -> list[str]:
    """Why another number of meetings is listed than was counted; nothing where it is the same."""
    if listed == joined.n:
        return []
    return [
        f"Listed are {listed:,}: the run counted {joined.n:,}, with the core as it was when this account was added, "
        "and here the core is as it was in the end."
    ]
