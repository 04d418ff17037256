"""Talk: meetings of two who talk to each other do not count, in pairs, in growing, and in a run of either store."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from campaign_analysis.background import Background, background_of
from campaign_analysis.detect import LayerInput
from campaign_analysis.detect import detect as find
from campaign_analysis.episodes import episodes_of
from campaign_analysis.events import SECOND, Events, encode
from campaign_analysis.growth import grow
from campaign_analysis.habits import after_habits
from campaign_analysis.interest import interest_of
from campaign_analysis.sessions import Scale, posts_of
from campaign_analysis.significance import test_pairs as pair_tests
from campaign_analysis.talks import TALK, talked, talking, talks_of
from campaign_cypher.store import Store
from campaign_loader import load
from scipy import special
from slow_method import START, Act, Cell, Slow, frame_of, random_acts

from campaign.pipeline import detect
from campaign.request import Request

Names = list[tuple[Act, str]]  # acts, each with whom it names


def named(acts: Names, answers: bool | list[bool] = True) -> pl.DataFrame:
    """What `talks_of` takes."""
    frame = frame_of([Act(act.who, whom, act.when) for act, whom in acts])
    told = [answers] * len(acts) if isinstance(answers, bool) else answers
    return frame.with_columns(answers=pl.Series(told, dtype=pl.Boolean))


def prepared(
    acts: list[Act], names: Names, scale: Scale, answers: bool | list[bool] = True
) -> tuple[Events, Background]:
    events = encode(frame_of(acts), talks=talks_of(named(names, answers)))
    return events, background_of(events, posts_of(events), scale)


def everyday(rng: random.Random, accounts: list[str], each: int = 12) -> list[Act]:
    return [Act(a, f"tag{rng.randrange(30)}", START + rng.randrange(100_000)) for a in accounts for _ in range(each)]


def test_both_acts_of_two_who_name_each_other_within_the_hour_are_talk() -> None:
    hour = TALK // SECOND
    acts = [(Act("a", "", 0), "b"), (Act("b", "", hour), "a"), (Act("b", "", 3 * hour), "a"), (Act("c", "", 0), "c")]
    assert sorted(talking(named(acts)).rows()) == [("a", "b", 0), ("b", "a", TALK)]
    assert sorted(talks_of(named(acts, answers=False)).rows()) == [("a", "b", 0), ("b", "a", TALK)]
    every = [("a", "b", 0), ("b", "a", TALK), ("b", "a", 3 * TALK)]
    assert sorted(talks_of(named(acts, answers=True)).rows()) == every


def in_threads(slow: Slow, acts: list[Act], names: Names, answers: list[bool]) -> dict[tuple[str, str], set[Cell]]:
    """For each pair the cells in which both are in one thread, in plain Python."""
    every, hour = [(act.who, whom, act.when) for act, whom in names], TALK / SECOND
    called = {
        (a, b, at)
        for (a, b, at), is_answer in zip(every, answers, strict=True)
        if a != b and (is_answer or any((who, whom) == (b, a) and abs(at - when) <= hour for who, whom, when in every))
    }
    found, in_cell = defaultdict(set), defaultdict(list)
    for act in acts:  # those that collapse talk too
        in_cell[slow.cell(act)].append(act)
    for cell, inside in in_cell.items():
        thread, spoken = {a.who: {a.who} for a in inside}, set[str]()
        for a in sorted(inside, key=lambda act: act.when):
            there = [b.who for b in inside if (a.who, b.who, a.when) in called and abs(a.when - b.when) <= hour]
            if a.who not in spoken and there:
                spoken.add(a.who)
                joined = thread[a.who] | thread[min(there)]
                thread |= dict.fromkeys(joined, joined)
        for a, b in combinations(sorted(thread), 2):
            if b in thread[a]:
                found[a, b].add(cell)
    return found


@pytest.mark.parametrize("scale", [Scale(60, 600), Scale(300, 1800), Scale(60, 7200)])
@pytest.mark.parametrize("seed", range(4))
def test_talk_is_counted_as_its_words_say(seed: int, scale: Scale) -> None:
    """Against plain Python: of the cells in which two met those in which they are in one thread."""
    rng, acts = random.Random(seed), random_acts(seed, posts=200, hours=6)
    people = sorted({a.who for a in acts})
    names = [(act, rng.choice(people)) for act in acts if rng.random() < 0.3]
    answers = [rng.random() < 0.4 for _ in names]
    events, b = prepared(acts, names, scale, answers)
    slow, who = Slow(acts, scale.window, scale.block, 1), events.accounts.to_list()
    threaded = in_threads(slow, acts, names, answers)
    pairs = list(combinations(range(len(who)), 2))
    u, v = (np.array(side, dtype=np.int32) for side in zip(*pairs, strict=True))
    met = [slow.episodes[who[a], who[b]] for a, b in pairs]
    slowly = [len(cells & threaded[who[a], who[b]]) for cells, (a, b) in zip(met, pairs, strict=True)]
    assert talked(b.sessions, scale, u, v).tolist() == slowly == talked(b.sessions, scale, v, u).tolist()
    assert 5 < sum(slowly) < sum(map(len, met))


@pytest.mark.parametrize(
    ("talks", "thread"),
    [("wu wv", 0), ("uw vw", 1), ("uw wv", 1), ("uv", 1), ("vu", 1), ("uw wx vy yx", 1), ("uw vx", 0)],
)
def test_two_are_in_one_thread_who_come_to_the_same_and_not_whom_a_third_answers(talks: str, thread: int) -> None:
    """`uw`: u answers w."""
    acts = {who: Act(who, "tag", START + at) for who, at in zip("uvwxy", (0, 20, 300, 600, 900), strict=True)}
    _, b = prepared(list(acts.values()), [(acts[who], whom) for who, whom in talks.split()], Scale(60, 1800))
    u, v = (np.array([at], dtype=np.int32) for at in (0, 1))
    assert talked(b.sessions, b.scale, u, v).tolist() == [thread]


@pytest.mark.parametrize("after", [50, 70])
def test_an_answer_within_the_window_of_an_own_act_is_talk_too(after: int) -> None:
    """v opens, u follows, v answers u: whether or not the answer collapses with what v opened with."""
    acts = [Act("v", "tag", START), Act("u", "tag", START + 20), Act("v", "tag", START + after)]
    _, b = prepared(acts, [(acts[2], "u")], Scale(60, 1800))
    assert talked(b.sessions, b.scale, np.array([0], np.int32), np.array([1], np.int32)).tolist() == [1]


def test_meetings_that_are_no_talk_still_count() -> None:
    """Ten meetings on a rare tag: that of two who name each other at seven is tested as if they had met three times."""
    rng = random.Random(1)
    acts = everyday(rng, ["u", "v", *(f"c{i}" for i in range(60))])
    meetings = [(Act("u", "rare", START + n * 7_000), Act("v", "rare", START + n * 7_000 + 20)) for n in range(10)]
    acts += [act for meeting in meetings for act in meeting]
    names = [pair for one, other in meetings[:7] for pair in ((one, "v"), (other, "u"))]

    def tested(talks: Names) -> tuple[int, float, float]:
        events, b = prepared(acts, talks, Scale(60, 1800))
        everybody = np.ones(len(events.accounts), dtype=np.bool_)
        t = pair_tests(b, interest_of(b, everybody), events.source, everybody, 0.5)
        (at,) = [i for i, pair in enumerate(t.pair) if b.n[pair] >= 10]
        assert b.n[t.pair[at]] == 10  # what is told is how often they met
        assert t.p_in_step[at] == pytest.approx(special.gammainc(10, t.in_step[at]))
        assert t.p_together[at] < 1e-10
        return int(b.n[t.pair[at]]), t.without_habits[at], t.p_in_step[at]

    _, expected, p = tested(names)
    assert p == pytest.approx(special.gammainc(3, expected))
    assert tested([])[2] < 1e-10
    nearly_all = [pair for one, other in meetings[:9] for pair in ((one, "v"), (other, "u"))]
    assert tested(nearly_all[:2] + nearly_all[4:])[2] == pytest.approx(special.gammainc(2, expected))


def test_one_exchange_with_many_tags_is_one_meeting() -> None:
    """u and v met on ten tags in ten posts, and in one post each that carries nine of them, in which u names v."""
    tags = [f"tag{n}" for n in range(10)]
    acts = [Act(who, tag, START + n * 7_000 + at) for n, tag in enumerate(tags) for who, at in (("u", 0), ("v", 20))]
    acts += [Act(who, tag, START + 90_000 + at) for tag in tags[:9] for who, at in (("u", 0), ("v", 20))]
    events, b = prepared(acts, [(Act("u", "", START + 90_000), "v")], Scale(60, 1800))
    u, v = (np.array([events.accounts.to_list().index(who)], dtype=np.int32) for who in "uv")
    assert episodes_of(b.sessions, b.scale, u, v).tolist() == [11]
    assert talked(b.sessions, b.scale, u, v).tolist() == [1]


def in_step(acts: list[Act], names: Names, answers: bool = True) -> set[tuple[str, str]]:
    talks = talks_of(named(names, answers))
    layer = LayerInput("hashtag", frame_of(acts), (Scale(60, 240), Scale(60, 1800)), talks=talks)
    return set(find([layer]).edges.filter(claim="in step").select("a", "b").iter_rows())


def test_fans_who_answer_a_star_under_its_hashtag_are_not_in_step_with_it_or_with_each_other() -> None:
    rng, fans = random.Random(4), ["fan0", "fan1", "fan2"]
    acts, names = everyday(rng, ["star", *fans, *(f"c{i}" for i in range(100))]), []
    for n in range(15):
        when = START + n * 7_000 + rng.randrange(3_000)
        acts.append(Act("star", f"day{n}", when))
        for fan in fans:
            acts.append(Act(fan, f"day{n}", when + 10 + rng.randrange(45)))
            names.append((acts[-1], "star"))
    assert len(in_step(acts, [])) == 6
    assert in_step(acts, names) == set()
    assert len(in_step(acts, names, answers=False)) == 6  # whom to name one may have been told
    to_another = [(act, "c1") for act, _ in names]  # whom all of them name, and who is not there: no thread
    assert len(in_step(acts, to_another)) == 6


def test_one_meeting_that_is_no_talk_is_not_enough() -> None:
    n, expected, p = np.array([5.0, 5.0]), np.array([0.1, 0.1]), np.array([1e-7, 1e-7])
    raised, after = after_habits((np.zeros(2), np.ones(2)), np.array([3, 4]), n, expected, p)
    assert after.tolist() == [pytest.approx(special.gammainc(2, 0.1)), 1.0]
    assert raised[1] == 5.0
    assert special.gammainc(5, raised[0]) == pytest.approx(after[0])


def test_who_answers_a_core_each_time_does_not_join_it() -> None:
    rng = random.Random(2)
    acts, names = everyday(rng, ["a", "b", "c", "friend", "tool", *(f"c{i}" for i in range(100))]), []
    for n in range(12):
        for who in ("a", "b", "c", "friend", "tool"):
            acts.append(Act(who, "push", START + n * 7_000 + 400 + rng.randrange(50)))
        by_a, by_friend = acts[-5], acts[-2]
        names += [(by_friend, "a"), (by_a, "friend")]

    def joined(talks: Names) -> set[str]:
        events, b = prepared(acts, talks, Scale(60, 1800))
        core = np.array([events.accounts.to_list().index(who) for who in "abc"], dtype=np.int32)
        found = grow([b], [core], np.ones(len(events.accounts), dtype=np.bool_), events.clock, 0.01)
        return {events.accounts[a] for a in found["account"]}

    elsewhere = [(act, "a") for act in acts if act.who == "friend" and act.what != "push"]
    assert joined([]) == joined(elsewhere) == {"friend", "tool"}
    assert joined(names) == {"tool"}


@pytest.mark.parametrize("column", ["mentions", "reply_to", ""])
def test_friends_whose_answers_keep_the_hashtag_are_no_campaign(any_store: Store, tmp_path: Path, column: str) -> None:
    """Six friends in twos, each with thirty short talks under a hashtag; without names they are in step."""
    rng, rows = random.Random(3), ["post_id,user_id,username,created_at,text,hashtags,mentions,reply_to"]
    for number in range(400):
        who, minute = rng.randrange(60), rng.randrange(14 * 24 * 60)
        rows.append(f"e{number},c{who},c{who},{time_of(minute, 7)},words,tag{rng.randrange(40)},,")
    for talk in range(30):
        minute = 600 * talk + rng.randrange(500)
        for pair in (("f0", "f1"), ("f2", "f3"), ("f4", "f5")):
            minute += 2
            for at in range(3):  # one, the other, and the one again
                who, whom, before = pair[at % 2], pair[1 - at % 2], f"t{talk}{pair[0]}{at - 1}"
                told = {"mentions": f"@{whom},", "reply_to": f",{before if at else ''}", "": ","}[column]
                post = f"t{talk}{pair[0]}{at},{who},{who},{time_of(minute, 20 * at)}"
                rows.append(f"{post},words,chat{pair[0]},{told}")
    (tmp_path / "posts.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert load([str(tmp_path / "posts.csv")], any_store).exit_code == 0
    pairs = detect(any_store, Request(layers=("hashtag",))).edges.filter(claim="in step").height
    assert pairs == (0 if column else 3)


def time_of(minute: int, second: int) -> str:
    day, rest = divmod(minute, 24 * 60)
    return f"2020-03-{day + 1:02}T{rest // 60:02}:{rest % 60:02}:{second:02}Z"
