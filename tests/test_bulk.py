"""Bulk loads: the graph that batches end in, on both lines; killed and run again; refused where it would overwrite."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from campaign_cypher import StoreTarget
from campaign_cypher.bulk import files as bulk_files
from campaign_cypher.bulk import local as bulk_local
from campaign_cypher.bulk.files import BulkFiles
from campaign_cypher.bulk.local import LocalServer, fill, local_server, refuse_if_filled, staging
from campaign_cypher.bulk.numbers import Numbers
from campaign_cypher.errors import StoreError
from campaign_cypher.neo4j_store import Neo4jStore
from campaign_cypher.server import DEFAULT_LINE, Server, running, stop
from campaign_cypher.server.admin import admin
from campaign_cypher.server.state import folder_of, write_record
from campaign_cypher.store import GraphBatch
from command import Corpus, campaign, refused, told
from servers import OTHER_LINE, campaign_at, driver, empty, free_port, small
from small_graph import small_batch

T = datetime(2016, 3, 22, 12, 0, 0, 123456, tzinfo=UTC)
TEXTS = [
    'say "hi", all;|',
    "two\nlines\r\nand \r three",
    "",
    " padded\t",
    "back\\slash \\n",
    "जनता 👩‍👩‍👧 \u0000 \u2028",
    "'",
    "#a,b",
    '"',
    None,
]


def hard_batches() -> list[GraphBatch]:
    """All labels and types, texts that CSV must not spoil, and the same nodes and relationships in several batches."""
    posts = [{"id": f"x:h{i}", "created_at": T, "text": text} for i, text in enumerate(TEXTS)]
    accounts = pl.DataFrame({"id": ["x:new", "x:old"], "handle": ["N", "O"], "placeholder": [True, True]})
    seen = {"id": ["x:new"], "name": ['a, "b"'], "last_seen_at": [T], "placeholder": [False], "verified": [True]}
    later = {"id": ["x:new"], "followers": [2**40], "last_seen_at": [T.replace(year=2015)], "placeholder": [False]}
    tags = pl.DataFrame({"tag": ["a", "é"], "display": ["A", "É"]})
    posted = {"source": ["x:new", "x:new"], "target": ["x:h0", "x:h1"]}
    follows = {"source": ["x:new"], "target": ["x:old"], "rank": [3], "seen_at": [T]}
    return [
        small_batch(),
        GraphBatch(
            {"Account": accounts, "Post": pl.DataFrame(posts), "Hashtag": tags}, {"POSTED": pl.DataFrame(posted)}
        ),
        GraphBatch(
            {"Account": pl.DataFrame(seen), "Hashtag": tags.with_columns(display=pl.lit("later"))},
            {
                "POSTED": pl.DataFrame({"source": ["x:old", "x:old"], "target": ["x:h0", "x:h2"]}),
                "FOLLOWS": pl.DataFrame(follows),
            },
        ),
        GraphBatch({"Account": pl.DataFrame(later)}, {"FOLLOWS": pl.DataFrame(follows).with_columns(rank=pl.lit(9))}),
    ]


def graph(target: StoreTarget) -> tuple[list[Any], ...]:
    """Every node and relationship with every property, its type and its value, and every constraint and index."""
    value = "CASE k WHEN 'finished_at' THEN 'a clock' ELSE toString({0}[k]) END"  # of two loads it cannot be the same
    said = f"[k IN keys({{0}}) | k + ' ' + valueType({{0}}[k]) + ' ' + {value}]"
    key = "coalesce({0}.id, {0}.tag, {0}.url, {0}.hash, {0}.version)"
    texts = (
        f"MATCH (n) RETURN labels(n) AS l, {said.format('n')} AS p",
        f"MATCH (a)-[r]->(b) RETURN labels(a) + type(r) + labels(b) AS l, [{key.format('a')}, {key.format('b')}] + "
        f"{said.format('r')} AS p",
        "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties RETURN [name, type] + labelsOrTypes AS l, "
        "properties AS p",
        "SHOW INDEXES YIELD name, type, state, labelsOrTypes AS on, properties WHERE type <> 'LOOKUP' "
        "RETURN [name, type, state] + on AS l, properties AS p",
    )
    with driver(target) as bare:
        rows = [bare.execute_query(text).records for text in texts]
    return tuple(sorted((list(map(str, r["l"])), sorted(map(str, r["p"]))) for r in part) for part in rows)


def by_batches(target: StoreTarget, batches: list[GraphBatch]) -> tuple[list[Any], ...]:
    empty(target)
    with closing(Neo4jStore(target)) as store:
        store.apply_schema()
        for batch in batches:
            store.write(batch)
    return graph(target)


class Damaged(BulkFiles):
    """Files that a failing disk has spoiled."""

    def finish(self) -> list[str]:
        arguments = super().finish()
        with (self.folder / "POSTED.csv").open("a") as file:
            file.write("777777777,888888888\n")
        return arguments


def silent(text: str) -> None:
    """Takes what is said and drops it."""


def place_at(home: Path, jars: Path, line: str) -> LocalServer:
    """A server that was never started, whose jars are known to be here, and which will have free ports."""
    options = small(line)
    folder = folder_of(home, line)
    folder.path.mkdir(parents=True)
    shutil.copy(jars, folder.jars)
    write_record(Server(line, "", 0, options.bolt_port, options.http_port, options.heap, options.pagecache, str(home)))
    found = local_server(f"bolt://localhost:{options.bolt_port}", home)
    assert found == LocalServer(home, options)
    return found


@pytest.fixture(scope="module")
def place(own_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    """A server of the default line that bulk loads fill; what they leave running ends with the module."""
    yield (made := place_at(tmp_path_factory.mktemp("bulk-home"), own_server.folder.jars, DEFAULT_LINE))
    for server in running(made.home):
        stop(server)


@pytest.fixture(scope="module")
def other_place(other_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    yield (made := place_at(tmp_path_factory.mktemp("bulk-other"), other_server.folder.jars, OTHER_LINE))
    for server in running(made.home):
        stop(server)


@pytest.fixture(scope="module")
def posts(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first posts of the corpus: how many there are does not matter here."""
    path = tmp_path_factory.mktemp("bulk") / "posts.parquet"
    pl.read_parquet(corpus.posts).head(1500).write_parquet(path)
    return path


