"""What an account of a group rests on, in words and one figure: the report and `campaign show` speak from here.

An account is in by the best pair that it has under the claim that brought it in: *in step* in a core, *together*
elsewhere. Its odds of luck are those of that pair (1 in 1/q), or of its adding where it was added to a core. The p of
an account (docs/method.md, part 6) is another thing and does not decide who is in: it is in the files only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from campaign_analysis.results import Group, Member

from campaign.words import joined_clause, odds

BESIDE = "no pair of its own is in step: busy hours and how much it posts may explain its meetings"
ON_TOP = "what the rush of the very minute and their habits explain comes on top"
APART = "its pair in step is with nobody of the core"


@dataclass(frozen=True)
class Standing:
    """What an account has in its group: partners by claim, and q under the claim (or `added`) that brought it in."""

    in_step: int
    together: int
    claim: str
    q: float | None

    @property
    def odds(self) -> str:
        """`1 in 3 million, in step`; a dash where no pair is known."""
        return "–" if self.q is None else f"{odds(self.q)}, {self.claim}"


def standings(group: Group, edges: pl.DataFrame) -> Mapping[str, Standing]:
    """The standing of each account of a group, by its id; `edges` are the run's (EDGE_SCHEMA)."""
    ids = [m.id for m in group.accounts]
    inside = edges.filter(pl.col("a").is_in(ids) & pl.col("b").is_in(ids))
    ends = [inside.select(pl.col(x).alias("id"), pl.col(y).alias("other"), "claim", "q") for x, y in ("ab", "ba")]
    counted = pl.concat(ends).group_by("id", "claim").agg(pl.col("other").n_unique(), pl.col("q").min())
    known = {(id, claim): (partners, q) for id, claim, partners, q in counted.iter_rows()}
    return {m.id: _standing(m, known) for m in group.accounts}


def _standing(member: Member, known: Mapping[tuple[str, str], tuple[int, float]]) -> Standing:
    by_claim = {claim: known.get((member.id, claim), (0, None)) for claim in ("in step", "together")}
    (in_step, step_q), (together, together_q) = by_claim["in step"], by_claim["together"]
    if member.joined:
        return Standing(in_step, together, "added", member.joined.q)
    if member.role == "core":
        return Standing(in_step, together, "in step", step_q)
    return Standing(in_step, together, "together", together_q)


def surest_first(group: Group, known: Mapping[str, Standing]) -> list[Member]:
    """The accounts of a group: the core, then by the odds of luck."""

    def order(member: Member) -> tuple[bool, float, int, str]:
        q = known[member.id].q
        return member.role != "core", 2.0 if q is None else q, -member.episodes, member.id

    return sorted(group.accounts, key=order)


def reason(group: Group, member: Member, standing: Standing) -> str:
    """Why an account was added to the core, or why it is only beside it; empty for others, whose pairs say it."""
    if member.joined:
        return joined_clause(member.joined)
    if group.claim == "campaign" and member.role != "core":
        return APART if standing.in_step else BESIDE
    return ""


def reading(group: Group, rows: Sequence[Standing]) -> list[str]:
    """How the table of these accounts is read, in sentences."""
    said = [
        "Meetings: with all accounts to which it is linked, by all behaviours, in sum. One post counts once for each "
        "of these partners and behaviours, so that there may be many more meetings than posts. By luck: how many of "
        f"these meetings were to be expected anyway, from how busy it and the others were; {ON_TOP}. Odds of luck: of "
        "all pairs of this search that are linked on evidence at least as good as the account's best pair, how many "
        "are expected to be luck."
    ]
    said.append(_allowed({row.claim for row in rows}))
    if any(row.claim == "added" for row in rows):
        said.append("For an account that was added: of all accounts that were added on evidence at least as good.")
    if group.claim == "campaign":
        said.append(
            "For an account of the core its best pair in step counts; for one beside it, its best pair together."
        )
    if any(row.claim == "together" for row in rows) and group.claim == "campaign":
        said.append(
            "An account beside the core meets the core's accounts more often than the crowd explains, but that it was "
            "active in those very minutes may be the whole reason."
        )
    return [*said, "This is said of pairs. It is not the chance that an account did nothing unusual."]


def _allowed(claims: Collection[str]) -> str:
    """Which odds allow for what *by luck*, which is by the measure of *together*, leaves out."""
    if "in step" not in claims:
        return "The odds do not allow for what comes on top."
    others = "; odds together do not" if "together" in claims else ""
    return f"Odds in step allow for what comes on top{others}."
