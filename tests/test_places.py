"""What cannot be written, and what makes no sense, is refused in a line before the work starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import Corpus, refused

from campaign import pipeline
from campaign.failures import UsageError
from campaign.places import check_folder, check_report


@pytest.fixture(scope="module")
def store(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus.copy(tmp_path_factory.mktemp("places"))


@pytest.fixture(autouse=True)
def _no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def worked(*_: object, **__: object) -> None:
        raise AssertionError("the work was begun")

    monkeypatch.setattr(pipeline, "detect", worked)
    monkeypatch.setattr("campaign_analysis.simulation.simulate", worked)


@pytest.mark.parametrize("name", ["r.txt", "r.json", "r", "r.html.gz"])
def test_a_report_has_the_ending_of_a_web_page(store: Path, tmp_path: Path, name: str) -> None:
    done = refused("detect", "--out", tmp_path / name, "--store", store)
    assert done.code == 2
    assert "does not end in .html or .htm" in done.err
    assert not list(tmp_path.iterdir())


def test_a_report_that_cannot_be_written_is_refused_before_the_search(store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "page.html").mkdir()
    (tmp_path / "twin.json").mkdir()
    for place in ("file/r.html", "file/new/r.html", "page.html", "twin.html", f"{'n' * 300}.html"):
        done = refused("detect", "--out", tmp_path / place, "--store", store)
        assert done.code == 2
        assert "cannot be written" in done.err
        assert "name another place with --out" in done.err


@pytest.mark.parametrize("command", ["simulate", "demo"])
def test_a_folder_that_cannot_be_made_is_refused_before_the_work(command: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in ("file", "file/new"):
        done = refused(command, "--out", tmp_path / place)
        assert done.code == 2
        assert "cannot be written" in done.err


def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    check_report(tmp_path / "new" / "folder" / "R.HTML")
    check_folder(tmp_path / "new")
    assert not list(tmp_path.iterdir())
    with pytest.raises(UsageError, match="cannot be written"):
        check_report(Path("/dev/null/r.html"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--window", ""], "'' is no duration"),
        (["--block", ""], "'' is no duration"),
        (["--since", ""], "'' is no date or time"),
        (["--until", ""], "'' is no date or time"),
        (["--seed", "-1"], "-1 is no seed: give a whole number from 0 to 2147483647"),
        (["--seed", str(10**30)], "is no seed"),
    ],
)
def test_what_makes_no_sense_is_one_line(store: Path, asked: list[str], says: str) -> None:
    done = refused("detect", *asked, "--store", store)
    assert done.code == 2
    assert says in done.err


@pytest.mark.parametrize(
    "asked",
    [["nope"], ["hashtags/top", "--param", "limit=x"], ["hashtags/top", "--param", "foo=1"]],
    ids=["no such query", "no such value", "no such parameter"],
)
def test_a_query_asked_wrongly_is_wrong_usage(store: Path, asked: list[str]) -> None:
    assert refused("query", "run", *asked, "--store", store).code == 2
