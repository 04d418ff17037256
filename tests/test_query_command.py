"""`campaign query`: the library and one's own queries, listed, shown, run and made; wrong questions in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from campaign_cypher import StoreTarget, connect, queries
from command import campaign, refused, told
from library_world import small

NONE = "--queries", str(Path(__file__).parent)  # no query in there


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Path of an embedded store with the library's small world."""
    path = str(tmp_path_factory.mktemp("query") / "small.lbug")
    opened = connect(StoreTarget(path))
    opened.apply_schema()
    opened.write(small().batch)
    opened.close()
    return path


def listed(*arguments: object) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = json.loads(told("query", "list", *arguments, "--json"))
    return entries


def own(folder: Path, id_: str, cypher: str, header: str = "// parameter tag: string -- the hashtag\n") -> Path:
    """A query of one's own with a column n."""
    file = folder / f"{id_}.cypher"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f"// Mine\n// answers: What?\n{header}// column n: integer -- how many\n// portable: yes\n{cypher}\n"
    )
    return file


def test_list_is_the_library_and_all_is_all() -> None:
    assert [e["id"] for e in listed(*NONE)] == [q.id for q in queries.all_queries() if not q.for_program]
    assert [e["id"] for e in listed("--all", *NONE)] == [q.id for q in queries.all_queries()]


def test_list_of_a_theme_says_what_is_wanted_and_given() -> None:
    found = {e["id"]: e for e in listed("hashtags", *NONE)}
    assert {id_.partition("/")[0] for id_ in found} == {"hashtags"}
    assert found["hashtags/first_users"]["parameters"] == "tag [since] [until] [limit]"
    assert (found["hashtags/graph"]["gives"], found["hashtags/graph"]["stores"]) == ("picture", "neo4j")
    assert (found["hashtags/top"]["gives"], found["hashtags/top"]["stores"]) == ("rows", "both")


def test_no_such_theme() -> None:
    done = refused("query", "list", "hashtag", *NONE)
    assert done.code == 2
    assert "there are accounts, campaigns, coordination" in done.err


def test_show_prints_the_file() -> None:
    assert told("query", "show", "hashtags/top") == queries.get("hashtags/top").text


def test_run_in_every_format(store: str) -> None:
    ask = ("query", "run", "hashtags/top", "--store", store, "-p", "limit=1")
    assert told(*ask, "--format", "csv").splitlines() == [
        "tag,display,posts,accounts,first,last",
        "a,A,5,4,2016-03-22T12:00:00Z,2016-03-22T12:03:00Z",
    ]
    assert json.loads(told(*ask, "--json"))[0]["first"] == "2016-03-22T12:00:00Z"
    assert "2016-03-22T12:03:00Z" in told(*ask)


def test_run_takes_a_limit_where_the_query_has_none(store: str) -> None:
    ask = ("query", "run", "hashtags/accounts", "--store", store, "-p", "tags=a,b", "--json")
    assert len(json.loads(told(*ask))) == 4
    assert len(json.loads(told(*ask, "--limit", "1"))) == 1


@pytest.mark.parametrize(
    ("id_", "parameters", "same"),
    [
        ("hashtags/first_users", ["tag=#A"], ["tag=a"]),
        ("hashtags/accounts", ["tags=#A,B"], ["tags=a,b"]),
        ("evidence/account_posts", ["account=@bob"], ["account=x:2"]),
        ("evidence/pair_posts", ["a=Bob", "b=CYD"], ["a=x:2", "b=x:3"]),
        ("timelines/hours_of_day", ["accounts=Bob,x:3"], ["accounts=x:2,x:3"]),
    ],
)
def test_hashtags_and_accounts_as_people_write_them(
    store: str, id_: str, parameters: list[str], same: list[str]
) -> None:
    one, two = (
        told("query", "run", id_, "--store", store, "--format", "csv", *[word for p in given for word in ("-p", p)])
        for given in (parameters, same)
    )
    assert one == two
    assert len(one.splitlines()) > 1


