"""Innocent explanations of a group: each a small function that says what in the data speaks for it or against it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from campaign_analysis.detect import LayerInput
from campaign_analysis.events import SECOND
from campaign_analysis.evidence import co_acting
from campaign_analysis.firsts import first_actors
from campaign_analysis.results import Benign, Group

from campaign.benign_copies import feed
from campaign.benign_seen import MOST, Clue, Seen, TextOf, fits, not_enough, not_in_step, not_there, top, untested
from campaign.benign_times import HOUR, same_times, timetable, weekly_meeting
from campaign.reporting.numbers import percent
from campaign.words import counted

WORD = 4  # letters of a word in names that can tell an owner
FEW_THINGS, FEW_ACCOUNTS = 10, 5  # things, each on a day, and accounts, from which it is said who was first
LARGE = 0.25  # share of all accounts from which few are left to compare the group with
CROWD = 20  # others to each act of the group from which there is a crowd around it
TEN = 10  # acts of the group of which it is told how many others are around them: most often whole numbers
TAKEN_UP = ("retweet", "quote", "reply")  # those whose things are posts


@dataclass(frozen=True)
class Explanations:
    """Those that fit a group, those that were looked for and are not there or not enough, and those that could not be
    looked for; each in the order of `LOOKED_FOR`. `own_share`: of the acts around those of its meetings, on the same
    thing in the same moment, the share that is by its accounts.
    """

    fitting: tuple[Benign, ...] = ()
    against: tuple[Benign, ...] = ()
    untested: tuple[Benign, ...] = ()
    own_share: float | None = None


def _no_text(_: str, __: int) -> str | None:
    return None


def explanations(
    group: Group,
    names: Sequence[str],
    inputs: Sequence[LayerInput],
    own: Sequence[LayerInput] | None = None,
    text_of: TextOf = _no_text,
) -> Explanations:
    """What speaks for each innocent explanation of a group, or against it, or why the data cannot tell.

    `own`: of the inputs, the members' events or some more, where they are at hand; `text_of` reads a text.
    """
    ids = [m.id for m in group.accounts]
    speaking = {e.layer for e in group.layers}
    layers = {i.name: i for i in inputs if i.name in speaking}
    members = {i.name: i.events for i in own or inputs}
    met = {name: found for name, i in layers.items() if (found := _met(members[name], ids, i))}
    if not met:
        return Explanations()
    acts = {name: frame for name, (_, frame) in met.items()}
    others, inside = _around(met, ids, layers)
    seen = Seen(group, names, acts, others, {i.name: i for i in inputs}, text_of)
    clues = [(name, look(seen)) for name, look in LOOKED_FOR]
    told = [Benign(name, clue.seen, clue.verdict, clue.text) for name, clue in clues]
    parts = (("fits",), ("there, but not enough", "looked for, not there"), ("could not be looked for",))
    fitting, against, untested_ = (tuple(b for b in told if b.verdict in part) for part in parts)
    own_share = inside / (inside + others) if inside + others else None
    return Explanations(fitting, against, untested_, own_share)


def one_owner(seen: Seen) -> Clue:
    """Most members' names share a word, or most links of the group lead to one site that hardly others link to.

    It is not there where both were compared: what one of them alone does not show the other may.
    """
    if _one_on_each(seen):
        return fits("all its accounts have one handle, each on another platform: one owner who posts the same on each")
    words = Counter(w for name in seen.names for w in set(re.findall(rf"[^\W\d_]{{{WORD},}}", name.casefold())))
    word, share = top(words, len(seen.names))
    number = words[word] if word else 0
    if share >= MOST:
        return fits(f"{number} of its {len(seen.names)} accounts have “{word}” in their names")
    common = f"no word is in more than {number}" if number > 1 else "no word is in more than one"
    names, site = f"{common} of its {len(seen.names)} names", _site(seen)
    if site.verdict == "fits":
        return site
    named = sum(bool(name.strip()) for name in seen.names)
    if named < MOST * len(seen.names):
        few = f"only {named} of its {len(seen.names)} names are known" if named else "names are not known"
        alone = f"not there in links ({site.seen}), and names tell too little: {few}"
        return untested(f"{few}, and {site.seen}" if site.verdict == "could not be looked for" else alone)
    if site.verdict == "could not be looked for":
        return untested(f"not there in names ({names}), and links tell too little: {site.seen}")
    return not_there(f"{names}, and {site.seen}")


def fans(seen: Seen) -> Clue:
    """A group whose common retweets are mostly of one source; unknown where sources are. Nobody is in step by that."""
    retweets = seen.acts.get("retweet")
    if "retweet" not in seen.inputs:
        return untested("this search did not look at retweets, or there are none")
    if retweets is None:
        return not_there("none of its pairs is linked by retweets")
    sources = retweets["source"].drop_nulls().to_list() if "source" in retweets.columns else []
    if not sources:
        return untested("these data do not say whose posts are retweeted")
    source, share = top(Counter(map(str, sources)), retweets.height)
    handles = {key: t.handle for t in seen.group.targets if t.handle for key in (t.id, t.handle.casefold())}
    label = f"@{handles[source]}" if source in handles else source
    untold = 1 - len(sources) / retweets.height
    if share < MOST <= share + untold:
        return untested(f"of {untold:.0%} of its common retweets these data do not say whose posts they pass on")
    if share < MOST:
        return not_there(f"no account wrote more than {share:.0%} of what its accounts retweet together")
    return not_in_step(seen, f"{share:.0%} of its common retweets pass on posts of one account ({label})")


def readers(seen: Seen) -> Clue:
    """A group that passes on, quotes or answers what is new; unknown where the posts' times are. Nobody is in step by
    that.
    """
    taken = [frame for name, frame in seen.acts.items() if name in TAKEN_UP]
    if not any(name in seen.inputs for name in TAKEN_UP):
        return untested("this search did not look at retweets, quotes or answers, or there are none")
    if not taken:
        return not_there("none of its pairs is linked by retweets, quotes or answers")
    born = [frame.select("time", "born").drop_nulls() for frame in taken if "born" in frame.columns]
    ages = np.concatenate([(frame["time"] - frame["born"]).to_numpy() for frame in born] or [np.empty(0)])
    if not len(ages):
        return untested("these data do not say when the posts came out that it passes on, quotes or answers")
    share = float(np.mean(ages <= HOUR))
    what = f"{share:.0%} of what it passes on, quotes or answers together had come out within the hour before"
    return not_in_step(seen, what) if share >= MOST else not_there(what)


def friends_who_talk(seen: Seen) -> Clue:
    """A group whose posts, where they meet, are mostly of talks among its members; unknown where nobody talks.

    Nobody is in step by that.
    """
    ids = [m.id for m in seen.group.accounts]
    talks = next((i.talks for i in seen.inputs.values() if i.talks is not None), None)
    if talks is None:
        return untested("this search looked at no behaviour for which it asks who names or answers whom")
    if talks.is_empty():
        return untested("in these data nobody names or answers anybody")
    inside = talks.filter(pl.col("account").is_in(ids), pl.col("other").is_in(ids))
    acts = pl.concat([frame.select("account", "time") for frame in seen.acts.values()]).unique()
    share = acts.join(inside, on=["account", "time"], how="semi").height / acts.height
    what = f"{share:.0%} of the posts of its meetings are of talks with another of its accounts"
    return not_in_step(seen, what) if share >= MOST else not_there(what)


def followers_of_one(seen: Seen) -> Clue:
    """One account, of the group or not, is nearly always first on what the group meets on: others react to it."""
    firsts = [one for name, frame in seen.acts.items() for one in first_actors(seen.inputs[name].acts, frame)]
    first, share = top(Counter(firsts), len(firsts))
    if len(firsts) < FEW_THINGS or len(seen.group.accounts) < FEW_ACCOUNTS:
        known = f"of {counted(len(firsts), 'thing')} that it met on, each on a day, it is known who alone was first"
        has = f"it has {counted(len(seen.group.accounts), 'account')}, and {known}"
        return untested(f"{has}; it takes {FEW_ACCOUNTS} accounts and {FEW_THINGS} such things to tell")
    if share < MOST:
        return not_there(f"no account is the first of the day on more than {share:.0%} of the things it meets on")
    label = next((f"@{m.handle}" for m in seen.group.accounts if m.id == first and m.handle), first)
    what = f"one account ({label}) is the first of the day on {share:.0%} of the things it meets on"
    return fits(f"{what}: the others may react to what it posts")


def second_screen(seen: Seen) -> Clue:
    """A large crowd of others that acts on the same things in the same moments."""
    number = round(TEN * seen.around)
    others = f"are about {number:,}" if number else "are hardly any" if seen.around else "are none"
    if number == 1:
        others = "is about 1"
    # One by one: an outsider's post that is near two of the group's counts for both.
    what = (
        f"beside {TEN} posts of its meetings, looked at one by one, there {others} by outsiders on the same thing in "
        "the same moment"
    )
    if seen.around >= CROWD:
        return fits(what)
    bar = f"it would be called an audience from {TEN * CROWD} on, a bar set by hand"
    if seen.around >= CROWD / 2:
        return not_enough(f"{what}, nearly an audience: {bar}")
    return not_there(f"{what}; {bar}")


def collected_audience(seen: Seen) -> Clue:
    """A group that is a large part of the data: an audience looks so where only what it followed was collected."""
    acting = {n: i.acts.accounts if i.population is None else i.population for n, i in seen.inputs.items()}
    layer = max(sorted(acting), key=lambda name: len(acting[name]))  # that most act in
    everybody = len(acting[layer])
    own = int(acting[layer].is_in([m.id for m in seen.group.accounts]).sum())
    share = own / everybody
    part = "under 1%" if share < 0.01 else f"{share:.0%}"
    who = "its accounts" if own == len(seen.group.accounts) else f"{own:,} of its {len(seen.group.accounts):,} accounts"
    what = f"{who} are {part} of the {everybody:,} looked at by {layer}, the behaviour that most accounts show"
    if share >= LARGE:
        return fits(f"{what}, which leaves few to compare them with: load what others posted in that time")
    return not_there(f"{what}: the others are there to compare them with")


LOOKED_FOR: tuple[tuple[str, Callable[[Seen], Clue]], ...] = (
    ("A common owner", one_owner),
    ("A feed or a share button", feed),
    ("A fan event or a regular chat", weekly_meeting),
    ("Planning tools, or a habit of the day", same_times),
    ("A timetable of the week, or times that move with the sun", timetable),
    ("A fan circle of one account", fans),
    ("Readers of the same, who take up what is new", readers),
    ("Friends who talk to each other", friends_who_talk),
    ("People who react to one account", followers_of_one),
    ("Second-screen television", second_screen),
    ("An audience whose subject alone was collected", collected_audience),
)


def _one_on_each(seen: Seen) -> bool:
    """Whether the accounts have the same handle, each on a platform of its own (which stands first in an id)."""
    accounts = seen.group.accounts
    handles = {(m.handle or "").casefold() for m in accounts}
    return len(handles) == 1 and handles != {""} and len({m.id.partition(":")[0] for m in accounts}) == len(accounts)


def _site(seen: Seen) -> Clue:
    """Whether most of the group's links lead to one site that hardly others link to; unknown where few post links."""
    links, ids = seen.inputs.get("domain"), [m.id for m in seen.group.accounts]
    mine = links.events.filter(pl.col("account").is_in(ids)) if links else pl.DataFrame()
    if links is None:
        return untested("this search did not look at links, or there are none")
    if mine.is_empty():
        return untested("it links to no site")
    site, share = top(Counter(mine["object"].to_list()), mine.height)
    linking = mine["account"].n_unique()
    if linking < MOST * len(ids):
        few = f"only {linking} of its {len(ids)} accounts post links, too few to tell an owner"
        return untested(f"{few} ({share:.0%} lead to {site})")
    if share < MOST:
        return not_there(f"no site has more than {share:.0%} of its links")
    everybody = links.events.filter(pl.col("object") == site)
    own = mine.filter(object=site).height / everybody.height
    if own < MOST:
        theirs = f"{share:.0%} of its links lead to {site}, but {percent(1 - own)} of all links there are by others"
        return not_there(f"{theirs}: a site to which others link as well tells no owner")
    return fits(f"most of its links lead to {site}, to which hardly anybody else links")


