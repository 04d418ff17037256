"""`campaign export`: each format is read back by a library that others wrote, and says what the run said."""

from __future__ import annotations

import io
import json
import math
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import networkx as nx
import polars as pl
import pyarrow.parquet as pq
import pytest
import stix2
from command import campaign, refused, told
from found import FORMULA, Found
from stix2validator import ValidationOptions, validate_string

from campaign import exports
from campaign.exports._xml import with_plain_ids
from campaign.reporting.json_result import from_json

SEVERAL = ("csv", "parquet")
DOCS = (Path(__file__).parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def written(found: Found, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole run in every format."""
    folder = tmp_path_factory.mktemp("exports")
    for name in exports.names():
        told("export", found.run, "--format", name, "--out", folder / name, "--store", found.store)
    return folder


def pairs(found: Found, groups: list[dict[str, Any]]) -> dict[frozenset[str], dict[str, Any]]:
    """The strongest test of each linked pair inside these groups."""
    best: dict[frozenset[str], dict[str, Any]] = {}
    for edge in (e for g in groups for e in found.inside(g)):
        key = frozenset((edge["a"], edge["b"]))
        if key not in best or edge["p"] < best[key]["p"]:
            best[key] = edge
    return best


def as_graph(found: Found, graph: nx.Graph) -> None:
    """The graph is that of the run: accounts, pairs, numbers as numbers."""
    groups = found.answer["groups"]
    members = {a["id"]: (a, g) for g in groups for a in g["accounts"]}
    assert set(graph.nodes) == set(members)
    for node, about in graph.nodes(data=True):
        account, group = members[node]
        assert (about["role"], about["claim"], about["group_id"]) == (account["role"], group["claim"], group["id"])
        assert about["episodes"] == account["episodes"]
        assert isinstance(about["episodes"], int)
        assert isinstance(about["p"], float)
        assert about["expected"] == pytest.approx(account["expected"])
    known = pairs(found, groups)
    assert {frozenset(e) for e in graph.edges} == set(known)
    for a, b, about in graph.edges(data=True):
        edge = known[frozenset((a, b))]
        assert about["weight"] == pytest.approx(-math.log10(edge["p"]))
        assert (about["n"], about["p"]) == (edge["n"], pytest.approx(edge["p"]))
        assert isinstance(about["n"], int)


def test_gexf_is_read_by_networkx(found: Found, written: Path) -> None:
    graph = nx.read_gexf(written / "gexf")
    as_graph(found, graph)
    core = found.group("campaign")["accounts"][:3]
    names = [graph.nodes[a["id"]].get("name") for a in core]
    assert names == [FORMULA, "a�b�c�<b>&\"' @x", "+1 (555)"]
    assert [graph.nodes[a["id"]].get("verified") for a in core] == [True, False, None]
    assert {"Campaign 1", "Campaign 2"} <= {about["group"] for _, about in graph.nodes(data=True)}


def test_gexf_declares_types_that_gephi_knows_and_no_day(written: Path) -> None:
    text = (written / "gexf").read_text(encoding="utf-8")
    assert "lastmodifieddate" not in text
    assert 'xmlns="http://www.gexf.net/1.2draft"' in text
    types = dict.fromkeys(part.split('"')[0] for part in text.split(' type="')[1:])
    assert set(types) <= {"string", "long", "double", "boolean"}


def test_graphml_is_read_by_networkx(found: Found, written: Path) -> None:
    as_graph(found, nx.read_graphml(written / "graphml"))


def test_csv_is_two_files_as_gephi_wants_them(found: Found, written: Path) -> None:
    nodes, edges = (pl.read_csv(written / "csv" / f"{name}.csv") for name in ("nodes", "edges"))
    assert nodes.columns[:2] == ["Id", "Label"]
    assert edges.columns[:4] == ["Source", "Target", "Type", "Weight"]
    known = pairs(found, found.answer["groups"])
    assert {frozenset(pair) for pair in edges.select("Source", "Target").iter_rows()} == set(known)
    assert set(edges["Source"]) | set(edges["Target"]) <= set(nodes["Id"])
    assert set(nodes["Id"]) == {a["id"] for g in found.answer["groups"] for a in g["accounts"]}
    assert set(edges["Type"]) == {"Undirected"}
    assert (edges.schema["Weight"], nodes.schema["episodes"]) == (pl.Float64, pl.Int64)


def test_no_cell_of_a_csv_is_a_formula(written: Path) -> None:
    cells = [
        cell
        for name in ("nodes", "edges")
        for row in pl.read_csv(written / "csv" / f"{name}.csv", infer_schema=False).iter_rows()
        for cell in row
    ]
    assert f"'{FORMULA}" in cells
    assert "'+1 (555)" in cells
    assert [c for c in cells if c and c.startswith(("=", "+", "-", "@"))] == []


def test_parquet_is_read_by_arrow(found: Found, written: Path) -> None:
    tables = {file.stem: pq.read_table(file) for file in sorted((written / "parquet").glob("*"))}
    assert set(tables) == {"groups", "accounts", "edges", "hashtags", "targets"}
    groups = found.answer["groups"]
    assert {r["group"]: (r["claim"], r["size"], r["core"]) for r in tables["groups"].to_pylist()} == {
        g["id"]: (g["claim"], g["size"], g["core"]) for g in groups
    }
    assert tables["edges"].to_pylist() == found.answer["edges"]
    accounts = {(r["group"], r["account"], r["role"]) for r in tables["accounts"].to_pylist()}
    assert accounts == {(g["id"], a["id"], a["role"]) for g in groups for a in g["accounts"]}
    assert str(tables["accounts"].schema.field("created_at").type) == "timestamp[us, tz=UTC]"
    tags = {(r["group"], r["tag"]): r["posts"] for r in tables["hashtags"].to_pylist()}
    assert tags == {(g["id"], t["tag"]): t["posts"] for g in groups for t in g["hashtags"]}


def test_json_is_the_result(found: Found, written: Path) -> None:
    assert json.loads((written / "json").read_bytes()) == found.answer


def test_json_of_one_group_has_that_group_alone_and_says_so(found: Found) -> None:
    group = found.group("campaign")
    text = told("export", group["id"], "--format", "json", "--store", found.store)
    one = from_json(text)
    assert [g.id for g in one.groups] == [group["id"]]
    assert one.edges.height == len(found.inside(group)) < len(found.answer["edges"])
    assert group["id"] in one.run.notes[0]


def stix_of(text: str) -> dict[str, list[Any]]:
    """The objects of a bundle by type, read strictly: nothing that STIX 2.1 does not know."""
    bundle = stix2.parse(text, allow_custom=False, version="2.1")
    objects: dict[str, list[Any]] = {}
    for one in bundle.objects:
        objects.setdefault(one.type, []).append(one)
    return objects


def test_stix_is_valid_and_names_the_cores_of_campaigns_alone(found: Found, written: Path) -> None:
    text = (written / "stix").read_text(encoding="utf-8")
    # 103 wants random ids, which would give other bytes each time.
    checked = validate_string(text, ValidationOptions(strict=True, version="2.1", disabled=["103"]))
    assert checked.is_valid, [str(error) for error in checked.errors]
    objects = stix_of(text)
    allowed = {"identity", "campaign", "infrastructure", "relationship", "user-account", "observed-data"}
    assert set(objects) == allowed
    campaigns = [g for g in found.answer["groups"] if g["claim"] == "campaign"]
    assert {c.external_references[0]["external_id"] for c in objects["campaign"]} == {g["id"] for g in campaigns}
    core = {a["id"] for g in campaigns for a in g["accounts"] if a["role"] == "core"}
    assert {a.user_id for a in objects["user-account"]} == core
    assert {r.relationship_type for r in objects["relationship"]} == {"uses", "consists-of"}
    assert sum(a.get("is_disabled", False) for a in objects["user-account"]) == 1


def test_stix_says_when_an_account_was_seen(found: Found, written: Path) -> None:
    objects = stix_of((written / "stix").read_text(encoding="utf-8"))
    account = objects["user-account"][0]
    seen = next(o for o in objects["observed-data"] if o.object_refs == [account.id])
    rows = told(
        *("query", "run", "evidence/account_posts", "--param", f"account={account.user_id}"),
        *("--param", "limit=100000", "--format", "csv", "--store", found.store),
    )
    times = pl.read_csv(io.StringIO(rows), columns=["created_at"], try_parse_dates=True)["created_at"]
    assert seen.number_observed == len(times)
    assert f"{seen.first_observed:%Y-%m-%dT%H:%M:%S}" == f"{times.min():%Y-%m-%dT%H:%M:%S}"
    assert f"{seen.last_observed:%Y-%m-%dT%H:%M:%S}" == f"{times.max():%Y-%m-%dT%H:%M:%S}"


def test_disarm_names_what_the_evidence_supports(written: Path) -> None:
    for one in stix_of((written / "stix").read_text(encoding="utf-8"))["campaign"]:
        named = {r["external_id"]: r for r in one.external_references if r["source_name"].startswith("DISARM")}
        assert named
        assert set(named) <= {"T0049.002", "T0015"}
        assert all("in step by hashtags; it made" in r["description"] for r in named.values())


def test_a_gathering_is_not_written_as_stix(found: Found) -> None:
    done = refused("export", found.group("gathering")["id"], "--format", "stix", "--store", found.store)
    assert "no accusation" in done.err


def test_the_same_finding_gives_the_same_bytes(found: Found, written: Path, tmp_path: Path) -> None:
    for name in exports.names():
        told("export", found.run, "--format", name, "--out", tmp_path / name, "--store", found.store)
    files = sorted(p.relative_to(written) for p in written.rglob("*") if p.is_file())
    assert len(files) == 4 + 2 + 5
    assert {f: (written / f).read_bytes() for f in files} == {f: (tmp_path / f).read_bytes() for f in files}


def test_a_run_that_found_nothing_is_written_too(tmp_path: Path) -> None:
    store = ("--store", tmp_path / "quiet.lbug")
    (tmp_path / "quiet.csv").write_text("account,created_at,text\nu,2025-01-01,a #tag\nv,2025-01-02,b #tag\n")
    told("load", tmp_path / "quiet.csv", "--platform", "x", *store)
    run = json.loads(told("detect", "--json", "--placebos", 0, *store))["run"]["id"]
    for name in exports.names():
        told("export", run, "--format", name, "--out", tmp_path / name, *store)
    assert nx.read_gexf(tmp_path / "gexf").order() == nx.read_graphml(tmp_path / "graphml").order() == 0
    assert [len((tmp_path / "csv" / f"{part}.csv").read_text().splitlines()) for part in ("nodes", "edges")] == [1, 1]


@pytest.mark.parametrize("name", [n for n in exports.names() if n not in SEVERAL])
def test_one_file_goes_to_stdout(name: str, found: Found, written: Path) -> None:
    said = told("export", found.run, "--format", name, "--store", found.store)
    assert said == (written / name).read_text(encoding="utf-8")


def test_ids_that_xml_cannot_hold_are_spelled_and_stay_apart() -> None:
    graph = nx.Graph()
    graph.add_edge("x:@a\x07b", "x:@a\x08b", weight=1.0)
    out = io.BytesIO()
    nx.write_gexf(with_plain_ids(graph), out)
    assert set(nx.read_gexf(io.BytesIO(out.getvalue())).nodes) == {"x:@a\\u0007b", "x:@a\\u0008b"}


def test_every_format_and_attribute_is_explained(written: Path) -> None:
    graph = nx.read_gexf(written / "gexf")
    attributes = {name for _, about in (*graph.nodes(data=True),) for name in about}
    attributes |= {name for *_, about in graph.edges(data=True) for name in about} - {"id"}
    tables = {name for file in (written / "parquet").glob("*") for name in pq.read_schema(file).names}
    assert [n for n in (*exports.names(), *sorted(attributes | tables)) if f"`{n}`" not in DOCS] == []


def test_what_is_not_there_is_one_line(found: Found, tmp_path: Path) -> None:
    group = found.group("campaign")["id"]
    where = ("--store", found.store)
    assert "did you mean" in refused("export", f"{found.run}-99", *where).err
    assert f"did you mean {found.run}" in refused("export", found.run[:-1] + "!", *where).err
    assert "did you mean gexf" in refused("export", group, "--format", "gefx", *where).err
    assert "--out" in refused("export", group, "--format", "csv", *where).err


def test_a_place_that_cannot_be_written_is_one_line(found: Found, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for out in (tmp_path, tmp_path / "file" / "below.gexf"):
        assert "cannot be written" in refused("export", found.run, "--out", out, "--store", found.store).err
    assert (
        "cannot be written"
        in refused("export", found.run, "--format", "csv", "--out", tmp_path / "file", "--store", found.store).err
    )
    assert [p.name for p in tmp_path.rglob("*")] == ["file"]


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """The kernel refuses to let a file grow beyond this, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_what_was_there(found: Found, tmp_path: Path) -> None:
    out = tmp_path / "csv"
    told("export", found.group("gathering")["id"], "--format", "csv", "--out", out, "--store", found.store)
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    with files_at_most(5_000):
        done = campaign("export", found.run, "--format", "csv", "--out", out, "--store", found.store)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "cannot be written" in done.err
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before


def test_what_a_format_wants_is_said(found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = refused("export", found.run, "--format", "stix", "--store", found.store)
    assert "pip install 'campaign[stix]'" in done.err


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("net", "gexf"),
        ("net.GEXF", "gexf"),
        ("v1.2.graphml", "graphml"),
        ("net.csv", "csv"),
        ("net.parquet", "parquet"),
        ("net.json", "json"),
        ("net.stix.json", "stix"),
    ],
)
def test_the_ending_says_the_format(name: str, format: str, tmp_path: Path) -> None:
    assert exports.meant(None, tmp_path / name) == format
    assert exports.meant(format, tmp_path / name) == format


def test_every_format_is_chosen_by_an_ending_of_its_own() -> None:
    assert {exports.meant(None, Path(f"x{exports.format_of(name).endings[0]}")) for name in exports.names()} == set(
        exports.names()
    )
    assert exports.meant("stix", Path("bundle.json")) == "stix"
    assert exports.meant(None, None) == "gexf"


def test_what_the_ending_says_is_written(found: Found, tmp_path: Path) -> None:
    for _ in range(2):  # the second time there is a folder of that name
        told("export", found.run, "--out", tmp_path / "net.csv", "--store", found.store)
        assert {p.name for p in (tmp_path / "net.csv").iterdir()} == {"nodes.csv", "edges.csv"}
    told("export", found.run, "--out", tmp_path / "net.graphml", "--store", found.store)
    as_graph(found, nx.read_graphml(tmp_path / "net.graphml"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--out", "g.xlsx"], "no format ends in .xlsx, but in .csv, .gexf, .graphml, .json, .parquet, .stix.json"),
        (["--out", "g.gexf.gz"], "no format ends in .gz"),
        (["--format", "csv", "--out", "g.xlsx"], "no format ends in .xlsx"),
        (["--format", "gexf", "--out", "g.csv"], "g.csv ends as csv does, and --format says gexf"),
        (["--format", "stix", "--out", "g.gexf"], "g.gexf ends as gexf does, and --format says stix"),
        (["--format", "gexf", "--out", "g.json"], "g.json ends as json or stix does, and --format says gexf"),
    ],
)
def test_an_ending_that_says_otherwise_is_refused(
    found: Found, asked: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = refused("export", found.run, *asked, "--store", found.store)
    assert done.code == 2
    assert says in done.err
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_there_may_have_any_ending(tmp_path: Path) -> None:
    (tmp_path / "run.v2").mkdir()
    assert exports.meant("parquet", tmp_path / "run.v2") == "parquet"
