"""Groups that act together: who takes part in which action, and the truth about it. Guilty worlds are made of this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from campaign_analysis.errors import AnalysisError
from campaign_analysis.simulation.everyday import (
    as_lists,
    chatter,
    day_times,
    draft,
    everyday_tags,
    keys,
    newcomers,
    passers_by,
    some,
)
from campaign_analysis.simulation.language import disguised, hashtags, sentences
from campaign_analysis.simulation.parameters import Several, Share, Some
from campaign_analysis.simulation.world import DAY, HOUR, TRUTH, Setting, World, nobody, together

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

POPULAR = (10, 100)  # ranks of the popular hashtags that groups push; rare ones are of the last nine tenths
FEWEST_ACTIONS = 2  # a member that acted less often with others cannot be told from a passer-by


@dataclass(frozen=True, kw_only=True)
class Planted(Setting):
    """`groups` of accounts that act `actions` times each, within `window` seconds.

    Group by group the size is the next of `size`, the share of members who turn up the next of `turnout`. Members also
    write `chatter` everyday posts each, and a share `fresh` of them was made within three days.
    """

    groups: Some = 4
    size: tuple[Several, ...] = (25,)
    actions: Some = 12
    turnout: tuple[Share, ...] = (0.9, 0.7, 0.5, 0.35)
    window: Some = 60
    fresh: Share = 0.3
    chatter: int = 10


@dataclass(frozen=True, kw_only=True)
class Pushing(Planted):
    """As in Planted; a group pushes `tags` hashtags in turn, of this `popularity`.

    A share `pasted` of its texts are disguised slogans. `joining` strangers take up the hashtag within the hour after
    each action.
    """

    tags: Some = 1
    popularity: Literal["rare", "popular"] = "rare"
    pasted: Share = 0.0
    joining: int = 5


@dataclass(frozen=True)
class Group:
    """One planted group: its members' keys, and who takes part in which action (actions x members)."""

    name: str
    kind: str
    members: pl.Series
    attends: Bools

    @property
    def acts(self) -> tuple[Ints, Ints]:
        """Action and member of each act."""
        action, member = np.nonzero(self.attends)
        return action, member

    @property
    def actors(self) -> pl.Series:
        """Who acts, act by act."""
        return self.members.gather(self.acts[1])

    def truth(self) -> pl.DataFrame:
        """A row of truth for each member. Who turned up alone has not acted with its group."""
        company = self.attends & (self.attends.sum(axis=1) > 1)[:, None]
        return pl.DataFrame(
            {
                "account": self.members,
                "group": pl.repeat(self.name, len(self.members), eager=True),
                "kind": pl.repeat(self.kind, len(self.members), eager=True),
                "guilty": pl.repeat(True, len(self.members), eager=True),
                "core": company.sum(axis=0) >= FEWEST_ACTIONS,
                "turnout": self.attends.mean(axis=0),
            },
            schema=TRUTH,
        )


def group(rng: np.random.Generator, parameters: Planted, kind: str, number: int) -> Group:
    """A world's group of this number, with who takes part in which of its actions."""
    members = keys(f"{kind}-{number}", parameters.size[number % len(parameters.size)])
    return Group(f"{kind}-{number}", kind, members, attendance(rng, parameters, number, len(members)))


def attendance(rng: np.random.Generator, parameters: Planted, number: int, size: int) -> Bools:
    """Who of `size` members takes part in which action (actions x members) of the group of this number."""
    share = parameters.turnout[number % len(parameters.turnout)]
    return np.asarray(rng.random((parameters.actions, size)) < share)


def moments(rng: np.random.Generator, parameters: Planted) -> Ints:
    """When the actions begin: at any time of the day's rhythm."""
    return np.minimum(day_times(rng, parameters, parameters.actions), latest(parameters))


def latest(parameters: Planted) -> int:
    """The last moment at which an action can begin and still have an hour to be taken up."""
    return max(parameters.begins, parameters.ends - HOUR - parameters.window)


