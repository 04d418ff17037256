"""What is said of innocent explanations: those that the data suggest, and those that were looked for and not seen."""

from __future__ import annotations

from campaign_analysis.results import Benign, Group

from campaign.benign import NOT_ENOUGH

NOT_ALL_SEEN = (
    "What is not seen here may still be so: one owner need not show in names or links, nor an agreement in posts, and "
    "an event that only these accounts noticed (a tremor in one town, a quiz on the radio, a game whose app posts for "
    "its players) looks like one. Read what they posted in those minutes, look at the profiles, and ask the owners."
)


def verdicts(group: Group) -> list[tuple[Benign, str]]:
    """Each explanation with `possible`, `not enough` or `not seen in this data`; what is possible first."""
    possible = [(explanation, "possible") for explanation in group.benign]
    return possible + [(explanation, _against(explanation)) for explanation in group.benign_against]


def _against(explanation: Benign) -> str:
    return "not enough" if explanation.seen.endswith(NOT_ENOUGH) else "not seen in this data"


def benign_sentences(group: Group) -> list[str]:
    """`A common owner (possible): …`, `A feed or a share button (not seen in this data): …`, and what that is worth."""
    said = [f"{explanation.name} ({verdict}): {explanation.seen}." for explanation, verdict in verdicts(group)]
    return [*said, NOT_ALL_SEEN] if said else []
