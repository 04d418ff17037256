"""What a run says of itself in words: placebo runs, planted rings, stability, agreement of methods."""

from __future__ import annotations

from collections.abc import Sequence

from campaign_analysis.results import Agreement, Detection, Group, Placebo, Planted

from campaign.reporting.numbers import duration, percent
from campaign.words import counted, error_sentence, listed, odds

ALIKE = 0.9  # adjusted Rand index under which two methods are said to disagree
STEADY = 0.8  # stability under which a group is said to hang on the method's chance
OF_THE_RUN = "It is said of all linked pairs of this run together: of one group's pairs more may be luck."
ONE_TRY = "One try says little; campaign detect --thorough makes 19."
WHAT_IS_PLACEBO = (
    "Placebo data are the same posts at the same times with their authors exchanged: the crowds stay, but who "
    "posts in the same moment as whom is left to chance."
)


def honesty_sentences(detection: Detection) -> list[str]:
    """All that the run says of itself, each in a sentence or two; nothing of what was not tried."""
    said = detection.honesty
    errors = error_sentence(detection)
    return [
        *([f"{errors} {OF_THE_RUN}"] if errors else []),
        *([placebo_sentence(said.placebo)] if said.placebo else []),
        *[planted_sentence(row) for row in usual(said.planted)],
        *agreement_sentences(said.agreement),
    ]


def placebo_sentence(placebo: Placebo) -> str:
    """`In 1 try on placebo data, … the same search found no pair.`, with what one try is worth, and what pairs mean."""
    tries = counted(placebo.runs, "try", "tries")
    few = "" if placebo.runs > 1 else f" {ONE_TRY}"
    search = f"In {tries} on placebo data, where every linked pair is a mistake, the same search found"
    if not any(placebo.together) and not any(placebo.in_step):
        return f"{search} no pair.{few}"
    rate = "" if placebo.runs == 1 else " on average"
    together, in_step = (sum(found) / placebo.runs for found in (placebo.together, placebo.in_step))
    found = f"{search} {plain(together)} pairs together and {plain(in_step)} in step{rate}"
    if not any(placebo.in_step):
        return (
            f"{found}. Common interests at the same hours, as fans have them, explain so many pairs together in this "
            f"data, and none in step.{few}"
        )
    return (
        f"{found}. Where placebo data have pairs in step, do not rely on those of the real data: more of them may be "
        "luck than the search was set to. One exception: where a group made nearly all posts at its moments, its "
        "accounts were exchanged with each other and stayed together, and such pairs tell nothing. Each campaign says "
        "which is true of it."
    )


def plain(number: float) -> str:
    """`14,530`, `19`, `0.37`."""
    return f"{number:,.0f}" if number >= 100 or number == int(number) else f"{number:.2g}"


def usual(planted: Sequence[Planted]) -> list[Planted]:
    """The rows that are said in a sentence: rings that act eight times, half of them each time."""
    return [row for row in planted if (row.actions, row.turnout) == (8, 0.5)]


def planted_sentence(row: Planted) -> str:
    """`A ring of 10 accounts that acts together 8 times, half of them each time, would be found …`."""
    within = f", within {duration(row.window)} of each other" if row.window else ""
    on = ", with one hashtag a post" if row.layer == "hashtag" else ""
    each = "half of them" if row.turnout == 0.5 else f"{row.turnout:.0%} of them"
    return (
        f"{row.rings} made-up rings of {row.size} accounts were hidden in this data, each acting together "
        f"{row.actions} times with {each} each time{within}{on}. {row.found} of them were found; of the accounts of "
        f"all {row.rings}, {percent(row.members)} were in a core. So of many such rings {row.low:.0%} to "
        f"{row.high:.0%} would be found: it is no closer known, because only {row.rings} were tried (for those who "
        "know statistics: a 95% interval). This tells what is missed, not who is wrongly named."
    )


def agreement_sentences(agreement: Sequence[Agreement]) -> list[str]:
    """One sentence, where community methods disagree."""
    apart = [f"{x.a} and {x.b} ({x.index:.2f})" for x in agreement if x.index < ALIKE]
    if not apart:
        return []
    return [
        f"Ways to sort the linked pairs into groups disagree: {listed(apart)}, where 1 is full agreement. "
        "Which accounts make one group is less certain than which pairs are linked."
    ]


def group_sentences(group: Group) -> list[str]:
    """What is said of one group: its own p from placebo data, and whether it hangs on the method's chance."""
    said = []
    if group.placebo_p is not None:
        said.append(f"On placebo data at most about {odds(group.placebo_p)} searches has a group as strong as this.")
    if group.stability is not None and group.stability < STEADY:
        loose = sum(m.stability is not None and m.stability < STEADY for m in group.accounts)
        said.append(
            f"Its border is uncertain: when the pairs are sorted into groups again, from another start, "
            f"{counted(loose, 'account')} of {group.size:,} often land in another group."
        )
    return said