def pushed_tags(rng: np.random.Generator, parameters: Pushing) -> pl.Series:
    """The hashtag of each action: `tags` different ones in turn."""
    rare = (parameters.hashtags // 10, parameters.hashtags)
    lowest, highest = POPULAR if parameters.popularity == "popular" else rare
    if parameters.hashtags < POPULAR[1] or highest - lowest < parameters.tags:
        raise AnalysisError(f"no {parameters.tags} {parameters.popularity} hashtags among {parameters.hashtags}")
    ranks = lowest + rng.choice(highest - lowest, parameters.tags, replace=False)
    return hashtags(parameters.hashtags).gather(ranks).gather(np.arange(parameters.actions) % parameters.tags)


def earlier(rng: np.random.Generator, parameters: Planted, told: Ints, age: int) -> Ints:
    """When the posts came out that a group is told of at these moments: up to `age` seconds before, any age alike."""
    return np.asarray(np.maximum(told - rng.integers(0, age + 1, len(told)), parameters.begins), dtype=np.int64)


def push(
    rng: np.random.Generator,
    parameters: Planted,
    group: Group,
    starts: Ints,
    tags: pl.Series | None = None,
    bodies: pl.Series | None = None,
    late: Ints | None = None,
) -> pl.DataFrame:
    """The acts of a group, as DRAFT, some time after the action's start.

    `tags`: each action's hashtag, or list of them; each act has everyday ones if not given. `bodies` (the members'
    own words if not given) and `late` (seconds; any time of the window) go act by act.
    """
    action, _ = group.acts
    wait = rng.integers(0, parameters.window, len(action)) if late is None else late
    words = sentences(rng, len(action)) if bodies is None else bodies
    lists = everyday_tags(rng, parameters, len(action)) if tags is None else _lists(tags).gather(action)
    return draft(group.actors, np.minimum(starts[action] + wait, parameters.ends - 1), words, lists)


def pushed(rng: np.random.Generator, parameters: Pushing, group: Group, starts: Ints, tags: pl.Series) -> pl.DataFrame:
    """The acts of a group that pushes `tags` action by action, some texts pasted, and of the strangers who follow."""
    texts = pasted_texts(rng, len(group.actors), parameters.pasted)
    acts = push(rng, parameters, group, starts, tags, texts)
    return pl.concat([acts, taken_up(rng, parameters, starts, tags)])


def _lists(tags: pl.Series) -> pl.Series:
    return tags if isinstance(tags.dtype, pl.List) else as_lists(tags)


def lateness(rng: np.random.Generator, parameters: Planted, median: float, count: int) -> Ints:
    """Seconds after which people get round to it: log-normal with this median, never more than the window."""
    late = rng.lognormal(np.log(median), 0.8, count).astype(np.int64)
    return np.asarray(np.minimum(late, parameters.window - 1), dtype=np.int64)


def taken_up(rng: np.random.Generator, parameters: Pushing, starts: Ints, tags: pl.Series) -> pl.DataFrame:
    """Strangers who use an action's hashtag, or list of them, within the hour after it, as DRAFT."""
    action = np.repeat(np.arange(len(starts)), parameters.joining)
    times = starts[action] + rng.integers(parameters.window, parameters.window + HOUR, len(action))
    times = np.minimum(times, parameters.ends - 1)
    who = passers_by(rng, parameters, len(action))
    return draft(who, times, sentences(rng, len(action)), _lists(tags).gather(action))


def pasted_texts(rng: np.random.Generator, count: int, share: float) -> pl.Series:
    """Texts, a share of them slogans out of six, as pasted by people who avoid exact duplicates."""
    slogans = disguised(rng, sentences(rng, 6).gather(rng.integers(0, 6, count)))
    return slogans.zip_with(some(rng, count, share), sentences(rng, count))


def planted(rng: np.random.Generator, parameters: Planted, groups: Sequence[Group], *acts: pl.DataFrame) -> World:
    """A world of groups and their acts (rows that acts refer to are counted from the first): chatter and truth added.

    An account in several groups is made once, and told of once for each.
    """
    names = pl.concat([group.members for group in groups]).unique(maintain_order=True)
    truth = pl.concat([group.truth() for group in groups])
    spoken = World(chatter(rng, parameters, names, parameters.chatter), nobody(), truth.clear())
    return together([World(pl.concat(acts), recruits(rng, parameters, names, parameters.fresh), truth), spoken])


def pushing(rng: np.random.Generator, parameters: Pushing, kind: str, number: int, starts: Ints) -> World:
    """A group that pushes its hashtags in actions that begin at `starts`, and the strangers who take them up."""
    ring, tags = group(rng, parameters, kind, number), pushed_tags(rng, parameters)
    return planted(rng, parameters, [ring], pushed(rng, parameters, ring, starts, tags))


def sharing(
    rng: np.random.Generator,
    parameters: Planted,
    kind: str,
    number: int,
    column: Literal["urls", "images", "mentions"],
    objects: pl.Series,
) -> World:
    """A group whose posts have nothing in common but the object of each action, in this column of DRAFT."""
    ring = group(rng, parameters, kind, number)
    shared = as_lists(objects).gather(ring.acts[0])
    acts = push(rng, parameters, ring, moments(rng, parameters))
    return planted(rng, parameters, [ring], acts.with_columns(shared.alias(column)))


def recruits(rng: np.random.Generator, setting: Setting, names: pl.Series, fresh: float) -> pl.DataFrame:
    """Accounts of a group, a share of which was made within the same three days of the year before."""
    accounts = newcomers(rng, setting, names)
    factory = setting.begins - int(rng.integers(30, 400)) * DAY
    made = factory + rng.integers(0, 3 * DAY, len(names))
    return accounts.with_columns(
        created_at=pl.Series(made).zip_with(some(rng, len(names), fresh), accounts["created_at"])
    )
