"""`campaign case --redact` where ids and handles are not one plain word: blanks, hyphens, digits first, vowel signs."""

from __future__ import annotations

import random
import unicodedata

import pytest
from campaign_analysis.results import Member

from campaign.case.redact import Redactor

PLATFORM = "truth-social"
PARTS = ("Jane", "Roe7", "99lives", "राहुल", "Jose\u0301", "ｗｉｄｅ", "نرگس", "O", "of", "Ümit")
BETWEEN = (" ", "-", ".", "_", "'", " & ", "\u200c", "")


def odd_names(seed: int, count: int) -> list[str]:
    """So many names of two parts or three, no two alike."""
    rng, names = random.Random(seed), dict[str, str]()
    while len(names) < count:
        name = "".join(rng.choice(PARTS) + rng.choice(BETWEEN) for _ in range(rng.choice((2, 3))))
        name = name.strip() if rng.random() < 0.8 else f"{name.strip(' .-')}-"
        if len(name) >= 6:
            names.setdefault(read(name), name)
    return list(names.values())


def read(text: str) -> str:
    """As a reader sees it."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).replace("\u200c", "")


@pytest.mark.parametrize("seed", range(5))
def test_whatever_the_handles_are_none_stays_in_a_text(seed: int) -> None:
    names = odd_names(seed, 200)
    everybody = [(f"{PLATFORM}:{n}", name, None) for n, name in enumerate(names)]
    redactor = Redactor([Member("x:1", "core", 1, 0.1, 0.1)], ["alice"], [("x:1", "alice", None), *everybody], [])
    for name in names:
        text = f"{name}! photo:@{name} said ({name.upper()}) to @{name}, and {PLATFORM}:@{name}"
        left = read(redactor.text(text))
        assert [other for other in names if read(other).rstrip("-") in left] == [], text
