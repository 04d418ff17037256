"""`campaign case`: all that a claim rests on in one zip, which says what it is made of and marks what is gone."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ladybug
import polars as pl
import pytest
from campaign_cypher import queries, schema
from campaign_cypher.store import GraphBatch, Store
from case_world import LOUD, CaseWorld, Files, lines, posts_of, rows, unpacked
from command import Corpus, campaign, refused, told
from found import Found
from test_exports import files_at_most

from campaign.case import MANIFEST
from campaign.reporting.json_result import from_json


@pytest.fixture(scope="module")
def store(case_world: CaseWorld) -> Path:
    return case_world.store


@pytest.fixture(scope="module")
def group(case_world: CaseWorld) -> dict[str, Any]:
    return case_world.group


@pytest.fixture(scope="module")
def case(case_world: CaseWorld) -> Path:
    return case_world.path


@pytest.fixture(scope="module")
def files(case_world: CaseWorld) -> Files:
    return case_world.files


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


def test_the_files_that_were_loaded_are_named_with_their_sums(corpus: Corpus, files: Files) -> None:
    told = json.loads(files["sources.json"])
    content = corpus.posts.read_bytes()
    (file,) = told["files"]
    assert (file["file"], file["size"]) == ("posts.parquet", len(content))
    assert file["sha256"] == hashlib.sha256(content).hexdigest()
    assert (file["posts"], file["rejected"], file["state"]) == (9000, 0, "whole")
    assert "finished_at" not in file
    assert told["posts_in_graph"] == 9001  # one was written by another program, which a note says
    assert told["notes"][1].startswith("At least 1 of the graph's 9,001 posts came otherwise")
    assert str(corpus.posts.parent) not in files["sources.json"].decode()


def test_a_graph_of_an_older_campaign_has_no_files_on_record(
    case_world: CaseWorld, group: dict[str, Any], tmp_path: Path
) -> None:
    old = Path(shutil.copy(case_world.store, tmp_path / "old.lbug"))
    database = ladybug.Database(old)
    with closing(database), closing(ladybug.Connection(database)) as connection:
        connection.execute("DROP TABLE `Load`")
        connection.execute(f"MATCH (s:{schema.LABEL}) DELETE s")
        connection.execute(f"CREATE (:{schema.LABEL} {{version: 3, name: 'V003'}})")
    told("case", group["id"], "--out", tmp_path / "case.zip", "--store", old)
    sources = json.loads(unpacked(tmp_path / "case.zip")["sources.json"])
    assert (sources["files"], sources["posts_in_graph"]) == ([], 9001)
    assert "At least 9,001 of the graph's 9,001 posts came otherwise" in sources["notes"][1]


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
