"""`campaign case --redact` where ids and handles are not one plain word: blanks, hyphens, digits first, vowel signs."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from campaign_analysis.results import Member
from case_world import Files, lines, unpacked, words_in
from command import told

from campaign.case.redact import Redactor

PLATFORM = "truth-social"
PARTS = ("Jane", "Roe7", "99lives", "राहुल", "Jose\u0301", "ｗｉｄｅ", "نرگس", "O", "of", "Ümit")
BETWEEN = (" ", "-", ".", "_", "'", " & ", "\u200c", "")
BEGUN = datetime(2024, 3, 1, tzinfo=UTC)
OLD = "77"  # a member's post from before the range


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


def posts(names: list[str]) -> Iterator[dict[str, Any]]:
    """A ring of six that names everybody in every way; every third of the others is known by handle alone."""
    rng, accounts = random.Random(1), [(f"{500 + i}-" if i % 3 else None, name) for i, name in enumerate(names)]
    said = iter(accounts)

    def post(account: str | None, handle: str, at: float, text: str, **more: Any) -> dict[str, Any]:
        when = (BEGUN + timedelta(seconds=at)).isoformat()
        row = {"account": account, "handle": handle, "created_at": when, "text": f"{text} #topic", "mentions": []}
        return row | {"id": None, "quote_of": None} | more

    yield post("100", "ringer 0", -86_400, "my own words of yesterday", id=OLD)
    for account, name in accounts:
        for _ in range(20):
            yield post(account, name, rng.uniform(0, 20 * 86_400), f"my day {rng.random():.5f}")
    for action in range(40):
        at = rng.uniform(0, 20 * 86_400)
        for i in range(6):
            account, name = next(said, accounts[0])
            text = f"{action} {i}: {name} or @{name}, photo:@{name}, {PLATFORM}:{account}"
            quoted = OLD if (action, i) == (0, 0) else None
            named = [accounts[0][1], account or name]
            yield post(f"{100 + i}", f"ringer {i}", at + rng.uniform(0, 8), text, mentions=named, quote_of=quoted)


@dataclass(frozen=True)
class Redacted:
    """A redacted case, and who is outside."""

    files: Files
    names: list[str]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Redacted:
    folder, names = tmp_path_factory.mktemp("odd"), odd_names(7, 100)
    store = ("--store", folder / "odd.lbug")
    rows = [row | {"id": row["id"] or f"{1000 + n}"} for n, row in enumerate(posts(names))]
    (folder / "posts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    profile = {"account": "100", "handle": "ringer 0", "name": f"Fan of @{names[1]}", "description": f"not {names[2]}"}
    (folder / "accounts.jsonl").write_text(json.dumps(profile | {"location": f"near {names[3]}"}), encoding="utf-8")
    told("load", folder / "posts.jsonl", "--platform", PLATFORM, *store)
    told("load", folder / "accounts.jsonl", "--platform", PLATFORM, "--seen-at", "2024-05-01", *store)
    layers = ("--layer", "hashtag", "--layer", "mention", "--placebos", 0)
    answer = json.loads(told("detect", "--json", "--hashtag", "topic", "--since", "2024-03-01", *layers, *store))
    (group,) = answer["groups"]
    assert {a["handle"] for a in group["accounts"]} == {f"ringer {i}" for i in range(6)}
    assert group["targets"] != []
    told("case", group["id"], "--redact", "--out", folder / "case.zip", *store)
    return Redacted(unpacked(folder / "case.zip"), names)


def test_no_odd_id_or_handle_of_an_outsider_is_in_any_file(case: Redacted) -> None:
    text = words_in(case.files)
    assert [name for name in case.names if read(name).rstrip("-") in read(text)] == []
    assert [name for name in case.names if json.dumps(name)[1:-1] in text] == []
    assert [i for i in range(500, 600) if f"{PLATFORM}:{i}-" in text] == []
    assert "@outsider-" in text
    (ring,) = json.loads(case.files["report.json"])["groups"]
    assert {target["id"].partition("-")[0] for target in ring["targets"]} == {"outsider"}


def test_what_is_the_groups_own_stays(case: Redacted) -> None:
    """An older post of a member is its own, and a handle of two words is not taken for somebody's name."""
    (older,) = [post for post in lines(case.files["passed_on.jsonl"]) if post["id"] == f"{PLATFORM}:{OLD}"]
    assert older["text"] == "my own words of yesterday #topic"
    assert [p["quotes"] for p in lines(case.files["posts.jsonl"]) if p["quotes"]] == [[f"{PLATFORM}:{OLD}"]]
    assert {p["handle"] for p in lines(case.files["accounts.jsonl"])} == {f"ringer {i}" for i in range(6)}


def test_what_a_member_says_of_itself_names_nobody(case: Redacted) -> None:
    member = next(m for m in lines(case.files["accounts.jsonl"]) if m["name"])
    assert member["name"].startswith("Fan of @outsider-")
    assert member["description"].startswith("not outsider-")
    assert member["location"].startswith("near outsider-")
    assert ">Fan of @outsider-" in case.files["report.html"].decode()
