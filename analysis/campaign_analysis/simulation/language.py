"""Invented hashtags, handles, texts, addresses and images, drawn fast: whole columns at a time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from campaign_analysis.simulation import vocabulary as words

Ints = npt.NDArray[np.int64]

SHORTEST, LONGEST = 6, 13  # words in a text
DEVANAGARI_EVERY = 8  # one hashtag in eight is in Devanagari
SPREAD = 0x9E3779B97F4A7C15  # odd: no two numbers below 2^64 get the same hash
SCATTER = 7919  # a prime: neighbouring numbers get handles that do not look alike
SHORTENER = "t.co"  # a host that says nothing of the site behind it
TAIL, LINK, CHEER, INVISIBLE, PLAIN = range(5)


def hashtags(count: int) -> pl.Series:
    """Names of `count` hashtags, without #, different even when casefolded; the same for every seed."""
    rank = np.arange(count)
    latin = _pairs(rank, words.TAG_FIRST, words.TAG_SECOND)
    devanagari = _pairs(rank // DEVANAGARI_EVERY, words.TAG_FIRST_DEVANAGARI, words.TAG_SECOND_DEVANAGARI)
    return latin.zip_with(pl.Series(rank % DEVANAGARI_EVERY < DEVANAGARI_EVERY - 1), devanagari)


def _pairs(number: Ints, first: list[str], second: list[str]) -> pl.Series:
    """A two-word name for each number, with a digit behind it once all pairs are used up."""
    pairs = len(first) * len(second)
    # A step that shares no factor with the number of pairs visits every pair once, in an order that looks
    # random.
    step = next(s for s in range(int(pairs * 0.618), pairs) if np.gcd(s, pairs) == 1)
    place, again = (number % pairs) * step % pairs, number // pairs
    frame = pl.DataFrame(
        {
            "first": pl.Series(first).gather(place % len(first)),
            "second": pl.Series(second).gather(place // len(first)),
            "again": pl.Series(again).cast(pl.String),
        }
    )
    return frame.select(
        pl.col("first") + pl.col("second") + pl.when(pl.col("again") == "0").then(pl.lit("")).otherwise("again")
    ).to_series()


def handles(rng: np.random.Generator, count: int) -> pl.Series:
    """`count` different handles of three invented syllables, some with digits behind them."""
    base, syllables = len(words.SYLLABLES), pl.Series(words.SYLLABLES)
    number = rng.permutation(count)
    scattered, again = number * SCATTER % base**3, number // base**3
    digits = np.where(again > 0, 100 + again, rng.integers(0, 100, count))
    columns = {str(place): syllables.gather(scattered // base**place % base) for place in range(3)}
    frame = pl.DataFrame({**columns, "digits": digits})
    tail = pl.when(pl.col("digits") < 60).then(pl.lit("")).otherwise(pl.format("_{}", "digits"))
    return frame.select(pl.concat_str("0", "1", "2", tail)).to_series()


def sentences(rng: np.random.Generator, count: int) -> pl.Series:
    """`count` texts of 6 to 13 words, each in one language; hardly two are alike."""
    names = list(words.LANGUAGES)
    share = np.array([words.LANGUAGES[name][0] for name in names])
    language = rng.choice(len(names), count, p=share / share.sum())
    parts, rows = [], []
    for i, name in enumerate(names):
        where = np.flatnonzero(language == i)
        parts.append(_sentences_in(rng, pl.Series(words.LANGUAGES[name][1].split()), len(where)))
        rows.append(where)
    order = np.argsort(np.concatenate(rows), kind="stable")
    return pl.concat(parts).gather(order)


def _sentences_in(rng: np.random.Generator, vocabulary: pl.Series, count: int) -> pl.Series:
    weight = 1 / (np.arange(len(vocabulary)) + 8.0)
    chosen = _weighted(rng, weight, (count, LONGEST))
    length = rng.integers(SHORTEST, LONGEST + 1, count)
    chosen[np.arange(LONGEST) >= length[:, None]] = len(vocabulary)  # no word
    drawn = pl.concat([vocabulary, pl.Series([None], dtype=pl.String)]).gather(chosen.ravel())
    return drawn.reshape((count, LONGEST)).arr.join(" ", ignore_nulls=True)


def _weighted(rng: np.random.Generator, weight: npt.NDArray[np.float64], shape: tuple[int, ...]) -> Ints:
    cumulative = np.cumsum(weight)
    draw = rng.random(shape) * cumulative[-1]
    return np.asarray(np.searchsorted(cumulative, draw, side="right"), dtype=np.int64)


def pages(site: str, count: int) -> pl.Series:
    """Addresses of `count` pages of an invented site."""
    return pl.select(pl.format(f"https://{site}.example/{{}}", pl.int_range(count))).to_series()


def short_links(rng: np.random.Generator, count: int) -> pl.Series:
    """`count` addresses that a shortener stands in for, as dumps of X have them: each post's is its own."""
    return pl.select(pl.format(f"https://{SHORTENER}/{{}}", pl.Series(rng.integers(10**9, 10**12, count)))).to_series()


def images(first: int, count: int) -> pl.Series:
    """Hashes of `count` images from the one of the number `first` on: no two numbers have the same."""
    return pl.Series([f"{number * SPREAD % 2**64:016x}" for number in range(first, first + count)], dtype=pl.String)


def templates(rng: np.random.Generator, which: Ints, count: int, slots: int) -> pl.Series:
    """One of `count` sentences for each entry of `which`, with a random word in each of its slots."""
    fillers = pl.Series(words.LANGUAGES["en"][1].split())
    parts = [sentences(rng, count).gather(which)]
    for _ in range(slots):
        parts += [fillers.gather(rng.integers(0, len(fillers), len(which))), sentences(rng, count).gather(which)]
    frame = pl.DataFrame([part.alias(str(place)) for place, part in enumerate(parts)])
    return frame.select(pl.concat_str(pl.all(), separator=" ")).to_series()


def disguised(rng: np.random.Generator, texts: pl.Series) -> pl.Series:
    """The texts as pasted by people who avoid exact duplicates: random tails, links, invisible signs."""
    count = len(texts)
    trick = rng.choice(5, count, p=[0.25, 0.15, 0.15, 0.1, 0.35])
    letters = pl.Series(list("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    tail = [letters.gather(rng.integers(0, 26, count)).alias(str(i)) for i in range(4)]
    frame = pl.DataFrame(tail).select(
        tail=pl.concat_str(pl.all()),
        link=pl.format("https://sim.example/{}", pl.Series(rng.integers(1000, 9999, count))),
        cheer=pl.Series(["!", "!!", " 🎉", "…"]).gather(rng.integers(0, 4, count)),
        trick=pl.Series(trick),
        text=texts,
    )
    is_trick = pl.col("trick")
    return frame.select(
        pl.when(is_trick == TAIL)
        .then(pl.format("{} {}", "text", "tail"))
        .when(is_trick == LINK)
        .then(pl.format("{} {}", "text", "link"))
        .when(is_trick == CHEER)
        .then(pl.format("{}{}", "text", "cheer"))
        .when(is_trick == INVISIBLE)
        .then(pl.col("text").str.replace(" ", " \u200b"))
        .otherwise("text")
    ).to_series()
