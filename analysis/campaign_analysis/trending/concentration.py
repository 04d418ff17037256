"""How much of a hashtag few accounts make, and how much is passed on: the figures of a look at who carries it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

BUSIEST = 50
ORGANIC = 12.0  # the coefficient up to which traffic looks organic
FEW = 500  # posts under which the fifty busiest make most of any traffic, and the coefficient says little


@dataclass(frozen=True)
class Concentration:
    """Posts and accounts; share of posts by the 50 busiest; posts an account; share of retweets.

    `ctm` is the coefficient of traffic manipulation: retweets in percent / 10 + share of the 50 busiest in percent +
    posts an account (Nimmo, B. 2019: Measuring Traffic Manipulation on Twitter, Oxford Internet Institute). There,
    organic traffic had 12 or less. It is for thousands of posts: of a few hundred the 50 busiest make most anyway.
    """

    posts: int
    accounts: int
    busiest: float
    posts_per_account: float
    retweets: float

    @property
    def ctm(self) -> float:
        """The coefficient of traffic manipulation."""
        return self.retweets * 10 + self.busiest * 100 + self.posts_per_account

    @property
    def enough(self) -> bool:
        """Whether there are posts enough for the coefficient to say something."""
        return self.posts >= FEW


def concentration(posts: pl.DataFrame) -> Concentration:
    """Of posts (`account`, `kind`), a row each."""
    by = posts["account"].value_counts(sort=True)["count"]
    total, accounts = posts.height, len(by)
    if not total:
        return Concentration(0, 0, 0.0, 0.0, 0.0)
    retweets = posts.filter(pl.col("kind") == "retweet").height
    return Concentration(total, accounts, float(by.head(BUSIEST).sum()) / total, total / accounts, retweets / total)
