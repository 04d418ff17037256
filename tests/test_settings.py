"""Where settings come from, which wins, and that passwords go to nobody they do not belong to."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from campaign_cypher import StoreTarget
from campaign_cypher.errors import AddressError, StoreError
from command import refused
from typer.main import get_command
from typer.testing import CliRunner

from campaign import settings
from campaign.cli import app
from campaign.failures import UsageError

LOCAL = "bolt://127.0.0.1:7687"
REMOTE = "neo4j+s://graph.example:7687"


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder and home, and no variable of ours."""
    for name in [n for n in os.environ if n.startswith(("NEO4J_", "CAMPAIGN_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home" / ".local"))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


def user_file() -> Path:
    import typer

    path = Path(typer.get_app_dir("campaign")) / "campaign.toml"
    path.parent.mkdir(parents=True)
    return path


def test_each_place_gives_way_to_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.resolve().address == "campaign.lbug"
    user_file().write_text('store = "user.lbug"')
    assert settings.resolve().address == "user.lbug"
    Path("campaign.toml").write_text('store = "here.lbug"')
    assert settings.resolve().address == "here.lbug"
    monkeypatch.setenv("NEO4J_ADDRESS", LOCAL)
    assert settings.resolve().address == LOCAL
    monkeypatch.setenv("NEO4J_URI", REMOTE)
    assert settings.resolve().address == REMOTE
    monkeypatch.setenv("CAMPAIGN_STORE", "env.lbug")
    assert settings.resolve().address == "env.lbug"
    assert settings.resolve("flag.lbug").address == "flag.lbug"


def test_login_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", REMOTE)
    target = settings.resolve()
    assert (target.username, target.password, target.database) == ("neo4j", None, None)
    monkeypatch.setenv("NEO4J_USER", "old")
    assert settings.resolve().username == "old"
    monkeypatch.setenv("NEO4J_USERNAME", "ann")
    monkeypatch.setenv("NEO4J_PASSWORD", "hush")
    monkeypatch.setenv("NEO4J_DATABASE", "posts")
    target = settings.resolve()
    assert (target.username, target.password, target.database) == ("ann", "hush", "posts")
    assert settings.resolve(database="other").database == "other"


def test_password_of_one_server_is_not_given_to_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", REMOTE)
    monkeypatch.setenv("NEO4J_USERNAME", "ann")
    monkeypatch.setenv("NEO4J_PASSWORD", "hush")
    other = settings.resolve("bolt://elsewhere.example")
    assert (other.username, other.password) == ("neo4j", None)


def test_password_of_a_settings_file_is_not_given_to_another() -> None:
    Path("secret").write_text("from file\n")
    Path("campaign.toml").write_text(f'store = "{REMOTE}"\nusername = "ann"\npassword_file = "secret"\n')
    assert (settings.resolve().username, settings.resolve().password) == ("ann", "from file")
    other = settings.resolve("bolt://elsewhere.example")
    assert (other.username, other.password) == ("neo4j", None)


def test_password_file_wins_over_the_environment_and_keeps_inner_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", REMOTE)
    monkeypatch.setenv("NEO4J_PASSWORD", "hush")
    secret = Path("secret")
    secret.write_text(" two words \n")
    assert settings.resolve(password_file=secret).password == " two words "  # noqa: S105
    with pytest.raises(StoreError, match=r"password file .*none cannot be read"):
        settings.resolve(password_file=Path("none"))


def test_an_embedded_store_has_no_login() -> None:
    with pytest.raises(UsageError, match=r"^--database is for a Neo4j, and a\.lbug is an embedded store: leave it out"):
        settings.resolve("a.lbug", database="films")
    with pytest.raises(UsageError, match=r"^--password-file and --database are for a Neo4j"):
        settings.resolve("a.lbug", password_file=Path("secret"), database="films")
    Path("posts.csv").write_text("account,time,text\na,2020-01-01,#b\n")
    for more in ((), ("--dry-run",)):
        done = refused("load", "posts.csv", "--store", "a.lbug", "--database", "films", *more)
        assert (done.code, Path("a.lbug").exists()) == (2, False)


def test_password_of_a_server_of_this_machine_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    import campaign_cypher.server

    monkeypatch.setattr(campaign_cypher.server, "password_for", {LOCAL: "started here"}.get)
    assert settings.resolve(LOCAL).password == "started here"  # noqa: S105
    assert settings.resolve(REMOTE).password is None


@pytest.mark.parametrize(
    "address",
    [
        "bolt://ann:hush@graph.example",
        "neo4j://ann@graph.example",
        "bolt://ann:h#hush@graph.example",
        "bolt://ann:h/hush@graph.example",
        "bolt://ann:h?hush@graph.example",
        "bolt://graph.example/?user=ann&password=hush",
        "neo4j:hush@graph.example",
        "https://ann:hush@graph.example",
    ],
)
def test_secrets_in_an_address_are_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(StoreError, match=r"address of graph\.example holds a user, a password or settings") as caught:
        settings.resolve(address)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["bolt:/127.0.0.1:7799", "bolt://", "neo4j:7687", "bolt://:7687", "bolt://host:port"]
)
def test_an_address_without_a_server_means_no_other_server(address: str) -> None:
    with pytest.raises(AddressError, match="no address of a server; write it as bolt://host:7687"):
        settings.resolve(address)


@pytest.mark.parametrize("address", ["bolt://[::1]:7687", "neo4j+s://x.databases.neo4j.io", "bolt://localhost:1/"])
def test_addresses_of_servers_are_taken(address: str) -> None:
    assert settings.resolve(address).address == address


