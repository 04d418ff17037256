"""What is said of innocent explanations: what fits, what is not there, and what could not be looked for."""

from __future__ import annotations

from campaign_analysis.results import Benign, Group, Verdict

from campaign.benign_seen import NOT_ENOUGH
from campaign.reporting.markup import one_line

NOT_ALL_SEEN = (
    "What is not there, or could not be looked for, may still be so: one owner need not show in names or links, nor an "
    "agreement in posts, and an event that only these accounts noticed (a tremor in one town, a quiz on the radio, a "
    "game whose app posts for its players) looks like one. Read what they posted in those minutes, look at the "
    "profiles, and ask the owners."
)
LINE = 60  # characters of a text that are told
SAME_TEXTS = "campaign query run evidence/same_text"
GROUP_POSTS = "campaign query run evidence/group_posts --param group_id={group} --limit 10000"
WHERE = (
    "Alike means the same but for hashtags, names, links and small changes. Texts that several accounts posted word "
    "for word, of the group or not, and all posts of the group:"
)


def verdicts(group: Group) -> list[tuple[Benign, Verdict]]:
    """Each explanation with what it is worth; what fits first, what could not be looked for last."""
    every = (*group.benign, *group.benign_against, *group.benign_untested)
    return [(explanation, explanation.verdict or _older(group, explanation)) for explanation in every]


def _older(group: Group, explanation: Benign) -> Verdict:
    """The verdict of a result of before there were such."""
    if explanation in group.benign:
        return "fits"
    return "there, but not enough" if explanation.seen.endswith(NOT_ENOUGH) else "looked for, not there"


def sight(explanation: Benign) -> str:
    """What was seen, with the commonest of the texts that are said to be the same, cut to a line."""
    if explanation.text is None:
        return f"{explanation.seen}."
    text = one_line(explanation.text)
    cut = text if len(text) <= LINE else f"{text[:LINE].rstrip()} …"
    return f"{explanation.seen}. The commonest, as first posted: “{cut}”. {WHERE}"


def commands(group: Group, explanation: Benign) -> list[str]:
    """What shows the texts that are said to be the same."""
    return [] if explanation.text is None else [SAME_TEXTS, GROUP_POSTS.format(group=group.id)]


def benign_sentences(group: Group) -> list[tuple[str, list[str]]]:
    """`A common owner (fits): …`, each with its commands; and at last what that is worth."""
    said = [(f"{b.name} ({verdict}): {sight(b)}", commands(group, b)) for b, verdict in verdicts(group)]
    return [*said, (NOT_ALL_SEEN, [])] if said else []
