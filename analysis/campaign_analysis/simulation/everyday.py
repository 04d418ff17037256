"""What invented people do when nothing is going on. Worlds add their own events to this."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from campaign_analysis.simulation.language import hashtags, sentences
from campaign_analysis.simulation.world import ACCOUNTS, DAY, DRAFT, REFERENCES, Setting

Ints = npt.NDArray[np.int64]

ACTIVITY_SPREAD = 1.2  # standard deviation of log activity
READING_SPREAD = 1.5  # standard deviation of the log of how soon people take up what has come out
MENTIONING = 0.2  # share of posts that mention somebody
GO_WITH, POPULAR = 8, 100  # hashtags that people put beside another, out of so many that are used most
OLDEST = 12 * 365 * DAY  # age of the oldest accounts at the start, seconds


def crowd_names(setting: Setting) -> pl.Series:
    """Keys of the crowd's accounts, from which any world may borrow."""
    return keys("crowd", setting.crowd)


def keys(group: str, count: int) -> pl.Series:
    """Keys of the `count` members of a group."""
    return pl.select(pl.format(f"{group}-{{}}", pl.int_range(count))).to_series()


def some(rng: np.random.Generator, count: int, share: float) -> pl.Series:
    """True for a random share of `count` rows."""
    return pl.Series(rng.random(count) < share, dtype=pl.Boolean)


def passers_by(rng: np.random.Generator, setting: Setting, count: int) -> pl.Series:
    """`count` accounts of the crowd, any of them, some more than once."""
    return crowd_names(setting).gather(rng.integers(0, setting.crowd, count))


def newcomers(rng: np.random.Generator, setting: Setting, names: pl.Series) -> pl.DataFrame:
    """Accounts made at any time of the last years before the start, with log-normal numbers of followers."""
    count = len(names)
    age = (OLDEST * rng.beta(1.2, 1.8, count)).astype(np.int64) + DAY
    followers = rng.lognormal(4.5, 1.6, count).astype(np.int64)
    return pl.DataFrame({"account": names, "created_at": setting.begins - age, "followers": followers}, schema=ACCOUNTS)


def busy(rng: np.random.Generator, count: int, posts: int) -> Ints:
    """Who writes each of `posts` posts: numbers below `count`, by log-normal activity."""
    activity = rng.lognormal(0, ACTIVITY_SPREAD, count)
    return np.asarray(rng.choice(count, posts, p=activity / activity.sum()), dtype=np.int64)


def day_times(rng: np.random.Generator, setting: Setting, count: int) -> Ints:
    """`count` moments (epoch seconds) in the day's rhythm: quiet before dawn, busy in the evening."""
    hours = 1 + 0.8 * np.cos((np.arange(24) - 19) / 24 * 2 * np.pi)
    hour = rng.choice(24, count, p=hours / hours.sum())
    days = rng.integers(0, setting.days, count)
    return np.asarray(setting.begins + days * DAY + hour * 3600 + rng.integers(0, 3600, count), dtype=np.int64)


def everyday_tags(rng: np.random.Generator, setting: Setting, count: int) -> pl.Series:
    """One to three different hashtags for each of `count` posts, popular ones more often (Zipf's law)."""
    names = hashtags(setting.hashtags)
    weight = 1 / np.arange(1, setting.hashtags + 1)
    rank = rng.choice(setting.hashtags, (count, 3), p=weight / weight.sum())
    many = rng.choice([1, 2, 3], count, p=[0.6, 0.3, 0.1])
    columns = []
    for i in range(3):
        used = (many > i) & ~(rank[:, :i] == rank[:, i : i + 1]).any(axis=1)
        columns.append(names.gather(rank[:, i]).zip_with(pl.Series(used), names.clear(count)).alias(str(i)))
    return pl.DataFrame(columns).select(pl.concat_list(pl.all()).list.drop_nulls()).to_series()