@pytest.mark.parametrize(
    ("id_", "parameters", "says"),
    [
        ("hashtags/accounts", [], "wants --param tags=… (the hashtags"),
        ("hashtags/top", ["limit"], "is not NAME=VALUE"),
        ("hashtags/top", ["limit=many"], "limit='many' is no integer (for example 100)"),
        (
            "hashtags/top",
            ["limit=99999999999999999999"],
            "limit='99999999999999999999' is no integer (for example 100)",
        ),
        pytest.param("hashtags/accounts", [f"tags={'[' * 100_000}"], "is no strings", id="too deep"),
        ("hashtags/top", ["limit=1", "limit=2"], "--param limit=… is there twice: leave one of them out"),
        ("hashtags/top", ["since=yesterday"], "since='yesterday' is no time"),
        ("hashtags/top", ["limits=1"], "no parameter limits: it has since, until, limit"),
        ("hashtag/top", [], "did you mean hashtags/top, "),
        ("zzz", [], "campaign query list shows all"),
        ("x' RETURN 1 //", [], "no stored query"),
        ("campaigns/members", ["group_id=r1-9"], "no group 'r1-9' in this store: did you mean r1-"),
        ("campaigns/compare", ["group_id=r1-1", "other_id=zzz"], "no group 'zzz'"),
        ("coordination/pairs", ["run=rr1"], "no run 'rr1' in this store: did you mean r1"),
        ("hashtags/first_users", ["tag=zz"], "in this store: see `campaign query run hashtags/top --store "),
        ("hashtags/first_users", ["tag=a'}) DETACH DELETE h //"], "no hashtag"),
        ("accounts/groups", ["account=x:1'}) SET a.id = '1"], "no account"),
        ("accounts/groups", ["account=@targett"], "no account '@targett' in this store: did you mean Target?"),
        ("accounts/groups", ["account=ann"], "2 accounts are called 'ann': say which, by id: x:1, x:6"),
        ("runs/changes", ["run=r1", "before=r5"], "no run 'r5'"),
    ],
)
def test_wrong_questions_are_one_line(store: str, id_: str, parameters: list[str], says: str) -> None:
    words = [word for p in parameters for word in ("-p", p)]
    done = refused("query", "run", id_, "--store", store, *words, *NONE)
    assert done.code == 2
    assert says in done.err


def test_a_limit_said_twice_is_refused(store: str) -> None:
    done = refused("query", "run", "hashtags/top", "--store", store, "--param", "limit=5", "--limit", 3)
    assert (done.code, done.err.strip()) == (
        2,
        "campaign: --limit and --param limit=… say the same: leave one of them out",
    )


@pytest.mark.parametrize("words", [("list",), ("show", "hashtags/top"), ("run", "hashtags/top")])
def test_a_folder_of_queries_that_is_not_there_is_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = refused("query", *words, "--queries", tmp_path / "none")
    assert done.code == 2
    assert "none: there is no such folder" in done.err


def test_a_picture_wants_neo4j(store: str) -> None:
    done = refused("query", "run", "hashtags/graph", "--store", store, "-p", "tag=a")
    assert "runs on Neo4j only" in done.err


def test_new_query_runs_as_it_stands_and_is_listed(store: str, tmp_path: Path) -> None:
    env = {"CAMPAIGN_QUERIES": str(tmp_path / "own")}
    done = campaign("query", "new", "hashtags/mine", env=env)
    assert done.code == 0
    assert done.out == f"{tmp_path / 'own' / 'hashtags' / 'mine.cypher'}\n"
    assert "campaign query run hashtags/mine" in done.err
    assert "hashtags/mine" in told("query", "list", "hashtags", env=env)
    rows = told("query", "run", "hashtags/mine", "--store", store, "--limit", "1", "--format", "csv", env=env)
    assert rows.splitlines() == ["account,posts", "x:1,3"]


