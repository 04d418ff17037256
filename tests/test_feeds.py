"""What comes with links is a story: it has a site, it came out when it was first seen, and a post of it counts once."""

from __future__ import annotations

from typing import cast
from unittest.mock import patch

import polars as pl
from campaign_analysis.feeds import stories, with_sites
from campaign_analysis.layer_input import LayerInput
from campaign_analysis.sessions import Scale
from campaign_cypher.store import Store

from campaign import inputs
from campaign.request import Request

Acts = list[tuple[str, str, int]]


def events(acts: Acts) -> pl.DataFrame:
    return pl.DataFrame(acts, schema={"account": pl.String, "object": pl.String, "time": pl.Int64}, orient="row")


def links(acts: Acts, site: str | None) -> pl.DataFrame:
    return events(acts).with_columns(source=pl.lit(site, dtype=pl.String))


def layer(name: str, acts: Acts, yields: bool = False) -> LayerInput:
    return LayerInput(name, events(acts), (Scale(60, 1800),), yields=yields)


HEADLINE: Acts = [("ann", "story", 10), ("bob", "story", 20), ("cid", "story", 90)]
SHORT: Acts = [("ann", "https://t.co/1", 10), ("bob", "https://t.co/2", 20), ("cid", "https://t.co/3", 90)]


def prepared(link_events: pl.DataFrame, *others: LayerInput) -> dict[str, pl.DataFrame]:
    url = LayerInput("url", link_events, (Scale(60, 1800),))
    return {i.name: i.events for i in with_sites([url, *others])}


def test_a_text_that_comes_with_links_came_out_when_it_was_first_seen() -> None:
    talk: Acts = [("ann", "own words", 500), ("dan", "own words", 600)]
    text = prepared(links(SHORT, None), layer("text", HEADLINE + talk))["text"]
    assert dict(text.select("object", "born").unique().iter_rows()) == {"story": 10, "own words": None}
    assert "source" not in text.columns


def test_one_post_in_four_without_a_link_and_it_is_a_slogan() -> None:
    text = prepared(links(SHORT, None), layer("text", [*HEADLINE, ("dan", "story", 99)]))["text"]
    assert "born" not in text.columns


def test_texts_of_one_site_have_it_as_their_source_and_are_as_old_as_they_were_first_seen() -> None:
    text = prepared(links(SHORT, "paper.example"), layer("text", HEADLINE))["text"]
    assert text.select("source", "born").unique().rows() == [("paper.example", 10)]


def test_who_passes_on_a_headline_has_it_from_the_one_before_whatever_the_links() -> None:
    """Newsrooms link to their own pages. Who writes a link's words alone passes on nothing."""
    alone = ("dan", "https://t.co/4", 95)
    linked = links([*SHORT, alone], None).select("account", "time")
    texts = events([*HEADLINE, ("dan", "own words", 95)])
    assert stories(texts, linked).rows() == [("bob", "ann", 20), ("cid", "bob", 90)]


def test_meetings_of_those_who_pass_on_a_story_do_not_count_by_its_text_and_in_layers_that_yield() -> None:
    tags = [(who, "news", when) for who, _, when in HEADLINE]
    text, url = layer("text", HEADLINE), LayerInput("url", links(SHORT, None), (Scale(60, 1800),))
    hashtag, reply = layer("hashtag", tags, yields=True), layer("reply", tags)
    found = {i.name: i for i in with_sites([url, text, hashtag, reply])}
    assert found["hashtag"].events.height == 3  # together they are all the same
    assert len(found["hashtag"].acts.talk.account) == 2
    assert len(found["text"].acts.talk.account) == 2
    assert found["reply"].stories is None
    (alone,) = with_sites([hashtag], url.events, text.events)
    assert alone.stories is not None
    assert alone.stories.equals(found["hashtag"].stories)


def test_a_slogan_of_which_some_copies_have_a_link_is_no_story() -> None:
    """Or a ring would hide what it pushes behind a link here and there."""
    linked = links(SHORT, None).select("account", "time")
    assert stories(events([*HEADLINE, ("dan", "story", 95), ("eve", "story", 99)]), linked).is_empty()
    assert stories(events(HEADLINE), linked).height == 2


def test_one_account_that_repeats_itself_passes_on_nothing() -> None:
    mine: Acts = [("ann", "story", 10), ("ann", "story", 20)]
    assert stories(events(mine), events(mine).select("account", "time")).is_empty()


def test_prepared_again_nothing_changes() -> None:
    once = with_sites([LayerInput("url", links(SHORT, None), (Scale(60, 1800),)), layer("text", HEADLINE)])
    assert [i.events.columns for i in with_sites(once)] == [i.events.columns for i in once]


def test_layers_that_are_prepared_one_by_one_share_what_was_read_of_stories() -> None:
    """And nothing is read of texts where no layer yields, nor of links where these are at hand."""
    posted = events(HEADLINE).select("account", "time", post="account", text=pl.lit("five words that are shared"))
    known = inputs.Stories(cast("Store", None), Request())
    tags = [layer("hashtag", HEADLINE, yields=True), layer("image", HEADLINE, yields=True)]
    with (
        patch("campaign.inputs.read_events", return_value=links(SHORT, None)) as read_links,
        patch("campaign.inputs.read_texts", return_value=posted) as read_texts,
    ):
        inputs.prepared([LayerInput("url", links(SHORT, None), (Scale(60, 1800),)), layer("reply", HEADLINE)], known)
        assert (read_links.call_count, read_texts.call_count) == (0, 0)
        found = [inputs.prepared([each], known)[0].stories for each in tags]
        assert (read_links.call_count, read_texts.call_count) == (1, 1)
    assert [one.height for one in found if one is not None] == [2, 2]
