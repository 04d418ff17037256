"""Innocent explanations: said of a group that looks so, and not of one that does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from benign_groups import (
    DAY,
    EVENING,
    HOUR,
    IDS,
    IRREGULAR,
    MINUTE,
    NAMES,
    WEEKLY,
    acts,
    against,
    apart,
    at,
    group,
    said,
    untested,
    verdict,
)
from campaign_analysis.detect import LayerInput
from campaign_analysis.events import TALKS
from campaign_analysis.firsts import first_actors
from campaign_analysis.results import Benign, Group, Member, Target
from campaign_analysis.sessions import Scale

from campaign.benign import LOOKED_FOR, Explanations, explanations
from campaign.benign_seen import NOT_ENOUGH
from campaign.benign_words import benign_sentences, commands, sight, verdicts


def test_a_plain_group_has_nothing_for_any_explanation_and_it_is_said_what_was_looked_for() -> None:
    met = replace(at(*IRREGULAR), talks=pl.DataFrame({"account": ["x"], "other": ["y"], "time": [EVENING]}))
    texts = acts(layer="text")
    assert said(group(), met, texts) == []
    retweets = acts(layer="retweet")
    told = against(group(), met, texts, retweets)
    cannot = untested(group(), met, texts, retweets)
    assert [name for name, _ in LOOKED_FOR] == [n for n, _ in LOOKED_FOR if n in told or n in cannot]
    assert list(cannot) == ["A common owner", "People who react to one account"]
    assert told["A feed or a share button"].startswith(
        "retweets aside, too few shared a text of 5 words or more at nearly the same time to link any pair "
        "(shorter texts are not compared: read those), and its posts do not keep"
    )
    assert told["A fan event or a regular chat"].startswith("its meetings do not keep to one hour of the week: ")
    assert told["A fan circle of one account"] == "none of its pairs is linked by retweets"
    assert told["Second-screen television"] == (
        "beside 10 posts of its meetings, looked at one by one, there are none by outsiders on the same thing in the "
        "same moment; it would be called an audience from 200 on, a bar set by hand"
    )
    assert explanations(group(), NAMES, ()) == Explanations()


def test_texts_that_members_reuse_at_other_times_are_there_and_not_enough_and_the_commonest_is_told() -> None:
    """They were told as `not seen in this data`, and which texts they are nobody was told."""
    name = "A feed or a share button"
    reused = acts(*((i, "text:1", EVENING + k * DAY) for k, i in enumerate(IDS[:4])), ("m0", "text:2", 0), layer="text")
    posted = {("m0", EVENING): "What everybody\nin it says, word for word, and then a great deal more of it"}
    found = explanations(group(), NAMES, [at(*IRREGULAR), reused], text_of=lambda *post: posted.get(post))
    (told,) = (b for b in found.against if b.name == name)
    assert told.verdict == "there, but not enough"
    assert told.seen.startswith("1 text is the same or nearly so in two of its accounts or more, the commonest in 4 of")
    assert "; but retweets aside, too few shared a text of 5 words or more at nearly the same time" in told.seen
    assert "The commonest, as first posted: “What everybody in it says, word for word, and then a great d …”." in sight(
        told
    )
    assert commands(group(), told) == [
        "campaign query run evidence/same_text",
        "campaign query run evidence/group_posts --param group_id=r-1 --limit 10000",
    ]
    alone = acts(("m0", "text:1", 0), ("x", "text:1", 9), ("m1", "text:2", 0), layer="text")
    assert verdict(group(), name, at(*IRREGULAR), alone) == "looked for, not there"


@pytest.mark.parametrize(
    ("looked_at", "told"),
    [
        ((), None),
        (("url", "domain"), "too few shared an address at nearly the same time to link any pair, and"),
        (("text", "url"), "too few shared a text of 5 words or more or an address at nearly the same time to link"),
    ],
)
def test_a_share_button_is_not_denied_by_what_nobody_looked_at(looked_at: tuple[str, ...], told: str | None) -> None:
    layers = [acts(layer=layer) for layer in looked_at]
    seen, name = against(group(), at(*IRREGULAR), *layers), "A feed or a share button"
    assert (told is None) == (name not in seen)
    assert told is None or told in seen[name]
    if told is None:
        assert untested(group(), at(*IRREGULAR))[name] == "this search did not look at texts or addresses"


def test_what_could_not_be_looked_for_is_not_told_as_not_there() -> None:
    cannot = untested(group(), at(*IRREGULAR[:2]))
    assert cannot["People who react to one account"] == (
        "it has 5 accounts, and of 2 things that it met on, each on a day, it is known who alone was first; it takes 5 "
        "accounts and 10 such things to tell"
    )
    assert cannot["A fan circle of one account"] == "this search did not look at retweets, or there are none"
    unread = "this search looked at no behaviour for which it asks who names or answers whom"
    assert cannot["Friends who talk to each other"] == unread
    silent = replace(at(*IRREGULAR[:2]), talks=pl.DataFrame(schema=TALKS))
    told = untested(group(), silent)["Friends who talk to each other"]
    assert told == "in these data nobody names or answers anybody"
    assert verdict(group(), "Second-screen television", at(*IRREGULAR)) == "looked for, not there"
    given = replace(group(), benign_untested=explanations(group(), NAMES, [at(*IRREGULAR[:2])]).untested)
    assert "(could not be looked for): " in benign_sentences(given)[0][0]


def test_verdicts_of_results_of_before_there_were_any() -> None:
    old = replace(
        group(),
        benign=(Benign("A", "a"),),
        benign_against=(Benign("B", f"b, {NOT_ENOUGH}"), Benign("C", "c")),
    )
    labels = [label for _, label in verdicts(old)]
    assert labels == ["fits", "there, but not enough", "looked for, not there"]


def test_the_busiest_second_has_something_to_be_held_against() -> None:
    seen = against(group(), at(*IRREGULAR), acts(layer="text"))["A feed or a share button"]
    assert "the busiest second of the minute has " in seen
    assert "; evenly spread, each would have under 2%)" in seen


def test_what_explains_being_together_does_not_explain_a_core_in_step() -> None:
    told = against(group("campaign"), at(*WEEKLY))["A fan event or a regular chat"]
    assert told.startswith(
        "100% of its meetings fall around Mondays 20:00 UTC, in 6 weeks, which explains accounts that"
    )
    once = untested(group("campaign"), at(*WEEKLY[:1]))["A fan event or a regular chat"]
    assert once == "100% of its meetings fall around Mondays 20:00 UTC, but in 1 week only: it takes 3 to tell"
    assert verdict(group("campaign"), "A fan event or a regular chat", at(*WEEKLY)) == "there, but not enough"


def test_a_session_over_the_turn_of_a_week_is_one_week() -> None:
    """Weeks of the clock turn at midnight before Thursday."""
    wednesday = EVENING // (7 * DAY) * 7 * DAY + 7 * DAY - 30 * MINUTE
    twice = [wednesday + week * 7 * DAY + at * MINUTE for week in range(2) for at in (0, 15, 45)]
    told = untested(group(), at(*twice))["A fan event or a regular chat"]
    assert told.endswith("Wednesdays 23:00 UTC, but in 2 weeks only: it takes 3 to tell")


def test_a_fan_of_somebody_known_is_told_by_the_handle() -> None:
    retweets = at(*IRREGULAR, layer="retweet")
    of_star = LayerInput("retweet", retweets.events.with_columns(source=pl.lit("x:9")), retweets.scales)
    given = replace(group("gathering", "retweet"), targets=(Target("x:9", 5, "Star"),))
    (fitting,) = explanations(given, NAMES, [of_star]).fitting
    assert fitting.seen == "100% of its common retweets pass on posts of one account (@Star)"


@pytest.mark.parametrize(
    ("links", "told"),
    [
        ([(i, f"{i}.example", 1) for i in IDS], "no site has more than 20% of its links"),
        (
            [(i, "big.example", t) for i in (*IDS, *(f"o{k}" for k in range(40))) for t in (1, 2)],
            "100% of its links lead to big.example, but 89% of all links there are by others: a site to which others "
            "link as well tells no owner",
        ),
    ],
)
def test_a_site_that_tells_no_owner_is_told(links: list[tuple[str, str, int]], told: str) -> None:
    seen = against(group(), at(*IRREGULAR), acts(*links, layer="domain"))["A common owner"]
    assert seen == f"no word is in more than one of its 5 names, and {told}"


IN_NAMES = "not there in names (no word is in more than one of its 5 names), and links tell too little: "
FEW = "only 1 of its 5 accounts post links, too few to tell an owner (100% lead to shop.example)"
NO_SITE = "no site has more than 20% of its links"


@pytest.mark.parametrize(
    ("names", "links", "told"),
    [
        (NAMES, [("m0", "shop.example", 1)], f"{IN_NAMES}{FEW}"),
        (NAMES, [("x", "shop.example", 1)], f"{IN_NAMES}it links to no site"),
        (NAMES, None, f"{IN_NAMES}this search did not look at links, or there are none"),
        ([""] * 5, [("m0", "shop.example", 1)], f"names are not known, and {FEW}"),
        ([""] * 5, None, "names are not known, and this search did not look at links, or there are none"),
        (
            [*NAMES[:1], *[""] * 4],
            [(i, f"{i}.example", 1) for i in IDS],
            f"not there in links ({NO_SITE}), and names tell too little: only 1 of its 5 names are known",
        ),
    ],
)
def test_an_owner_that_too_little_could_show_is_not_told_as_not_there(
    names: list[str], links: list[tuple[str, str, int]] | None, told: str
) -> None:
    """It was `looked for, not there`, and the next words said that there was too little to tell."""
    inputs = [at(*IRREGULAR), *([acts(*links, layer="domain")] if links else [])]
    found = {b.name: b.seen for b in explanations(group(), names, inputs).untested}
    assert found["A common owner"] == told


def test_names_that_share_a_word_may_have_one_owner() -> None:
    names = ["News Daily Berlin", "daily_hamburg", "Köln DAILY", "dailybonn daily", "somebody"]
    told = explanations(group(), names, [at(*IRREGULAR)]).fitting
    assert [(b.name, b.seen) for b in told] == [("A common owner", "4 of its 5 accounts have “daily” in their names")]


def test_one_handle_on_several_platforms_is_one_owner() -> None:
    def on_each(handles: list[str]) -> Group:
        ids = [f"{platform}:{n}" for n, platform in enumerate(("x", "bsky", "mastodon"))]
        of = tuple(Member(i, "core", 5, 0.1, 1e-9, handle=h) for i, h in zip(ids, handles, strict=True))
        return replace(group("campaign"), accounts=of)

    for handles, told in ((["Abe", "abe", "abe"], ["A common owner"]), (["abe", "abe", "eve"], [])):
        given = on_each(handles)
        met = acts(*((m.id, "x", t + n) for t in IRREGULAR for n, m in enumerate(given.accounts)), *apart(100))
        assert said(given, met, names=handles) == told


@pytest.mark.parametrize(("others", "told"), [(1, ["A common owner"]), (40, [])])
def test_a_site_of_their_own_may_have_one_owner(others: int, told: list[str]) -> None:
    links = [(i, "shop.example", t) for i in IDS for t in (1, 2, 3)] + [
        (f"o{k}", "shop.example", 9) for k in range(others)
    ]
    assert said(group(), at(*IRREGULAR), acts(*links, layer="domain")) == told


@pytest.mark.parametrize(("second", "told"), [(0, ["A feed or a share button"]), (None, [])])
def test_copies_at_one_second_of_the_minute_may_be_a_feed(second: int | None, told: list[str]) -> None:
    rng = np.random.default_rng(3)
    at_second = [second if second is not None else int(rng.integers(60)) for _ in range(12 * len(IDS))]
    rows = [
        (i, f"text{k}", EVENING + k * 5 * HOUR + at_second[k * len(IDS) + n] * 1000 + int(rng.integers(999)))
        for k in range(12)
        for n, i in enumerate(IDS)
    ]
    assert said(group("campaign", "text"), acts(*rows, *apart(), layer="text")) == told


def test_a_clock_of_minutes_makes_no_feed() -> None:
    rows = [(i, f"text{k}", EVENING + k * 5 * HOUR) for k in range(12) for i in IDS]
    assert said(group("campaign", "text"), acts(*rows, *apart(), layer="text")) == []


def test_a_gathering_that_passes_on_one_source_may_be_its_fans() -> None:
    retweets = at(*IRREGULAR, layer="retweet")
    of_star = LayerInput("retweet", retweets.events.with_columns(source=pl.lit("star")), retweets.scales)
    assert said(group("gathering", "retweet"), of_star) == ["A fan circle of one account"]
    assert said(group("campaign", "retweet"), of_star) == []
    assert said(group("gathering", "retweet"), retweets) == []


def test_a_source_of_which_hardly_any_is_known_is_not_said_not_to_be_there() -> None:
    """6% of one source and 86% unknown was `looked for, not there`."""
    name, retweets = "A fan circle of one account", at(*IRREGULAR, layer="retweet")
    row = pl.int_range(pl.len())

    def known(source: pl.Expr) -> LayerInput:
        return LayerInput("retweet", retweets.events.with_columns(source=source), retweets.scales)

    some = known(pl.when(row % 7 == 0).then(pl.lit("star")))
    told = untested(group("gathering", "retweet"), some)[name]
    assert told.startswith("of 8") and told.endswith(
        "of its common retweets these data do not say whose posts they pass on"
    )
    many = known(pl.when(row % 7 > 0).then(pl.format("star {}", row % 5)))
    assert against(group("gathering", "retweet"), many)[name].startswith("no account wrote more than")


def test_a_gathering_that_passes_on_what_is_new_may_read_the_same() -> None:
    name, retweets = "Readers of the same, who take up what is new", at(*IRREGULAR, layer="retweet")

    def of_age(minutes: int | None) -> LayerInput:
        born = pl.lit(None, pl.Int64) if minutes is None else pl.col("time") - minutes * 60_000
        return LayerInput("retweet", retweets.events.with_columns(born=born), retweets.scales)

    assert said(group("gathering", "retweet"), of_age(20)) == [name]
    assert said(group("campaign", "retweet"), of_age(20)) == []
    assert said(group("gathering", "retweet"), of_age(300)) == []
    against = {e.name: e.seen for e in explanations(group("gathering", "retweet"), NAMES, [of_age(300)]).against}
    assert against[name] == "0% of what it passes on, quotes or answers together had come out within the hour before"
    assert name not in {e.name for e in explanations(group("gathering", "retweet"), NAMES, [of_age(None)]).against}


def test_a_group_linked_by_loose_retweets_alone_is_not_said_to_have_none() -> None:
    """Within a minute of each other nobody retweeted; within the hour all did, which is what links them."""
    rows = [(who, f"p{n}", EVENING + n * 3 * HOUR + k * 5 * MINUTE) for n in range(9) for k, who in enumerate(IDS)]
    events = pl.DataFrame(rows, schema=["account", "object", "time"], orient="row")
    loose = LayerInput("retweet", events.with_columns(source=pl.lit("star")), (Scale(60, 1800), Scale(3600, 86_400)))
    assert "A fan circle of one account" in said(group("gathering", "retweet"), loose)


def test_a_gathering_of_people_who_answer_each_other_may_be_friends_who_talk() -> None:
    name, met = "Friends who talk to each other", at(*IRREGULAR)
    others = dict(zip(IDS, [*IDS[1:], IDS[0]], strict=True))
    talks = met.events.select(
        "account", pl.col("account").replace_strict(others, default="nobody").alias("other"), "time"
    )
    assert said(group(), replace(met, talks=talks)) == [name]
    assert said(group("campaign"), replace(met, talks=talks)) == []
    assert said(group(), replace(met, talks=talks.with_columns(other=pl.lit("somebody else")))) == []
    few = against(group(), replace(met, talks=talks.head(6)))[name]
    assert name not in against(group(), met)  # nothing is known of it where no post names or answers anybody
    assert few == "20% of the posts of its meetings are of talks with another of its accounts"


@pytest.mark.parametrize(("others", "told"), [(150, ["Second-screen television"]), (10, [])])
def test_a_large_crowd_in_the_same_moments_may_be_television(others: int, told: list[str]) -> None:
    crowd = [(f"o{k}", "x", t + k * 100) for t in IRREGULAR for k in range(others)]
    own = list(at(*IRREGULAR).events.iter_rows())
    assert said(group(), acts(*own, *crowd)) == told


def test_what_is_nearly_an_audience_is_said_to_be_nearly_one() -> None:
    """190 outsiders beside ten posts, of a bar of 200, were `looked for, not there`."""
    name, own = "Second-screen television", list(at(*IRREGULAR).events.iter_rows())
    crowds = {n: [(f"o{k}", "x", t + k * 100) for t in IRREGULAR for k in range(n)] for n in (8, 16)}
    assert verdict(group(), name, acts(*own, *crowds[8])) == "looked for, not there"
    assert verdict(group(), name, acts(*own, *crowds[16])) == "there, but not enough"
    assert "nearly an audience: it would be called" in against(group(), acts(*own, *crowds[16]))[name]


def test_it_is_known_how_much_of_a_groups_moments_is_its_own() -> None:
    alone = explanations(group(), NAMES, [at(*IRREGULAR)]).own_share
    assert alone == 1
    crowd = [(f"o{k}", "x", t + k * 100) for t in IRREGULAR for k in range(4)]  # as many as the others of the five
    assert explanations(group(), NAMES, [acts(*at(*IRREGULAR).events.iter_rows(), *crowd)]).own_share == 0.5


@pytest.mark.parametrize(("others", "told"), [(14, ["An audience whose subject alone was collected"]), (16, [])])
def test_a_group_that_is_a_quarter_of_all_accounts_may_be_an_audience(others: int, told: list[str]) -> None:
    everybody = at(*IRREGULAR, others=others)
    name = "An audience whose subject alone was collected"
    assert [b for b in said(group("campaign"), everybody) if b == name] == told
    every = explanations(group(), NAMES, [everybody])
    seen = next(b.seen for b in [*every.fitting, *every.against] if b.name == name)
    assert seen.startswith(f"its accounts are {5 / (5 + others):.0%} of the {5 + others} looked at by hashtag")
    more = acts(*apart(100), layer="url")  # accounts that are there by another behaviour are in the data as well
    assert name not in said(group("campaign"), everybody, more)


@pytest.mark.parametrize(("first", "told"), [("station", ["People who react to one account"]), (None, [])])
def test_a_group_that_meets_where_one_account_was_first_may_react_to_it(first: str | None, told: list[str]) -> None:
    name = "People who react to one account"
    times = [*IRREGULAR, *(t + DAY for t in IRREGULAR)]
    met = [at(t, thing=f"song {k}", seed=k, others=0).events for k, t in enumerate(times)]
    before = acts(*((first or f"other {k}", f"song {k}", t - HOUR) for k, t in enumerate(times)), *apart())
    together = replace(before, events=pl.concat([*met, before.events]))
    found = explanations(group("campaign"), NAMES, [together])
    assert [b.name for b in found.fitting if b.name == name] == told
    if first:
        (seen,) = (b.seen for b in found.fitting if b.name == name)
        assert seen.startswith("one account (station) is the first of the day on 100% of the things it meets on")


def test_who_was_first_is_asked_day_by_day_of_whoever_acted() -> None:
    rows = acts(("late", "x", 9 * HOUR), ("early", "x", 1 * HOUR), ("b", "x", DAY + HOUR), ("c", "y", 5), ("z", "x", 5))
    ties = acts(("a", "x", 5), ("b", "x", 5), ("c", "x", 6))
    asked = pl.DataFrame({"object": ["x", "x", "x", "unknown"], "time": [9 * HOUR, 10 * HOUR, DAY + 2 * HOUR, 7]})
    assert sorted(first_actors(rows.acts, asked)) == ["b", "z"]
    assert first_actors(rows.acts, asked.tail(1)) == []
    assert first_actors(ties.acts, asked) == []  # nobody knows which of the two


@pytest.mark.parametrize(
    ("others", "times", "told"),
    [
        (1, 40, "are hardly any"),
        (1, 10, "is about 1"),
        (1, 6, "are about 2"),
        (6, 6, "are about 10"),
        (50, 6, "are about 83"),
    ],
)
def test_how_many_others_there_are_is_told_of_ten_posts(others: int, times: int, told: str) -> None:
    """The five post at so many times, the others at the first of these only, where each of the five sees them."""
    crowd = [(f"o{k}", "x", EVENING + 15_000) for k in range(others)]
    own = at(*(EVENING + k * 5 * HOUR for k in range(times))).events.iter_rows()
    seen = against(group(), acts(*own, *crowd))["Second-screen television"]
    assert f"there {told} by outsiders" in seen