def target_of(place: LocalServer) -> StoreTarget:
    return StoreTarget(place.address, "neo4j", place.folder.password_file.read_text().strip())


def filled(place: LocalServer, batches: list[GraphBatch]) -> tuple[dict[str, int], dict[str, int]]:
    """Counts expected and found of a bulk load of batches."""
    refuse_if_filled(place, silent)
    with staging(place) as folder:
        files = BulkFiles(folder, place.address)
        for batch in batches:
            files.write(batch)
        return files.counts(), fill(place, files, silent)


# --- the same graph


@pytest.mark.neo4j
def test_a_killed_load_is_run_again_and_ends_as_batches_do(
    place: LocalServer, posts: Path, neo4j_target: StoreTarget, tmp_path: Path
) -> None:
    arguments = ("load", "--bulk", str(posts), "--store", place.address)
    process = subprocess.Popen(
        [sys.executable, "-c", "from campaign.cli import main; main()", *arguments],
        env={"CAMPAIGN_HOME": str(place.home), "HOME": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    assert process.stderr is not None
    with process.stderr:
        assert process.stderr.readline() == "importing\n"
    process.kill()
    process.wait()
    assert not (place.folder.path / "data").exists()

    again = campaign_at(place.home, *arguments, "--json")
    assert again.returncode == 0, again.stderr
    account = json.loads(again.stdout)
    login = {"NEO4J_USERNAME": neo4j_target.username or "", "NEO4J_PASSWORD": neo4j_target.password or ""}
    empty(neo4j_target)
    batch = json.loads(told("load", posts, "--store", neo4j_target.address, "--json", "--quiet", env=login))
    for part in ("read", "written", "already_there", "rejected", "store_counts", "differences"):
        ours = {name: n for name, n in account[part].items() if n}
        assert ours == {name: n for name, n in batch[part].items() if n}, part
    assert graph(target_of(place)) == graph(neo4j_target)
    assert not list(place.folder.path.glob("bulk*"))


@pytest.mark.neo4j
def test_a_filled_database_is_left_alone(place: LocalServer, posts: Path) -> None:
    before = graph(target_of(place))
    done = campaign_at(place.home, "load", "--bulk", posts, "--store", place.address)
    assert (done.returncode, done.stdout) == (1, "")
    assert "--bulk fills an empty database; load without --bulk" in done.stderr
    assert done.stderr.count("\n") == 1
    assert graph(target_of(place)) == before


@pytest.mark.neo4j
def test_a_load_that_was_killed_after_its_import_is_run_again(place: LocalServer, neo4j_target: StoreTarget) -> None:
    """And every kind of node, relationship and text comes as by batches."""
    with closing(Neo4jStore(target_of(place))) as store:
        (place.folder.path / "bulk.json").write_text(json.dumps({"nodes": store.nodes()}))
    (place.folder.path / "bulk-left").mkdir()
    expected, found = filled(place, hard_batches())
    assert expected == found
    assert graph(target_of(place)) == by_batches(neo4j_target, hard_batches())
    assert not list(place.folder.path.glob("bulk*"))


@pytest.mark.neo4j
def test_the_other_line_takes_all_of_it_as_well(
    other_place: LocalServer, other_line_target: StoreTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_files, "ROWS_AT_ONCE", 5)  # several files a kind
    expected, found = filled(other_place, hard_batches())
    assert expected == found
    assert graph(target_of(other_place)) == by_batches(other_line_target, hard_batches())


@pytest.mark.neo4j
def test_an_import_that_fails_is_one_line_and_changes_nothing(other_place: LocalServer) -> None:
    before = graph(target_of(other_place))
    with staging(other_place) as folder:
        files = Damaged(folder, other_place.address)
        files.write(small_batch())
        with pytest.raises(StoreError, match=r"import full failed: .*777777777.*admin\.log") as failure:
            fill(other_place, files, silent)
    assert "\n" not in str(failure.value)
    assert graph(target_of(other_place)) == before


def test_relationships_without_an_end_are_said(tmp_path: Path) -> None:
    files = BulkFiles(tmp_path / "bulk", "bolt://x")
    files.write(small_batch())
    lost = pl.DataFrame({"source": ["x:1", "x:nobody"], "target": ["x:nothing", "x:nowhere"]})
    with pytest.raises(StoreError, match="POSTED: the ends of 2 relationships are neither in the store nor"):
        files.write(GraphBatch({}, {"POSTED": lost}))


def test_numbers_are_given_in_order_of_arrival_and_found_again() -> None:
    numbers, chance = Numbers(2, 10), np.random.default_rng(1)
    hashes = pl.Series(chance.permutation(np.arange(1, 1001, dtype=np.uint64) * 2**53))
    assert [numbers.add(part) for part in (hashes[:10], hashes[5:700], hashes[:0], hashes)] == [10, 690, 0, 300]
    assert numbers.of(hashes).to_list() == list(range(2, 10_002, 10))
    assert numbers.of(pl.Series([0, 5, 2**64 - 1], dtype=pl.UInt64)).to_list() == [None] * 3
    assert Numbers(0, 1).of(hashes[:2]).to_list() == [None] * 2


# --- another's server


@pytest.mark.neo4j
def test_for_another_server_the_files_and_the_command(
    own_server: Server, posts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    at = ("--store", "neo4j+s://db.example.org", "--database", "tweets")
    done = campaign("load", "--bulk", posts, *at)
    assert done.code == 0, done.err
    change, folder, and_then, *command = shlex.split(done.out)
    assert (change, folder, and_then) == ("cd", "campaign-bulk", "&&")
    assert command[:5] == ["neo4j-admin", "database", "import", "full", "tweets"]
    assert "Files for neo4j+s://db.example.org are written" in done.err
    text = admin(
        Path(own_server.home), DEFAULT_LINE, tmp_path / folder, command[1:], "256m", silent
    )  # it runs as it is
    assert "IMPORT DONE" in text
    assert refused("load", "--bulk", posts, *at).code == 2  # the files of the first are not overwritten


def test_an_embedded_store_needs_none_of_it(posts: Path, tmp_path: Path) -> None:
    for more in ([], ["--dry-run"]):
        done = refused("load", "--bulk", posts, "--store", tmp_path / "new.lbug", *more)
        assert done.code == 2
        assert "--store bolt://127.0.0.1:7687" in done.err


# --- whose server it is


@pytest.mark.parametrize(
    ("address", "ours"),
    [("bolt://127.0.0.1:{}", True), ("neo4j://localhost:{}", True), ("bolt://db.example.org:{}", False)],
)
def test_a_local_address_where_nobody_listens_is_ours(tmp_path: Path, address: str, ours: bool) -> None:
    port = free_port()
    found = local_server(address.format(port), tmp_path)
    assert (found is not None) == ours
    assert found is None or (found.options.line, found.options.bolt_port) == (DEFAULT_LINE, port)


@pytest.mark.neo4j
def test_a_neo4j_of_this_machine_that_we_did_not_start_is_another(own_server: Server, tmp_path: Path) -> None:
    assert local_server(own_server.bolt, tmp_path) is None
    mine = local_server(own_server.bolt, Path(own_server.home))
    assert mine is not None
    assert mine.options.plugins == ("gds",)


def test_a_taken_port_is_said_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = local_server(f"bolt://127.0.0.1:{free_port()}", tmp_path)
    assert place is not None
    taken = free_port()
    with bulk_local.socket.socket() as holder:
        holder.bind(("127.0.0.1", taken))
        holder.listen()
        held = replace(place, options=replace(place.options, http_port=taken))
        with pytest.raises(StoreError, match=rf"port {taken} cannot be used"):
            refuse_if_filled(held, silent)
