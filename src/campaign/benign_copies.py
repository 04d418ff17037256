"""Copies as an innocent explanation: a feed, or a share button."""

from __future__ import annotations

from collections import Counter

import numpy as np
import polars as pl
from campaign_analysis.clock import clock_of
from campaign_analysis.events import SECOND
from campaign_analysis.text_clusters import FEWEST_WORDS

from campaign.benign_seen import Clue, Seen, fits, not_enough, not_there, top, untested
from campaign.words import counted

COPIES = (  # behaviours that feeds and share buttons show, and what is shared by them
    ("text", f"a text of {FEWEST_WORDS} words or more"),
    ("url", "an address"),
    ("domain", "an address"),
)
COPIED = [layer for layer, _ in COPIES]
REGULAR = 0.5  # share of acts at the same second of the minute; by chance it is a sixtieth
EVENLY = "; evenly spread, each would have under 2%"
SHORTER = "shorter texts are not compared: read those"


def feed(seen: Seen) -> Clue:
    """The same texts or addresses, at a regular second of the minute.

    Unknown where the clock has no seconds, and where nobody looked at texts or addresses.
    """
    looked = [what for layer, what in COPIES if layer in seen.inputs]
    if not looked:
        return untested("this search did not look at texts or addresses")
    copied = [frame["time"].to_numpy() for name, frame in seen.acts.items() if name in COPIED]
    if not copied:
        return _none_linked(seen, " or ".join(dict.fromkeys(looked)))
    times = np.concatenate(copied)
    if clock_of(times) >= 60 * SECOND:
        return _without_seconds(seen)
    second, share = _second(times)
    if share >= REGULAR:
        return fits(f"{share:.0%} of its copied posts and links come at second {second} of a minute{EVENLY}")
    kept = "its copied posts and links do not keep to a second of the minute, as a timer's would"
    return not_there(f"{kept} (the busiest second of the minute has {share:.0%} of them{EVENLY})")


def _without_seconds(seen: Seen) -> Clue:
    """Copies link some of its pairs; whether a timer posted them is not known."""
    timer = "the times in these data have no seconds, by which a timer would show"
    if alike := _alike(seen):
        same, text = alike
        return not_enough(f"{same}; but {timer}", text)
    return untested(timer)


def _none_linked(seen: Seen, what: str) -> Clue:
    """No pair is linked by copies; what is copied at other times is there all the same."""
    shared = f"too few shared {what} at nearly the same time to link any pair"
    shorter = f" ({SHORTER})" if "text" in seen.inputs else ""
    if alike := _alike(seen):
        same, text = alike
        return not_enough(f"{same}; but retweets aside, {shared}{shorter}{_seconds(seen.times)}", text)
    return not_there(f"retweets aside, {shared}{shorter}{_seconds(seen.times)}")


def _second(times: np.ndarray) -> tuple[object, float]:
    """The second of the minute at which most acts come, and its share."""
    return top(Counter((times // SECOND % 60).tolist()), len(times))


def _seconds(times: np.ndarray) -> str:
    """How the acts are spread over the seconds of a minute; empty where the clock has none, or they are not spread."""
    share = _second(times)[1]
    if clock_of(times) >= 60 * SECOND or share >= REGULAR:
        return ""
    busiest = f"the busiest second of the minute has {share:.0%}{EVENLY}"
    return f", and its posts do not keep to a second of the minute, as a timer's would ({busiest})"


def _alike(seen: Seen) -> tuple[str, str | None] | None:
    """What its accounts write alike although that links none of them, and the commonest text; None without."""
    if "text" not in seen.inputs:
        return None
    ids = [m.id for m in seen.group.accounts]
    own = seen.inputs["text"].events.filter(pl.col("account").is_in(ids))
    used = (
        own.group_by("object")
        .agg(pl.col("account").n_unique().alias("accounts"))
        .filter(pl.col("accounts") > 1)
        .sort("accounts", "object", descending=[True, False])
    )
    if used.is_empty():
        return None
    said = f"{counted(used.height, 'text is', 'texts are')} the same or nearly so in two of its accounts or more"
    commonest = own.filter(object=used["object"][0]).sort("time", "account").row(0, named=True)
    text = seen.text_of(commonest["account"], commonest["time"])
    return f"{said}, the commonest in {used['accounts'][0]} of {len(ids)}", text
