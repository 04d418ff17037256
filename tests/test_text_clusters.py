"""Near-duplicate texts: what counts as the same text, what does not, and that no chain of small steps joins two."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from campaign_analysis.minhash import BANDS, ROWS, bands
from campaign_analysis.plain_text import plain, word_count
from campaign_analysis.simulation.language import disguised, sentences
from campaign_analysis.text_clusters import leaders, text_objects
from rapidfuzz import fuzz

SLOGAN = "the copper kettles of this town belong to all of us"
NATIVE = "नदी के पुल पर आज शाम मीठी चाय मिलेगी"


def posts(*texts: str, accounts: list[str] | None = None) -> pl.DataFrame:
    """A post a minute, each of an account of its own unless told otherwise."""
    count = len(texts)
    return pl.DataFrame(
        {
            "account": accounts or [f"a{i}" for i in range(count)],
            "post": [f"p{i}" for i in range(count)],
            "text": list(texts),
            "time": [60_000 * i for i in range(count)],
        },
        schema={"account": pl.String, "post": pl.String, "text": pl.String, "time": pl.Int64},
    )


def groups(*texts: str) -> set[frozenset[str]]:
    """The sets of accounts that share an object."""
    objects = text_objects(posts(*texts)).group_by("object").agg("account")
    return {frozenset(members) for members in objects["account"]}


@pytest.mark.parametrize(
    "copy",
    [
        SLOGAN,
        SLOGAN.upper(),
        f"{SLOGAN} VUBQ",  # random tail against exact-duplicate checks
        f"{SLOGAN} VUBQ #kettle #town",
        f"@someone @other_1 {SLOGAN} #कॉपर #kettle",
        f"{SLOGAN} https://sim.example/a?b=1#c www.sim.example",
        f"OMG {SLOGAN}!!! 🎉",
        SLOGAN.replace(" of ", " \u200bof\u00ad ").replace("town", "to\u2060wn"),  # invisible signs
        SLOGAN.replace("copper", "ｃｏｐｐｅｒ"),  # full width
        SLOGAN.replace("kettles", "ketles"),
        SLOGAN.replace("belong", "belongs"),
        f"“{SLOGAN}”",
    ],
)
def test_copies_meet_their_original(copy: str) -> None:
    assert groups(SLOGAN, copy) == {frozenset({"a0", "a1"})}


@pytest.mark.parametrize(
    "other",
    [
        "the copper kettles of this town belong in a museum",  # the same opening
        "the copper ladders of this market belong to all of us",  # two words of eleven
        "all of us belong to the copper kettles of this town",  # the same words in another order
        "of this town",
        "",
    ],
)
def test_texts_that_say_something_else_do_not(other: str) -> None:
    assert groups(SLOGAN, other) == set()


def test_devanagari_keeps_its_vowel_signs() -> None:
    assert groups(NATIVE, f"{NATIVE} VUBQ", f"{NATIVE} #चाय") == {frozenset({"a0", "a1", "a2"})}
    assert pl.select(plain(pl.lit(f"@x {NATIVE} #मीठी"))).item() == NATIVE
    # The same consonants with other vowel signs are other words.
    assert groups(NATIVE, "नदा का पेल पेर अज शेम मठा चय मलगा") == set()


def test_texts_that_differ_in_numbers_or_tails_only_are_one() -> None:
    numbered = [f"only {i} days left to save our copper kettles" for i in (7, 12, 365)]
    assert groups(*numbered) == {frozenset({"a0", "a1", "a2"})}
    letters = random.Random(5)
    tails = ["".join(letters.choices("BCDFGHJKLMNPQRSTVWXZ", k=4)) for _ in range(40)]
    everybody = {frozenset(f"a{i}" for i in range(40))}
    assert groups(*(f"we meet at five again {tail}" for tail in tails)) == everybody
    assert groups(*(f"{SLOGAN.upper()} {tail}" for tail in tails)) == everybody


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("post p123 #tag00017", 2),
        ("one two three four #five #six @seven https://sim.example/eight", 4),
        ("12.03 14.55 16.77 18.88 20.11 22.5", 0),
        ("今日は駅前の市場で温かいお茶を配ります", 9),  # no spaces: two letters count as a word
        (NATIVE, 9),
        ("five words are just enough", 5),
    ],
)
def test_words_are_counted_beside_tags(text: str, words: int) -> None:
    assert pl.select(word_count(plain(pl.lit(text)))).item() == words
    assert bool(groups(text, text)) == (words >= 5)


def test_a_text_that_one_account_repeats_is_no_object() -> None:
    assert text_objects(posts(SLOGAN, SLOGAN, f"{SLOGAN}!", accounts=["a", "a", "a"])).is_empty()


def test_every_post_is_an_event_with_its_own_time() -> None:
    events = text_objects(posts(SLOGAN, f"{SLOGAN} VUBQ", SLOGAN, NATIVE, accounts=["a", "b", "a", "c"]))
    assert events.schema == {"account": pl.String, "object": pl.String, "time": pl.Int64, "post": pl.String}
    assert set(events.select("account", "time").rows()) == {("a", 0), ("b", 60_000), ("a", 120_000)}
    assert events["object"].n_unique() == 1


def test_only_texts_of_the_accounts_asked_for() -> None:
    texts = posts(SLOGAN, SLOGAN, SLOGAN, NATIVE)
    assert set(text_objects(texts, accounts={"a0", "a2", "a3"})["account"]) == {"a0", "a2"}
    assert text_objects(texts, accounts=["a0", "a3"]).is_empty()


def test_nothing_in_nothing_out() -> None:
    assert text_objects(posts()).is_empty()
    assert groups("short", "short") == set()


def test_object_names_do_not_depend_on_order_and_are_those_of_the_smallest_text() -> None:
    texts = posts(SLOGAN, f"{SLOGAN} indeed", SLOGAN, NATIVE, f"{NATIVE}!")
    there, back = text_objects(texts), text_objects(texts.reverse())
    assert set(there.rows()) == set(back.rows())
    assert set(text_objects(posts(SLOGAN, SLOGAN))["object"]) <= set(there["object"])


def test_small_steps_do_not_chain_two_different_texts() -> None:
    first, last = SLOGAN, "my wooden ladders at that farm belonged with none in"
    steps = [last[:i] + first[i:] for i in range(len(first) + 1)]
    assert all(fuzz.ratio(a, b) >= 95 for a, b in pairwise(steps))
    rows = leaders(pl.Series(steps))
    assert all(fuzz.ratio(steps[i], steps[row]) >= 90 for i, row in enumerate(rows))
    assert rows[-1] != rows[0]
    assert (rows[rows] == rows).all()
    assert len(set(rows)) < len(steps) / 3


def test_disguised_slogans_of_the_simulator_are_found_and_nothing_is_mixed() -> None:
    rng = np.random.default_rng(11)
    slogans = sentences(rng, 60)
    which = np.repeat(np.arange(60), 15)
    texts = disguised(rng, slogans.gather(which))
    said = pl.concat([texts, sentences(rng, 5000)]).to_list()
    events = text_objects(posts(*said))
    slogan_of = {f"a{i}": int(s) for i, s in enumerate(which)}
    clusters = events.group_by("object").agg("account")["account"]
    found = [[slogan_of.get(account, -1) for account in members] for members in clusters]
    whole = [members for members in found if len(members) >= 15]
    assert sorted(members[0] for members in whole) == list(range(60))
    assert all(len(set(members)) == 1 for members in whole)


def test_bands_agree_as_often_as_the_similarity_says() -> None:
    rng = random.Random(3)
    for kept, expected in ((60, 0.39), (85, 0.73)):
        pairs = [_pair_of_texts(rng, kept) for _ in range(300)]
        left, right = (bands(pl.Series([pair[side] for pair in pairs])) for side in (0, 1))
        similarity = np.array([_jaccard(a, b) for a, b in pairs])
        agreeing = (left == right).mean()
        assert similarity.mean() == pytest.approx(expected, abs=0.06)
        assert agreeing == pytest.approx((similarity**ROWS).mean(), abs=0.02)
        assert left.shape == (300, BANDS)


def _pair_of_texts(rng: random.Random, kept: int) -> tuple[str, str]:
    """Two texts of 100 letters whose first `kept` letters are the same."""
    a, b = ("".join(rng.choices("abcdefghijklmnopqrstuvwxyz ", k=100)) for _ in range(2))
    return a, a[:kept] + b[kept:]


def _jaccard(a: str, b: str) -> float:
    x, y = ({t[i : i + 5] for i in range(len(t) - 4)} for t in (a, b))
    return len(x & y) / len(x | y)
