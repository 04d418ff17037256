"""What is said of one group beside its claim: on which hashtags it met, whom it names, which pairs are in no group."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from campaign_analysis.results import Detection, Group, TagShare, Target

from campaign.pair_words import RARE
from campaign.words import counted, listed, one_in

TAGS, OTHERS = 4, 3  # hashtags told in a line: those that a group met on, and those that it used beside
MET_ON, USED_TOO, USED = "They met on", "also used", "Hashtags used"
NOT_IN_STEP = "Together, not in step, on"  # of a campaign whose core is in step by other things alone
LISTED = 20  # hashtags that a result holds of a group: there may be more
TAGGED = {"hashtag", "hashtag_sequence"}  # layers of hashtags
NAMED = 3  # accounts that are told of those that most name
MOST = 0.5  # of the core, or of a gathering, that must name an account for it to be told


def met_on(group: Group) -> list[TagShare]:
    """The hashtags on which its linked pairs met, most often first."""
    return sorted((t for t in group.hashtags if t.meetings), key=lambda t: (-(t.meetings or 0), -t.posts, t.tag))


def used_too(group: Group) -> list[TagShare]:
    """The hashtags that its accounts used and did not meet on; in order of use."""
    return sorted((t for t in group.hashtags if not t.meetings), key=lambda t: (-t.posts, t.tag))


def hashtag_lists(group: Group) -> list[tuple[str, list[tuple[str, str]], str]]:
    """`They met on` and `also used`, each with the first of its hashtags and how often they met on it, and how many
    more they met on.

    Results of older versions know of no meetings.
    """
    met, rest = met_on(group), used_too(group)
    counted_at_all = any(t.meetings is not None for t in group.hashtags)
    label = USED_TOO if met else f"{USED}, none of them to meet on" if counted_at_all else USED
    in_step = {layer.layer for layer in group.layers if layer.claim == "in step"}
    where = NOT_IN_STEP if in_step and not in_step & TAGGED else MET_ON
    lists = [(where, met[:TAGS], _more(met)), (label, rest[: OTHERS if met else TAGS], "")]
    return [(name, [(f"#{t.tag}", _often(t)) for t in tags], more) for name, tags, more in lists if tags]


def _more(met: list[TagShare]) -> str:
    """` and 2 others`, beyond the hashtags that are told; empty where these are all."""
    if len(met) <= TAGS:
        return ""
    least = "at least " if len(met) == LISTED else ""
    return f" and {least}{counted(len(met) - TAGS, 'other')}"


def _often(tag: TagShare) -> str:
    return f" ({counted(tag.meetings, 'meeting')})" if tag.meetings else ""


def hashtags_told(group: Group) -> str:
    """`They met on: #a (12 meetings), #b (1 meeting); also used: #c`: one line; empty without hashtags."""
    return "; ".join(f"{name}: {', '.join(map(''.join, tags))}{more}" for name, tags, more in hashtag_lists(group))


def core_sentence(group: Group, edges: pl.DataFrame) -> str:
    """That not every two of a core are in step, of how many pairs that is said, and how many are in by one pair alone.

    Empty where all are, and without a core. Those who were added to it have no pair: they are not counted.
    """
    paired = [m.id for m in group.accounts if m.role == "core" and not m.joined]
    possible = len(paired) * (len(paired) - 1) // 2
    inside = edges.filter(pl.col("claim") == "in step", pl.col("a").is_in(paired), pl.col("b").is_in(paired))
    pairs = inside.select("a", "b").unique()
    if group.claim != "campaign" or not pairs.height or pairs.height >= possible:
        return ""
    ends = pl.concat([pairs["a"], pairs["b"]]).value_counts()
    once = ends.filter(pl.col("count") == 1).height
    parts = _parts(pairs)
    apart = f", in {len(parts)} parts that no pair in step joins ({listed([f'{n:,}' for n in parts])} accounts)"
    alone = f" {counted(once, 'account is', 'accounts are')} in the core by one pair alone." if once else ""
    joined = group.core > len(paired)
    whose = f"the {len(paired):,} accounts that pairs put in its core" if joined else "its core"
    return (
        f"Not every two of {whose} are in step: each is with at least one other{apart if len(parts) > 1 else ''}, and "
        f"{pairs.height:,} of the {possible:,} pairs are.{alone}"
    )


def _parts(pairs: pl.DataFrame) -> list[int]:
    """How many accounts hang together by these pairs, the most first."""
    import networkx as nx

    return sorted(map(len, nx.connected_components(nx.Graph(pairs.rows()))), reverse=True)


def rarer_pair(group: Group) -> str:
    """Why a group's figure is worse than that of its strongest pair, and which is to be quoted; empty elsewhere."""
    best = next((test for test in group.why if test.joined), None)
    if best is None or best.lucky >= min(group.p, RARE):
        return ""
    return (
        f"By itself its strongest pair looks rarer: one such pair in {one_in(best.lucky)} searches. The group's figure "
        "also pays for having looked at every behaviour, and at all its pairs. Quote the group's."
    )


