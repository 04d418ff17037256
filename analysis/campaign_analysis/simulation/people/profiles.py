"""Invented people with profiles: names of four cultures, handles made of them or not, bios, pictures, dates."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl

from campaign_analysis.simulation.people.names import CULTURES, JOBS, LIKES, Culture
from campaign_analysis.simulation.vocabulary import LANGUAGES, SYLLABLES, TAG_FIRST, TAG_SECOND

SMALL_TALK = LANGUAGES["en"][1].split()
FIRST_DAY = datetime(2009, 1, 1, tzinfo=UTC)
LAST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
RARE = 0.2  # share of people with a last name of their own making
PSEUDONYMS = 0.12  # who go by no name of a person
NATIVE = 0.4  # of those whose names have a script of their own
MADE_OF_THE_NAME = 0.65  # of handles
NO_BIO = 0.11  # as among the accounts of Cresci et al. 2015, whose bios are all but never the same
OWN_WORDS = 0.6  # of bios, those with words that are nobody else's
PICTURES = 0.7  # accounts whose picture is known; one in ten of these is one of a few that the platform gives
VERIFIED = 0.003

PROFILE_ROWS: dict[str, Any] = {
    "account": pl.String,
    "handle": pl.String,
    "name": pl.String,
    "description": pl.String,
    "created_at": pl.Datetime("us", "UTC"),
    "followers": pl.Int64,
    "verified": pl.Boolean,
    "avatar": pl.String,
    "culture": pl.String,
}


def people(rng: np.random.Generator, count: int) -> pl.DataFrame:
    """`count` innocent profiles as PROFILE_ROWS, the oldest first; ids grow with age and handles differ."""
    names = list(CULTURES)
    culture = rng.integers(0, len(names), count)
    rows = [_person(rng, CULTURES[names[which]]) for which in culture]
    seconds = int((LAST_DAY - FIRST_DAY).total_seconds())
    made = np.sort(rng.integers(0, seconds, count))
    frame = pl.DataFrame(rows, schema=["name", "handle", "description"], orient="row")
    return frame.with_columns(
        account=pl.Series(10_000_000 + np.cumsum(rng.integers(1, 9_000, count))).cast(pl.String),
        handle=_different(frame["handle"]),
        created_at=pl.lit(FIRST_DAY).dt.cast_time_unit("us") + pl.duration(seconds=pl.lit(pl.Series(made))),
        followers=pl.Series(rng.lognormal(4.5, 1.6, count).astype(np.int64)),
        verified=pl.Series(rng.random(count) < VERIFIED),
        avatar=_avatars(rng, count),
        culture=pl.Series([names[which] for which in culture], dtype=pl.String),
    ).select(pl.col(name).cast(kind) for name, kind in PROFILE_ROWS.items())


def _person(rng: np.random.Generator, culture: Culture) -> tuple[str, str, str | None]:
    first, last = _of(rng, culture.first), _of(rng, culture.last)
    if rng.random() < RARE:
        last = (_syllables(rng, 2) + culture.endings[rng.integers(len(culture.endings))]).capitalize()
    written = f"{first} {last}"
    if rng.random() < PSEUDONYMS:
        written = f"{_any(rng, TAG_FIRST)} {_any(rng, TAG_SECOND)}"
    elif culture.native and rng.random() < NATIVE and first in culture.native and last in culture.native:
        written = f"{culture.native[first]} {culture.native[last]}"
    elif rng.random() < 0.1:
        written = f"{first} {'ABDGHKMNRST'[rng.integers(11)]} {last}"
    return written, _handle(rng, first, last), _bio(rng, culture)


def _of(rng: np.random.Generator, names: tuple[str, ...]) -> str:
    """A name of the list, the first ones most often (Zipf's law)."""
    place = int(np.exp(rng.random() * np.log(len(names) + 1))) - 1
    return names[min(place, len(names) - 1)]


def _any(rng: np.random.Generator, words: list[str] | tuple[str, ...]) -> str:
    return words[int(rng.integers(len(words)))]


def _syllables(rng: np.random.Generator, many: int) -> str:
    return "".join(_any(rng, SYLLABLES) for _ in range(many))


def _handle(rng: np.random.Generator, first: str, last: str) -> str:
    first, last = (_ascii(name) for name in (first, last))
    digits = ["", "", str(rng.integers(1, 100)), str(rng.integers(1960, 2010)), str(rng.integers(100, 99999))]
    tail = digits[rng.integers(len(digits))]
    if rng.random() >= MADE_OF_THE_NAME:
        return _syllables(rng, int(rng.integers(3, 6))) + _any(rng, ["", "", "_"]) + tail
    forms = (first + last, f"{first}_{last}", first[0] + last, last + first, f"{first}{last[0]}", f"{last}_{first[0]}")
    return forms[rng.integers(len(forms))] + tail


def _ascii(name: str) -> str:
    import unicodedata

    plain = unicodedata.normalize("NFD", name.lower().replace("ı", "i"))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def _bio(rng: np.random.Generator, culture: Culture) -> str | None:
    if rng.random() < NO_BIO:
        return None
    own = f"{_any(rng, LIKES)} and {_any(rng, LIKES)}"
    parts = [_any(rng, culture.bios), _any(rng, JOBS), own, _any(rng, culture.towns)]
    kept = [part for part in parts if rng.random() < 0.65] or [parts[0]]
    if rng.random() < OWN_WORDS:
        kept.append(" ".join(_any(rng, SMALL_TALK) for _ in range(int(rng.integers(3, 9)))))
    return _any(rng, [" | ", ". ", " · ", ", "]).join(kept)


def _different(handles: pl.Series) -> pl.Series:
    """Handles that are taken get digits behind them, as people who come later choose."""
    taken: set[str] = set()
    different = []
    for handle in handles:
        number, free = 1, handle
        while free.lower() in taken:
            number += 1 + len(taken) % 7
            free = f"{handle}{number}"
        taken.add(free.lower())
        different.append(free)
    return pl.Series(different, dtype=pl.String)


def _avatars(rng: np.random.Generator, count: int) -> pl.Series:
    own = np.char.add("p", np.arange(count).astype(str))
    given = np.char.add("egg", rng.integers(0, 8, count).astype(str))
    picture = np.where(rng.random(count) < 0.1, given, own)
    known = rng.random(count) < PICTURES
    return pl.Series([p if k else None for p, k in zip(picture.tolist(), known, strict=True)], dtype=pl.String)
