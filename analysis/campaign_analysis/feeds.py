"""Whose what is posted is: the site that posts link to is the source of their texts, hashtags and images too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from campaign_analysis.events import TALKS
from campaign_analysis.layer_input import LayerInput
from campaign_analysis.left_out import without

LINKS = "url"  # the layer whose sources are sites
TEXTS = "text"
MOSTLY = 0.9  # of an object's acts are in posts that link to one site: the object is that site's


def with_sites(
    layers: Sequence[LayerInput], links: pl.DataFrame | None = None, texts: pl.DataFrame | None = None
) -> list[LayerInput]:
    """The layers, with the site as the source of objects that nearly only posts with links to it have.

    Newsrooms, feed bots and readers who press a site's share button post its headlines, tags and pictures with its
    links: that is one interest (sources.py), whichever of these one looks at. Layers that yield leave what is in posts
    with an address that others posted as well to the layer of links, so that one post is not two proofs.
    What nearly only posts with links have, to whichever site, is a story's too, and came out when it was first seen:
    newsrooms link to pages of their own, and archives of posts often have shortened addresses. Who meets by its text,
    or in layers that yield, while passing on one story (`stories`) is not in step by that: a feed that many look at in
    the same seconds is posted in the same seconds.
    `links`: events of the layer of links (account, object, time, source), `texts`: those of the layer of texts, where
    these are not among the layers. Acts are told by account and time. Layers that know sources of their own stay as
    they are.
    """
    if links is None:
        links = next((i.events for i in layers if i.name == LINKS and "source" in i.events.columns), None)
    if links is None or links.is_empty():
        return list(layers)
    if texts is None:
        texts = next((i.events for i in layers if i.name == TEXTS), None)
    site = links.drop_nulls("source").group_by("account", "time").agg(site=pl.col("source").min())
    linked, shared = links.select("account", "time").unique(), posts_with_shared_links(links)
    passed_on = None if texts is None else stories(texts, linked)

    def told(layer: LayerInput) -> LayerInput:
        if layer.yields:
            layer = _yielding(layer, shared)
        if layer.yields or layer.name == TEXTS:
            layer = replace(layer, stories=passed_on)
        return _with_births(_with_sites(layer, site), linked)

    return [i if {"source", "born"} & set(i.events.columns) else told(i) for i in layers]


def posts_with_shared_links(links: pl.DataFrame) -> pl.DataFrame:
    """Account and time of posts with an address that another account posted as well."""
    by_several = links.group_by("object").agg(pl.col("account").n_unique()).filter(pl.col("account") > 1)
    return links.join(by_several.select("object"), on="object", how="semi").select("account", "time").unique()


def stories(texts: pl.DataFrame, linked: pl.DataFrame) -> pl.DataFrame:
    """Who passes on a story after whom: like acts by which one talks to another (TALKS).

    A story is a text (`texts`: events of that layer) that nearly only posts with links (`linked`: account, time) have.
    Who posts it is taken to have it from the account that posted it last.
    """
    told = texts.join(_mostly_among(texts, linked), on="object", how="semi").sort("object", "time", "account")
    after = told.with_columns(other=pl.col("account").shift().over("object"))
    return after.filter(pl.col("other") != pl.col("account")).select(TALKS.keys())


def _yielding(layer: LayerInput, shared: pl.DataFrame) -> LayerInput:
    could_act = layer.events["account"].unique() if layer.population is None else layer.population
    return replace(layer, events=without(layer.events, shared), population=could_act)


def _with_sites(layer: LayerInput, site: pl.DataFrame) -> LayerInput:
    sources = _mostly_among(layer.events, site, "site").select("object", source="site")
    return _telling(layer, sources)


def _with_births(layer: LayerInput, linked: pl.DataFrame) -> LayerInput:
    objects = _mostly_among(layer.events, linked)
    acts = layer.events.join(objects, on="object", how="semi")
    return _telling(layer, acts.group_by("object").agg(born=pl.col("time").min()))


def _mostly_among(events: pl.DataFrame, posts: pl.DataFrame, *alike: str) -> pl.DataFrame:
    """Objects of which MOSTLY all acts are among these posts (account, time), those that are `alike` in a column."""
    among = events.join(posts, on=["account", "time"]).group_by("object", *alike).agg(among=pl.len())
    acts = events.group_by("object").agg(acts=pl.len())
    return among.join(acts, on="object").filter(pl.col("among") >= MOSTLY * pl.col("acts")).unique("object")


def _telling(layer: LayerInput, of_objects: pl.DataFrame) -> LayerInput:
    """The layer, with what is known of some objects beside each act on them."""
    if of_objects.is_empty():
        return layer
    return replace(layer, events=layer.events.join(of_objects, on="object", how="left", maintain_order="left"))
