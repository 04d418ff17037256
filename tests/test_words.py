"""The words of a claim: the answer's line, what it means, and what may never be missing from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from campaign_analysis.results import Group, GroupClaim, Placebo
from report_example import detection, groups

from campaign import words
from campaign.glossary import FILE_WORDS, WORDS

CLUB, RING = groups()


def found(campaigns: int, gatherings: int) -> tuple[Group, ...]:
    ring = [replace(RING, id=f"c{i}") for i in range(campaigns)]
    return (*ring, *(replace(CLUB, id=f"g{i}") for i in range(gatherings)))


@pytest.mark.parametrize(
    ("campaigns", "gatherings", "answer"),
    [
        (1, 2, "1 campaign and 2 gatherings among 123 accounts of #votenow"),
        (2, 0, "2 campaigns among 123 accounts of #votenow"),
        (0, 1, "1 gathering among 123 accounts of #votenow"),
        (0, 0, "Nothing found among 123 accounts of #votenow"),
    ],
)
def test_the_answer_counts_campaigns_and_gatherings(campaigns: int, gatherings: int, answer: str) -> None:
    assert words.answer(detection(found(campaigns, gatherings))) == answer


def test_the_answer_names_the_hashtags_as_they_were_asked() -> None:
    assert words.answer(detection(), ["VoteNow", "#Other"]).endswith("of #VoteNow and #Other")


@pytest.mark.parametrize(("asked", "topic"), [(None, ""), ("one", " of #one"), (["a", "b", "c"], " of #a, #b and #c")])
def test_the_answer_reads_the_hashtags_of_the_run(asked: object, topic: str) -> None:
    given = detection()
    run = replace(given.run, parameters={"hashtags": asked}, counts={})
    assert words.answer(replace(given, run=run)).endswith(f"among the accounts{topic}")


def test_campaigns_come_first_and_names_count_by_claim() -> None:
    ordered = words.campaigns_first(found(2, 2))
    names = words.group_names(ordered)
    assert [names[g.id] for g in ordered] == ["Campaign 1", "Campaign 2", "Gathering 1", "Gathering 2"]
    assert words.campaigns_first(reversed(ordered)) == ordered


def test_only_what_was_found_is_explained() -> None:
    only_campaign = " ".join(words.meaning(detection(found(1, 0))))
    only_gathering = " ".join(words.meaning(detection(found(0, 1))))
    assert "in step" in only_campaign
    assert "gathering" not in only_campaign.casefold()
    assert "in step" not in only_gathering
    assert "it accuses nobody" in only_gathering
    assert all("not a verdict about any one account" in said for said in (only_campaign, only_gathering))


def test_pairs_in_step_on_placebo_data_are_said_before_anything_else() -> None:
    run = detection(found(1, 0))
    pairs = run.edges.filter(claim="in step").height
    assert pairs
    for in_step, first in (((pairs, 0), words.DOUBTED), ((0, 0), "A campaign has a core")):
        nothing = (0, 0)
        placebo = Placebo(nothing, in_step, nothing, nothing, (0.0, 0.0), (0.0, 0.0))
        told = words.meaning(replace(run, honesty=replace(run.honesty, placebo=placebo)))
        assert told[0].startswith(first)
        assert len(told) == 2 + (first == words.DOUBTED)


def test_nothing_found_says_what_was_tested_and_what_silence_is_worth() -> None:
    said = " ".join(words.meaning(detection(())))
    assert "15,006 pairs of accounts could have been tested (hashtag and retweet)" in said
    assert "at most 1 in 100 of the pairs linked may be luck" in said
    assert words.SILENCE in said


def test_pairs_without_a_group_are_told() -> None:
    given = detection()
    loose = replace(detection(()), edges=given.edges.head(2))
    assert "2 pairs stood out alone and made no group." in words.meaning(loose)


def test_nothing_tested_is_not_called_nothing_there() -> None:
    said = words.meaning(replace(detection(()), tested_pairs={}))
    assert said[0] == "No pair of accounts could be tested: there were too few posts for it."
    assert words.SILENCE in said


@pytest.mark.parametrize(
    ("claim", "core", "sentence"),
    [
        (
            "campaign",
            10,
            "10 accounts in step, the core; 14 accounts beside it, together with others of the group, not in step.",
        ),
        ("campaign", 24, "24 accounts in step, the core."),
        (
            "gathering",
            0,
            "24 accounts that turn up together; 45 pairs of them in step, too few or weak for a core.",
        ),
    ],
)
def test_a_group_is_claimed_no_larger_than_its_core(claim: GroupClaim, core: int, sentence: str) -> None:
    accounts = tuple(replace(m, role="core" if i < core else "together") for i, m in enumerate(RING.accounts))
    assert words.claim_sentence(replace(RING, claim=claim, accounts=accounts)) == sentence
    assert words.group_sentence(replace(RING, claim=claim, accounts=accounts)).startswith(f"{sentence} Luck alone")


def test_the_hashtag_alone_has_its_sentence_only_where_it_was_asked() -> None:
    assert words.alone_sentence(detection()) == (
        "On the posts with #votenow alone the same tests show 12 pairs and 1 group of either kind."
    )
    assert words.alone_sentence(replace(detection(), hashtag_alone=None)) is None


def test_the_base_rate_is_right() -> None:
    flagged_rightly, flagged_wrongly = 0.01 * 0.95, 0.99 * 0.05
    precision = flagged_rightly / (flagged_rightly + flagged_wrongly)
    assert f"only {precision:.0%} of the accounts" in words.BASE_RATE
    assert all(share in words.BASE_RATE for share in ("1% of accounts", "95% of them", "5% of the others"))


def test_every_word_of_a_claim_is_explained_once() -> None:
    terms = [word.term for word in (*WORDS, *FILE_WORDS)]
    assert {"together", "in step", "linked", "added", "campaign", "gathering", "odds of luck"} <= set(terms)
    assert len(terms) == len(set(terms))


def test_words_of_statistics_are_left_to_the_files() -> None:
    for told in WORDS:
        said = f" {told.term} {told.claim} {told.more} "
        assert not [word for word in (" p ", " q ", "fdr", "Benjamini", "joined", "episode") if word in said]


@pytest.mark.parametrize(
    ("q", "odds"),
    [
        (0.0098, "1 in 100"),
        (0.05, "1 in 20"),
        (0.24, "1 in 4.2"),
        (1 / 1494, "1 in 1,500"),
        (1 / 9960, "1 in 10 thousand"),
        (1 / 61_500, "1 in 62 thousand"),
        (2e-6, "1 in 500 thousand"),
        (1 / 999_600, "1 in 1 million"),
        (1 / 1_412_345, "1 in 1.4 million"),
        (1 / 630e6, "1 in 630 million"),
        (1e-12, "under 1 in a billion"),
        (0.0, None),
    ],
)
def test_odds_of_luck_are_those_of_q(q: float, odds: str | None) -> None:
    assert words.odds(q) == (odds or "under 1 in a billion")


def test_readers_who_multiply_what_they_are_told_come_to_what_they_are_told() -> None:
    assert (words.one_in(7.08e-7), words.one_in(7.08e-7 / 449)) == ("1.4 million", "630 million")  # 449 x 1.4 is 630
    assert words.one_in(0.0) == "more than a thousand billion"
    assert words.about_odds(1e-6) == "about 1 in 1 million"
    assert words.about_odds(1e-12) == "under 1 in a billion"


def test_what_is_known_of_errors_and_what_is_not() -> None:
    given = detection()
    limit = (
        "This is the limit that the search was set and that its arithmetic is made to keep. It is no count of mistakes "
        "that were found."
    )
    first = "Of 100 linked pairs about 1 at most is expected to be luck."
    assert words.error_sentence(given) == f"{first} {limit} {words.NOT_KNOWN}"
    looser = replace(given, run=replace(given.run, parameters={"fdr": 0.05}))
    assert (words.error_sentence(looser) or "").startswith(
        "Of 100 linked pairs about 5 at most are expected to be luck."
    )
    assert words.error_sentence(detection(())) is None
    assert words.error_sentence(replace(given, run=replace(given.run, parameters={}))) is None


def test_behaviours_that_show_no_core_are_named() -> None:
    assert words.together_only(RING) == (
        "By hashtag they are together, no more; that a core is in step is shown by retweet."
    )
    assert words.together_only(CLUB) == ""


def test_a_gathering_without_a_pair_in_step_is_told_so() -> None:
    assert words.claim_sentence(CLUB) == "9 accounts that turn up together; none of them is in step."


def test_how_often_luck_brings_a_group_is_told_of_every_group_and_that_its_pairs_have_other_odds() -> None:
    said = words.group_sentence(replace(CLUB, p=0.003478))
    assert "Luck alone brings a group like this to about 1 in 290 searches like this one." in said
    assert said.endswith("the group's own; the odds of luck of its pairs and accounts are not.")
    assert "under 1 in a billion searches" in words.luck_sentence(replace(CLUB, p=0.0))


def test_a_weak_group_is_said_to_be_weak() -> None:
    group = Group(id="r-1", claim="gathering", layers=(), p=0.3, accounts=())
    said = words.group_sentence(group)
    assert said.endswith(words.weakness(group))
    assert "Luck alone brings a group like this to about 1 in 3.3 searches like this one." in said
    assert "to most searches like this one." in words.luck_sentence(replace(group, p=0.7))
    assert "odds of luck are those of all pairs as good in the whole search" in words.ALONE  # so both are true
    assert words.weakness(replace(group, p=0.01)) == ""
    assert f"more than {words.odds(words.WEAK).replace(' in ', ' of ')} searches" in words.ALONE  # the bar is named


def test_the_example_of_a_group_s_luck_is_one_number_told_twice() -> None:
    """It was 1 in 290 and .0034, where the group's own row said .0035."""
    (said,) = (word.more for word in FILE_WORDS if word.term == "p of a group")
    (before,) = (f"{word.claim} {word.more}" for word in WORDS if word.term == "luck alone brings a group")
    assert said == "That luck alone brings a group to 1 in 250 searches is a combined p of 0.004."
    assert "about 1 in 250" in before
