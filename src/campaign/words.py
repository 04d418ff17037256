"""The one place where a claim gets its words: the terminal, the report and the documentation all speak from here.

Plain text without markup; it holds hashtags as given, so whoever prints it escapes it for the place it goes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign_analysis.results import Detection, Group, GroupClaim, Joined, Member, Role

from campaign.reporting.numbers import decimal


@dataclass(frozen=True)
class Word:
    """A word of the report: what it claims in one sentence, and what else a reader should know."""

    term: str
    claim: str
    more: str


WORDS: tuple[Word, ...] = (
    Word(
        "together",
        "The two accounts turn up at the same moments on the same objects more often than the rest of the crowd "
        "explains.",
        "This is true of campaigns, and just as true of live chats, fan clubs and newsrooms.",
    ),
    Word(
        "in step",
        "And they do so more often than even their own activity in those sessions explains.",
        "Each account's activity is laid along the session's own curve; what is left over is not explained by "
        "both being there, nor by both being busy.",
    ),
    Word(
        "campaign",
        "A group with a core: three or more accounts joined by pairs that are in step, or that joined these.",
        "The core is what is claimed. The group's other accounts are listed as together with it, no more.",
    ),
    Word(
        "joined",
        "An account of the core that no pair in step brought in: it turned up at the core's moments, again and again, "
        "more often than chance explains.",
        "A moment of the core is when two of its accounts act on one object within the time window. Who turns up at "
        "one in three of them meets no single partner often enough.",
    ),
    Word(
        "gathering",
        "A group whose accounts are together, with no core in step.",
        "A gathering is not an accusation: people who watch, chat or work together look like this.",
    ),
    Word(
        "episode",
        "One object (a hashtag, a retweeted post, a text) in one block of time in which both accounts act within "
        "the time window of each other.",
        "Whatever happens inside one block counts once, so a busy evening is not fifty proofs.",
    ),
    Word(
        "expected",
        "The number of episodes that chance explains.",
        "It follows from how active both accounts are, and how busy the object is at that time.",
    ),
    Word(
        "p and q",
        "p: how often chance alone would give this many episodes or more. q: the same after correction for all pairs "
        "that could have been tested (Benjamini–Hochberg).",
        "Of all pairs with q under .01, about one in a hundred at most is expected to be chance.",
    ),
)

ROLES: dict[Role, str] = {"core": "core, in step", "together": "together"}

JOINED = "core, joined"

BASE_RATE = (
    "Even a good method is often wrong about single accounts. If 1% of accounts are coordinated, and a test finds "
    "95% of them and wrongly flags 5% of the others, only 16% of the accounts it flags are coordinated."
)
NOT_A_VERDICT = (
    "Nothing here is a verdict about one account. The claim is about pairs and groups, and it can be checked: every "
    "episode goes back to posts with their times."
)
NOT_A_BOT = (
    "The finding is consistent with coordination. It does not say “bot”, nor who is behind the accounts, nor whether "
    "what they say is true."
)
NOT_AN_ACCUSATION = "A gathering is not an accusation: it is a group of accounts that turn up together."
SILENCE = (
    "Silence is not proof of absence. Accounts that act together only a few times, or of which few turn up each time, "
    "cannot be told from chance by their timing."
)
NOBODY_CLEARED = (
    "“Nothing found” is said of these accounts, this period and these behaviours. It clears nobody of anything else."
)
BENIGN: tuple[tuple[str, str], ...] = (
    ("A common owner", "a company, party or newsroom posting one message through several accounts of its own"),
    ("Feeds and share buttons", "automatic posts of the same headline, or a site's ready-made text"),
    ("Fan events", "people who agreed in public to post at an hour, and say so"),
    ("Second-screen television", "viewers who react to the same moment of a broadcast within seconds"),
)


def group_names(groups: Sequence[Group]) -> dict[str, str]:
    """Each group's short name by its id: Campaign 1, Campaign 2, Gathering 1, … in the order given."""
    counts: dict[GroupClaim, int] = {"campaign": 0, "gathering": 0}
    names: dict[str, str] = {}
    for group in groups:
        counts[group.claim] += 1
        names[group.id] = f"{group.claim.capitalize()} {counts[group.claim]}"
    return names


def campaigns_first(groups: Iterable[Group]) -> list[Group]:
    """Campaigns before gatherings, larger before smaller; ties by id, so that the order is always the same."""
    return sorted(groups, key=lambda g: (g.claim != "campaign", -g.core, -g.size, g.id))


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 campaign`, `2,000 campaigns`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def hashtags_asked(detection: Detection) -> tuple[str, ...]:
    """The hashtags that the run was asked about (parameter `hashtags`); empty where it was asked about everything."""
    asked = detection.run.parameters.get("hashtags") or ()
    return tuple(asked) if isinstance(asked, list | tuple) else (str(asked),)


def topic(hashtags: Sequence[str]) -> str:
    """What was asked about: `#X`, `#X and #Y`, or `all posts`."""
    return listed([f"#{tag.removeprefix('#')}" for tag in hashtags]) or "all posts"


