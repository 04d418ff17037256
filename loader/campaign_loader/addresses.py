"""Addresses that posts link to, and the sites they belong to."""

from __future__ import annotations

import polars as pl

from campaign_loader.tables import URLS, conform

HOST = r"^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]+)"
# Hosts that stand in for the site a link leads to: everybody's links have them, so they say nothing.
SHORTENERS = (
    "t.co", "bit.ly", "buff.ly", "dlvr.it", "fb.me", "goo.gl", "ift.tt", "is.gd", "j.mp", "ow.ly", "shar.es",
    "tinyurl.com", "trib.al", "wp.me", "lnkd.in",
)  # fmt: skip


def of(good: pl.DataFrame) -> pl.DataFrame:
    """The addresses of posts with their sites (URLS), each pair of post and address once.

    The site is the address's host. A column of sites is asked where the address has none, or a shortener's; a post
    for which it gives a site and no address links to `//site`.
    """
    sites = "domains" in good.columns
    given = _bare(pl.when(pl.col("domains").list.len() == 1).then(pl.col("domains").list.first())) if sites else None
    frame = good.select(post="id", url="urls", given=given).explode("url")
    frame = frame.filter(pl.col("url").is_not_null() & (pl.col("url") != ""))
    host = _bare(pl.col("url").str.extract(HOST))
    known = frame.with_columns(domain=pl.coalesce(pl.when(~host.is_in(SHORTENERS)).then(host), "given"))
    both = [conform(known, URLS), *([_sites_alone(good)] if sites else [])]
    return pl.concat(both).unique(["post", "url"], keep="first", maintain_order=True)


def _sites_alone(good: pl.DataFrame) -> pl.DataFrame:
    without = good.filter(pl.col("urls").list.len().fill_null(0) == 0)
    frame = without.select(post="id", domain="domains").explode("domain").filter(pl.col("domain") != "")
    return conform(frame.with_columns(_bare(pl.col("domain"))).with_columns(url="//" + pl.col("domain")), URLS)


def _bare(host: pl.Expr) -> pl.Expr:
    return host.str.to_lowercase().str.strip_prefix("www.")
