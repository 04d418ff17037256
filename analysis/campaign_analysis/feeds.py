"""Whose what is posted is: the site that posts link to is the source of their texts, hashtags and images too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from campaign_analysis.layer_input import LayerInput
from campaign_analysis.left_out import without

LINKS = "url"  # the layer whose sources are sites
MOSTLY = 0.9  # of an object's acts are in posts that link to one site: the object is that site's


def with_sites(layers: Sequence[LayerInput], links: pl.DataFrame | None = None) -> list[LayerInput]:
    """The layers, with the site as the source of objects that nearly only posts with links to it have.

    Newsrooms, feed bots and readers who press a site's share button post its headlines, tags and pictures with its
    links: that is one interest (sources.py), whichever of these one looks at. Layers that yield leave what is in posts
    with an address that others posted as well to the layer of links, so that one post is not two proofs.
    `links`: events of the layer of links (account, object, time, source), where it is not among the layers. Acts are
    told by account and time. Layers that know sources of their own stay as they are.
    """
    if links is None:
        links = next((i.events for i in layers if i.name == LINKS and "source" in i.events.columns), None)
    if links is None or links.is_empty():
        return list(layers)
    site = links.drop_nulls("source").group_by("account", "time").agg(site=pl.col("source").min())
    shared = posts_with_shared_links(links)
    return [i if "source" in i.events.columns else _with_sites(_yielding(i, shared), site) for i in layers]


def posts_with_shared_links(links: pl.DataFrame) -> pl.DataFrame:
    """Account and time of posts with an address that another account posted as well."""
    by_several = links.group_by("object").agg(pl.col("account").n_unique()).filter(pl.col("account") > 1)
    return links.join(by_several.select("object"), on="object", how="semi").select("account", "time").unique()


def _yielding(layer: LayerInput, shared: pl.DataFrame) -> LayerInput:
    if not layer.yields:
        return layer
    could_act = layer.events["account"].unique() if layer.population is None else layer.population
    return replace(layer, events=without(layer.events, shared), population=could_act)


def _with_sites(layer: LayerInput, site: pl.DataFrame) -> LayerInput:
    events = layer.events
    by_site = events.join(site, on=["account", "time"]).group_by("object", "site").agg(linked=pl.len())
    acts = events.group_by("object").agg(acts=pl.len())
    sources = (
        by_site.join(acts, on="object")
        .filter(pl.col("linked") >= MOSTLY * pl.col("acts"))
        .select("object", source="site")
        .unique("object")
    )
    if sources.is_empty():
        return layer
    return replace(layer, events=events.join(sources, on="object", how="left", maintain_order="left"))
