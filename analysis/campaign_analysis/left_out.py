"""Posts whose acts do not count in a layer."""

from __future__ import annotations

import polars as pl

from campaign_analysis.talks import talking


def without(events: pl.DataFrame, posts: pl.DataFrame) -> pl.DataFrame:
    """The events that are not in these posts (account, time)."""
    return events.join(posts, on=["account", "time"], how="anti", maintain_order="left")


def conversations(mentions: pl.DataFrame) -> pl.DataFrame:
    """Posts (account, time) that name somebody who names their author within the hour before or after.

    `mentions`: account, object (the account that is named), time (epoch ms). Who talks with two others names both in
    every post, and so do they: that is an answer, as a reply is, also where the data do not say so.
    """
    return talking(mentions).select("account", "time").unique()
