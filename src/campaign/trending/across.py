"""Groups across hashtags, and across reports: which push several, which are back, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from campaign_analysis.results import Group

from campaign.trending.model import Back, Change, Pusher, Tag

SAME = 0.5  # of the smaller group's accounts that two groups must share to be the same
FEWEST = 3  # accounts that they must share


def pushers(groups: Sequence[Group], tags: Sequence[Tag], before: Mapping[str, Any] | None) -> tuple[Pusher, ...]:
    """All groups that were found, those first that posted most of what rises; `before`: an earlier report's JSON."""
    made = [_pusher(group, tags, before) for group in groups]
    return tuple(sorted(made, key=lambda g: (g.claim != "campaign", -sum(n for _, n in g.tags), g.id)))


def _pusher(group: Group, tags: Sequence[Tag], before: Mapping[str, Any] | None) -> Pusher:
    posted = [(t.tag, part.burst) for t in tags for part in t.parts if part.group == group.id and part.burst]
    members = tuple(m.id for m in group.accounts)
    return Pusher(
        id=group.id,
        claim=group.claim,
        members=members,
        core=tuple(m.id for m in group.accounts if m.role == "core"),
        handles=tuple(m.handle or m.id for m in group.accounts),
        tags=tuple(sorted(posted, key=lambda entry: (-entry[1], entry[0]))),
        hashtags=tuple((t.tag, t.posts, t.share) for t in group.hashtags),
        mentions=tuple((t.id, t.handle, t.posts) for t in group.targets),
        back=_back(set(members), before),
    )


def _back(members: set[str], before: Mapping[str, Any] | None) -> Back | None:
    """The group of the earlier report that shares most accounts, where these are half of the smaller one of the two."""
    if before is None:
        return None
    found = [(len(members & set(g["members"])), len(g["members"]), g["id"]) for g in before["groups"]]
    same = [(shared, id) for shared, size, id in found if shared >= max(FEWEST, SAME * min(size, len(members)))]
    if not same:
        return None
    shared, id = max(same, key=lambda entry: (entry[0], entry[1]))
    return Back(before["date"], id, shared)


def change(
    tags: Sequence[Tag], groups: Sequence[Pusher], before: Mapping[str, Any], untold: Sequence[str] = ()
) -> Change:
    """What is different from an earlier report. `untold` rise as well: of theirs nobody looked for groups."""
    now, then = {t.tag: t.word for t in tags}, {t["tag"]: t["word"] for t in before["hashtags"]}
    words = [(tag, then.get(tag), now.get(tag)) for tag in sorted(now.keys() | then.keys())]
    held = {g.back.group for g in groups if g.back}
    untold_then = before.get("untold", ())
    return Change(
        date=before["date"],
        words=tuple(entry for entry in words if entry[1] != entry[2]),
        new_groups=tuple(g.id for g in groups if g.back is None),
        gone_groups=tuple(g["id"] for g in before["groups"] if g["id"] not in held and not _pushed(g) & set(untold)),
        untold=tuple(tag for tag, _, word in words if word is None and tag in untold),
        untold_then=tuple(tag for tag, word, _ in words if word is None and tag in untold_then),
    )


def _pushed(group: Mapping[str, Any]) -> set[str]:
    """The hashtags that a group of an earlier report pushed."""
    return {pushed["tag"] for pushed in group.get("pushes", ())}