def lists_of(rng: np.random.Generator, hashtags: pl.Series, count: int, length: int) -> pl.Series:
    """For each of `count` posts so many of these hashtags, any of them, in any order."""
    chosen = rng.random((count, len(hashtags))).argsort(axis=1)[:, :length]
    columns = [hashtags.gather(chosen[:, i]).alias(str(i)) for i in range(chosen.shape[1])]
    return pl.DataFrame(columns).select(pl.concat_list(pl.all())).to_series()


def with_others(rng: np.random.Generator, setting: Setting, tag: str, count: int, beside: int) -> pl.Series | str:
    """One hashtag in each of `count` posts, and so many out of GO_WITH that go with it, in any order."""
    if not beside:
        return tag
    ranks = rng.choice(min(POPULAR, setting.hashtags), min(GO_WITH, setting.hashtags), replace=False)
    others = lists_of(rng, hashtags(setting.hashtags).gather(ranks), count, beside)
    frame = pl.DataFrame({"tag": pl.repeat(tag, count, eager=True), "others": others})
    return frame.select(pl.concat_list("others", "tag")).to_series()


def everyday_mentions(rng: np.random.Generator, setting: Setting, count: int) -> pl.Series:
    """For each of `count` posts the crowd's account that it mentions, if any: a few are mentioned by many."""
    weight = 1 / (np.arange(setting.crowd) + 20.0)
    whom = crowd_names(setting).gather(rng.choice(setting.crowd, count, p=weight / weight.sum()))
    return as_lists(whom.zip_with(some(rng, count, MENTIONING), whom.clear(count)))


def as_lists(values: pl.Series) -> pl.Series:
    """Each value as a list of one, a null as an empty list."""
    return pl.DataFrame({"x": values}).select(pl.concat_list("x").list.drop_nulls()).to_series()


def draft(
    accounts: pl.Series,
    times: Ints,
    bodies: pl.Series,
    tags: pl.Series | str,
    mentions: pl.Series | None = None,
    urls: pl.Series | None = None,
    images: pl.Series | None = None,
) -> pl.DataFrame:
    """Original posts as DRAFT; one tag for all of them, or a list for each; lists of what else is in a post."""
    count = len(accounts)
    none, nothing = as_lists(bodies.clear(count)), pl.Series([], dtype=pl.Int64).clear(count)
    return pl.DataFrame(
        {
            "account": accounts,
            "time": times,
            "body": bodies,
            "tags": as_lists(pl.repeat(tags, count, eager=True)) if isinstance(tags, str) else tags,
            "mentions": none if mentions is None else mentions,
            "urls": none if urls is None else urls,
            "images": none if images is None else images,
            **dict.fromkeys(REFERENCES, nothing),
        },
        schema=DRAFT,
    )


def later(rng: np.random.Generator, minutes: float, count: int, spread: float = READING_SPREAD) -> Ints:
    """Seconds after something came out until people take it up: log-normal, with this median."""
    return 1 + rng.lognormal(np.log(60 * minutes), spread, count).astype(np.int64)


def retweets(originals: pl.DataFrame, rows: Ints, accounts: pl.Series, times: Ints) -> pl.DataFrame:
    """Retweets by `accounts` at `times` of `rows` of `originals`, as DRAFT, to be appended to those."""
    tags = originals.get_column("tags").gather(rows)
    return draft(accounts, times, accounts.clear(len(rows)), tags).with_columns(
        retweet_of=pl.Series(rows, dtype=pl.Int64)
    )


def everyday(rng: np.random.Generator, setting: Setting, accounts: pl.Series) -> pl.DataFrame:
    """One everyday post for each entry of `accounts`, as DRAFT."""
    count = len(accounts)
    return draft(
        accounts,
        day_times(rng, setting, count),
        sentences(rng, count),
        everyday_tags(rng, setting, count),
        everyday_mentions(rng, setting, count),
    )


def chatter(rng: np.random.Generator, setting: Setting, accounts: pl.Series, each: int) -> pl.DataFrame:
    """So many everyday posts of each of the accounts, as DRAFT."""
    return everyday(rng, setting, accounts.gather(np.repeat(np.arange(len(accounts)), each)))
