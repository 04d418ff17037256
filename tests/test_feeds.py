"""What comes with links is a story: it has a site, it came out when it was first seen, and a post of it counts once."""

from __future__ import annotations

import polars as pl
from campaign_analysis.feeds import stories, with_sites
from campaign_analysis.layer_input import LayerInput
from campaign_analysis.sessions import Scale

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


def test_a_post_that_passes_on_a_headline_does_not_count_again_by_its_hashtags() -> None:
    """Whatever its links: newsrooms link to their own pages. Who writes a link's words alone passes on nothing."""
    alone = ("dan", "https://t.co/4", 95)
    tags = [(who, "news", when) for who, _, when in [*HEADLINE, alone]]
    found = prepared(links([*SHORT, alone], None), layer("text", HEADLINE), layer("hashtag", tags, yields=True))
    assert found["hashtag"]["account"].to_list() == ["dan"]
    unread = prepared(links([*SHORT, alone], None), layer("hashtag", tags, yields=True))
    assert unread["hashtag"].height == 4  # texts were not asked about


def test_a_slogan_of_which_some_copies_have_a_link_is_no_story() -> None:
    """Or a ring would hide what it pushes behind a link here and there."""
    pasted = [*HEADLINE, ("dan", "story", 95), ("eve", "story", 99)]
    assert stories(links(SHORT, None), events(pasted)).is_empty()
    assert stories(links(SHORT, None), events(HEADLINE)).height == 3


def test_one_account_that_repeats_itself_passes_on_nothing() -> None:
    mine: Acts = [("ann", "story", 10), ("ann", "story", 20)]
    pages: Acts = [("ann", "https://a.example/1", 10), ("ann", "https://a.example/1", 20)]
    assert stories(links(pages, "a.example"), events(mine)).is_empty()


def test_prepared_again_nothing_changes() -> None:
    once = with_sites([LayerInput("url", links(SHORT, None), (Scale(60, 1800),)), layer("text", HEADLINE)])
    assert [i.events.columns for i in with_sites(once)] == [i.events.columns for i in once]