@pytest.mark.parametrize("command", [("browser", "setup"), ("detect",), ("runs", "list"), ("load", "x", "--bulk")])
def test_an_address_of_no_kind_of_store_is_refused_and_leaves_nothing(command: tuple[str, ...]) -> None:
    Path("x").write_text("id,user_id,created_at,text\n1,u,2020-01-01,#t\n")
    done = refused(*command, "--store", "foo://x")
    assert (done.code, "foo://x: unknown kind of address; a path, or one of bolt, " in done.err) == (2, True)
    assert [path.name for path in Path().iterdir()] == ["x"]


def test_a_file_that_is_not_toml_is_said() -> None:
    Path("campaign.toml").write_text("store = ")
    with pytest.raises(StoreError, match=r"campaign\.toml is not TOML.*mend or remove it"):
        settings.resolve()


def test_files_hold_options_of_commands_too() -> None:
    user_file().write_text("[query.run]\nlimit = 1\n[detect]\nfdr = 0.05\n")
    Path("campaign.toml").write_text("[detect]\nplacebos = 3\n[report.trending]\nfail-on = 'campaign'\n")
    assert settings.read_files(get_command(app)).commands() == {
        "query": {"run": {"limit": 1}},
        "detect": {"fdr": 0.05, "placebos": 3},
        "report": {"trending": {"fail_on": "campaign"}},
    }


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("stor = 'x.lbug'", "there is no key stor: did you mean store?"),
        ("password = 'hush'", "there is no key password: did you mean password_file?"),
        ("fdr = 0.05", "there is no key fdr: there are store, username, database, password_file, queries, browser; "),
        ("detect = 3", "there is no key detect: "),
        ("[detct]\nfdr = 0.05", "there is no command detct: did you mean detect?"),
        ("[query.rum]\nlimit = 1", "there is no command query rum: did you mean run?"),
        ("[query]\nrun = 1", "query.run is a command: write its options below [query.run]"),
        ("[detect]\nplacebo = 0", "[detect] has no placebo: did you mean placebos?"),
        ("[query.run]\nas_json = true", "[query.run] has no as_json: did you mean json?"),
        ("[detect]\nzzz = 0", "[detect] has no zzz: there are block, community, "),
    ],
)
def test_a_name_that_nothing_reads_is_told_with_the_nearest(text: str, line: str) -> None:
    Path("campaign.toml").write_text(text)
    done = refused("query", "list")
    assert done.err.startswith(f"campaign: campaign.toml: {line}")
    assert "hush" not in done.err


def test_a_misspelt_key_of_the_users_own_file_names_that_file() -> None:
    user_file().write_text("stor = 'x.lbug'")
    with pytest.raises(StoreError, match=r"/campaign\.toml: there is no key stor: did you mean store\?"):
        settings.resolve()


def test_an_option_is_written_as_help_names_it() -> None:
    Path("campaign.toml").write_text("[query.list]\njson = true\nall = true\n[simulate-people]\nseed = 3\n")
    assert CliRunner().invoke(app, ["query", "list"]).stdout.startswith("[")


@pytest.mark.parametrize(
    "command", [("detect",), ("runs", "list"), ("query", "run", "hashtags/top"), ("report", "trending", "--out", "r")]
)
def test_a_store_of_no_bytes_is_told_and_left_as_it_is(command: tuple[str, ...]) -> None:
    Path("s.lbug").touch()
    assert "s.lbug is an empty file (0 bytes)" in refused(*command, "--store", "s.lbug").err
    assert [(path.name, path.stat().st_size) for path in Path().iterdir()] == [("s.lbug", 0)]


@pytest.mark.parametrize("command", [("detect",), ("runs", "list"), ("load", "x"), ("query", "run", "hashtags/top")])
@pytest.mark.parametrize("address", ["", " "])
def test_an_empty_store_is_refused(command: tuple[str, ...], address: str) -> None:
    Path("x").write_text("id,user_id,created_at,text\n1,u,2020-01-01,#t\n")
    done = refused(*command, "--store", address)
    assert (done.code, done.err) == (
        2,
        "campaign: --store is empty: give a path or an address, or leave --store out\n",
    )
    assert [path.name for path in Path().iterdir()] == ["x"]


def test_an_option_from_a_file_gives_way_to_the_flag() -> None:
    Path("campaign.toml").write_text('[query.list]\nformat = "csv"\n')
    runner = CliRunner()
    assert runner.invoke(app, ["query", "list"]).stdout.startswith("id,answers,")
    assert runner.invoke(app, ["query", "list", "--format", "json"]).stdout.startswith("[")


def test_reading_a_store_that_is_not_there_makes_none() -> None:
    with pytest.raises(StoreError, match=r"no store at campaign\.lbug: load posts first"):
        settings.open_store(read_only=True)
    assert not Path("campaign.lbug").exists()


def test_opening_to_write_applies_the_schema() -> None:
    settings.open_store("new.lbug").close()
    store = settings.open_store("new.lbug", read_only=True)
    assert store.about().missing == []
    store.close()


@pytest.mark.parametrize(("terminal", "password"), [(True, "typed"), (False, None)])
def test_password_is_asked_for_on_a_terminal_only(
    terminal: bool, password: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[StoreTarget] = []

    def refuse(target: StoreTarget) -> None:
        asked.append(target)
        raise StoreError("far enough")

    monkeypatch.setattr(settings, "connect", refuse)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: terminal))
    monkeypatch.setattr("sys.stderr", SimpleNamespace(isatty=lambda: terminal, write=len, flush=lambda: None))
    monkeypatch.setattr("getpass.getpass", lambda prompt, stream: "typed")
    with pytest.raises(StoreError, match="far enough"):
        settings.open_store(REMOTE)
    assert asked[0].password == password
