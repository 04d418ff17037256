"""`campaign case`: all that a claim rests on in one zip, which is checked, marked and redacted as it says."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from campaign_analysis.results import Member
from campaign_cypher import StoreTarget, connect, queries
from campaign_cypher.store import GraphBatch, Store
from command import campaign, refused, told
from found import FORMULA, GONE, Found
from test_exports import files_at_most

from campaign.case import MANIFEST
from campaign.case.archive import manifest, packed
from campaign.case.redact import Redactor
from campaign.reporting.json_result import from_json
from campaign.reporting.packed import KIND

Files = dict[str, bytes]


def unpacked(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.decode().splitlines()]


def posts_of(store: Path) -> dict[str, dict[str, Any]]:
    """Every post with its author, asked of the store by a query that the case does not use."""
    with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
        everybody = graph.read(queries.get("accounts/everybody"))["id"].to_list()
        asked = {"accounts": everybody, "limit": 10**9}
        return {p["post"]: p for p in graph.read(queries.get("evidence/posts_of_accounts"), asked).to_dicts()}


@pytest.fixture(scope="module")
def store(found: Found, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus with a detection, in which two posts of a ring were seen to be gone, and one names people."""
    copy = Path(shutil.copy(found.store, tmp_path_factory.mktemp("case") / "case.lbug"))
    ring = [a["id"] for a in found.group("campaign")["accounts"]]
    own = sorted(p["post"] for p in posts_of(copy).values() if p["account"] in ring and p["kind"] == "original")
    loud = pl.DataFrame(
        {
            "id": own[:3],
            "text": [LOUD, f'=cmd RT @{STRANGER}: "stolen words of a stranger"', f"\x1b[31m {FORMULA} #VelvetOtter"],
            "deleted_at": [GONE, GONE, None],
        },
        schema_overrides={"deleted_at": pl.Datetime("us", "UTC")},
    )
    people = pl.DataFrame({"id": ["sim:9", "sim:8"], "handle": [STRANGER, "outlet.of-news"], "name": [NAME, None]})
    said = pl.DataFrame(
        {
            "id": ["sim:77777000001"],
            "text": ["a very private sentence of a stranger"],
            "created_at": [datetime(2024, 3, 9, 12, tzinfo=UTC)],
        }
    )
    one = pl.DataFrame({"source": ["sim:9"], "target": ["sim:77777000001"]})
    with closing(connect(StoreTarget(str(copy)))) as graph:
        graph.write(GraphBatch({"Post": loud, "Account": people}))
        graph.write(
            GraphBatch(
                {"Post": said.with_columns(kind=pl.lit("original"))},
                {
                    "POSTED": one,
                    "QUOTES": pl.DataFrame({"source": [own[2]], "target": ["sim:77777000001"]}),
                    "MENTIONS": pl.DataFrame({"source": own[:1], "target": ["sim:9"]}),
                },
            )
        )
    return copy


STRANGER, NAME = "Zyxwv_Stranger", "Ludmila Q. Ostrowska-Vey"
LOUD = (
    f"hi @{STRANGER} and @nobodyKnown! {STRANGER.upper()} is ludmila q ostrowska vey; see https://twitter.com/"
    f"{STRANGER}/status/12 and t.me/AnotherPage, outlet.of-news says sim:9 did it #{STRANGER}Day"
)


@pytest.fixture(scope="module")
def group(found: Found) -> dict[str, Any]:
    return found.group("campaign")


