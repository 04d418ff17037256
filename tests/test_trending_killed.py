"""A run of `campaign report trending` that is killed, at any step of its writing, leaves the previous report whole."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from command import Corpus, told

from campaign import honesty
from campaign.trending.folder import alone, put

PROGRAM = Path(__file__).with_name("killed_report.py")
DATE, EARLIER = "2024-03-24", "2024-03-23"
Report = dict[str, str]


def read(place: Path) -> Report:
    return {path.name: path.read_text("utf-8") for path in place.iterdir()}


@dataclass(frozen=True)
class Killed:
    """What killed runs left: folders by step in `states/earlier` and `states/same`; and the last one's in `out`."""

    states: Path
    out: Path
    before: Report
    after: Report
    again: tuple[object, ...]

    def steps(self, scenario: str) -> list[Path]:
        return sorted((p for p in (self.states / scenario).iterdir() if p.name != "before"), key=lambda p: int(p.name))


@pytest.fixture(scope="module")
def killed(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Killed:
    folder = tmp_path_factory.mktemp("killed")
    store, out, whole, states = (corpus.copy(folder), *(folder / name for name in ("out", "whole", "states")))
    window = ("--since", "2024-03-11", "--until", DATE, "--placebos", 0, "--quiet", "--store", store)
    told("report", "trending", *window, "--top", 2, "--out", out)
    (out / DATE).rename(out / EARLIER)
    (out / "latest").unlink()
    (out / "latest").symlink_to(EARLIER)
    again = ("report", "trending", *window, "--top", 3, "--out", out)
    shutil.copytree(out, whole, symlinks=True)
    told(*again[:-1], whole)
    before, after = read(out / EARLIER), read(whole / DATE)
    assert before != after
    done = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", PROGRAM, states, *map(str, again)],
        capture_output=True,
        env={**os.environ, "RINGS": str(honesty.RINGS)},
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    return Killed(states, out, before, after, again)


@pytest.mark.skipif(sys.platform != "linux", reason="forks, and changes two folders in one step")
@pytest.mark.parametrize(("scenario", "date"), [("earlier", EARLIER), ("same", DATE)])
def test_a_report_is_whole_at_every_step(killed: Killed, scenario: str, date: str) -> None:
    steps = killed.steps(scenario)
    assert len(steps) > 50
    led_to = []
    for left in steps:
        assert read(left / date) in (killed.before, killed.after), left.name
        latest = read(left / "latest")
        assert latest in (killed.before, killed.after), left.name
        led_to.append(latest == killed.after)
    assert led_to == sorted(led_to)  # first the old one, from some step on the new one
    assert (led_to[0], led_to[-1]) == (False, True)


@pytest.mark.skipif(sys.platform != "linux", reason="forks, and changes two folders in one step")
@pytest.mark.parametrize("scenario", ["earlier", "same"])
def test_the_next_run_succeeds_and_nothing_is_left_over(killed: Killed, scenario: str, tmp_path: Path) -> None:
    """By what the command calls to write, from what each of the killed left."""
    new, left_over = {"index.html": "new"}, 0
    for left in killed.steps(scenario):
        folder = tmp_path / left.name
        shutil.copytree(left, folder, symlinks=True, copy_function=os.link)
        left_over += any(path.name.startswith((".part", ".old")) for path in folder.iterdir())
        with alone(folder):
            put(folder, DATE, new)
        assert {path.name for path in folder.iterdir()} == {".lock", EARLIER, DATE, "latest"}
        assert read(folder / "latest") == read(folder / DATE) == new
        assert read(folder / EARLIER) == killed.before
    assert left_over > 20  # so there was something to tidy up


@pytest.mark.skipif(sys.platform != "linux", reason="forks, and changes two folders in one step")
def test_the_command_itself_goes_on_after_one_that_was_killed_with_the_lock_in_its_hand(killed: Killed) -> None:
    assert any(path.name.startswith(".part") for path in killed.out.iterdir())
    assert read(killed.out / "latest") == killed.before
    told(*killed.again)
    assert {path.name for path in killed.out.iterdir()} == {".lock", EARLIER, DATE, "latest"}
    assert read(killed.out / "latest") == killed.after
