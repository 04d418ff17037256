"""From edges to groups, and what is claimed of each: a gathering, or a campaign with a core in step."""

from __future__ import annotations

import polars as pl

from campaign_analysis.attainable import Chance
from campaign_analysis.combine import over_layers
from campaign_analysis.communities import Community, Elsewhere, communities, weighted
from campaign_analysis.homes import SMALLEST, Home, connected, homes_of, in_cores, in_step_graph
from campaign_analysis.results import Group, Joined, LayerEvidence, Member
from campaign_analysis.significance import step_up

LIKELIER_CHANCE = 0.5  # a group whose own *in step* p is larger may be among the false pairs that a rate allows


def find_groups(
    edges: pl.DataFrame,
    joined: pl.DataFrame,
    chances: dict[str, Chance],
    accounts: dict[str, int],
    method: Community | Elsewhere,
    seed: int,
) -> list[Group]:
    """Groups of three accounts or more from the *together* edges (EDGE_SCHEMA) of all layers, campaigns first.

    A group's core is what *in step* edges of any layer join inside it, in connected parts of three accounts or more,
    with the accounts that `joined` (JOINED_SCHEMA) them; with a core it is a campaign, without a gathering. Where
    thousands of pairs are found, the false discovery rate lets some false ones in, and they may join: a group whose
    *in step* pairs, and those who joined them, would more likely than not be chance without the others' (p over .5) is
    claimed to be a gathering only, and one of which that is true of all its evidence is no group. Who joined a core,
    or is in step with one elsewhere, leaves the group where its edges had put it (homes.py); who is linked with nobody
    of the others is not in their group.
    `chances` and `accounts` are those of each layer that was tested.
    """
    best = joined.sort("q", "p", "layer").unique("account", keep="first", maintain_order=True)
    home, best = homes_of(communities(weighted(edges), method, seed), edges, best)
    inside = edges.filter(_at(edges["a"], home) == _at(edges["b"], home))
    joins = best.filter(_at(best["account"], home) == _at(best["anchor"], home))
    piece = connected(pl.concat([inside.select("a", "b"), joins.select(a="account", b="anchor")]))
    joining = joins.with_columns(part=_at(joins["account"], piece)).partition_by("part", as_dict=True)
    groups = [
        _judge(own, joining.get(part, best.clear()), chances, accounts)
        for part, own in inside.with_columns(part=_at(inside["a"], piece)).partition_by("part", as_dict=True).items()
    ]
    likely = [g for g in groups if g.size >= SMALLEST and min(e.p for e in g.layers) <= LIKELIER_CHANCE]
    return sorted(likely, key=lambda g: (g.claim, -g.core, -g.size, g.accounts[0].id))


def _at(accounts: pl.Series, home: Home) -> pl.Series:
    """Where each account is, null where it is nowhere."""
    return accounts.replace_strict(list(home), list(home.values()), default=None, return_dtype=pl.Int64)


def _judge(edges: pl.DataFrame, joined: pl.DataFrame, chances: dict[str, Chance], accounts: dict[str, int]) -> Group:
    layers = tuple(
        LayerEvidence(layer, claim, len(part), _p(part, joined.filter(layer=layer), chances[layer], claim))
        for (layer, claim), part in sorted(edges.partition_by("layer", "claim", as_dict=True).items())
    )
    strongest = min((e.p for e in layers if e.claim == "in step"), default=1.0)
    core = core_of(edges, joined) if strongest <= LIKELIER_CHANCE else set()
    grown = pl.col("account").is_in(core - core_of(edges, joined.clear()))
    claimed = "in step" if core else "together"
    speaking = {e.layer: e.p for e in layers if e.claim == claimed}
    return Group(
        id="",
        claim="campaign" if core else "gathering",
        layers=layers,
        p=over_layers(list(speaking.values()), len(chances)),
        accounts=_members(core, edges, joined.filter(grown), accounts),
    )


def _p(edges: pl.DataFrame, joined: pl.DataFrame, chance: Chance, claim: str) -> float:
    """P of so many so small p, among all the tests of a layer, if no pair at all coordinated (Simes 1986).

    Who joined is evidence as well: that pairs meet by chance does not bring others to where they meet. The smaller p
    of the two, times two.
    """
    pairs = float(step_up(chance.false_pairs(edges["p"].to_numpy(), claim)).min())
    if claim == "together" or joined.is_empty():
        return pairs
    return min(1.0, 2 * min(pairs, float(step_up(joined["lucky"].to_numpy()).min())))


def core_of(edges: pl.DataFrame, joined: pl.DataFrame) -> set[str]:
    """Accounts joined by *in step* edges of any layer, or to their core, in connected parts of three or more."""
    return in_cores(in_step_graph(edges, joined).edges)


def _members(core: set[str], edges: pl.DataFrame, joined: pl.DataFrame, accounts: dict[str, int]) -> tuple[Member, ...]:
    """Whom edges join, and who joined the core.

    Episodes and expectation are summed over an account's partners, p is its best edge times the partners tested; of
    one without edges they are those by which it joined.
    """
    together = edges.filter(pl.col("claim") == "together")
    ends = pl.concat([together.select(id=end, layer="layer", n="n", expected="expected", p="p") for end in ("a", "b")])
    partners = pl.DataFrame(
        {"layer": list(accounts), "partners": [max(1, n - 1) for n in accounts.values()]},
        schema={"layer": pl.String, "partners": pl.Int64},
    )
    of_account = (
        ends.join(partners, on="layer")
        .sort("id", "layer", "n", "expected")  # sums of floats depend on their order
        .group_by("id", maintain_order=True)
        .agg(n=pl.col("n").sum(), expected=pl.col("expected").sum(), p=(pl.col("p") * pl.col("partners")).min())
    )
    how = {row.pop("account"): Joined(**row) for row in joined.drop("anchor", "part", "lucky", strict=False).to_dicts()}
    rows = {account: (how[account].n, how[account].expected, how[account].p) for account in how}
    rows |= {row[0]: row[1:] for row in of_account.iter_rows()}
    members = [
        Member(
            id=i,
            role="core" if i in core else "together",
            episodes=n,
            expected=expected,
            p=min(1.0, p),
            joined=how.get(i),
        )
        for i, (n, expected, p) in rows.items()
    ]
    return tuple(sorted(members, key=lambda m: (m.role, m.p, -m.episodes, m.id)))
