"""What a run's own checks say against it: no page of one group, account or pair may leave it out."""

from __future__ import annotations

from campaign_analysis.results import Detection, Group

from campaign.honest_words import placebo_sentence, plain
from campaign.reporting.numbers import percent
from campaign.words import doubted

OWN = 0.9  # share of the posts at a group's moments that is its own, from which exchanging authors changes nothing


def unreliable(detection: Detection, group: Group) -> bool:
    """Whether what luck brings to a campaign is not to be relied on: placebo data have pairs in step, and not because
    its own accounts were exchanged with each other there.
    """
    share = group.own_share
    return group.claim == "campaign" and doubted(detection) and (share is None or share < OWN)


def doubt(detection: Detection, group: Group) -> str:
    """Beside what luck brings to a campaign: that placebo data had pairs in step too; empty where that is no doubt."""
    placebo = detection.honesty.placebo
    if group.claim != "campaign" or not placebo or not doubted(detection):
        return ""
    mistakes, found = plain(sum(placebo.in_step) / placebo.runs), detection.edges.filter(claim="in step").height
    both = (
        f"the same search found {mistakes} pairs in step on placebo data too, where each is a mistake, and {found:,} on"
    )
    share = group.own_share
    if share is None:
        return f"Do not rely on this figure: {both} these."
    own = f"its own accounts wrote {percent(share)} of the posts at its moments on the same things"
    if unreliable(detection, group):
        return f"Do not rely on this figure: {both} these; and {own}."
    return (
        f"Of the whole run: {both} these. Of this group that tells nothing, neither for it nor against it: {own}, so "
        "that in placebo data these were exchanged with each other and stayed together."
    )


def alarms(detection: Detection) -> str:
    """What is known of all pairs of the run: pairs in step on placebo data, and what the data do not tell."""
    placebo = detection.honesty.placebo
    said = [*([placebo_sentence(placebo)] if placebo and doubted(detection) else []), *detection.run.notes]
    return " ".join(["Of the whole run:", *said]) if said else ""
