"""What a run's own checks say against it: no page of one group, account or pair may leave it out."""

from __future__ import annotations

from campaign_analysis.results import Detection, Group

from campaign.honest_words import placebo_sentence
from campaign.words import doubted


def doubt(detection: Detection, group: Group) -> str:
    """Beside what luck brings to a campaign: that placebo data had pairs in step too; empty where that is no doubt."""
    placebo = detection.honesty.placebo
    if group.claim != "campaign" or not placebo or not doubted(detection):
        return ""
    mistakes, found = sum(placebo.in_step) / placebo.runs, detection.edges.filter(claim="in step").height
    return (
        f"Careful, this figure does not know of it: the same search found {mistakes:,.4g} pairs in step on placebo "
        f"data too, where each is a mistake, and {found:,} on these."
    )


def alarms(detection: Detection) -> str:
    """What is known of all pairs of the run: pairs in step on placebo data, and what the data do not tell."""
    placebo = detection.honesty.placebo
    said = [*([placebo_sentence(placebo)] if placebo and doubted(detection) else []), *detection.run.notes]
    return " ".join(["Of the whole run:", *said]) if said else ""
