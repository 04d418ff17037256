"""End to end on both stores: load, detect, show and runs give the same bytes, and a second run changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from campaign_cypher import StoreTarget, connect, queries
from command import Corpus, campaign, told
from servers import delete_data


@dataclass
class Loaded:
    """A store that holds the corpus, as the command names it, and what was detected in it."""

    target: StoreTarget
    env: dict[str, str] = field(default_factory=dict)

    def run(self, command: str, *arguments: object) -> str:
        return told(*command.split(), *arguments, "--store", self.target.address, env=self.env)

    def detect(self, *arguments: object) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run("detect --json", *arguments))
        return found

    def counts(self) -> dict[str, int]:
        with closing(connect(self.target)) as store:
            return store.counts()

    def read(self, query: str, **parameters: object) -> list[dict[str, Any]]:
        with closing(connect(self.target)) as store:
            return store.read(queries.get(query), parameters).to_dicts()


@pytest.fixture(scope="module")
def embedded(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return Loaded(StoreTarget(str(corpus.copy(tmp_path_factory.mktemp("both")))))


@pytest.fixture(scope="module")
def neo4j(corpus: Corpus, neo4j_target: StoreTarget) -> Iterator[Loaded]:
    delete_data(neo4j_target)
    login = {"NEO4J_USERNAME": neo4j_target.username or "", "NEO4J_PASSWORD": neo4j_target.password or ""}
    loaded = Loaded(neo4j_target, login)
    loaded.run("load --quiet", corpus.posts)
    yield loaded
    delete_data(neo4j_target)


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def loaded(request: pytest.FixtureRequest) -> Loaded:
    store: Loaded = request.getfixturevalue(request.param)
    return store


@pytest.fixture(scope="module")
def tag(embedded: Loaded) -> str:
    """The hashtag that a campaign pushes most."""
    name: str = embedded.detect("--layer", "hashtag", "--placebos", 0)["groups"][0]["hashtags"][0]["tag"]
    return name


def linkless(text: str) -> str:
    """A result or report of a Neo4j without the links to its Browser, which an embedded store has not."""
    text = re.sub(r',\n +"browser": "http[^"]*"', "", text)
    return re.sub(r'<p class="said"><a href="http[^"]*/browser/[^"]*"[^>]*>[^<]*</a>[^<]*</p>', "", text)


@pytest.mark.neo4j
@pytest.mark.parametrize("asked", ["everything", "a hashtag", "one scale and a range", "leiden"])
def test_both_stores_give_the_same_bytes(embedded: Loaded, neo4j: Loaded, tag: str, asked: str) -> None:
    arguments = {
        "everything": [],
        "a hashtag": ["--hashtag", f"#{tag.upper()}"],
        "one scale and a range": ["--layer", "hashtag", "--window", "60s", "--block", "30m", "--until", "2024-03-18"],
        "leiden": ["--community", "leiden", "--fdr", "0.05", "--layer", "hashtag,retweet"],
    }[asked]
    ours, theirs = (store.run("detect --json", *arguments) for store in (embedded, neo4j))
    assert ours == linkless(theirs) != theirs
    assert any(g["claim"] == "campaign" for g in json.loads(ours)["groups"])


@pytest.mark.neo4j
def test_both_stores_show_the_same_evidence_and_report(
    embedded: Loaded, neo4j: Loaded, tag: str, tmp_path: Path
) -> None:
    pages = [tmp_path / "embedded.html", tmp_path / "neo4j.html"]
    found, _ = (s.detect("-H", tag, "--out", page) for s, page in zip((embedded, neo4j), pages, strict=True))
    group = found["groups"][0]
    pair = [m["id"] for m in group["accounts"][:2]]
    for arguments in ([], ["--account", pair[0]], ["--pair", *pair]):
        ours, theirs = (s.run("show --format csv --limit 1000", group["id"], *arguments) for s in (embedded, neo4j))
        assert ours == theirs
        assert ours.count("\n") > 5
    for file in pages:
        twins = [path.read_text("utf-8") for path in (file, file.with_suffix(".json"))]
        assert all("browser/?cmd=edit" in text for text in twins) is (file is pages[1])
    for ours, theirs in (pages, [page.with_suffix(".json") for page in pages]):
        assert ours.read_text("utf-8") == linkless(theirs.read_text("utf-8"))


@dataclass(frozen=True)
class First:
    """What the first of two runs printed, and the report that it wrote."""

    text: str
    page: Path


@pytest.fixture(scope="module")
def first(loaded: Loaded, tag: str, tmp_path_factory: pytest.TempPathFactory) -> First:
    page = tmp_path_factory.mktemp("first") / "report.html"
    return First(loaded.run("detect --json", "-H", tag, "--out", page), page)


def test_what_was_found_is_in_the_graph(loaded: Loaded, first: First) -> None:
    found = json.loads(first.text)
    run = found["run"]["id"]
    groups = {g["id"]: g for g in found["groups"]}
    assert {g["group"]: (g["claim"], g["size"], g["core"]) for g in loaded.read("runs/groups", run=run)} == {
        id_: (g["claim"], g["size"], g["core"]) for id_, g in groups.items()
    }
    for id_, group in groups.items():
        members = {m["account"]: m for m in loaded.read("runs/members", run=run, group_id=id_)}
        assert members.keys() == {m["id"] for m in group["accounts"]}
        for m in group["accounts"]:
            numbers = {k: members[m["id"]][k] for k in ("role", "episodes", "expected", "p")}
            assert numbers == {k: m[k] for k in numbers}
    edges = {
        (e["a"], e["b"], e["layer"], e["claim"]): (e["n"], e["expected"], e["p"])
        for e in loaded.read("runs/edges", run=run)
    }
    assert edges == {(e["a"], e["b"], e["layer"], e["claim"]): (e["n"], e["expected"], e["p"]) for e in found["edges"]}


def test_a_second_run_adds_nothing_and_prints_the_same(loaded: Loaded, tag: str, first: First) -> None:
    page = first.page
    counts, written = loaded.counts(), (page.read_bytes(), page.with_suffix(".json").read_bytes())
    again = loaded.run("detect --json", "-H", tag, "--out", page)
    assert again == first.text
    assert loaded.counts() == counts
    assert (page.read_bytes(), page.with_suffix(".json").read_bytes()) == written
    assert written[1].decode() == first.text.rstrip("\n") or json.loads(written[1]) == json.loads(first.text)


def test_a_run_is_deleted_with_all_that_it_found_and_nothing_else(loaded: Loaded) -> None:
    before = loaded.counts()
    run = loaded.detect("--layer", "hashtag", "--window", "45s")["run"]["id"]
    between = loaded.counts()
    assert between["Run"] == before["Run"] + 1
    assert between["COORDINATED_WITH"] > before["COORDINATED_WITH"]
    loaded.run("runs delete --yes", run)
    assert loaded.counts() == before
    assert run not in loaded.run("runs list --format csv")


def test_another_input_is_another_run(loaded: Loaded, tmp_path: Path) -> None:
    """Posts that come in later are another input: the old run stays as it was, the new one stands beside it."""
    old = loaded.detect("--layer", "hashtag", "--window", "50s")
    assert json.loads(loaded.run("runs show --json", old["run"]["id"])) == old
    counts = loaded.counts()
    more = tmp_path / "more.csv"
    more.write_text("id,account_id,created_at,text,platform\n9,late,2024-03-20T10:00:00Z,hello #late,sim\n")
    loaded.run("load --quiet", more)
    new = loaded.detect("--layer", "hashtag", "--window", "50s")
    assert new["run"]["id"] != old["run"]["id"]
    assert new["run"]["counts"]["hashtag_events"] == old["run"]["counts"]["hashtag_events"] + 1
    assert json.loads(loaded.run("runs show --json", old["run"]["id"])) == old
    assert loaded.counts()["Run"] == counts["Run"] + 1


@pytest.mark.neo4j
def test_a_password_that_is_refused_is_one_line(neo4j: Loaded) -> None:
    done = campaign("detect", "--store", neo4j.target.address, env={**neo4j.env, "NEO4J_PASSWORD": "not this one"})
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("campaign: ")
    assert done.err.count("\n") == 1
    assert "not this one" not in done.err
