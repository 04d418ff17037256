"""Plants clones of invented people, and parodies of them that say so, with the truth about each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl

from campaign_analysis.errors import AnalysisError
from campaign_analysis.simulation.people.profiles import LAST_DAY, PROFILE_ROWS, people
from campaign_analysis.simulation.vocabulary import SYLLABLES

# One row a planted account: whom it copies, whether it deceives, and how name, handle and bio were made.
COPIES: dict[str, Any] = {
    "account": pl.String,
    "original": pl.String,
    "guilty": pl.Boolean,
    "name_trick": pl.String,
    "handle_trick": pl.String,
    "bio": pl.String,  # same, edited, other
    "avatar": pl.Boolean,
}
LOOKALIKES = dict(zip("aceopxyiskmtABCEHKMOPTX", "асеорхуіѕкмтАВСЕНКМОРТХ", strict=True))  # Latin: Cyrillic
ASCII_ALIKE = {"l": "1", "i": "1", "o": "0", "m": "rn", "w": "vv", "s": "5", "e": "3", "a": "4"}
OTHER_SCRIPTS = {"ي": "ی", "ك": "ک", "ه": "ہ"}
PARODY = ("Parody account", "Fan account, not affiliated", "hayran hesabı", "حساب ساخر")

NAME_TRICKS = {"same": 0.35, "homoglyph": 0.25, "swapped": 0.12, "changed": 0.13, "digits": 0.15}
HANDLE_TRICKS = {"homoglyph": 0.25, "swapped": 0.2, "changed": 0.15, "digits": 0.25, "underscore": 0.05, "other": 0.1}
BIOS = {"same": 0.75, "edited": 0.15, "other": 0.1}


def simulate_profiles(
    accounts: int, clones: int, seed: int, *, parodies: int = 0, bios: dict[str, float] | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Profiles (PROFILE_ROWS, the oldest first) with `clones` and `parodies` planted in them, and the truth (COPIES).

    Half of those copied have many followers or are verified, half are anybody; all have a bio.
    `bios` are shares of clones whose bio is the same, edited, other. The same arguments give the same profiles.
    Raises AnalysisError where there are not four people for each copy.
    """
    if accounts < 4 * (clones + parodies) or accounts < 1:
        raise AnalysisError(
            f"{accounts} people are too few to copy {clones + parodies} of them: four for each, at least"
        )
    rng = np.random.default_rng(seed)
    known = people(rng, accounts)
    victims = _victims(rng, known, clones + parodies)
    taken = set(known["handle"].str.to_lowercase())
    made = [
        _copy(rng, victim, number, taken, number >= clones, bios or BIOS)
        for number, victim in enumerate(known[victims].iter_rows(named=True))
    ]
    profiles = pl.DataFrame([row for row, _ in made], schema=PROFILE_ROWS, orient="row")
    truth = pl.DataFrame([told for _, told in made], schema=COPIES, orient="row")
    return pl.concat([known, profiles]).sort("created_at", "account"), truth