@pytest.fixture(scope="module")
def case(store: Path, group: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "case.zip"
    assert len(told("case", group["id"], "--out", path, "--store", store).strip()) == 64
    return path


@pytest.fixture(scope="module")
def files(case: Path) -> Files:
    return unpacked(case)


@dataclass(frozen=True)
class Hashtag:
    """A run on one hashtag, whose report shows the texts of everybody, and the case of a group of it, redacted."""

    group: dict[str, Any]
    path: Path


@pytest.fixture(scope="module")
def hashtag(store: Path, group: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Hashtag:
    tag = group["hashtags"][0]["tag"]
    layers = ("--layer", "hashtag", "--layer", "retweet", "--layer", "mention", "--placebos", 0)
    answer = json.loads(told("detect", "--json", "--hashtag", tag, *layers, "--store", store))
    of_tag = next(g for g in answer["groups"] if g["claim"] == "campaign")
    path = tmp_path_factory.mktemp("redacted") / "case.zip"
    told("case", "make", of_tag["id"], "--redact", "--out", path, "--store", store)
    return Hashtag(of_tag, path)


def test_the_posts_are_those_of_the_group_as_the_store_keeps_them(
    store: Path, group: dict[str, Any], files: Files
) -> None:
    ids = {a["id"] for a in group["accounts"]}
    known = {key: post for key, post in posts_of(store).items() if post["account"] in ids}
    kept = {post["id"]: post for post in lines(files["posts.jsonl"])}
    assert kept.keys() == known.keys()
    for key, post in kept.items():
        there = known[key]
        assert (post["account"], post["text"], post["kind"]) == (there["account"], there["text"], there["kind"])
        assert post["created_at"] == f"{there['created_at']:%Y-%m-%dT%H:%M:%SZ}"
        assert post["hashtags"] == sorted(there["hashtags"])
        assert post["retweets"] == ([there["retweeted"]] if there["retweeted"] else [])


def test_what_is_gone_since_is_marked_and_kept(files: Files) -> None:
    gone = [post for post in lines(files["posts.jsonl"]) if post["deleted_at"]]
    assert [post["deleted_at"] for post in gone] == ["2025-01-02T03:04:05Z"] * 2
    assert LOUD in [post["text"] for post in gone]
    about = json.loads(files["case.json"])
    assert (about["posts_deleted_since"], about["accounts_gone_since"]) == (2, 2)
    acted = rows(files["act_on.csv"])
    assert sum(int(row["posts_deleted_since"]) for row in acted) == 2
    assert sorted(row["status"] for row in acted if row["status"]) == ["active", "deleted", "suspended"]


def test_only_the_core_is_to_be_acted_on_and_each_has_its_evidence(group: dict[str, Any], files: Files) -> None:
    acted, members = rows(files["act_on.csv"]), rows(files["members.csv"])
    core = {a["id"] for a in group["accounts"] if a["role"] == "core"}
    assert {row["account"] for row in acted} == core
    assert {f"{row['platform']}:{row['account_id']}" for row in acted} == core
    assert {row["account"] for row in members} == {a["id"] for a in group["accounts"]}
    for row in acted:
        assert row["evidence"].startswith("In step with ") or "Added to the core" in row["evidence"]
        assert "odds of luck" in row["evidence"]


def test_the_meetings_are_as_many_as_the_sentence_says(files: Files) -> None:
    posts = {post["id"]: post for post in lines(files["posts.jsonl"])}
    met: dict[str, list[dict[str, str]]] = {}
    for row in rows(files["meetings.csv"]):
        met.setdefault(row["account"], []).append(row)
        assert (posts[row["post"]]["account"], posts[row["post"]]["created_at"]) == (row["account"], row["time"])
        assert posts[row["partner_post"]]["account"] == row["partner"]
    acted = rows(files["act_on.csv"])
    assert len(acted) > 5
    for row in acted:
        assert f"met {len(met[row['account']])} times" in row["evidence"]


def test_the_report_and_the_result_are_of_this_group_and_say_so(group: dict[str, Any], files: Files) -> None:
    result = from_json(files["report.json"])
    assert [g.id for g in result.groups] == [group["id"]]
    assert "alone" in result.run.notes[0]
    assert result.run.notes[0] in files["report.html"].decode()
    assert {frozenset((p["a"], p["b"])) for p in rows(files["pairs.csv"])} == {
        frozenset(pair) for pair in result.edges.select("a", "b").iter_rows()
    }


def test_run_queries_and_parameters_are_there(found: Found, files: Files) -> None:
    about = json.loads(files["case.json"])
    run = found.answer["run"]
    assert (about["run"], about["parameters"], about["versions"]) == (run["id"], run["parameters"], run["versions"])
    asked = json.loads(files["queries.json"])
    assert {use["id"] for use in asked} >= {
        "evidence/post_nodes",
        "evidence/posts_by_id",
        "events/hashtag",
        "runs/show",
    }
    for use in asked:
        assert files[use["file"]].decode() == queries.get(use["id"]).text
    assert about["disarm"]["framework"] == "DISARM Red Framework 1.6"
    assert all(t["reason"] and t["id"] in t["url"] for t in about["disarm"]["techniques"])


def test_what_is_passed_on_is_there_with_its_author(files: Files) -> None:
    (said,) = [post for post in lines(files["passed_on.jsonl"]) if post["id"] == "sim:77777000001"]
    assert (said["account"], said["text"]) == ("sim:9", "a very private sentence of a stranger")
    assert "sim:9" in [other["id"] for other in lines(files["others.jsonl"])]


def test_no_cell_is_a_formula(files: Files) -> None:
    cells = [v for name, c in files.items() if name.endswith(".csv") for row in rows(c) for v in row.values()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []


def test_the_manifest_is_what_sha256sum_reads(files: Files, tmp_path: Path) -> None:
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(["sha256sum", "--strict", "-c", MANIFEST], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(": OK") == len(files) - 1


def test_the_same_group_gives_the_same_bytes(store: Path, group: dict[str, Any], case: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    fingerprint = told("case", "make", group["id"], "--out", again, "--store", store).strip()
    assert again.read_bytes() == case.read_bytes()
    assert fingerprint == hashlib.sha256(unpacked(case)[MANIFEST]).hexdigest()
    assert f"fingerprint  {fingerprint}" in told("case", "verify", case)


def test_a_gathering_names_nobody_to_act_on(store: Path, found: Found, tmp_path: Path) -> None:
    path = tmp_path / "case.zip"
    told("case", found.group("gathering")["id"], "--out", path, "--store", store)
    files = unpacked(path)
    assert rows(files["act_on.csv"]) == []
    assert {row["evidence"] for row in rows(files["members.csv"])} == {
        "A gathering is no accusation: nothing is claimed of this account."
    }
    assert json.loads(files["case.json"])["disarm"]["techniques"] == []


def test_queries_of_a_case_answer_alike_in_both_stores(any_store: Store) -> None:
    at = datetime(2024, 3, 9, 12, tzinfo=UTC)
    ends = {"source": ["x:11", "x:11"], "target": ["a", "b"]}
    any_store.write(
        GraphBatch(
            {
                "Account": pl.DataFrame({"id": ["x:1", "x:2"], "handle": ["One", None], "name": [None, "Two"]}),
                "Post": pl.DataFrame(
                    {"id": ["x:11", "x:12", "x:21"], "created_at": [at, None, at], "text": ["t", None, "u"]}
                ),
                "Hashtag": pl.DataFrame({"tag": ["a", "b"]}),
                "Url": pl.DataFrame({"url": ["//u"]}),
                "Image": pl.DataFrame({"hash": ["i"]}),
            },
            {
                "POSTED": pl.DataFrame({"source": ["x:1", "x:1", "x:2"], "target": ["x:11", "x:12", "x:21"]}),
                "TAGGED": pl.DataFrame(ends),
                "MENTIONS": pl.DataFrame({"source": ["x:11"], "target": ["x:2"]}),
                "LINKS_TO": pl.DataFrame({"source": ["x:12"], "target": ["//u"]}),
                "SHOWS": pl.DataFrame({"source": ["x:12"], "target": ["i"]}),
                **{name: pl.DataFrame({"source": ["x:11"], "target": ["x:21"]}) for name in TO_POSTS},
            },
        )
    )

    def ask(id: str, **parameters: Any) -> list[tuple[Any, ...]]:
        return any_store.read(queries.get(id), parameters).rows()

    nodes = ask("evidence/post_nodes", accounts=["x:1"], since=at, until=at)
    assert {row[:4] for row in nodes} == {("x:11", "x:1", at, "t"), ("x:12", "x:1", None, None)}
    assert ask("evidence/post_nodes", accounts=["x:2"], since=datetime(2025, 1, 1, tzinfo=UTC)) == []
    assert set(ask("evidence/post_relations", accounts=["x:1"])) == {
        ("x:11", "hashtags", "a"),
        ("x:11", "hashtags", "b"),
        ("x:11", "mentions", "x:2"),
        ("x:12", "urls", "//u"),
        ("x:12", "images", "i"),
        *(("x:11", name.lower(), "x:21") for name in TO_POSTS),
    }
    assert [row[:4] for row in ask("evidence/posts_by_id", ids=["x:21", "x:none"])] == [("x:21", "x:2", at, "u")]
    assert ask("accounts/everybody") == [("x:1", "One", None), ("x:2", None, "Two")]


TO_POSTS = ("RETWEETS", "QUOTES", "REPLIES_TO")


# What verify says


def test_a_whole_case_is_said_to_be_whole(case: Path, group: dict[str, Any], files: Files) -> None:
    said = told("case", "verify", case)
    assert f"{len(files)} files, none changed, lost or added" in said
    assert group["id"] in said
    as_json = json.loads(told("case", "verify", case, "--json"))
    assert (as_json["files"], as_json["case"]["group"]) == (len(files), group["id"])


@pytest.mark.parametrize("name", ["posts.jsonl", "act_on.csv", "report.html", "case.json", "queries/runs/show.cypher"])
def test_one_byte_changed_is_refused_with_the_file(name: str, files: Files, tmp_path: Path) -> None:
    changed = bytearray(files[name])
    changed[len(changed) // 2] ^= 1
    refused_case(tmp_path, {**files, name: bytes(changed)}, f"{name} was changed")


def test_a_file_lost_or_added_is_refused(files: Files, tmp_path: Path) -> None:
    refused_case(tmp_path, {n: c for n, c in files.items() if n != "meetings.csv"}, "meetings.csv is missing")
    refused_case(tmp_path, {**files, "more.csv": b"x"}, "more.csv is not in the manifest")
    refused_case(tmp_path, {n: c for n, c in files.items() if n != MANIFEST}, f"has no {MANIFEST}")
    refused_case(tmp_path, {**files, MANIFEST: b"x\n" + files[MANIFEST]}, f"line 1 of {MANIFEST} was changed")


def refused_case(
    folder: Path, files: Files, line: str, change: Callable[[zipfile.ZipInfo], None] | None = None
) -> None:
    """A zip of these files, and no other manifest than is among them, is refused with this line."""
    path = folder / "other.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            if change:
                change(entry)
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    done = refused("case", "verify", path)
    assert (done.code, line in done.err) == (1, True), done.err


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "C:evil", "a//b", "..\\evil"])
def test_names_that_lead_out_are_refused(name: str, files: Files, tmp_path: Path) -> None:
    with_it = {n: c for n, c in files.items() if n != MANIFEST} | {name: b"x"}
    refused_case(tmp_path, with_it | {MANIFEST: manifest(with_it)}, "leads out of the case")


def test_links_and_doubles_are_refused(files: Files, tmp_path: Path) -> None:
    def link(entry: zipfile.ZipInfo) -> None:
        entry.create_system, entry.external_attr = 3, 0o120777 << 16

    refused_case(tmp_path, files, "is a link", link)
    path = tmp_path / "double.zip"
    path.write_bytes(packed({"case.json": b"{}"}))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("case.json", b"{}")
    assert "case.json is there 2 times" in refused("case", "verify", path).err


@pytest.mark.parametrize(
    ("about", "line"),
    [
        ({"schema_version": 2}, "a newer schema (2; this campaign reads 1)"),
        ({"schema_version": 0}, "another schema (0; this campaign reads 1)"),
        ({"schema_version": 1}, "does not say claim"),
        ([], "no description of a case"),
    ],
)
def test_another_schema_is_refused(about: object, line: str, files: Files, tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    path.write_bytes(packed({"case.json": json.dumps(about).encode()}))
    assert line in refused("case", "verify", path).err


def test_what_is_cut_off_or_no_zip_is_refused(case: Path, tmp_path: Path) -> None:
    whole = case.read_bytes()
    path = tmp_path / "case.zip"
    for content in (whole[: len(whole) // 2], whole[:-1], b"", b"no zip", b"\x00" * 9 + whole[9:]):
        path.write_bytes(content)
        assert "case.zip" in refused("case", "verify", path).err
    damaged = bytearray(whole)
    damaged[2000] ^= 0xFF
    path.write_bytes(bytes(damaged))
    assert "damaged" in refused("case", "verify", path).err
    assert "cannot be read" in refused("case", "verify", tmp_path / "nothing.zip").err
    assert "cannot be read" in refused("case", "verify", tmp_path).err


def test_what_cannot_be_made_is_one_line_and_leaves_nothing(
    store: Path, found: Found, group: dict[str, Any], tmp_path: Path
) -> None:
    assert "did you mean" in refused("case", f"{found.run}-99", "--out", tmp_path / "c.zip", "--store", store).err
    assert "no run nosuch" in refused("case", "nosuch-1", "--out", tmp_path / "c.zip", "--store", store).err
    assert "has no group" in refused("case", found.run, "--out", tmp_path / "c.zip", "--store", store).err
    assert "cannot be written" in refused("case", group["id"], "--out", tmp_path, "--store", store).err
    (tmp_path / "kept.zip").write_bytes(b"kept")
    with files_at_most(200_000):
        done = campaign("case", group["id"], "--out", tmp_path / "kept.zip", "--store", store)
    assert (done.code, "cannot be written" in done.err) == (2, True)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"kept.zip": b"kept"}


# What redacting leaves


def words_in(files: Files) -> str:
    """All that is in a case, without the program that draws charts."""
    texts = {name: content.decode() for name, content in files.items()}
    page = texts.pop("report.html")
    packed = dict(re.findall(f'<script type="{KIND}" id="([^"]+)">(.*?)</script>', page))
    assert set(packed) == {"plotly-code", "posts-data"}
    posts = zlib.decompress(base64.b64decode(packed["posts-data"])).decode()
    assert json.loads(posts)["who"] != []
    body = re.sub(f'<script(?: type="{KIND}"[^>]*)?>.*?</script>', "", page, flags=re.DOTALL)
    return "\n".join([*texts.values(), body, posts])


def test_no_outsider_is_named_anywhere(store: Path, hashtag: Hashtag) -> None:
    inside = {a["id"] for a in hashtag.group["accounts"]}
    text = words_in(unpacked(hashtag.path))
    with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
        everybody = graph.read(queries.get("accounts/everybody"))
    outside = everybody.filter(~pl.col("id").is_in(inside))
    assert outside.height > 900
    folded = text.casefold().replace(f"#{STRANGER}Day".casefold(), "")  # hashtags stay
    assert [h for h in outside["handle"].drop_nulls() if h.casefold() in folded] == []
    assert [i for i in outside["id"] if f'"{i}"' in text or f">{i}<" in text or f"{i}," in text] == []
    for gone in (NAME, "ludmila q ostrowska", "nobodyKnown", "AnotherPage", "stolen words", "sim:9 did", "status/12"):
        assert gone.casefold() not in folded
    known = json.loads(files_of(hashtag)["report.json"])["groups"][0]["accounts"]
    assert {a["handle"] for a in known} == {a["handle"] for a in hashtag.group["accounts"]}


def files_of(hashtag: Hashtag) -> Files:
    return unpacked(hashtag.path)


def test_no_outsiders_text_or_post_is_anywhere(store: Path, hashtag: Hashtag) -> None:
    inside = {a["id"] for a in hashtag.group["accounts"]}
    text = words_in(files_of(hashtag))
    known = posts_of(store)
    own = {p["text"] for p in known.values() if p["account"] in inside and p["kind"] != "retweet"}
    theirs = {p["text"] for p in known.values() if p["account"] not in inside} - own - {None}
    assert len(theirs) > 5000
    assert [t for t in theirs if len(t) > 12 and (t in text or json.dumps(t, ensure_ascii=False)[1:-1] in text)] == []
    posts = [key for key, post in known.items() if post["account"] not in inside]
    assert [key for key in posts if key.partition(":")[2] in text] == []
    assert "[outside text 1]" in text


def test_the_same_stranger_has_the_same_pseudonym_and_the_group_keeps_its_names(hashtag: Hashtag) -> None:
    files = files_of(hashtag)
    assert "Redacted" in files["READ-ME.txt"].decode()
    assert json.loads(files["case.json"])["redacted"] is True
    assert "redacted     yes" in told("case", "verify", hashtag.path)
    (loud,) = [p for p in lines(files["posts.jsonl"]) if p["text"].startswith("hi @")]
    (stranger,) = [m for m in loud["mentions"] if m.startswith("outsider") and f"@{m} and" in loud["text"]]
    assert f"{stranger} is {stranger};" in loud["text"]
    assert f"{stranger} did it" in loud["text"]
    assert "https://twitter.com/[outside] and t.me/[outside]" in loud["text"]
    said = next(p for p in lines(files["passed_on.jsonl"]) if p["account"] == stranger)
    assert said["text"].startswith("[outside text ")
    assert {p["account"] for p in lines(files["posts.jsonl"])} == {a["id"] for a in hashtag.group["accounts"]}


def test_a_redacted_case_is_repeatable_too(store: Path, hashtag: Hashtag, tmp_path: Path) -> None:
    told("case", hashtag.group["id"], "--redact", "--out", tmp_path / "again.zip", "--store", store)
    assert (tmp_path / "again.zip").read_bytes() == hashtag.path.read_bytes()


EVERYBODY = [
    ("x:1", "Alice", "Alice"),
    ("x:2", "Bobby", "Bob B. Builder"),
    ("x:3", "cy", None),
    ("x:@dora.bsky.social", "dora.bsky.social", "Dora Long Name"),
    ("x:4", "outsider", "one"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Alice and @BOBBY", "@Alice and @outsider-1"),
        ("@bobby, bobby's @Bobby.", "@outsider-1, outsider-1's @outsider-1."),
        ("cy @cy", "cy @outsider-1"),  # too short a handle to be taken for one where it is no mention
        ("bob b builder! Bob B.", "outsider-1! Bob B."),
        ("＠bobby and me@bobby.example", "＠outsider-1 and me@outsider-2"),
        ("@dora.bsky.social. dora.bsky.social", "@outsider-1. outsider-1"),
        (
            "https://x.com/alice/status/1 https://x.com/bobby/status/1",
            "https://x.com/alice/status/1 https://x.com/[outside]",
        ),
        ("https://news.example/bobby/1 #bobby", "https://news.example/outsider-1/1 #bobby"),
        ("x:2. x:1 note:bobby", "outsider-1. x:1 note:outsider-1"),
        ("RT @bobby: words", "[outside text 1]"),
        ("bobby! RT @alice: yes “RT @bobby: words", "outsider-1! RT @alice: yes “[outside text 1]"),
        ("RT @alice: words of bobby", "RT @alice: words of outsider-1"),
        ("outsider @unknown", "outsider-1 @outsider-2"),
        ("", ""),
    ],
)
def test_what_becomes_of_the_groups_words(text: str, expected: str) -> None:
    redactor = Redactor([Member("x:1", "core", 1, 0.1, 0.1)], ["Alice"], EVERYBODY, [])
    assert redactor.text(text) == expected


def test_our_own_words_are_left_alone() -> None:
    everybody = [("x:2", "pairs", "Odds Of Luck"), ("x:3", "campaign", None)]
    redactor = Redactor([Member("x:1", "core", 1, 0.1, 0.1)], ["alice"], everybody, [])
    assert redactor.labels("pairs of a campaign; odds of luck 1:2") == "pairs of a campaign; odds of luck 1:2"
    assert redactor.labels("posts of one account (@pairs, x:3)") == "posts of one account (@outsider-1, outsider-2)"
