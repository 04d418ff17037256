"""What ties the crowd's posts to other things: links to stories of the day, pictures, replies, quotes."""

from __future__ import annotations

from typing import Literal

import numpy as np
import polars as pl

from campaign_analysis.simulation.everyday import as_lists, some
from campaign_analysis.simulation.language import images
from campaign_analysis.simulation.world import DAY

SITES, STORIES = 200, 40  # sites, and stories of each of them a day
PICTURES = 2000  # that people pass around


def linked(rng: np.random.Generator, posts: pl.DataFrame, share: float) -> pl.DataFrame:
    """A share of the posts with a link to a story of their day; few sites and stories have most of the links."""
    site, story = (_zipf(rng, count, posts.height) for count in (SITES, STORIES))
    link = posts.select(
        pl.format("https://www.site{}.example/{}/{}", pl.Series(site), pl.col("time") // DAY, pl.Series(story))
    ).to_series()
    links = as_lists(link.zip_with(some(rng, posts.height, share), link.clear(posts.height)))
    return posts.with_columns(urls=links)


def illustrated(rng: np.random.Generator, posts: pl.DataFrame, share: float) -> pl.DataFrame:
    """A share of the posts with a picture; a few pictures are everywhere."""
    shown = images(0, PICTURES).gather(_zipf(rng, PICTURES, posts.height))
    return posts.with_columns(
        images=as_lists(shown.zip_with(some(rng, posts.height, share), shown.clear(posts.height)))
    )


def _zipf(rng: np.random.Generator, ranks: int, count: int) -> pl.Series:
    weight = 1 / np.arange(1, ranks + 1)
    return pl.Series(rng.choice(ranks, count, p=weight / weight.sum()))


def referring(
    rng: np.random.Generator, posts: pl.DataFrame, column: Literal["reply_to", "quote_of"], share: float
) -> pl.DataFrame:
    """About a share of the posts reply to or quote an earlier one of somebody else; some are answered by many.

    A reply mentions whom it answers.
    """
    fame = np.cumsum(rng.lognormal(0, 2, posts.height))
    count = int(share * posts.height)
    one, other = rng.integers(0, posts.height, count), np.searchsorted(fame, rng.random(count) * fame[-1:])
    time, account = posts.get_column("time").to_numpy(), posts.get_column("account")
    later, earlier = np.where(time[one] >= time[other], (one, other), (other, one))
    found = pl.DataFrame({"row": later, column: earlier, "author": account.gather(earlier)})
    found = found.filter(account.gather(later) != account.gather(earlier)).unique("row", keep="first")
    rows = posts.drop(column).with_columns(row=pl.int_range(pl.len()))
    joined = rows.join(found, on="row", how="left", maintain_order="left")
    if column == "reply_to":
        named = pl.concat_list(pl.concat_list("author").list.drop_nulls(), "mentions").list.unique(maintain_order=True)
        joined = joined.with_columns(mentions=named)
    return joined.select(posts.columns)
