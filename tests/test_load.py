"""Loading into stores: every row accounted for, twice changes nothing, chunks and files do not matter."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import polars as pl
import pytest
from campaign_cypher import StoreTarget, connect, queries
from campaign_cypher.store import Store
from campaign_loader import LoadError, Progress, ReadOptions, load
from campaign_loader.batch import to_batch
from campaign_loader.limits import KEY_BYTES
from loading import RecordingStore, pairs, read, write
from typer.testing import CliRunner

from campaign.cli import app

HEADER = "id,user_id,screen_name,time,text,retweet_of\n"
FIRST = HEADER + (
    "1,10,Ann,2020-01-01 10:00:00,#One @Bob https://www.Site.example/a,\n"
    "2,11,Bob,2020-01-01 10:00:01,#one #Two,\n"
    "3,11,Bob,0001-01-01 00:00:00,no such time,\n"
    "4,12,Cat,2020-01-01 10:00:02,RT @Ann: #One,1\n"
)
SECOND = HEADER + "4,12,Cat,2020-01-01 10:00:02,RT @Ann: #One,1\n5,10,Ann,2020-01-02 10:00:00,#Two @zoe,900\n"


@pytest.fixture
def first(tmp_path: Path) -> str:
    return str(write(tmp_path / "first.csv", FIRST))


@pytest.fixture
def second(tmp_path: Path) -> str:
    return str(write(tmp_path / "second.csv", SECOND))


def test_what_is_only_named_is_a_placeholder(second: str) -> None:
    batch = to_batch(read(Path(second)))
    assert pairs(batch.nodes["Account"], "id", "placeholder") == {
        ("other:10", False),
        ("other:12", False),
        ("other:@zoe", True),
    }
    assert pairs(batch.nodes["Post"], "id", "placeholder") == {
        ("other:4", False),
        ("other:5", False),
        ("other:1", True),
        ("other:900", True),
    }


def test_domains(first: str) -> None:
    urls = to_batch(read(Path(first))).nodes["Url"]
    assert pairs(urls, "url", "domain") == {("https://www.Site.example/a", "site.example")}


def test_every_row_is_accounted_for(first: str, embedded_store: Store) -> None:
    report = load([first], embedded_store)
    (file,) = report.files
    assert (file.rows, file.posts, file.rejected, file.format) == (4, 3, 1, "table")
    assert dict(report.rejected) == {"the time is out of range (before 1990 or in the future)": 1}
    expected = {"Account": 3, "Post": 3, "Hashtag": 2, "Url": 1, "POSTED": 3, "TAGGED": 4, "MENTIONS": 2, "RETWEETS": 1}
    assert {name: report.written[name] for name in expected} == expected
    assert {name: report.counts[name] for name in expected} == expected
    assert not any(report.there.values())
    assert report.differences == {}
    assert report.exit_code == 0


def test_loading_twice_changes_nothing_and_more_adds(first: str, second: str, any_store: Store) -> None:
    load([first], any_store)
    once = any_store.counts()
    again = load([first], any_store)
    assert any_store.counts() == once
    assert not any(again.written.values())
    assert again.there == again.read
    more = load([second], any_store)
    assert (more.written["Post"], more.there["Post"]) == (2, 2)  # 5 and the unknown 900 are new; 4 and 1 are not
    assert (more.written["Account"], more.there["Account"]) == (1, 2)


def test_the_order_of_files_does_not_matter(first: str, second: str, tmp_path: Path) -> None:
    counts = []
    for number, order in enumerate(([first, second], [second, first])):
        store = connect(StoreTarget(str(tmp_path / f"{number}.lbug")))
        load(order, store)
        counts.append(store.counts())
        store.close()
    assert counts[0] == counts[1]


@pytest.mark.parametrize("chunk", [1, 2, 1000])
def test_the_size_of_chunks_does_not_matter(first: str, second: str, chunk: int) -> None:
    store = RecordingStore()
    report = load([first, second], store, ReadOptions(chunk_rows=chunk, block_bytes=60))
    assert store.keys["Post"] == {"other:1", "other:2", "other:4", "other:5", "other:900"}
    assert store.keys["TAGGED"] >= {("other:1", "one"), ("other:2", "one"), ("other:2", "two"), ("other:5", "two")}
    assert report.written["Account"] == len(store.keys["Account"])
    assert not any(report.there[name] for name in ("Account", "Hashtag", "Url", "Post", "POSTED"))


def test_a_node_that_many_chunks_name_is_sent_once(tmp_path: Path) -> None:
    rows = "".join(f"{i},1,A,2020-01-01 10:00:00,#tag @bob,\n" for i in range(50))
    store = RecordingStore()
    report = load([str(write(tmp_path / "p.csv", HEADER + rows))], store, ReadOptions(chunk_rows=10, block_bytes=99))
    assert len(store.batches) > 3
    assert sum(batch.nodes["Hashtag"].height for batch in store.batches if "Hashtag" in batch.nodes) == 1
    assert report.read["Hashtag"] == report.written["Hashtag"] == 1


def test_newer_observations_are_sent_again_but_counted_once(tmp_path: Path) -> None:
    rows = "id,user_id,time,text,followers\n" + "".join(f"{i},1,{1577872800 + i},x,{i}\n" for i in range(20))
    store = RecordingStore()
    report = load([str(write(tmp_path / "p.csv", rows))], store, ReadOptions(chunk_rows=5, block_bytes=40))
    seen = [batch.nodes["Account"]["followers"][0] for batch in store.batches if "Account" in batch.nodes]
    assert len(seen) > 2
    assert seen[-1] == 19
    assert (report.read["Account"], report.written["Account"], report.there["Account"]) == (1, 1, 0)


def test_the_newest_observation_stays_whatever_the_order(tmp_path: Path, embedded_store: Store) -> None:
    old = write(tmp_path / "old.csv", "id,user_id,time,text,followers\n1,1,2020-01-01 10:00,x,5\n")
    new = write(tmp_path / "new.csv", "id,user_id,time,text,followers\n2,1,2020-02-01 10:00,x,9\n")
    load([str(new), str(old)], embedded_store)
    frame = embedded_store._file.frame("MATCH (a:Account) RETURN a.followers AS n")  # type: ignore[attr-defined]
    assert frame["n"].to_list() == [9]


def test_rejected_rows_are_kept_and_not_twice(first: str, tmp_path: Path) -> None:
    kept = tmp_path / "rejects.jsonl"
    for _ in range(2):
        report = load([first], RecordingStore(), rejects=kept)
    assert report.rejects_file == str(kept)
    (line,) = kept.read_text().splitlines()
    record = json.loads(line)
    assert (record["file"], record["line"]) == (first, 4)
    assert json.loads(record["row"])["text"] == "no such time"


def test_a_folder_says_what_it_skips(first: str, tmp_path: Path) -> None:
    write(tmp_path / "readme.txt", "hello\n")
    write(tmp_path / "truth.csv", "account_id,group\n1,2\n")
    (tmp_path / "picture").write_bytes(b"\x89PNG\x00\x00")
    report = load([str(tmp_path)], RecordingStore())
    assert [file.name for file in report.files] == [first]
    assert {Path(name).name for name in report.skipped} == {"readme.txt", "truth.csv", "picture"}


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BytesIO(FIRST.encode())

    monkeypatch.setattr(sys, "stdin", Input())
    store = RecordingStore()
    report = load(["-"], store)
    assert report.files[0].name == "stdin"
    assert len(store.keys["POSTED"]) == 3


def test_progress_ends_at_the_whole(first: str, second: str) -> None:
    seen: list[Progress] = []
    load([first, second], RecordingStore(), progress=seen.append)
    total = sum(Path(name).stat().st_size for name in (first, second))
    assert (seen[-1].done, seen[-1].total, seen[-1].rows) == (total, total, 6)
    assert [at.done for at in seen] == sorted(at.done for at in seen)


def test_the_graph_does_not_depend_on_how_much_a_store_takes_at_once(first: str, second: str) -> None:
    """A mention is resolved by what is read with it, which must not be less because the store likes small batches."""
    whole, parts = RecordingStore(), RecordingStore()
    parts.batch_rows = 1
    seen: list[Progress] = []
    reports = [load([first, second], whole), load([first, second], parts, progress=seen.append)]
    assert parts.keys == whole.keys
    assert reports[0].as_dict() == reports[1].as_dict()
    assert max(frame.height for batch in parts.batches for frame in batch.nodes.values()) == 1
    assert len(parts.batches) > len(whole.batches)
    assert [at.rows for at in seen] == sorted(at.rows for at in seen)


def test_a_store_that_loses_rows_is_found_out(first: str) -> None:
    class Forgetful(RecordingStore):
        def counts(self) -> dict[str, int]:
            return {name: max(0, count - (name == "TAGGED")) for name, count in super().counts().items()}

    report = load([first], Forgetful())
    assert report.differences == {"TAGGED": -1}
    assert report.exit_code == 1


def test_keys_that_no_index_of_neo4j_would_take_are_left_out_and_told_of(tmp_path: Path) -> None:
    """One address of 8 kB stopped a load into a Neo4j for good, and an embedded store took it."""
    fits, long = "é" * (KEY_BYTES // 2 - 2), "é" * (KEY_BYTES // 2)  # with `other:` or without: bytes, not characters
    post = {"id": 1, "account_id": 1, "handle": "Ann", "created_at": "2020-01-01T10:00:00Z", "text": "a"}
    posts = [
        post | {"hashtags": ["One", fits, f"{long}é", "Two"], "mentions": [f"@{long}", "@bob"]},
        post | {"id": 2, "urls": [f"https://a.example/{long}", "https://a.example/"], "phash": long + "é"},
        post | {"id": 3, "account_id": 2, "retweet_of": long, "handle": f"{long}é"},
        post | {"id": long},
        post | {"id": 5, "account_id": long},
    ]
    path = write(tmp_path / "long.jsonl", "\n".join(map(json.dumps, posts)))
    store = RecordingStore()
    report = load([str(path)], store, rejects=tmp_path / "rejects.jsonl")
    things = ("hashtag", "mention", "address", "image hash", "id of a post that is retweeted", "handle")
    assert report.dropped == {f"{thing} longer than 8,000 bytes": 1 for thing in things}
    rejected = [json.loads(line) for line in (tmp_path / "rejects.jsonl").read_text().splitlines()]
    assert [(row["line"], row["reason"]) for row in rejected] == [
        (4, "the post's id is longer than 8,000 bytes"),
        (5, "the account's id is longer than 8,000 bytes"),
    ]
    assert store.keys["Hashtag"] == {"one", fits, "two"}
    assert store.keys["Account"] == {"other:1", "other:2", "other:@bob"}
    assert store.keys["Url"] == {"https://a.example/"}
    assert store.keys["Post"] == {f"other:{n}" for n in (1, 2, 3)}
    assert "Image" not in store.keys
    (sent,) = (batch.nodes["Post"] for batch in store.batches if "Post" in batch.nodes)
    assert sent["tag_sequence"][0] == f"#one #{fits} #two"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"account": "1", "follower": "LONG"}, "the account's id is longer than 8,000 bytes"),
        ({"account": "LONG", "follower": "1"}, "the id of the list's owner is longer than 8,000 bytes"),
        ({"handle": "LONG", "name": "Ann"}, "the account's id is longer than 8,000 bytes"),
        ({"id": "LONG", "name": "Ann", "username": "a"}, "the account's id is longer than 8,000 bytes"),
        ({"id": "LONG", "action": "delete", "created_at": "2020", "reason": "deleted"}, "the id is longer than"),
    ],
)
def test_an_own_id_that_is_too_long_is_rejected_in_every_format(
    tmp_path: Path, row: dict[str, str], reason: str
) -> None:
    rows = [row | {name: n * times for name, of in row.items() if of == "LONG"} for n, times in (("7", 1), ("8", 9000))]
    path = write(tmp_path / "rows.jsonl", "\n".join(json.dumps(row | {"public_metrics": {}}) for row in rows))
    report = load([str(path)], RecordingStore())
    ((told, count),) = report.rejected.items()
    assert (told.startswith(reason), count, report.rows, report.examples[told].line) == (True, 1, 2, 2)


def test_a_dry_run_writes_nothing(first: str, tmp_path: Path) -> None:
    store = tmp_path / "none.lbug"
    result = CliRunner().invoke(app, ["load", first, "--store", str(store), "--dry-run", "--json"])
    assert result.exit_code == 0
    assert not list(tmp_path.glob("none*"))
    assert json.loads(result.stdout)["read"]["Post"] == 3


def test_the_command_tells_what_it_did(first: str, tmp_path: Path) -> None:
    store = tmp_path / "s.lbug"
    result = CliRunner().invoke(app, ["load", first, "--store", str(store), "--platform", "x"])
    assert result.exit_code == 0
    assert result.stdout == ""
    for part in (
        "account=user_id,handle=screen_name,time=time,text=text",
        "platform: x",
        "rejected: 1 row, ",
        "s.lbug.rejects",
    ):
        assert part in result.stderr, part
    again = CliRunner().invoke(app, ["load", first, "--store", str(store), "--platform", "x", "--json", "--quiet"])
    report = json.loads(again.stdout)
    assert again.stderr == f"campaign: 1 of 4 rows rejected, kept in {store}.rejects.jsonl\n"
    assert not any(report["written"].values())
    assert report["already_there"]["Post"] == 3
    assert report["store_counts"]["Post"] == 3


def test_a_map_on_the_command_line(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", "who,at,thing\na,1577872800,Tag\n")
    mapping = "account=who,time=at,hashtags=thing"
    result = CliRunner().invoke(app, ["load", str(path), "--dry-run", "--json", "--map", mapping])
    assert json.loads(result.stdout)["read"] == {"Account": 1, "Post": 1, "Hashtag": 1, "POSTED": 1, "TAGGED": 1}


def test_several_files_of_which_one_is_wrong_write_nothing(first: str, tmp_path: Path) -> None:
    store = RecordingStore()
    with pytest.raises(LoadError, match="no such file"):
        load([first, str(tmp_path / "missing.csv")], store)
    assert store.batches == []


@pytest.mark.parametrize("name", ["ira_2016-03-15_2016-03-31", "ira_2015-11-17_2015-12-31"])
def test_the_agency_in_the_embedded_store(shared_data: Path, embedded_store: Store, name: str) -> None:
    path = shared_data / f"data/ira/{name}.parquet"
    report = load([str(path)], embedded_store)
    known = pl.read_parquet(path)
    posts = embedded_store.read(queries.get("overview/posts"), {"limit": 1_000_000})
    assert posts.height == known.unique(["author_id", "publish_date", "content"]).height
    # beyond them only the authors that `RT @name:` names, of posts that were never collected
    named = known["content"].str.extract(r"^\s*RT @(\w+)").drop_nulls()
    assert 0 < report.counts["POSTED"] - posts.height <= len(named)
    assert report.differences == {}
    again = load([str(path)], embedded_store)
    assert not any(again.written.values())
    assert again.counts == report.counts
