"""What a run says of itself in words: placebo runs, planted rings, stability, agreement of methods."""

from __future__ import annotations

from collections.abc import Sequence

from campaign_analysis.results import Agreement, Detection, Group, Placebo, Planted

from campaign.reporting.numbers import percent
from campaign.words import counted, listed

ALIKE = 0.9  # adjusted Rand index under which two methods are said to disagree
STEADY = 0.8  # stability under which a group is said to hang on the method's chance
WHAT_IS_PLACEBO = (
    "Placebo data are the same posts at the same times with their authors exchanged: crowds stay, company does not."
)


def honesty_sentences(detection: Detection) -> list[str]:
    """All that the run says of itself, each in a sentence or two; nothing of what was not tried."""
    said = detection.honesty
    return [
        *([placebo_sentence(said.placebo)] if said.placebo else []),
        *[planted_sentence(row) for row in usual(said.planted)],
        *agreement_sentences(said.agreement),
    ]


def placebo_sentence(placebo: Placebo) -> str:
    """`The same search on placebo data found 0 pairs; 0 is expected.`, and what more than that means."""
    on = "on placebo data" if placebo.runs == 1 else f"on {placebo.runs} sets of placebo data"
    if not any(placebo.together) and not any(placebo.in_step):
        return f"The same search {on} found no pair; none is expected."
    rate = "" if placebo.runs == 1 else " on average"
    together, in_step = (sum(found) / placebo.runs for found in (placebo.together, placebo.in_step))
    found = f"The same search {on} found {together:,.4g} pairs together and {in_step:,.4g} in step{rate}"
    if not any(placebo.in_step):
        return (
            f"{found}. None is expected: common interests at the same hours, as fans have them, explain so many pairs "
            "together in this data, and none in step."
        )
    return f"{found}; none is expected. Where chance alone gives pairs in step, do not rely on this run's."


def usual(planted: Sequence[Planted]) -> list[Planted]:
    """The rows that are said in a sentence: rings that act eight times, half of them each time."""
    return [row for row in planted if (row.actions, row.turnout) == (8, 0.5)]


def planted_sentence(row: Planted) -> str:
    """`A ring of 10 accounts that acts together 8 times, half of them each time, would be found …`."""
    each = "half of them" if row.turnout == 0.5 else f"{row.turnout:.0%} of them"
    return (
        f"A ring of {row.size} accounts of this data that acts together {row.actions} times, {each} each time, would "
        f"be found {percent(row.found / row.rings)} of the time ({row.found} of {row.rings} planted; 95% interval "
        f"{row.low:.0%} to {row.high:.0%}), with {percent(row.members)} of its accounts in a core."
    )


def agreement_sentences(agreement: Sequence[Agreement]) -> list[str]:
    """One sentence, where community methods disagree."""
    apart = [f"{x.a} and {x.b} ({x.index:.2f})" for x in agreement if x.index < ALIKE]
    if not apart:
        return []
    return [
        f"Ways to part the pairs into groups disagree (adjusted Rand index, 1 is full agreement): {listed(apart)}. "
        "Which accounts make one group is less certain than which pairs are joined."
    ]


def group_sentences(group: Group) -> list[str]:
    """What is said of one group: its own p from placebo data, and whether it hangs on the method's chance."""
    said = []
    if group.placebo_p is not None:
        said.append(f"Beside the heaviest groups of the placebo runs, its p is {group.placebo_p:.2g}.")
    if group.stability is not None and group.stability < STEADY:
        loose = sum(m.stability is not None and m.stability < STEADY for m in group.accounts)
        said.append(
            f"Its border is uncertain: with other seeds of the community method {counted(loose, 'account')} of "
            f"{group.size:,} often land elsewhere."
        )
    return said