def _victims(rng: np.random.Generator, known: pl.DataFrame, count: int) -> list[int]:
    rows = known.with_row_index("row").filter(pl.col("created_at") < LAST_DAY - timedelta(days=900))
    rows = rows.filter(pl.col("description").is_not_null())
    seen = rows["row"].to_numpy()
    public = rows.sort(["verified", "followers"], descending=True)["row"].head(max(count * 2, 1)).to_numpy()
    chosen = rng.permutation(public)[: count // 2].tolist()
    others = [row for row in rng.permutation(seen).tolist() if row not in set(chosen)]
    return [*chosen, *others[: count - len(chosen)]]


def _copy(
    rng: np.random.Generator, victim: dict[str, Any], number: int, taken: set[str], parody: bool, bios: dict[str, float]
) -> tuple[dict[str, Any], dict[str, Any]]:
    name_trick, handle_trick, bio = _drawn(rng, NAME_TRICKS), _drawn(rng, HANDLE_TRICKS), _drawn(rng, bios)
    handle = _free(rng, _HANDLES[handle_trick](rng, victim["handle"]), taken)
    description = {"same": victim["description"], "edited": _edited(rng, victim["description"]), "other": None}[bio]
    if parody:
        description = " ".join(filter(None, (PARODY[rng.integers(len(PARODY))], description)))
    picture = victim["avatar"] if rng.random() < 0.8 else None
    age = (LAST_DAY - victim["created_at"]).total_seconds()
    account = str(90_000_000_000 + number)
    row = {
        **victim,
        "account": account,
        "handle": handle,
        "name": _NAMES[name_trick](rng, victim["name"]),
        "description": description,
        "created_at": victim["created_at"] + timedelta(seconds=int(age * (0.1 + 0.9 * rng.random()))),
        "followers": int(rng.lognormal(3, 1)),
        "verified": False,
        "avatar": picture,
    }
    told = (account, victim["account"], not parody, name_trick, handle_trick, bio, picture is not None)
    return row, dict(zip(COPIES, told, strict=True))


def _drawn(rng: np.random.Generator, shares: dict[str, float]) -> str:
    weight = np.array(list(shares.values()))
    return list(shares)[rng.choice(len(shares), p=weight / weight.sum())]


def _place(rng: np.random.Generator, text: str, letters: str | None = None) -> int | None:
    """A place of a letter (one of `letters` where they are given), not the first; None where there is none."""
    places = [i for i in range(1, len(text)) if (text[i] in letters if letters else text[i].isalpha())]
    return places[rng.integers(len(places))] if places else None


def _looks_alike(rng: np.random.Generator, text: str, table: dict[str, str]) -> str:
    place = _place(rng, text, "".join(table))
    return text + "\u200b" if place is None else text[:place] + table[text[place]] + text[place + 1 :]


def _swapped(rng: np.random.Generator, text: str) -> str:
    places = [
        i for i in range(1, len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha() and text[i] != text[i + 1]
    ]
    if not places:
        return text
    i = places[rng.integers(len(places))]
    return text[:i] + text[i + 1] + text[i] + text[i + 2 :]


def _changed(rng: np.random.Generator, text: str) -> str:
    """A letter doubled or left out."""
    place = _place(rng, text)
    if place is None:
        return text
    return text[: place + 1] + text[place:] if rng.random() < 0.6 else text[:place] + text[place + 1 :]


def _digits(rng: np.random.Generator, text: str) -> str:
    return f"{text}{rng.integers(1, 1000)}"


Trick = Callable[[np.random.Generator, str], str]
_NAMES: dict[str, Trick] = {
    "same": lambda _, text: text,
    "homoglyph": lambda rng, text: _looks_alike(rng, text, LOOKALIKES | OTHER_SCRIPTS),
    "swapped": _swapped,
    "changed": _changed,
    "digits": lambda rng, text: f"{text} {rng.integers(1, 100)}",
}
_HANDLES: dict[str, Trick] = {
    "homoglyph": lambda rng, text: _looks_alike(rng, text, ASCII_ALIKE).replace("\u200b", "_"),
    "swapped": _swapped,
    "changed": _changed,
    "digits": _digits,
    "underscore": lambda _, text: f"{text}_",
    "other": lambda rng, _: "".join(SYLLABLES[i] for i in rng.integers(0, len(SYLLABLES), 5)),
}


def _free(rng: np.random.Generator, handle: str, taken: set[str]) -> str:
    while handle.lower() in taken:
        handle = f"{handle}{rng.integers(10)}"
    taken.add(handle.lower())
    return handle


def _edited(rng: np.random.Generator, bio: str | None) -> str | None:
    """The bio with a sign or a short word more."""
    return None if bio is None else bio + [" ✨", "!", " DM", " 24"][rng.integers(4)]
