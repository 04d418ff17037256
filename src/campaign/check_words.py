"""How somebody without statistics checks a group: the report and `campaign show` speak from here."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from campaign_analysis.results import Group, PairTest

from campaign.account_words import Standing, surest_first
from campaign.options import LISTED
from campaign.pair_words import both_did
from campaign.reporting.numbers import duration
from campaign.words import NOT_ASKED, counted

HEADING = "How to check this yourself"


NOON, DAY = 43_200, 86_400
COUNTED = (
    "Two posts on either side of an edge are not counted, and an account's quick repeats on one thing count as its "
    "first post: you may find more meetings than the tool, not fewer."
)


@dataclass(frozen=True)
class Step:
    """What to do, in a word or two; how; and the commands that it needs."""

    what: str
    how: str
    commands: tuple[str, ...] = ()


OWNERS = Step(
    "Look for one owner, or an open call",
    "Read the profiles, the sites they link to and who runs those: one office, party, newsroom or tool may own several "
    "accounts and say so. Search for a public call to post at that hour.",
)
AGAINST = Step(
    "Look for what speaks against it",
    "Would others, moved by the same news, broadcast or notice, have posted in those minutes too? Do the two answer "
    "each other, as friends do? Do all meetings fall on one event? Were only some of the posts collected, or are their "
    "times without seconds? Each yes weakens it.",
)
ASK = Step("Ask the owners", NOT_ASKED)


def check_steps(group: Group, standings: Mapping[str, Standing]) -> list[Step]:
    """Open, compare, begin with the weakest, look for owners and for what speaks against it, ask."""
    pair = next((test for test in group.why if test.joined), None)
    return [
        _open(group, pair),
        *([_compare(pair)] if pair else []),
        *_weakest(group, standings),
        OWNERS,
        AGAINST,
        ASK,
    ]


def _open(group: Group, pair: PairTest | None) -> Step:
    # Ids come from strangers' files, and the command will be pasted into a shell.
    whom = f"{shlex.quote(pair.a)} {shlex.quote(pair.b)} --layer {pair.layer}" if pair else "A B"
    whole = f" --limit {pair.n}" if pair and pair.n > LISTED else ""
    return Step(
        "Open the posts",
        "On the computer that holds the data the first command lists the meetings of two of its accounts, with both "
        "posts, their times (UTC) and ids; the second packs all that the claim rests on into one file, to hand on (add "
        "--store where the data are not in the usual place). Find the posts on the platform by their ids, or by "
        "account and time, and see that account, text and time are the same there.",
        (f"campaign show {group.id} --pair {whom}{whole}", f"campaign case {group.id} --out case.zip"),
    )


def _compare(pair: PairTest) -> Step:
    return Step(
        "Compare the times",
        f"A meeting is claimed where {both_did(pair.layer)} at most {duration(pair.window)} apart, once for each thing "
        f"and stretch of {duration(pair.block)}. {stretches(pair.block)} The first command must list "
        f"{counted(pair.n, 'meeting')}, none of them further apart.",
    )


def stretches(block: int) -> str:
    """How to count meetings as the run did (sessions.py): it counts no more than a reader of the same posts finds."""
    return f"Stretches are fixed on the clock{_example(block)}. {COUNTED}"


def _example(block: int) -> str:
    """` (12:00 to 12:04, … UTC)`; empty where the stretches are not of whole minutes, or not the same every day."""
    if DAY % block or block % 60:
        return ""
    first = NOON // block * block
    begin, end = (f"{second // 3600:02}:{second % 3600 // 60:02}" for second in (first, first + block))
    return f" ({begin} to {end}, … UTC)"


def _weakest(group: Group, standings: Mapping[str, Standing]) -> list[Step]:
    """The account of those claimed that rests on least, with its partners and odds; none where no pair tells it."""
    claimed = [m for m in surest_first(group, standings) if m.role == "core" or group.claim == "gathering"]
    told = [m for m in claimed if standings[m.id].q is not None]
    if not told:
        return []
    last = told[-1]
    name = f"@{last.handle}" if last.handle else last.id
    rests = f"{name} rests on least: {_rests(standings[last.id])}."
    how = f"{rests} If any account is here by mistake, one like this is likeliest to be."
    return [Step("Begin with the weakest", how)]


def _rests(standing: Standing) -> str:
    return f"{_way(standing)}, odds of luck {standing.odds}"


def _way(standing: Standing) -> str:
    if standing.claim == "added":
        return "added to the core"
    partners = standing.in_step if standing.claim == "in step" else standing.together
    others = "one of the others alone" if partners == 1 else f"{partners:,} of the others"
    return f"{standing.claim} with {others}"