def test_own_queries_are_found_by_option_environment_and_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("option", "environment", "file"):
        own(tmp_path / name, f"mine/{name}", "MATCH (h:Hashtag {tag: $tag}) RETURN count(h) AS n;")
    env = {"CAMPAIGN_QUERIES": "environment"}
    (tmp_path / "campaign.toml").write_text('queries = "file"\n')
    assert "mine/option" in told("query", "list", "mine", "--queries", "option", env=env)
    assert "mine/environment" in told("query", "list", "mine", env=env)
    assert "mine/file" in told("query", "list", "mine")


@pytest.mark.parametrize("id_", ["mine", "../x/y", "a/b/c", "A/b", "x/y z", "hashtags/x'; DROP", "/etc/passwd"])
def test_new_wants_an_id(tmp_path: Path, id_: str) -> None:
    done = refused("query", "new", id_, "--queries", tmp_path)
    assert done.code == 2
    assert "THEME/NAME" in done.err
    assert list(tmp_path.iterdir()) == []


def test_new_overwrites_nothing(tmp_path: Path) -> None:
    file = own(tmp_path, "mine/one", "MATCH (h:Hashtag {tag: $tag}) RETURN count(h) AS n;")
    before = file.read_text()
    assert "is there already" in refused("query", "new", "mine/one", "--queries", tmp_path).err
    assert "is there already" in refused("query", "new", "hashtags/top", "--queries", tmp_path).err
    assert file.read_text() == before


def test_new_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert "name another folder" in refused("query", "new", "mine/one", "--queries", tmp_path / "file").err


@pytest.mark.parametrize(
    ("cypher", "says"),
    [
        ("MATCH (h:Hashtag {tag: $tag}) DETACH DELETE h RETURN 1 AS n;", "writes (DETACH): a stored query only reads"),
        ("MERGE (h:Hashtag {tag: $tag}) RETURN 1 AS n;", "writes (MERGE)"),
        ("MATCH (h:Hashtag) RETURN count(h) AS n;", "header and Cypher differ in tag"),
        ("MATCH (h:Hashtag {tag: $tag}) RETURN h.display AS n;", "a column is not of the type that its header says"),
    ],
)
def test_own_query_that_is_wrong_is_one_line(store: str, tmp_path: Path, cypher: str, says: str) -> None:
    own(tmp_path, "mine/wrong", cypher)
    done = refused("query", "run", "mine/wrong", "--store", store, "-p", "tag=a", "--queries", tmp_path)
    assert done.code == 2
    assert says in done.err


def test_own_query_with_other_columns_or_no_cypher_is_one_line(store: str, tmp_path: Path) -> None:
    for cypher in ("MATCH (h:Hashtag {tag: $tag}) RETURN 1 AS m;", "MATCHH (h {tag: $tag}) RETURN 1 AS n;"):
        own(tmp_path, "mine/wrong", cypher)
        refused("query", "run", "mine/wrong", "--store", store, "-p", "tag=a", "--queries", tmp_path)


def test_own_file_that_is_broken_is_left_out_of_the_list_and_said(tmp_path: Path) -> None:
    own(tmp_path, "mine/good", "MATCH (h:Hashtag {tag: $tag}) RETURN count(h) AS n;")
    (tmp_path / "mine" / "bad.cypher").write_bytes(b"\xff\xfe")
    (tmp_path / "mine" / "worse.cypher").write_text("RETURN 1;")
    done = campaign("query", "list", "mine", "--json", "--queries", tmp_path)
    assert [entry["id"] for entry in json.loads(done.out)] == ["mine/good"]
    assert [line.startswith("campaign: left out: ") for line in done.err.splitlines()] == [True, True]


def test_of_two_with_one_id_ones_own_counts(tmp_path: Path) -> None:
    own(tmp_path, "hashtags/top", "MATCH (h:Hashtag {tag: $tag}) RETURN count(h) AS n;")
    assert "// Mine" in told("query", "show", "hashtags/top", "--queries", tmp_path)
