"""Links, favourites, style and guide of Neo4j Browser: made in one place, quoted, and of the model and the library."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import neo4j
import pytest
from campaign_cypher import StoreTarget, queries
from campaign_cypher.model import NODE, RELATIONSHIP
from campaign_cypher.queries import all_queries
from command import Corpus, refused, told
from report_example import detection
from rich.console import Console
from servers import driver

from campaign.browser.favourites import favourite, for_people
from campaign.browser.links import Browser, browser_of, filled, group_links, literal
from campaign.browser.style import LOOKS, grass
from campaign.reporting.json_result import from_json, to_json
from campaign.reporting.terminal import print_detection

HERE = Browser("http://127.0.0.1:7474/browser/", "bolt://127.0.0.1:7687")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of this machine, and no server of ours."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAMPAIGN_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name in ("CAMPAIGN_BROWSER", "CAMPAIGN_STORE", "CAMPAIGN_QUERIES", "NEO4J_URI", "NEO4J_ADDRESS"):
        monkeypatch.delenv(name, raising=False)


# --- links


def test_a_link_says_query_server_and_database() -> None:
    text = "MATCH (n) WHERE n.a = 'x&y=1 #+%' RETURN n"
    assert parse_qs(urlsplit(HERE.link(text)).query) == {"cmd": ["edit"], "arg": [text], "dbms": [HERE.dbms]}
    named = parse_qs(urlsplit(replace(HERE, database="a b&c").link(text)).query)
    assert named["db"] == ["a b&c"]
    assert re.fullmatch(r"[\w:/.?=&%~-]+", HERE.link("ü 🙂 ' \" < >"))  # fit for any place


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("bolt://127.0.0.1:7687", "http://127.0.0.1:7474/browser/"),
        ("neo4j://graph.example", "http://graph.example:7474/browser/"),
        ("bolt://[::1]:7687", "http://[::1]:7474/browser/"),
        ("neo4j+s://graph.example:7688", "https://graph.example:7473/browser/"),
        ("bolt+ssc://graph.example", "https://graph.example:7473/browser/"),
    ],
)
def test_the_page_is_where_neo4j_has_it(address: str, page: str) -> None:
    found = browser_of(StoreTarget(address, "neo4j", "secret", "films"))
    assert found == Browser(page, address, "films")


def test_the_page_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    target = StoreTarget("bolt://127.0.0.1:7687")
    (tmp_path / "campaign.toml").write_text('browser = "https://a.example/browser/"\n', encoding="utf-8")
    found = browser_of(target)
    assert found and found.page == "https://a.example/browser/"
    monkeypatch.setenv("CAMPAIGN_BROWSER", "https://b.example/")
    found = browser_of(target)
    assert found and found.page == "https://b.example/"


def test_an_embedded_store_has_no_browser() -> None:
    assert browser_of(StoreTarget("campaign.lbug")) is None
    assert group_links(StoreTarget("campaign.lbug"), ["a-1"]) == {}


def test_no_link_holds_a_password() -> None:
    links = group_links(StoreTarget("bolt://h", "ann", "secret"), ["a-1", "a-2"])
    assert set(links) == {"a-1", "a-2"}
    assert not [link for link in links.values() if "secret" in link or "ann" in link]


EVIL = "it's \\' \"x\" \n } RETURN 1; MATCH (n) DETACH DELETE n //"


@pytest.mark.neo4j
@pytest.mark.parametrize(
    "value",
    [
        EVIL,
        "\\",
        "'",
        "\\u0027 x",
        "🙂",
        "",
        0,
        -1.5,
        True,
        None,
        ["a'", EVIL],
        datetime(2024, 3, 4, 18, 0, 1, tzinfo=UTC),
    ],
)
def test_a_literal_is_the_value_and_nothing_else(neo4j_target: StoreTarget, value: object) -> None:
    with driver(neo4j_target) as bare:
        records, _, _ = bare.execute_query(f"RETURN {literal(value)} AS it, $value AS given", value=value)
    assert records[0]["it"] == records[0]["given"]


def test_a_query_is_filled_in_as_far_as_values_are_known() -> None:
    query = queries.get("hashtags/first_users")
    some = filled(query, {})
    assert "$tag" in some and "LIMIT 25" in some and "//" not in some
    whole = filled(query, {"tag": EVIL, "limit": 3, "since": datetime(2024, 3, 4, tzinfo=UTC)})
    assert "$" not in whole
    assert literal(EVIL) in whole and "LIMIT 3" in whole and "datetime('2024-03-04T00:00:00+00:00')" in whole


# --- favourites, style, guide


@pytest.fixture
def files(tmp_path: Path) -> Path:
    told("browser", "setup", "--out", tmp_path / "out")
    return tmp_path / "out"


def test_the_favourites_are_the_library_for_people(files: Path) -> None:
    with zipfile.ZipFile(files / "favourites.zip") as zipped:
        texts = {name: zipped.read(name).decode() for name in zipped.namelist()}
    shown = for_people(all_queries())
    assert set(texts) == {f"{query.id}.cypher" for query in shown}
    assert "events/hashtag.cypher" not in texts
    for query in shown:
        text = texts[f"{query.id}.cypher"]
        assert text.startswith(f"// {query.title}\n// {query.answers}\n")
        wanted = {p.name for p in query.parameters if p.required}
        assert set(re.findall(r"^// :param (\w+) => ", text, re.MULTILINE)) == wanted
        assert set(re.findall(r"\$(\w+)", re.sub("//.*", "", text))) == wanted


def test_own_queries_are_among_them(tmp_path: Path) -> None:
    own = {"CAMPAIGN_QUERIES": str(tmp_path / "own")}
    told("query", "new", "mine/first", env=own)
    told("browser", "setup", "--out", tmp_path / "out", env=own)
    with zipfile.ZipFile(tmp_path / "out" / "favourites.zip") as zipped:
        assert zipped.read("mine/first.cypher").decode().startswith("// First\n")


def test_the_same_library_gives_the_same_bytes(files: Path, tmp_path: Path) -> None:
    told("browser", "setup", "--out", tmp_path / "again")
    for name in ("favourites.zip", "campaign.grass", "guide.html"):
        assert (files / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


@pytest.mark.neo4j
def test_neo4j_takes_every_favourite(neo4j_target: StoreTarget) -> None:
    kinds = {"string": "a", "strings": ["a"], "integer": 1, "float": 0.5, "time": datetime(2024, 3, 4, tzinfo=UTC)}
    with driver(neo4j_target) as bare, bare.session() as session:
        for query in for_people(all_queries()):
            given = {p.name: kinds[p.kind] for p in query.parameters if p.required}
            text = re.sub("^//.*\n", "", favourite(query), flags=re.MULTILINE)
            session.run(neo4j.Query(f"EXPLAIN {text}"), given).consume()  # type: ignore[arg-type]


def test_the_style_names_the_whole_model_and_shows_what_it_has(files: Path) -> None:
    text = (files / "campaign.grass").read_text(encoding="utf-8")
    assert text == grass()
    assert set(re.findall(r"^node\.(\w+) \{", text, re.MULTILINE)) == set(NODE) == set(LOOKS)
    assert set(re.findall(r"^relationship\.(\w+) \{", text, re.MULTILINE)) == set(RELATIONSHIP)
    for kind, name, rules in re.findall(r"^(node|relationship)\.(\w+) \{(.*?)^\}", text, re.MULTILINE | re.DOTALL):
        known = {p.name for p in (NODE[name] if kind == "node" else RELATIONSHIP[name]).properties}
        caption = re.search(r'caption: "([^":]*)"', rules)  # Browser reads no further than a colon
        assert caption and set(re.findall(r"\{(\w+)\}", caption[1])) <= known


def test_the_guide_has_a_link_for_each_question(files: Path) -> None:
    page = (files / "guide.html").read_text(encoding="utf-8")
    assert "<script" not in page
    for query in for_people(all_queries()):
        assert HERE.link(favourite(query)).replace("&", "&amp;") in page


def test_the_guide_leads_to_the_store_s_browser(tmp_path: Path) -> None:
    told("browser", "setup", "--out", tmp_path, "--store", "neo4j://graph.example:7687", "--database", "films")
    page = (tmp_path / "guide.html").read_text(encoding="utf-8")
    assert "http://graph.example:7474/browser/?cmd=edit" in page and "db=films" in page
    assert "127.0.0.1" not in page


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = refused("browser", "setup", "--out", tmp_path / "file" / "below")
    assert "cannot be written" in done.err and "--out" in done.err


# --- where links are shown


def test_json_has_links_only_where_there_are_any() -> None:
    result = detection()
    links = {group.id: HERE.group_link(group.id) for group in result.groups}
    with_links = json.loads(to_json(result, links=links))
    assert [g["browser"] for g in with_links["groups"]] == [links[g.id] for g in result.groups]
    assert "browser" not in to_json(result)
    assert from_json(to_json(result, links=links)).groups == result.groups  # it is read back as if without


def test_a_terminal_s_ids_lead_to_browser() -> None:
    result = detection()
    links = {group.id: HERE.group_link(group.id) for group in result.groups}
    printed = {}
    for name, given in (("with", links), ("without", {})):
        console = Console(file=io.StringIO(), force_terminal=True, width=120)
        print_detection(result, console, given)
        printed[name] = console.file.getvalue()  # type: ignore[attr-defined]
    for group, link in links.items():
        assert re.search(rf"\x1b\]8;[^;]*;{re.escape(link)}\x1b\\[^\x1b]*{group}|{re.escape(link)}", printed["with"])
    assert "campaign browser link" in printed["with"]
    assert "browser" not in printed["without"]


def test_the_link_of_a_group_is_printed_for_neo4j_only(corpus: Corpus) -> None:
    assert "is no Neo4j, which Browser shows" in refused("browser", "link", "a-1", "--store", corpus.store).err


@pytest.mark.neo4j
def test_an_unknown_group_has_no_link(neo4j_target: StoreTarget) -> None:
    env = {"NEO4J_URI": neo4j_target.address, "NEO4J_PASSWORD": neo4j_target.password or ""}
    assert "no run a in" in refused("browser", "link", "a-1", env=env).err
