"""What is said of innocent explanations: those that the data suggest, and those that were looked for and not seen."""

from __future__ import annotations

from campaign_analysis.results import Benign, Group

from campaign.benign import NOT_ENOUGH

NOT_ALL_SEEN = "What this data does not show may still be so: look at the profiles, and ask."


def verdicts(group: Group) -> list[tuple[Benign, str]]:
    """Each explanation with `is possible`, `is not enough` or `has little for it here`; what is possible first."""
    possible = [(explanation, "is possible") for explanation in group.benign]
    return possible + [(explanation, _against(explanation)) for explanation in group.benign_against]


def _against(explanation: Benign) -> str:
    return "is not enough" if explanation.seen.endswith(NOT_ENOUGH) else "has little for it here"


def benign_sentences(group: Group) -> list[str]:
    """`A common owner is possible: …`, `A feed or a share button has little for it here: …`, and what that is worth."""
    said = [f"{explanation.name} {verdict}: {explanation.seen}." for explanation, verdict in verdicts(group)]
    return [*said, NOT_ALL_SEEN] if said else []
