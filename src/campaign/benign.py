"""Innocent explanations that the data suggest for a group: each a small function that has a sentence or has none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from campaign_analysis.detect import LayerInput
from campaign_analysis.events import SECOND, clock_of
from campaign_analysis.evidence import co_acting
from campaign_analysis.results import Benign, Group

MOST = 0.6  # share of a group's accounts, or acts, from which something is said of the group
WORD = 4  # letters of a word in names that can tell an owner
WEEK, HOUR = 604_800 * SECOND, 3_600 * SECOND
WEEKS = 3  # in which a group must have met for its meetings to be called weekly
CROWD = 20  # others to each act of the group from which there is a crowd around it
REGULAR = 0.5  # share of acts at the same second of the minute; by chance it is a sixtieth


@dataclass(frozen=True)
class Seen:
    """What there is to see of a group: its members' names (handle and display name), and its acts by layer.

    `acts`: members' acts close to another member's (account, object, time in epoch ms); `around`: how many acts of
    accounts outside the group come within the window on the same object, for each act of the group; `inputs`: all.
    """

    group: Group
    names: Sequence[str]
    acts: dict[str, pl.DataFrame]
    around: float
    inputs: dict[str, LayerInput]

    @property
    def times(self) -> np.ndarray:
        """Times of all the acts, epoch ms."""
        return np.concatenate([frame["time"].to_numpy() for frame in self.acts.values()])


def explanations(group: Group, names: Sequence[str], inputs: Sequence[LayerInput]) -> tuple[Benign, ...]:
    """Those that fit the group, in the order of `FITTING`."""
    ids = [m.id for m in group.accounts]
    speaking = {e.layer for e in group.layers}
    layers = {i.name: i for i in inputs if i.name in speaking}
    acts = {name: co_acting(i.events, ids, min(s.window for s in i.scales)) for name, i in layers.items()}
    acts = {name: frame for name, frame in acts.items() if frame.height}
    if not acts:
        return ()
    seen = Seen(group, names, acts, _around(acts, ids, layers), {i.name: i for i in inputs})
    return tuple(Benign(name, says) for name, fits in FITTING for says in [fits(seen)] if says)


def one_owner(seen: Seen) -> str | None:
    """Most members' names share a word, or most links of the group lead to one site that hardly others link to."""
    words = Counter(w for name in seen.names for w in set(re.findall(rf"[^\W\d_]{{{WORD},}}", name.casefold())))
    word, share = _top(words, len(seen.names))
    if share >= MOST:
        return f"{words[word]} of its {len(seen.names)} accounts have “{word}” in their names"
    site = _own_site(seen)
    return f"most of its links lead to {site}, to which hardly anybody else links" if site else None


def feed(seen: Seen) -> str | None:
    """The same texts or addresses, at a regular second of the minute."""
    copied = [frame["time"].to_numpy() for name, frame in seen.acts.items() if name in ("text", "url", "domain")]
    times = np.concatenate(copied) if copied else np.empty(0, dtype=np.int64)
    if not len(times) or clock_of(times) >= 60 * SECOND:
        return None
    second, share = _top(Counter((times // SECOND % 60).tolist()), len(times))
    return (
        f"{share:.0%} of its copied posts and links come at second {second} of a minute" if share >= REGULAR else None
    )


def weekly_meeting(seen: Seen) -> str | None:
    """A gathering that meets at the same hour of the week, week after week."""
    if seen.group.claim != "gathering":
        return None
    hours = seen.times % WEEK // HOUR
    hour = int(np.bincount(hours).argmax())
    near = np.isin((hours - hour) % 168, (0, 1, 167))  # an hour more on either side: people run late
    weeks = len(np.unique(seen.times[near] // WEEK))
    if weeks < WEEKS or near.mean() < MOST:
        return None
    day = DAYS[hour // 24]
    return f"{near.mean():.0%} of its common acts fall around {day} {hour % 24:02}:00 UTC, in {weeks} weeks"


def second_screen(seen: Seen) -> str | None:
    """A large crowd of others that acts on the same things in the same moments."""
    if seen.around < CROWD:
        return None
    return f"for each of its common acts, {seen.around:,.0f} by others came on the same thing within the same moment"


def fans(seen: Seen) -> str | None:
    """A gathering whose common retweets are mostly of one source."""
    retweets = seen.acts.get("retweet")
    if seen.group.claim != "gathering" or retweets is None or "source" not in retweets.columns:
        return None
    source, share = _top(Counter(retweets["source"].drop_nulls().to_list()), retweets.height)
    return f"{share:.0%} of its common retweets pass on posts of one account ({source})" if share >= MOST else None


# Weeks are counted from Thursday, 1 January 1970.
DAYS = ("Thursdays", "Fridays", "Saturdays", "Sundays", "Mondays", "Tuesdays", "Wednesdays")
FITTING: tuple[tuple[str, Callable[[Seen], str | None]], ...] = (
    ("A common owner", one_owner),
    ("A feed or a share button", feed),
    ("A fan event or a regular chat", weekly_meeting),
    ("Fans of one account", fans),
    ("Second-screen television", second_screen),
)


def _top(counts: Counter[object], of: int) -> tuple[object, float]:
    """What is counted most (the first in order of those), and its share."""
    if not counts or not of:
        return None, 0.0
    top = min(counts, key=lambda value: (-counts[value], str(value)))
    return top, counts[top] / of


def _own_site(seen: Seen) -> str | None:
    links = seen.inputs.get("domain")
    if links is None:
        return None
    ids = [m.id for m in seen.group.accounts]
    mine = links.events.filter(pl.col("account").is_in(ids))
    site, share = _top(Counter(mine["object"].to_list()), mine.height)
    if share < MOST or mine["account"].n_unique() < MOST * len(ids):
        return None
    everybody = links.events.filter(pl.col("object") == site)
    return str(site) if mine.filter(object=site).height >= MOST * everybody.height else None


def _around(acts: dict[str, pl.DataFrame], ids: list[str], layers: dict[str, LayerInput]) -> float:
    """Acts of others within the layer's shortest window on the same object, for each act of the group."""
    others = total = 0
    for name, frame in acts.items():
        window = min(s.window for s in layers[name].scales) * SECOND
        outside = layers[name].events.filter(
            pl.col("object").is_in(frame["object"].unique().implode()), ~pl.col("account").is_in(ids)
        )
        both = pl.concat([outside.select("object", "time"), frame.select("object", "time")])
        codes = both["object"].rank("dense").to_numpy().astype(np.int64)
        begin = int(both["time"].min() or 0)  # type: ignore[arg-type]
        span = int(both["time"].max() or 0) - begin + 2 * window + 2  # type: ignore[arg-type]
        key = codes * span + (both["time"].to_numpy() - begin)
        crowd, own = np.sort(key[: outside.height]), key[outside.height :]
        near = np.searchsorted(crowd, own + window, side="right") - np.searchsorted(crowd, own - window)
        others, total = others + int(near.sum()), total + frame.height
    return others / total