Met = tuple[int, pl.DataFrame]  # a window in seconds, and acts of a group's accounts that are so near each other


def _met(events: pl.DataFrame, ids: list[str], layer: LayerInput) -> Met | None:
    """Members' acts close to another member's, within the shortest of the layer's windows in which there are any."""
    for window in sorted({s.window for s in layer.scales}):
        acts = co_acting(events, ids, window)
        if acts.height:
            return window, acts
    return None


def _around(met: dict[str, Met], ids: list[str], layers: dict[str, LayerInput]) -> tuple[float, float]:
    """Acts within the window on the same object, for each act of the group: of others, and of the group besides it."""
    others = inside = total = 0
    for name, (seconds, frame) in met.items():
        window = seconds * SECOND
        outside = layers[name].events.filter(
            pl.col("object").is_in(frame["object"].unique().implode()), ~pl.col("account").is_in(ids)
        )
        both = pl.concat([outside.select("object", "time"), frame.select("object", "time")])
        codes = both["object"].rank("dense").to_numpy().astype(np.int64)
        begin = int(both["time"].min() or 0)  # type: ignore[arg-type]
        span = int(both["time"].max() or 0) - begin + 2 * window + 2  # type: ignore[arg-type]
        key = codes * span + (both["time"].to_numpy() - begin)
        crowd, own = np.sort(key[: outside.height]), key[outside.height :]
        near, near_own = (
            np.searchsorted(keys, own + window, side="right") - np.searchsorted(keys, own - window)
            for keys in (crowd, np.sort(own))
        )
        others, inside = others + int(near.sum()), inside + int(near_own.sum()) - frame.height
        total += frame.height
    return others / total, inside / total
