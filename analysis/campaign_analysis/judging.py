"""What was found, held against a known truth: false edges, accounts found and wrongly accused, fates of groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

import numpy as np
import polars as pl
from scipy.stats import beta, t

from campaign_analysis.results import Claim, Group

Fate = Literal["whole", "part", "split", "merged", "gathering", "missed"]
FATES: tuple[Fate, ...] = ("whole", "part", "split", "merged", "gathering", "missed")
FEWEST = 3  # findable accounts of a group without which something found does not hold the group
WHOLE = 0.8  # share of a group's findable accounts from which on it counts as found whole
NOBODYS = "crowd"  # the kind of accounts of which the truth says nothing


@dataclass(frozen=True)
class Count:
    """`part` of `all`."""

    part: int
    all: int

    def __add__(self, other: Count) -> Count:
        return Count(self.part + other.part, self.all + other.all)

    @property
    def share(self) -> float:
        """Part of all; not a number where there are none."""
        return self.part / self.all if self.all else float("nan")


@dataclass(frozen=True)
class PlantedGroup:
    """A guilty group and what became of it.

    `core`: of its findable accounts, those in the core of a campaign. `members`: of all its accounts, those in a
    campaign. `turnout`: the usual share of its members who take part in an action, where the truth says it.
    """

    name: str
    kind: str
    turnout: float | None
    fate: Fate
    core: Count
    members: Count


@dataclass(frozen=True)
class Verdict:
    """What a detection found, held against the truth.

    `edges`: by claim, the false ones of all (see `false_edges`). `false_campaigns`: those of whose core the half or
    more is innocent. `accused`, `listed`: of the accounts in cores, and of all in campaigns, the guilty ones.
    `wrongly`: innocent accounts in cores by kind.
    """

    edges: dict[Claim, Count]
    campaigns: int
    false_campaigns: int
    gatherings: int
    accused: Count
    listed: Count
    wrongly: dict[str, int]
    planted: tuple[PlantedGroup, ...]


def judge(groups: Sequence[Group], edges: pl.DataFrame, truth: pl.DataFrame) -> Verdict:
    """Hold groups and edges (EDGE_SCHEMA) against the truth.

    `truth`: a row for each account of each group, `account_id, group, kind, guilty, core` and, where known, `turnout`;
    `core` says that the account acted with its group often enough to be found. Accounts without a row are innocent.
    """
    guilty = set(truth.filter("guilty")["account_id"])
    campaigns = [g for g in groups if g.claim == "campaign"]
    cores = [{m.id for m in g.accounts if m.role == "core"} for g in campaigns]
    accused, listed = set[str]().union(*cores), {m.id for g in campaigns for m in g.accounts}
    kinds = dict(truth.select("account_id", "kind").iter_rows())
    return Verdict(
        edges={claim: false_edges(edges.filter(claim=claim), truth, claim) for claim in ("in step", "together")},
        campaigns=len(campaigns),
        false_campaigns=sum(2 * len(core & guilty) <= len(core) for core in cores),
        gatherings=len(groups) - len(campaigns),
        accused=Count(len(accused & guilty), len(accused)),
        listed=Count(len(listed & guilty), len(listed)),
        wrongly=dict(sorted(Counter(kinds.get(a, NOBODYS) for a in accused - guilty).items())),
        planted=_planted(groups, truth, accused, listed),
    )


def false_edges(edges: pl.DataFrame, truth: pl.DataFrame, claim: Claim) -> Count:
    """False edges of all: *in step* where the two share no guilty group, *together* where they share none at all."""
    rows = truth.filter("guilty") if claim == "in step" else truth
    member = rows.select("account_id", "group").unique()
    pairs = edges.select("a", "b").with_row_index("edge")
    right = pairs.join(member, left_on="a", right_on="account_id").join(
        member, left_on=["b", "group"], right_on=["account_id", "group"]
    )
    return Count(edges.height - right["edge"].n_unique(), edges.height)


def _planted(
    groups: Sequence[Group], truth: pl.DataFrame, accused: set[str], listed: set[str]
) -> tuple[PlantedGroup, ...]:
    """Every guilty group of which anybody could be found."""
    if "turnout" not in truth.columns:
        truth = truth.with_columns(turnout=pl.lit(None, pl.Float64))
    of_group = truth.filter("guilty").partition_by("group", as_dict=True, maintain_order=True)
    findable = {name: set(rows.filter("core")["account_id"]) for (name,), rows in of_group.items()}
    planted = []
    for (name,), rows in of_group.items():
        wanted, everybody = findable[name], set(rows["account_id"])
        if not wanted:
            continue
        said = rows["turnout"].drop_nulls().to_list()
        planted.append(
            PlantedGroup(
                name=name,
                kind=rows["kind"][0],
                turnout=round(fmean(said), 3) if said else None,
                fate=fate(wanted, [w for n, w in findable.items() if n != name], groups),
                core=Count(len(wanted & accused), len(wanted)),
                members=Count(len(everybody & listed), len(everybody)),
            )
        )
    return tuple(planted)


def fate(wanted: set[str], others: Sequence[set[str]], groups: Sequence[Group]) -> Fate:
    """What became of a group whose findable accounts are `wanted`; `others` are those of the other guilty groups.

    A campaign or gathering holds a group if three of its findable accounts are in it.

    - missed: nothing holds it; gathering: gatherings do, campaigns do not
    - merged: a campaign that holds it holds another guilty group as well (by three who are not of this one), or is
      for more than a half of people of neither
    - split: several campaigns hold it
    - whole: one campaign, with at least 80 % of its findable accounts; part: with fewer
    """
    holding = [g for g in groups if len(wanted & _ids(g)) >= FEWEST]
    campaigns = [_ids(g) for g in holding if g.claim == "campaign"]
    if not campaigns:
        return "gathering" if holding else "missed"
    guilty = wanted.union(*others)
    if any(len((o - wanted) & c) >= FEWEST for o in others for c in campaigns) or any(
        2 * len(c - guilty) > len(c) for c in campaigns
    ):
        return "merged"
    if len(campaigns) > 1:
        return "split"
    return "whole" if len(wanted & campaigns[0]) >= WHOLE * len(wanted) else "part"


def _ids(group: Group) -> set[str]:
    return {m.id for m in group.accounts}


def clopper_pearson(count: Count, level: float = 0.95) -> tuple[float, float]:
    """Exact interval of a share of independent trials (Clopper & Pearson 1934); 0 to 1 where there are none."""
    k, n, tail = count.part, count.all, (1 - level) / 2
    low = float(beta.ppf(tail, k, n - k + 1)) if k else 0.0
    return low, float(beta.ppf(1 - tail, k + 1, n - k)) if k < n else 1.0


def upper_bound(count: Count, level: float = 0.95) -> float:
    """One-sided exact upper bound of a share: 0 of 59 is under .05 with 95 % confidence."""
    k, n = count.part, count.all
    return float(beta.ppf(level, k + 1, n - k)) if k < n else 1.0


def mean_interval(values: Sequence[float], level: float = 0.95) -> tuple[float, float, float]:
    """Mean of shares and its interval by Student's t, cut to 0 … 1; 0 to 1 around it where there are fewer than two.

    Values of different runs are independent, whatever depends on each other within a run. Where all are equal the
    interval has no width, and says only that nothing else was seen.
    """
    mean = float(np.mean(values)) if len(values) else float("nan")
    if len(values) < 2:
        return mean, 0.0, 1.0
    half = float(t.ppf((1 + level) / 2, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values)))
    return mean, max(0.0, mean - half), min(1.0, mean + half)


def total(counts: Sequence[Count]) -> Count:
    """The sum."""
    return Count(sum(c.part for c in counts), sum(c.all for c in counts))