def answer(detection: Detection, hashtags: Sequence[str] | None = None) -> str:
    """The answer in one line: `1 campaign and 2 gatherings among 128 accounts of #X`, or `Nothing found among …`.

    `hashtags` are those asked about as the user wrote them; without them the run's own are named. The number of
    accounts is the run's count `accounts`, where it is given.
    """
    found = [
        counted(number, claim)
        for claim in ("campaign", "gathering")
        if (number := sum(g.claim == claim for g in detection.groups))
    ]
    accounts = detection.run.counts.get("accounts")
    who = "the accounts" if accounts is None else counted(accounts, "account")
    asked = hashtags_asked(detection) if hashtags is None else hashtags
    return f"{listed(found) if found else 'Nothing found'} among {who}{f' of {topic(asked)}' if asked else ''}"


def meaning(detection: Detection) -> list[str]:
    """What the answer means, in two to four sentences."""
    claims = {g.claim for g in detection.groups}
    if not claims:
        return nothing_found(detection)
    sentences = []
    if "campaign" in claims:
        sentences.append(
            "A campaign has a core of accounts that act in step: at the same moments, on the same things, more often "
            "than the crowd around them and their own activity explain."
        )
    if "gathering" in claims:
        sentences.append(
            "A gathering is a group of accounts that turn up together more often than the crowd explains, as people "
            "do who watch, chat or work together. It is not an accusation."
        )
    return [*sentences, "This is said of groups; it is not a verdict about any one account."]


def nothing_found(detection: Detection) -> list[str]:
    """What it means that there is no group, with the number of pairs that were tested."""
    tested = sum(detection.tested_pairs.values())
    layers = sorted(layer for layer, pairs in detection.tested_pairs.items() if pairs)
    if not tested:
        return ["No pair of accounts could be tested: there were too few posts for it.", SILENCE]
    what = (
        f"{counted(tested, 'pair')} of accounts could have been tested ({listed(layers)}), and no group of accounts "
        f"turned up together more often than the crowd around them explains{_rate(detection)}."
    )
    loose = detection.edges.select("a", "b").n_unique()  # a pair may be an edge in several layers, under both claims
    pairs = [f"{counted(loose, 'pair')} stood out alone and made no group."] if loose else []
    return [what, *pairs, SILENCE]


def whom_and_what(hashtags: Sequence[str]) -> str | None:
    """That a hashtag selects accounts and not what they are tested on; None where none was asked about."""
    if not hashtags:
        return None
    return (
        f"{topic(hashtags)} selects whom: the accounts that used it. They are tested on all that they post, so that "
        "evidence may lie outside the hashtag, and before or after it."
    )


def role_of(member: Member) -> str:
    """The role of an account in its group, in a word or two."""
    return JOINED if member.joined else ROLES[member.role]


def joined_clause(joined: Joined) -> str:
    """`turned up at 7 of the core's moments where 0.14 are expected`."""
    return f"turned up at {joined.n:,} of the core's moments where {decimal(joined.expected)} are expected"


WEAK = 0.05  # a group whose own p is larger would not stand without the other pairs of its run


def group_sentence(group: Group) -> str:
    """What is claimed of one group, and what is weak in it."""
    if group.claim == "campaign":
        others = group.size - group.core
        rest = f"; {counted(others, 'account is', 'accounts are')} listed as together with them" if others else ""
        claim = f"{_core(group)}{rest}."
    else:
        claim = f"{counted(group.size, 'account')} that turn up together; none of them is in step."
    return f"{claim} {weakness(group)}".rstrip()


def _core(group: Group) -> str:
    """How many are in the core, and which way they came in."""
    joined = joined_count(group)
    return f"A {joined}" if joined else f"{counted(group.core, 'account')} in step, the core"


def joined_count(group: Group) -> str:
    """How many of a core are there by pairs, and how many joined; empty where nobody did."""
    joined = sum(m.joined is not None for m in group.accounts)
    if not joined:
        return ""
    return (
        f"core of {counted(group.core, 'account')}: {group.core - joined:,} in step by pairs, and {joined:,} that "
        "joined, turning up at the core's moments more often than chance explains"
    )


def weakness(group: Group) -> str:
    """What to know of a group whose own evidence is weak; empty for others."""
    if group.p <= WEAK:
        return ""
    return f"Weak by itself (p = {group.p:.2g}): its pairs pass only beside the stronger ones of the same run."


def alone_sentence(detection: Detection) -> str | None:
    """What the events of the asked hashtags alone would show; None where that was not asked."""
    alone = detection.hashtag_alone
    if alone is None:
        return None
    tags = topic(hashtags_asked(detection))
    found = counted(alone.groups, "group") if alone.groups else "no group"
    return f"On the posts with {tags} alone the same tests show {counted(alone.edges, 'pair')} and {found}."


def _rate(detection: Detection) -> str:
    fdr = detection.run.parameters.get("fdr")
    return f", at a false discovery rate of {fdr:g}" if isinstance(fdr, float) else ""
