"""Why an account joined a core, in words that need no statistics: the report and `campaign show` speak from here."""

from __future__ import annotations

from campaign_analysis import layers
from campaign_analysis.results import Group, Joined, Member

from campaign.pair_words import rounded
from campaign.reporting.numbers import decimal, duration
from campaign.words import joined_clause


def clearest(group: Group) -> tuple[Member, Joined] | None:
    """The account that joined the group's core with the least room for chance, and how; None where nobody joined."""
    everybody = [(m, m.joined) for m in group.accounts if m.joined]
    return min(everybody, key=lambda one: (one[1].p, one[0].id), default=None)


def joined_sentences(joined: Joined) -> list[str]:
    """Turned up how often; how often by itself; how rare that is; hence."""
    known = layers.every().get(joined.layer)
    acts = known.meaning if known else joined.layer
    return [
        f"It {joined_clause(joined)}: counted are stretches of {duration(joined.block)} in which it acted ({acts}) "
        f"within {duration(joined.window)} of two accounts of the core on the same thing.",
        "By how active it is at those hours, how busy the thing was, and how much of the time, or of everybody else's "
        f"posts, the core's moments take up, about {decimal(joined.expected)} are expected. {joined.n:,} or more come "
        f"about by that alone once in {rounded(1 / max(joined.p, 1e-300))} accounts.",
        "Of all accounts that joined on evidence as good as this, about one in "
        f"{rounded(1 / max(joined.q, 1e-300))} is expected to be there by luck. Hence it is counted with the core, "
        "though no pair made it part of it.",
    ]


def other_number(joined: Joined, listed: int) -> list[str]:
    """Why another number of moments is listed than was counted; nothing where it is the same."""
    if listed == joined.n:
        return []
    return [
        f"Listed are {listed:,}: the run counted {joined.n:,}, with the core as it was when this account joined, and "
        "here the core is as it was in the end."
    ]
