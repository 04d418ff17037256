"""What an account of a group rests on, in words and figures: the report and `campaign show` speak from here.

An account is in by the best pair that it has under the claim that brought it in: *in step* in a core, *together*
elsewhere. Its odds of luck are those of that pair (1 in 1/q), or of its adding where it was added to a core. Odds under
different claims are not told in one column: those *in step* allow luck more, and look worse for the same meetings. The
p of an account (docs/method.md, part 6) is another thing and does not decide who is in: it is in the files only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl
from campaign_analysis.results import Group, Member

from campaign.words import counted, joined_clause, odds

BESIDE = "in step with nobody here: busy hours and habits explain its meetings, or they are too few to tell"
APART = "its pair in step is with nobody of the core"
ONE_PAIR = "in the core by one pair alone: if that pair is luck, this account is not of this core"
UNKNOWN = "–"
OWN_POSTS = "; own posts: how many different posts of its own these meetings are"
OF_ONE_GROUP = (
    "Of one group's pairs more may be luck: odds are said of all pairs of the search that are as good. Of those about "
    "as weak more are luck than that; an account's own page (campaign show GROUP --account A) says how many."
)
STRONGER = (
    "In step is the stronger claim: it allows luck the rush of the very minute and the habits of the two as well, so "
    "that its odds look worse for the same meetings. Do not compare odds in step with odds together."
)


@dataclass(frozen=True)
class Standing:
    """What an account has in its group: partners by claim, the `claim` that brought it in (or `added`), and under that
    its q, its meetings and how many of them were to be expected, as the tests of these very pairs reckon it.

    `step_q` and `together_q` are those of its best pairs under either claim, None without any. `elsewhere`: with how
    many accounts outside the group it is in step.
    """

    in_step: int
    together: int
    claim: str
    q: float | None
    n: int
    expected: float
    step_q: float | None = None
    together_q: float | None = None
    elsewhere: int = 0

    @property
    def odds(self) -> str:
        """`1 in 3 million`; a dash where no pair is known."""
        return _odds(self.q)

    @property
    def told(self) -> str:
        """`1 in 3 million, in step`: where nothing else names the claim."""
        return UNKNOWN if self.q is None else f"{self.odds}, {self.claim}"

    @property
    def odds_in_step(self) -> str:
        """`1 in 200`, and of one that was added to the core `1 in 250, added`; a dash where there is nothing of it."""
        return self.told if self.claim == "added" else _odds(self.step_q)

    @property
    def odds_together(self) -> str:
        """`1 in 1,500`; a dash without a pair together."""
        return _odds(self.together_q)

    @property
    def one_pair(self) -> bool:
        """Whether it is in a core by a single pair."""
        return self.claim == "in step" and self.in_step == 1


def _odds(q: float | None) -> str:
    return UNKNOWN if q is None else odds(q)


Sums = tuple[int, float | None, int, float]  # partners, smallest q, meetings and those expected, under one claim
NONE: Sums = (0, None, 0, 0.0)


def standings(group: Group, edges: pl.DataFrame) -> Mapping[str, Standing]:
    """The standing of each account of a group, by its id; `edges` are the run's (EDGE_SCHEMA)."""
    ids = [m.id for m in group.accounts]
    inside = edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))
    figures = ("claim", "layer", "q", "n", "expected")
    ends = [inside.select(pl.col(x).alias("id"), pl.col(y).alias("other"), *figures) for x, y in ("ab", "ba")]
    of_each = pl.concat(ends).sort("id", "claim", "layer", "other")  # sums of floats depend on their order
    summed = of_each.group_by("id", "claim", maintain_order=True).agg(
        pl.col("other").n_unique(), pl.col("q").min(), pl.col("n").sum(), pl.col("expected").sum()
    )
    known = {(id, claim): sums for id, claim, *sums in summed.iter_rows()}
    outside = _outside(edges, ids)
    return {m.id: replace(_standing(m, known), elsewhere=outside.get(m.id, 0)) for m in group.accounts}


def _outside(edges: pl.DataFrame, ids: Sequence[str]) -> Counter[str]:
    """Of each of these accounts with how many others it is in step."""
    leaving = edges.filter(pl.col("claim") == "in step", pl.col("a").is_in(ids) ^ pl.col("b").is_in(ids))
    ends = pl.concat([leaving.select(id=x, other=y) for x, y in ("ab", "ba")]).unique()
    return Counter(ends.filter(pl.col("id").is_in(ids))["id"])


def _standing(member: Member, known: Mapping[tuple[str, str], Sequence[float]]) -> Standing:
    def of(claim: str) -> Sums:
        return tuple(known.get((member.id, claim), NONE))  # type: ignore[return-value]

    step, together = of("in step"), of("together")
    partners, best = (step[0], together[0]), (step[1], together[1])
    if member.joined:
        return Standing(*partners, "added", member.joined.q, member.joined.n, member.joined.expected, *best)
    claim, own = ("in step", step) if member.role == "core" else ("together", together)
    n, expected = own[2:] if own[0] else (member.episodes, member.expected)
    return Standing(*partners, claim, own[1], n, expected, *best)


def surest_first(group: Group, known: Mapping[str, Standing]) -> list[Member]:
    """The accounts of a group: the core, then by the odds of luck."""

    def order(member: Member) -> tuple[bool, float, int, str]:
        q = known[member.id].q
        return member.role != "core", 2.0 if q is None else q, -member.episodes, member.id

    return sorted(group.accounts, key=order)


def reason(group: Group, member: Member, standing: Standing) -> str:
    """Why an account was added to the core, why it is only beside it, or that one pair alone brought it in; empty for
    others, whose pairs say it.
    """
    if member.joined:
        return joined_clause(member.joined)
    if group.claim == "campaign" and member.role != "core":
        return APART if standing.in_step else beside(standing)
    return ONE_PAIR if group.claim == "campaign" and standing.one_pair else ""


def beside(standing: Standing) -> str:
    """Why an account that is in step with nobody of its group is beside the core only."""
    if not standing.elsewhere:
        return BESIDE
    return f"in step with nobody here, but with {counted(standing.elsewhere, 'account')} outside this group"


def reading(group: Group, rows: Sequence[Standing], posts: bool = False) -> list[str]:
    """How the table of these accounts is read, in sentences; `posts`: it says on how many posts each one rests."""
    campaign = group.claim == "campaign"
    whose = " (pairs in step for one of the core, pairs together for one beside it)" if campaign else ""
    said = [
        f"Meetings: with the accounts with which it has the pairs that count for it{whose}, by all behaviours, in sum. "
        "One post counts once for each of these partners and behaviours, so that there may be many more meetings than "
        f"posts{OWN_POSTS if posts else ''}. By luck: how many of these meetings the tests of these very pairs expect "
        "anyway; a pair's own page says the same of one pair. Odds of luck of 1 in 200 mean: of 200 pairs of this "
        "search that are linked by the same claim on evidence at least as good as the account's best pair, about 1 is "
        f"expected to be luck. {OF_ONE_GROUP}"
    ]
    if any(row.in_step or row.claim == "added" for row in rows):
        said.append(STRONGER)
    else:
        said.append("They allow for how busy the crowd was, not for the rush of the very minute, nor for habits.")
    if any(row.claim == "added" for row in rows):
        said.append("For an account that was added: of all accounts that were added on evidence at least as good.")
    if any(row.claim == "together" for row in rows) and campaign:
        said.append(
            "An account beside the core meets others of the group more often than the crowd explains, but that it was "
            "active in those very minutes may be the whole reason."
        )
    return [*said, "This is said of pairs. It is not the chance that an account did nothing unusual."]
