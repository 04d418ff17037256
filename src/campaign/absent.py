"""What a question needs and a store does not hold, in one line with what to do: want of data is no "nothing found"."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from campaign_cypher import queries
from campaign_cypher.nearest import did_you_mean
from campaign_cypher.store import Store

from campaign.failures import NotFoundError
from campaign.pasting import pasted
from campaign.request import Request

if TYPE_CHECKING:
    from campaign_analysis.detect import LayerInput

NAMES = 10_000  # of the most used hashtags, among which a misspelt one is looked for


def no_posts(store: Store) -> NotFoundError:
    """A store into which no post was loaded."""
    return NotFoundError(f"{store.address} has no posts: load some with `{pasted('campaign load')}`")


def nobody_used(store: Store, tag: str, since: datetime | None = None, until: datetime | None = None) -> NotFoundError:
    """A hashtag that no post has, in the range that was asked for."""
    if _empty(store):
        return no_posts(store)
    return NotFoundError(f"nobody used #{tag}{_within(since, until)} in {store.address}; {_instead(store, tag)}")


def refuse_silence(store: Store, request: Request, inputs: Sequence[LayerInput]) -> None:
    """Raises NotFoundError where there is nothing to look at: in the store, in the range, or in a layer asked for."""
    silent = [i.name for i in inputs if not i.actors]
    if not silent or (len(silent) < len(inputs) and not request.layers):
        return
    where = f"{_within(request.since, request.until)} in {store.address}"
    if _empty(store):
        raise no_posts(store)
    if _empty(store, request.since, request.until):
        raise NotFoundError(f"nobody posted{where}: nothing can be said of it")
    if request.layers:
        raise NotFoundError(
            f"nobody acted in layer {' or '.join(silent)}{where}: leave it out of --layer; "
            "without --layer all layers are looked at in which somebody acted"
        )
    raise NotFoundError(f"the posts{where} have nothing that a layer looks at: load them with their texts or hashtags")


def _empty(store: Store, since: datetime | None = None, until: datetime | None = None) -> bool:
    return not store.read(queries.get("overview/range"), {"since": since, "until": until})["posts"][0]


def _within(*range_: datetime | None) -> str:
    since, until = (f"{side:%Y-%m-%d %H:%M}" if side else "" for side in range_)
    return (f" since {since}" if since else "") + (f" until {until}" if until else "")


def _instead(store: Store, tag: str) -> str:
    """What a misspelt hashtag may have meant, among the most used ones."""
    lists = pasted("campaign query run hashtags/top")
    top = store.read(queries.get("hashtags/top"), {"limit": NAMES})["tag"].to_list()
    if tag in top:
        return f"it was used at other times: `{lists}` lists when"
    near = difflib.get_close_matches(tag, top, n=3, cutoff=0.6)
    return did_you_mean([f"#{n}" for n in near]) if near else f"`{lists}` lists what was used"
