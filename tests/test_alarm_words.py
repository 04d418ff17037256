"""No page of one group, account or pair leaves out what the run's own checks say against it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from campaign_analysis.results import Detection, Placebo
from report_example import detection, groups

from campaign.alarm_words import alarms, doubt, unreliable
from campaign.linked_words import linked_paragraphs
from campaign.meetings import pair_edges
from campaign.show_group import explanation, summary

CLUB, CAMPAIGN = groups()
NOTHING = (0, 0)


def placebo(in_step: int, notes: tuple[str, ...] = ()) -> Detection:
    """A run whose two placebo runs found so many pairs in step each."""
    run = detection()
    tried = Placebo(NOTHING, (in_step, in_step), NOTHING, NOTHING, (0.0, 0.0), (0.0, 0.0))
    return replace(run, honesty=replace(run.honesty, placebo=tried), run=replace(run.run, notes=notes))


@pytest.fixture
def doubtful() -> Detection:
    return placebo(19, ("The clock is coarse.",))


def test_a_campaign_of_which_placebo_data_have_as_many_says_so_beside_its_figure(doubtful: Detection) -> None:
    pairs = doubtful.edges.filter(claim="in step").height
    told = doubt(doubtful, CAMPAIGN)
    mistakes = (
        f"the same search found 19 pairs in step on placebo data too, where each is a mistake, and {pairs} on these"
    )
    assert told == (
        f"Do not rely on this figure: {mistakes}; and its own accounts wrote 40% of the posts at its moments on the "
        "same things."
    )
    alone = doubt(doubtful, replace(CAMPAIGN, own_share=0.99))
    assert alone.startswith(
        f"Of the whole run: {mistakes}. Of this group that tells nothing, neither for it nor against it: its own"
    )
    assert doubt(doubtful, replace(CAMPAIGN, own_share=None)) == f"Do not rely on this figure: {mistakes}."
    assert told in " ".join(summary(doubtful, CAMPAIGN))
    assert doubt(doubtful, CLUB) == ""  # nobody of a gathering is said to be in step
    assert doubt(placebo(0), CAMPAIGN) == ""
    told_off = [unreliable(doubtful, g) for g in (CAMPAIGN, replace(CAMPAIGN, own_share=0.99), CLUB)]
    assert told_off == [True, False, False]
    assert not unreliable(placebo(0), CAMPAIGN)


def test_every_page_has_what_the_run_says_of_all_its_pairs(doubtful: Detection) -> None:
    told = alarms(doubtful)
    assert told.startswith("Of the whole run: In 2 tries on placebo data, where every linked pair is a mistake")
    assert "Each campaign says which is true of it." in told
    assert told.endswith("The clock is coarse.")
    assert told in explanation(doubtful, CAMPAIGN)
    first = CAMPAIGN.why[0]
    edges = pair_edges(doubtful.edges, CAMPAIGN, (first.a, first.b), "")
    names = {id: id for edge in edges for id in (edge["a"], edge["b"])}
    pages = linked_paragraphs(doubtful, CAMPAIGN, edges, doubtful.edges.clear(), names)
    assert any(told in page for page in pages)


def test_a_run_without_doubts_says_nothing_of_them() -> None:
    assert alarms(placebo(0)) == ""
    assert alarms(placebo(0, ("The clock is coarse.",))) == "Of the whole run: The clock is coarse."
