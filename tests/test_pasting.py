"""Commands that are printed can be pasted: they name the store where it was named; what is saved does not."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from command import campaign, refused, told
from found import Found


@pytest.fixture
def odd(found: Found, tmp_path: Path) -> Path:
    """The same store at a place that a shell would part."""
    place = tmp_path / "my stores" / "s.lbug"
    place.parent.mkdir()
    place.write_bytes(found.store.read_bytes())
    return place


def test_a_run_says_how_to_go_on(found: Found, odd: Path) -> None:
    line = told("runs", "show", found.run, "--store", odd).splitlines()[-1]
    said = shlex.split(line.partition(": campaign ")[2])
    assert said[-2:] == ["--store", str(odd)]
    assert "┏" in told(*said)


def test_a_group_says_how_to_check_it(found: Found, odd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = told("show", found.group("campaign")["id"], "--store", odd).splitlines()
    printed = [shlex.split(line)[1:] for line in lines if line.startswith(("campaign show ", "campaign case "))]
    said = [words for words in printed if words[3:5] != ["A", "B"]]  # that one says what to put in
    assert [words[0] for words in said] == ["show", "case"]
    for words in said:
        assert words[-2:] == ["--store", str(odd)]
        told(*words)
    assert (tmp_path / "case.zip").exists()


def test_errors_say_it_as_well(found: Found, odd: Path) -> None:
    store = f"--store {shlex.quote(str(odd))}`"
    assert f"`campaign runs list {store}" in refused("runs", "show", "zzz", "--store", odd).err
    group = found.group("campaign")["id"]
    assert f"`campaign show {group} {store}" in refused("show", group, "--account", "\0", "--store", odd).err
    assert f"`campaign query run hashtags/top {store}" in refused("detect", "-H", "zqzqzq", "--store", odd).err


def test_a_store_of_the_settings_is_not_named(found: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--store" not in told("runs", "show", found.run, env={"CAMPAIGN_STORE": str(found.store)})
    (tmp_path / "campaign.toml").write_text(f'store = "{found.store}"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "--store" not in told("runs", "show", found.run)
    assert "--store" not in told("show", found.group("campaign")["id"]).replace("(add --store where", "")


def test_what_is_saved_is_the_same_wherever_the_store_is(found: Found, odd: Path) -> None:
    asked = ("runs", "show", found.run, "--json")
    assert told(*asked, "--store", odd) == told(*asked, env={"CAMPAIGN_STORE": str(found.store)})
    case = ("export", found.run, "--format", "json")
    assert campaign(*case, "--store", odd).out == campaign(*case, "--store", found.store).out
