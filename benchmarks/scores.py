"""What was found, held against the truth of a log of `generate_posts.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from campaign_analysis.results import Group

TURN_OUTS = (0.9, 0.7, 0.5, 0.35)  # share of a ring's members who take part in each of its actions
HEADS = (
    "seed",
    "campaigns",
    "gatherings",
    "accounts in cores",
    "precision",
    "recall",
    *(f"recall at {t:.0%} turn-out" for t in TURN_OUTS),
)


@dataclass(frozen=True)
class Score:
    """Accounts in the cores of campaigns against the planted ones; recall also by the turn-out of their ring."""

    campaigns: int
    gatherings: int
    accused: int
    precision: float
    recall: float
    by_turn_out: tuple[float, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Precision and all recalls."""
        return (self.precision, self.recall, *self.by_turn_out)

    def row(self, name: object) -> list[object]:
        """The cells of a table."""
        return [name, self.campaigns, self.gatherings, self.accused, *(f"{share:.3f}" for share in self.shares)]


def accused(groups: Sequence[Group]) -> set[str]:
    """Ids of the accounts in the cores of campaigns."""
    return {m.id for g in groups if g.claim == "campaign" for m in g.accounts if m.role == "core"}


def score(groups: Sequence[Group], stem: Path, prefix: str = "") -> Score:
    """Hold groups against the truth beside a log; `prefix` is what the store puts before an account's id."""
    turn_outs = pl.read_csv(f"{stem}.truth_events.csv").select("group", "participation").unique()
    truth = pl.read_csv(f"{stem}.truth_accounts.csv").join(turn_outs, on="group")
    rings = [
        {prefix + account for account in truth.filter(participation=turn_out)["account_id"]} for turn_out in TURN_OUTS
    ]
    planted, core = set().union(*rings), accused(groups)
    campaigns = sum(g.claim == "campaign" for g in groups)
    return Score(
        campaigns=campaigns,
        gatherings=len(groups) - campaigns,
        accused=len(core),
        precision=len(core & planted) / len(core) if core else 1.0,
        recall=len(core & planted) / len(planted),
        by_turn_out=tuple(len(core & members) / len(members) for members in rings),
    )


def mean(scores: Sequence[Score]) -> list[object]:
    """The last row of a table: the means of all shares."""
    columns = zip(*(s.shares for s in scores), strict=True)
    return ["**mean**", "", "", "", *(f"{sum(column) / len(scores):.3f}" for column in columns)]
