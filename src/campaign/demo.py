"""What a detection found in a simulated corpus, held against the truth."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl
from campaign_analysis.results import Group, GroupClaim

LINE = 79
GENERATED = (
    "These posts are generated: who belongs to a ring was decided beforehand, and so it is known who is named rightly. "
    "Of real data that is never known."
)
FEWEST = 3  # members of a planted group that a found group must hold, and more than of any other, to count as it


@dataclass(frozen=True)
class Planted:
    """A planted group: how many of its `members` are accused, and as what it was found (None: not at all).

    Of a guilty group only those who acted often enough to be found count as members.
    """

    name: str
    kind: str
    guilty: bool
    members: int
    accused: int
    found_as: GroupClaim | None


@dataclass(frozen=True)
class Comparison:
    """Accused are the members of the cores of campaigns. Recall is of the guilty who acted often enough to be found."""

    groups: tuple[Planted, ...]
    accused: int
    rightly: int
    findable: int
    found: int

    @property
    def wrongly(self) -> int:
        """Innocent accounts that are accused."""
        return self.accused - self.rightly

    @property
    def precision(self) -> float | None:
        """Share of the accused who are guilty; None where nobody is accused."""
        return self.rightly / self.accused if self.accused else None

    @property
    def recall(self) -> float | None:
        """Share of the findable who are accused; None where there are none."""
        return self.found / self.findable if self.findable else None


def compare(groups: Iterable[Group], truth: pl.DataFrame, platform: str) -> Comparison:
    """Hold found groups against the simulator's truth (account_id, group, kind, guilty, core)."""
    keyed = truth.with_columns(key=pl.format(f"{platform}:{{}}", "account_id"))
    found = list(groups)
    accused = {m.id for g in found if g.claim == "campaign" for m in g.accounts if m.role == "core"}
    guilty, core = (set(keyed.filter(pl.col(column))["key"]) for column in ("guilty", "core"))
    members = {str(name): set(part["key"]) for (name,), part in keyed.partition_by("group", as_dict=True).items()}
    claims = _claims(found, members)
    planted = []
    for name, kind, is_guilty in keyed.select("group", "kind", "guilty").unique().sort("group").iter_rows():
        who = members[name] & core if is_guilty else members[name]
        planted.append(Planted(name, kind, is_guilty, len(who), len(who & accused), claims.get(name)))
    return Comparison(tuple(planted), len(accused), len(accused & guilty), len(core), len(accused & core))


def _claims(found: Iterable[Group], members: Mapping[str, set[str]]) -> dict[str, GroupClaim]:
    """As what each planted group was found: a campaign if any group that is mostly its members is called one."""
    claims: dict[str, GroupClaim] = {}
    for group in found:
        ids = {member.id for member in group.accounts}
        name, shared = max(((n, len(ids & who)) for n, who in members.items()), key=lambda x: x[1], default=("", 0))
        if shared >= FEWEST and claims.get(name) != "campaign":
            claims[name] = group.claim
    return claims


def tell(comparison: Comparison) -> list[str]:
    """The comparison in lines for a terminal."""
    rings = [g for g in comparison.groups if g.guilty]
    lines = [f"Planted rings found as campaigns: {sum(g.found_as == 'campaign' for g in rings)} of {len(rings)}"]
    lines += [f"  {g.name}: {g.accused} of {g.members} accounts named in a core{_as(g)}" for g in rings]
    precision, recall = _share(comparison.precision), _share(comparison.recall)
    lines.append(
        f"Accounts named in a core: {comparison.accused:,}, of a planted ring: {comparison.rightly:,}{precision}"
    )
    lines.append(
        f"Accounts of the rings that acted at least twice: {comparison.findable:,}, named in a core: "
        f"{comparison.found:,}{recall}"
    )
    for kind in sorted({g.kind for g in comparison.groups if not g.guilty}):
        lines.append(_innocent(kind, [g for g in comparison.groups if g.kind == kind]))
    lines.append(f"Accounts named in a core that belong to no ring: {comparison.wrongly:,}")
    return [*lines, *textwrap.wrap(GENERATED, LINE)]


def _as(group: Planted) -> str:
    return "" if group.found_as == "campaign" else f" ({group.found_as or 'not found'})"


def _share(value: float | None) -> str:
    return "" if value is None else f" ({value:.0%})"


def _innocent(kind: str, groups: list[Planted]) -> str:
    counts = [sum(g.found_as == claim for g in groups) for claim in ("gathering", "campaign", None)]
    return (
        f"Innocent groups of kind {kind.replace('_', ' ')}: {len(groups)}; "
        f"seen as gatherings {counts[0]}, called campaigns {counts[1]}, not noticed {counts[2]}"
    )
