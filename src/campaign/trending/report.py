"""The whole of a trending report: what rises, one detection over its accounts, each hashtag, all groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from campaign_analysis.parallel import Say, silent
from campaign_analysis.results import Detection
from campaign_analysis.trending.exposure import Hours, hours_of
from campaign_analysis.trending.rising import LEAST, Rising, rising
from campaign_cypher.store import Store

from campaign import pipeline
from campaign.failures import NotFoundError
from campaign.request import Request
from campaign.sources import unfinished
from campaign.trending.across import change, pushers
from campaign.trending.asked import Asked, Window
from campaign.trending.model import Failed, Tag, Trending
from campaign.trending.reading import counts
from campaign.trending.tag import tag_of


def request_of(asked: Asked, window: Window, tags: tuple[str, ...]) -> Request:
    """The one detection of a report: the accounts of all that rises, in past and window, at one error rate."""
    return Request(
        hashtags=tags, since=window.past, until=window.until, fdr=asked.fdr, seed=asked.seed, placebos=asked.placebos
    )


def trending(
    store: Store,
    asked: Asked,
    window: Window,
    before: Mapping[str, Any] | None = None,
    compare: bool = False,
    say: Say = silent,
) -> Trending:
    """Make the report and keep the detection's run in the store. `before`: an earlier report's JSON, if there is one.

    A hashtag of which something fails is named in `failed`; the others are told of. Raises NotFoundError where the
    store has one hashtag alone: then there is nothing to tell a rise against.
    """
    say("counting hashtags by hour")
    hours = hours_of(counts(store, window), window.first, window.begin, window.end, LEAST)
    if len(hours.tags) == 1 and not (hours.everybody - hours.acts[0]).any():
        raise NotFoundError(
            f"no other hashtag than #{hours.tags[0]} in {store.address} from {window.past:%Y-%m-%d} to "
            f"{window.until:%Y-%m-%d}: a rise is told against all others in the same hours; load posts that were not "
            "collected by this hashtag"
        )
    found = rising(hours)
    rises = found.rises[: asked.top]
    detection = _detect(store, asked, window, tuple(r.tag for r in rises), say)
    tags, failed = _tags(store, window, hours, found, asked.top, detection, say)
    groups = pushers(detection.groups if detection else (), tags, before)
    told = {tag.tag for tag in tags}
    untold = tuple(r.tag for r in found.rises if r.tag not in told)
    made = Trending(
        date=f"{window.until:%Y-%m-%d}",
        window=window,
        top=asked.top,
        tested=found.tested,
        rose=len(found.rises),
        cut=found.cut,
        lengths=found.lengths,
        dispersion=found.dispersion,
        tags=tags,
        groups=groups,
        failed=failed,
        notes=detection.run.notes if detection else unfinished(store),
        detection=detection,
        untold=untold,
    )
    return replace(made, change=change(tags, groups, before, untold)) if compare and before else made


def _detect(store: Store, asked: Asked, window: Window, tags: tuple[str, ...], say: Say) -> Detection | None:
    return pipeline.detect(store, request_of(asked, window, tags), say) if tags else None


def _tags(
    store: Store, window: Window, hours: Hours, found: Rising, top: int, detection: Detection | None, say: Say
) -> tuple[tuple[Tag, ...], tuple[Failed, ...]]:
    tags, failed = [], []
    for rise in found.rises[:top]:
        say(f"looking at #{rise.tag}")
        try:
            tags.append(tag_of(store, rise, found, hours, window, detection.groups if detection else ()))
        except Exception as error:  # the others are told of all the same, and this one is named
            failed.append(Failed(rise.tag, f"{type(error).__name__}: {' '.join(str(error).split())}"))
    return tuple(tags), tuple(failed)
