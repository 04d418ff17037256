"""On how many posts of its own each account of a group rests: a post counts once, however many meetings it makes."""

from __future__ import annotations

from campaign_analysis.results import Detection, Group
from campaign_analysis.sessions import Scale
from campaign_cypher.store import Store

from campaign.account_words import standings
from campaign.evidence import Evidence
from campaign.meetings import inside
from campaign.stored import request_of


def own_posts(store: Store, detection: Detection, group: Group) -> dict[str, int]:
    """Of each account the number of different posts among its meetings by the pairs that brought it in
    (Standing.claim), as far as the store holds them; of one that was added, those beside the core's.
    """
    return {account: len(posts) for account, posts in _posts(store, detection, group).items()}


def _posts(store: Store, detection: Detection, group: Group) -> dict[str, set[str]]:
    claims = {id: standing.claim for id, standing in standings(group, detection.edges).items()}
    known = Evidence(store, sorted(claims), request_of(detection))
    posts: dict[str, set[str]] = {id: set() for id in claims}
    parts = inside(detection.edges, group).partition_by("claim", "layer", "window", "block", as_dict=True)
    for (claim, layer, window, block), part in parts.items():
        met = known.episodes_of(part.select("a", "b").rows(), str(layer), Scale(int(window), int(block)))
        for side in "ab":
            for account, post in met.select(side, f"{side}_post").drop_nulls().unique().iter_rows():
                if claims[account] == claim:
                    posts[account].add(post)
    for member in group.accounts:
        if member.joined:
            core = [m.id for m in group.accounts if m.role == "core" and m.id != member.id]
            posts[member.id] = set(known.attended(member.id, core, member.joined)["post"].drop_nulls())
    return posts
