"""The one place where a claim gets its words: the terminal, the report and the documentation all speak from here.

Plain text without markup; it holds hashtags as given, so whoever prints it escapes it for the place it goes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from campaign_analysis.results import Detection, Group, GroupClaim, Joined, Member, Role

from campaign.reporting.numbers import SMALLEST_P, decimal

ROLES: dict[Role, str] = {"core": "core, in step", "together": "together"}

ADDED = "core, added"

BASE_RATE = (
    "Even a good method is often wrong about single accounts. An invented example, not this tool: if 1% of accounts "
    "are coordinated, and a test finds 95% of them and wrongly flags 5% of the others, only 16% of the accounts it "
    "flags are coordinated."
)
NOT_A_VERDICT = (
    "Nothing here is a verdict about one account. The claim is about pairs and groups, and it can be checked: every "
    "meeting goes back to posts with their times."
)
NOT_A_BOT = (
    "The finding is consistent with coordination. It does not say “bot”, nor who is behind the accounts, nor whether "
    "what they say is true."
)
NOT_AN_INTENT = (
    "“Campaign” names a pattern in time that luck does not explain. It does not say that anybody hid something, meant "
    "harm or broke a rule: one owner, a feed or an open agreement can leave the same pattern."
)
NOT_ASKED = (
    "Nobody was asked: the answer of an account's owner is not in here. Ask for it before you publish, and print it "
    "beside the claim."
)
NOT_KNOWN = "How many accounts are named by mistake it does not tell."
LUCK_OF_GROUP = (
    "Luck alone brings a group like this to {often} like this one. This figure is the group's own; the odds of luck of "
    "its pairs and accounts are not."
)
ALONE = (
    "It is weak: luck alone brings such a group to more than 1 of 20 searches. Judged alone, this group could well be "
    "luck. Its pairs are linked all the same, because odds of luck are those of all pairs as good in the whole search, "
    "and strong pairs found elsewhere make them better. Do not rely on this group alone."
)
NOT_AN_ACCUSATION = "A gathering is not an accusation: it is a group of accounts that turn up together."
SILENCE = (
    "Silence is not proof of absence. Accounts that act together only a few times, or of which few turn up each time, "
    "cannot be told from chance by their timing."
)
NOBODY_CLEARED = (
    "“Nothing found” is said of these accounts, this period and these behaviours. It clears nobody of anything else."
)
INVENTED = "These posts are invented: the simulator wrote them. Nobody here exists."
BENIGN: tuple[tuple[str, str], ...] = (
    ("A common owner", "a company, party or newsroom posting one message through several accounts of its own"),
    ("Feeds and share buttons", "automatic posts of the same headline, or a site's ready-made text"),
    ("Fan events", "people who agreed in public to post at an hour, and say so"),
    ("Planning tools", "shops and people whose posts come at the same times day after day"),
    ("A fan circle", "people who pass on whatever one account posts"),
    ("Readers of the same", "a circle of friends, or of one interest, who pass on the same posts while they are new"),
    ("Friends who talk", "people who answer each other, and keep the hashtags of what they answer"),
    ("People who react to one account", "to a brand, a station, a game's host or a friend that is always first"),
    ("Second-screen television", "viewers who react to the same moment of a broadcast within seconds"),
    ("An audience whose subject alone was collected", "a show's or a match's, in data that hold little else"),
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


def homes(groups: Sequence[Group]) -> dict[str, str]:
    """What the group of each account is called."""
    called = group_names(campaigns_first(groups))
    return {m.id: called[group.id] for group in groups for m in group.accounts}


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
    """What the answer means, in two to five sentences."""
    claims = {g.claim for g in detection.groups}
    if not claims:
        return nothing_found(detection)
    sentences = [DOUBTED] if "campaign" in claims and doubted(detection) else []
    if "campaign" in claims:
        sentences.append(
            "A campaign has a core of accounts that act in step: on the same things at nearly the same time, more "
            "often than the crowd around them and their own activity explain."
        )
    if "gathering" in claims:
        sentences.append(
            "A gathering is a group of accounts that turn up together more often than the crowd explains, as people "
            "do who watch, chat or work together."
        )
    return [*sentences, "This is said of groups; it accuses nobody, and is not a verdict about any one account."]


DOUBT = 0.05  # pairs in step on placebo data, as a share of the run's, that are said before anything else
DOUBTED = (
    "Careful: the same search found pairs in step on placebo data too, where each is a mistake. Read what is said of "
    "that below before you believe this answer."
)


def doubted(detection: Detection) -> bool:
    """Whether placebo data have so many pairs in step that those of the run may be no better."""
    placebo, pairs = detection.honesty.placebo, detection.edges.filter(claim="in step").height
    return placebo is not None and sum(placebo.in_step) > DOUBT * pairs * placebo.runs


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


def invented(accounts: Iterable[str]) -> str | None:
    """That the posts are invented, where all accounts are the simulator's."""
    known = list(accounts)
    return INVENTED if known and all(account.startswith("sim:") for account in known) else None


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
    return ADDED if member.joined else ROLES[member.role]


def joined_clause(joined: Joined) -> str:
    """`present at 7 of the core's meetings, where luck explains 0.14`."""
    return f"present at {joined.n:,} of the core's meetings, where luck explains {decimal(joined.expected)}"


WEAK = 0.05  # 1 of 20, as ALONE says: a group whose own p is larger would not stand without the other pairs of its run
MOSTLY = 0.5  # p from which luck brings such a group more often than not


def group_sentence(group: Group) -> str:
    """What is claimed of one group, how often luck alone brings such a group, and what is weak in it."""
    return " ".join(filter(None, (claim_sentence(group), luck_sentence(group), weakness(group))))


