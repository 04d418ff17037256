"""What is said of a group beside its claim: plain words for what it met on, whom it names, and what numbers count."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from campaign_analysis.results import EDGE_SCHEMA, Joined, TagShare, Target
from campaign_analysis.scan import Lot
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from command import campaign
from report_example import CORE, CROWD, RING, detection, edge, edges, groups, report_data

from campaign.count_words import ACCOUNTS_LOADED, accounts_sentence, pairs_sentence
from campaign.group_words import core_sentence, hashtags_told, loose_sentence, named_by_most, named_sentence, rarer_pair
from campaign.reporting.first_hour import met_most_on
from campaign.reporting.sections.found import _tags
from campaign.reporting.sections.made import made
from campaign.reporting.view import make_view
from campaign.show_group import summary
from campaign.signal_words import lines, panel_sentences

CLUB, CAMPAIGN = groups()
DAY = 86_400_000
MUCH_USED, MET = TagShare("everybodys", 900, 0.05, 0), TagShare("theirs", 40, 0.9, 300)


def test_what_a_group_met_on_comes_before_what_it_merely_used() -> None:
    given = replace(CLUB, hashtags=(MUCH_USED, TagShare("rare", 3, 0.1, 1), MET))
    assert hashtags_told(given) == "They met on: #theirs (300 meetings), #rare (1 meeting); also used: #everybodys"
    assert met_most_on(given) == "theirs"
    nowhere = replace(CLUB, hashtags=(MUCH_USED,))
    assert hashtags_told(nowhere) == "Hashtags used, none of them to meet on: #everybodys"
    assert met_most_on(nowhere) is None
    assert hashtags_told(replace(CLUB, hashtags=())) == ""


def test_hashtags_met_on_that_are_not_named_are_counted() -> None:
    met = [TagShare(f"t{n}", 9, 0.1, 300 - n) for n in range(20)]
    named = "They met on: #t0 (300 meetings), #t1 (299 meetings), #t2 (298 meetings), #t3 (297 meetings)"
    for number, more in ((4, ""), (5, " and 1 other"), (19, " and 15 others"), (20, " and at least 16 others")):
        given = replace(CLUB, hashtags=tuple(met[:number]))
        assert hashtags_told(given) == f"{named}{more}"
        assert str(_tags(given)).endswith(f"#t3</bdi> (297 meetings) {more.strip()}"), str(_tags(given))


def test_hashtags_of_a_campaign_that_is_in_step_by_other_things_are_not_taken_for_its_proof() -> None:
    """Its core retweets in step: the hashtags on which it is merely together stood under `accounts in step`."""
    by_retweets = replace(CAMPAIGN, hashtags=(MET,), layers=CAMPAIGN.layers[1:])
    assert [(e.layer, e.claim) for e in by_retweets.layers] == [("retweet", "in step")]
    assert hashtags_told(by_retweets) == "Together, not in step, on: #theirs (300 meetings)"
    both = replace(by_retweets, layers=(*by_retweets.layers, replace(by_retweets.layers[0], layer="hashtag")))
    assert hashtags_told(both) == "They met on: #theirs (300 meetings)"


def test_of_results_in_which_no_meetings_were_counted_the_most_used_is_told() -> None:
    assert hashtags_told(CLUB) == "Hashtags used: #gardenchat, #votenow"
    assert met_most_on(CLUB) == "gardenchat"


@pytest.mark.parametrize(
    ("targets", "told"),
    [
        (
            (Target("x:9", 44, "tamesa", 22, 9), Target("x:8", 90, "much", 5, 5)),
            "22 of its 24 accounts (9 of the 10 in",
        ),
        (
            (Target("x:9", 44, None, 24, 10),),
            "All 24 of its accounts name or retweet x:9 in 44 posts. To be named is no sign",
        ),
        (
            (Target("x:9", 44, None, 23, 10), Target("x:8", 9, None, 24, 10)),
            "23 of its 24 accounts (10 of the 10 in its core) name or retweet x:9 in 44 posts; all 24 of its accounts ",
        ),
        ((Target(RING[0], 44, "ring000", 22, 9),), "name or retweet @ring000, which is one of them, in 44 posts"),
        ((Target("x:9", 44, "few", 22, 5),), None),  # half of the core is not most
        ((Target("x:9", 44, "older"),), None),
    ],
)
def test_whom_most_of_a_core_name_is_to_be_asked(targets: tuple[Target, ...], told: str | None) -> None:
    given = replace(CAMPAIGN, targets=targets)
    assert (named_by_most(given) == []) == (told is None)
    assert (told or "") in named_sentence(given)
    assert bool(named_sentence(given)) == bool(told)


def test_all_whom_most_of_a_core_name_are_told_three_at_most() -> None:
    """One was told, where the next ones were named by nearly as many."""
    four = [Target(f"x:{k}", 10 + k, f"star{k}", 20 + k, 6 + k) for k in range(4)]
    told = named_sentence(replace(CAMPAIGN, targets=(*four, Target("x:9", 500, "few", 5, 5))))
    assert told == (
        "23 of its 24 accounts (9 of the 10 in its core) name or retweet @star3 in 13 posts; 22 of its 24 accounts (8 "
        "of the 10 in its core) name or retweet @star2 in 12 posts; 21 of its 24 accounts (7 of the 10 in its core) "
        "name or retweet @star1 in 11 posts. To be named is no sign of having part in it; those accounts can be asked "
        "about it."
    )


def test_a_core_of_which_not_every_two_are_in_step_says_so() -> None:
    """`10 accounts in step` was read as each with each."""
    whole = detection()
    assert core_sentence(CAMPAIGN, whole.edges) == ""
    ring = [*pairwise(CORE), (CORE[0], CORE[2])]  # 10 pairs of 45, the last one in by one of them
    rows = [edge(a, b, layer, "in step", 1e-9) for a, b in ring for layer in ("hashtag", "retweet")]
    few = replace(whole, edges=pl.DataFrame(rows, schema=EDGE_SCHEMA))
    told = core_sentence(CAMPAIGN, few.edges)
    assert told == (
        "Not every two of its core are in step: each is with at least one other, and 10 of the 45 pairs are. 1 account "
        "is in the core by one pair alone."
    )
    assert told in " ".join(summary(few, CAMPAIGN))
    assert core_sentence(CLUB, few.edges) == ""


def test_those_who_were_added_to_a_core_are_not_said_to_be_in_step_with_somebody() -> None:
    joined = Joined("hashtag", 60, 1800, 7, 0.1, 1e-9, 0.004)
    added = tuple(replace(m, joined=joined) if m.id in CORE[8:] else m for m in CAMPAIGN.accounts)
    rows = [edge(a, b, "hashtag", "in step", 1e-9) for a, b in pairwise(CORE[:8])]
    told = core_sentence(replace(CAMPAIGN, accounts=added), pl.DataFrame(rows, schema=EDGE_SCHEMA))
    assert told.startswith(
        "Not every two of the 8 accounts that pairs put in its core are in step: each is with at least"
    )
    assert "and 7 of the 28 pairs are." in told


def test_a_core_that_falls_apart_says_in_which_parts() -> None:
    """Five pairs cannot join seven accounts, and `each with at least one other` hid that it was two bunches."""
    links = [*pairwise(CORE[:4]), *pairwise(CORE[4:7])]
    rows = [edge(a, b, "hashtag", "in step", 1e-9) for a, b in links]
    told = core_sentence(CAMPAIGN, pl.DataFrame(rows, schema=EDGE_SCHEMA))
    assert "each is with at least one other, in 2 parts that no pair in step joins (4 and 3 accounts), and 5 " in told


def test_a_group_that_looks_weaker_than_its_best_pair_says_why() -> None:
    """1 in 290 searches, and of its strongest pair one in 2,700: a part seemed surer than the whole."""
    best = replace(CAMPAIGN.why[0], lucky=1 / 2_700, joined=True)
    told = rarer_pair(replace(CAMPAIGN, p=1 / 290, why=(best,)))
    assert told.startswith("By itself its strongest pair looks rarer: one such pair in 2,700 searches. The group's")
    assert told.endswith("having looked at every behaviour, and at all its pairs. Quote the group's.")
    assert rarer_pair(replace(CAMPAIGN, p=1 / 3_000, why=(best,))) == ""
    assert rarer_pair(replace(CAMPAIGN, p=1 / 290, why=())) == ""
    assert rarer_pair(replace(CAMPAIGN, p=0.9, why=(replace(best, lucky=0.5),))) == ""  # no such figure stands there
    assert told in " ".join(summary(detection(), replace(CAMPAIGN, p=1 / 290, why=(best,))))


def test_pairs_in_no_group_are_counted_by_claim_and_behaviour() -> None:
    whole = detection()
    assert loose_sentence(whole) == ""
    strangers = edge(CROWD[0], CROWD[1], "hashtag", "together", 1e-9)
    between = edge(RING[0], CROWD[2], "hashtag", "together", 1e-9)
    more = replace(whole, edges=edges().vstack(pl.DataFrame([strangers, between], schema=EDGE_SCHEMA)))
    every = more.edges.filter(layer="hashtag", claim="together").height
    assert loose_sentence(more).startswith(
        f"Linked pairs that are in no group: 2 of the {every} that are together by hashtag. Their accounts are in"
    )


def test_what_the_numbers_count_is_told() -> None:
    given = detection()
    assert accounts_sentence(given) == "123 accounts: all that used #votenow."
    everything = replace(given, run=replace(given.run, parameters={}))
    assert accounts_sentence(everything).startswith("123 accounts: all that did what this search looks at")
    assert pairs_sentence(given) == (
        "123 accounts make 7,503 pairs; possible pairs are 15,006, because each behaviour counts its own: a pair "
        "counts once for each behaviour that both of its accounts showed (by text: all who wrote one, repeated by "
        "others or not)."
    )
    assert pairs_sentence(replace(given, tested_pairs={"hashtag": 7_503})) == ""


def test_a_signal_says_a_plain_sentence_before_any_figure() -> None:
    lot = Lot(tuple(range(15)), 0, 2 * DAY, 3 * DAY, 0.02, 8.4, 24.7, 0, 1e-12)
    seen = Sight(f"15 of 25 accounts were made within 3 days, {lot.against} ({lot.figures})")
    result = SignalResult("born", p=9.6e-12, corrected=9.6e-12, measure=Measure("share", 0.6, 0.4, 0.8), seen=(seen,))
    panel = " ".join(panel_sentences([result]))
    assert "one would expect none of the group (for those who know statistics: 0.02 expected, 8.4 to 15 too" in panel
    assert "Luck alone would show as much in under 1 in a billion groups." in panel
    assert not re.search(r"\bp \d|10⁻", panel)
    first, *_, figures = lines(result)
    assert first == "Made together: speaks; luck alone would show as much in under 1 in a billion groups."
    assert figures == "For those who know statistics: p 9.6 × 10⁻¹², corrected; share: 0.6 (95% interval: 0.4 to 0.8)."


def test_the_narrowest_stretch_of_making_is_told_where_it_is_a_finding() -> None:
    view = make_view(report_data())
    ring = next(g for g in view.groups if g.claim == "campaign")
    assert " of them made nearest to each other within " in made(view, ring)
    silent = replace(ring, signals=(SignalResult("born", p=0.4, corrected=0.9),))
    assert " of them " not in made(view, silent)
    assert "were made between" in made(view, silent)


def test_a_load_says_which_accounts_it_counts(tmp_path: Path) -> None:
    posts = tmp_path / "posts.csv"
    posts.write_text("id,account,time,text\n1,anna,2024-05-01T08:00:00Z,@bert come here\n", encoding="utf-8")
    said = campaign("load", posts, "--store", tmp_path / "s.lbug")
    assert ACCOUNTS_LOADED in said.out + said.err
