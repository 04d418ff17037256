"""For each layer a small world in which three accounts act in step in that layer, and a crowd does whatever it likes.

A new layer needs an entry in `ACTS`: `tests/test_layers.py` asks for one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import polars as pl

START = datetime(2024, 5, 6, tzinfo=UTC).timestamp()
DAYS = 7
CROWD, POPULAR = 60, 15
RING = ("ring0", "ring1", "ring2")
ACTIONS = 10
# Columns of a post, made of the number of its object and of its own number.
ACTS: dict[str, Callable[[int, int], dict[str, str]]] = {
    "hashtag": lambda what, post: {"hashtags": f"tag{what}"},
    "hashtag_sequence": lambda what, post: {"hashtags": f"tag{what} other{what}"},
    "mention": lambda what, post: {"mentions": f"@name{what}"},
    "url": lambda what, post: {"urls": f"https://site{what}.example/story"},
    "domain": lambda what, post: {"urls": f"https://site{what}.example/{post}"},
    "image": lambda what, post: {"image_hash": f"{what:016x}"},
    "retweet": lambda what, post: {"retweet_of": f"7{what:05}"},
    "quote": lambda what, post: {"quote_of": f"7{what:05}"},
    "reply": lambda what, post: {"reply_to": f"7{what:05}"},
    "text": lambda what, post: {"text": " ".join(words(1000 + what))},
}
# What one act is besides: two accounts that link to the same addresses link to the same sites.
BESIDES = {"url": {"domain"}, "hashtag_sequence": {"hashtag"}}


def words(seed: int) -> list[str]:
    """Eight words that no other seed gives."""
    random = Random(seed)
    return ["".join(random.choices("abcdefghijklmnoprstuvw", k=7)) for _ in range(8)]


@dataclass(frozen=True)
class Act:
    """One post: by whom, on which object, when (epoch seconds)."""

    who: str
    what: int
    when: int


def acts(seed: int = 1) -> list[Act]:
    """The crowd on popular objects at any time; the ring on new objects, all three within half a minute."""
    random = Random(seed)
    whenever = [int(START + random.random() * DAYS * 86_400) for _ in range(CROWD * 10)]
    crowd = [Act(f"crowd{i % CROWD}", random.randrange(POPULAR), when) for i, when in enumerate(whenever)]
    moments = [int(START + (day * DAYS / ACTIONS) * 86_400 + random.randrange(40_000)) for day in range(ACTIONS)]
    ring = [
        Act(who, POPULAR + number, moment + random.randrange(30))
        for number, moment in enumerate(moments)
        for who in RING
    ]
    return sorted([*crowd, *ring], key=lambda act: (act.when, act.who))


def write(layer: str, path: Path) -> None:
    """The layer's world as a CSV for `campaign load`."""
    rows = [
        {
            "post_id": str(number),
            "user_id": act.who,
            "created_at": act.when,
            "text": " ".join(words(number + 10_000)),
            **ACTS[layer](act.what, number),
        }
        for number, act in enumerate(acts())
    ]
    pl.DataFrame(rows).write_csv(path)


def write_fans(layer: str, path: Path, seed: int = 1) -> None:
    """Forty fans who take up what one star posts within the hour, and a crowd that takes up anything at any time.

    For layers whose events have a source: the star's posts are in the file, and links lead to one site.
    """
    random = Random(seed)
    told = [int(START + random.random() * DAYS * 86_400) for _ in range(40)]
    fans = [
        Act(f"fan{fan}", what, when + int(random.expovariate(1 / 600)))
        for what, when in enumerate(told)
        for fan in range(40)
        if random.random() < 0.6
    ]
    crowd = [
        Act(f"crowd{i % 300}", 1000 + random.randrange(200), int(START + random.random() * DAYS * 86_400))
        for i in range(1500)
    ]
    rows = [
        {"post_id": f"7{what:05}", "user_id": "star", "created_at": when, "text": " ".join(words(what))}
        for what, when in enumerate(told)
    ]
    rows += [
        {
            "post_id": str(number),
            "user_id": act.who,
            "created_at": act.when,
            **(
                {"urls": f"https://site{max(0, act.what - 999)}.example/{act.what}"}
                if layer == "url"
                else ACTS[layer](act.what, number)
            ),
        }
        for number, act in enumerate(sorted([*fans, *crowd], key=lambda act: (act.when, act.who)))
    ]
    pl.DataFrame(rows, infer_schema_length=None).write_csv(path)