def named_by_most(group: Group) -> list[Target]:
    """Accounts that most of the core (of a gathering: most of its accounts) name or retweet, by most first; at most
    three.
    """
    of = group.core or group.size
    counts = [(t, t.core if group.core else t.accounts) for t in group.targets]
    most = [(number, t) for t, number in counts if number is not None and number > MOST * of]
    return [t for _, t in sorted(most, key=lambda one: (-one[0], -one[1].posts, one[1].id))[:NAMED]]


def named_sentence(group: Group) -> str:
    """Whom most of them name, which accuses nobody, and that these accounts can be asked; empty where there is none."""
    targets = named_by_most(group)
    if not targets:
        return ""
    named = "; ".join(_named(group, target) for target in targets)
    whom = "that account" if len(targets) == 1 else "those accounts"
    return f"{named[0].upper()}{named[1:]}. To be named is no sign of having part in it; {whom} can be asked about it."


def _named(group: Group, target: Target) -> str:
    """`22 of its 24 accounts (9 of the 10 in its core) name or retweet @mayor in 140 posts`."""
    name = f"@{target.handle}" if target.handle else target.id
    core = f" ({target.core:,} of the {group.core:,} in its core)" if 0 < group.core < group.size else ""
    inside = ", which is one of them," if any(m.id == target.id for m in group.accounts) else ""
    who = f"{target.accounts:,} of its {counted(group.size, 'account')}{core}"
    if target.accounts == group.size:
        who = f"all {group.size:,} of its accounts"
    return f"{who} name or retweet {name}{inside} in {counted(target.posts, 'post')}"


def loose_sentence(detection: Detection) -> str:
    """How many linked pairs are in no group, by claim and behaviour; empty where all are in one."""
    loose = _loose(detection.edges, detection.groups)
    if loose.is_empty():
        return ""
    every = detection.edges.group_by("claim", "layer").len("all")
    rows = loose.join(every, on=["claim", "layer"]).sort("claim", "layer").iter_rows(named=True)
    said = [f"{row['loose']:,} of the {row['all']:,} that are {row['claim']} by {row['layer']}" for row in rows]
    return (
        f"Linked pairs that are in no group: {listed(said)}. Their accounts are in two different groups, or linked to "
        "too few others to make one."
    )


def _loose(edges: pl.DataFrame, groups: Sequence[Group]) -> pl.DataFrame:
    """claim, layer, loose: how many pairs are linked whose two accounts are not in one group."""
    of = {m.id: g.id for g in groups for m in g.accounts}
    group = pl.col("a", "b").replace_strict(of, default=None, return_dtype=pl.String)
    sides = edges.select("claim", "layer", group)
    return (
        sides.filter((pl.col("a") == pl.col("b")).fill_null(False).not_()).group_by("claim", "layer").len(name="loose")
    )