def claim_sentence(group: Group) -> str:
    """What is claimed of one group."""
    if group.claim == "campaign":
        others = group.size - group.core
        rest = (
            f"; {counted(others, 'account')} beside it, together with others of the group, not in step"
            if others
            else ""
        )
        return f"{_core(group)}{rest}."
    return f"{counted(group.size, 'account')} that turn up together; {_no_core(group)}."


def luck_sentence(group: Group) -> str:
    """How often luck alone brings such a group, in searches; and that this is not what is said of its pairs."""
    return LUCK_OF_GROUP.format(often=luck_of(group))


def luck_of(group: Group) -> str:
    """`about 1 in 290 searches`, `most searches`: the group's p."""
    return "most searches" if group.p > MOSTLY else f"{about_odds(group.p)} searches"


def size_of(group: Group) -> str:
    """`24 accounts`; of a campaign those in its core before the others: `20 accounts in step, 4 beside them`."""
    if group.claim == "gathering" or group.core == group.size:
        return counted(group.size, "account")
    return f"{counted(group.core, 'account')} in step, {group.size - group.core:,} beside them"


def _no_core(group: Group) -> str:
    pairs = sum(e.edges for e in group.layers if e.claim == "in step")
    if not pairs:
        return "none of them is in step"
    return f"{counted(pairs, 'pair')} of them in step, too few or weak for a core"


def _core(group: Group) -> str:
    """How many are in the core, and which way they came in."""
    added = added_count(group)
    return f"A {added}" if added else f"{counted(group.core, 'account')} in step, the core"


def added_count(group: Group) -> str:
    """How many of a core are there by pairs, and how many were added; empty where nobody was."""
    added = sum(m.joined is not None for m in group.accounts)
    if not added:
        return ""
    return (
        f"core of {counted(group.core, 'account')}: {group.core - added:,} in step by pairs, and {added:,} added, "
        "present at the core's meetings more often than chance explains"
    )


def together_only(group: Group) -> str:
    """Which behaviours of a campaign show *together* alone, and which show *in step*; empty where all show it."""
    if group.claim != "campaign":
        return ""
    in_step = sorted({e.layer for e in group.layers if e.claim == "in step"})
    only = sorted({e.layer for e in group.layers} - set(in_step))
    if not only:
        return ""
    return f"By {listed(only)} they are together, no more; that a core is in step is shown by {listed(in_step)}."


def weakness(group: Group) -> str:
    """What to know of a group whose own evidence is weak; empty for others."""
    return "" if group.p <= WEAK else ALONE


def alone_sentence(detection: Detection) -> str | None:
    """What the events of the asked hashtags alone would show; None where that was not asked."""
    alone = detection.hashtag_alone
    if alone is None:
        return None
    tags = topic(hashtags_asked(detection))
    found = f"{counted(alone.groups, 'group')} of either kind" if alone.groups else "no group"
    return f"On the posts with {tags} alone the same tests show {counted(alone.edges, 'pair')} and {found}."


def rate_of(detection: Detection) -> float | None:
    """The share of luck among linked pairs that the run was told to accept (parameter `fdr`)."""
    fdr = detection.run.parameters.get("fdr")
    return fdr if isinstance(fdr, float) else None


def error_sentence(detection: Detection) -> str | None:
    """What is known of errors, and what is not; None where no pair is linked or the rate is not known."""
    rate = rate_of(detection)
    if rate is None or detection.edges.is_empty():
        return None
    luck = decimal(rate * 100)
    return (
        f"Of 100 linked pairs about {luck} at most {'is' if luck == '1' else 'are'} expected to be luck. This is the "
        "limit that the search was set and that its arithmetic is made to keep. It is no count of mistakes that were "
        f"found. {NOT_KNOWN}"
    )


def of_hundred(detection: Detection) -> str:
    """How many of a run's linked pairs are expected to be luck, where odds are shown; empty without a known rate."""
    rate = rate_of(detection)
    if rate is None:
        return ""
    luck = decimal(rate * 100)
    verb = "is" if luck == "1" else "are"
    expected = f"Of 100 pairs that this search linked about {luck} at most {verb} expected to be luck"
    return f"{expected}; of one group's pairs more may be."


def odds(q: float) -> str:
    """`1 in 250`, `1 in 3 million`, `under 1 in a billion`: the odds of luck that a q is."""
    return "under 1 in a billion" if q < 1e-9 else f"1 in {rounded(1 / q)}"


def about_odds(q: float) -> str:
    """`about 1 in 250`, `under 1 in a billion`: as a share, inside a sentence."""
    return odds(q) if q < 1e-9 else f"about {odds(q)}"


def one_in(p: float) -> str:
    """The number of tries of which one comes out so by chance: `4.2`, `300`, `1,500`, `12 thousand`."""
    return rounded(1 / max(p, SMALLEST_P))


def rounded(number: float) -> str:
    """Two digits, read at a glance: `14`, `1,500`, `12 thousand`, `1.4 million`, `more than a thousand billion`.

    Not fewer: readers multiply what they are told, and of 1.4 million told as 1 million nothing comes out right.
    """
    if number >= 1e12:
        return "more than a thousand billion"
    short = float(f"{number:.2g}")
    for least, size, name in ((1e9, 1e9, " billion"), (1e6, 1e6, " million"), (1e4, 1e3, " thousand")):
        if short >= least:
            return f"{short / size:,.4g}{name}"
    return f"{short:,.4g}"


def _rate(detection: Detection) -> str:
    rate = rate_of(detection)
    return "" if rate is None else f", where at most {odds(rate)} of the pairs linked may be luck"
