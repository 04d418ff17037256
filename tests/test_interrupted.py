"""Ctrl-C: soon, and the store is as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from campaign_analysis import parallel
from campaign_analysis.parallel import in_parts
from campaign_cypher import StoreTarget, connect
from command import Corpus, campaign

from campaign import pipeline
from campaign.request import Request

REQUEST = Request(layers=("hashtag",))


@pytest.fixture
def path(corpus: Corpus, tmp_path: Path) -> Path:
    return corpus.copy(tmp_path)


@pytest.mark.parametrize("written", [False, True])
def test_an_interrupted_save_leaves_no_run(path: Path, written: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(connect(StoreTarget(str(path)))) as store:
        before, write = store.counts(), store.write

        def interrupted(batch: Any) -> None:
            if written:
                write(batch)
            raise KeyboardInterrupt

        monkeypatch.setattr(store, "write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            pipeline.detect(store, REQUEST)
        assert store.counts() == before


def test_an_interrupted_second_save_leaves_the_first_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(connect(StoreTarget(str(path)))) as store:
        pipeline.detect(store, REQUEST)
        before = store.counts()
        assert before["Run"] == 1

        def interrupted(_: Any) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(store, "write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            pipeline.detect(store, REQUEST)
        assert store.counts() == before


LONG = """
import os, time
from campaign_analysis.parallel import in_parts, side_by_side, silent
def work(part):
    os.write(1, b"begun\\n")  # at once: threads' prints mix
    time.sleep(0.05)
def count(say):
    for _ in in_parts(work, [(i, i + 1) for i in range(100_000)], say):
        pass
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("counting", ["count(silent)", "side_by_side(count, [silent, silent], 2)"])
def test_a_signal_ends_counting_after_the_parts_that_run(counting: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LONG + counting], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert b"KeyboardInterrupt" in err
    assert len(out.splitlines()) < 1000


def test_long_work_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "QUIET", 0.0)
    said: list[str] = []
    caller = threading.get_ident()
    parts = [(i, i + 1) for i in range(8)]
    for _ in in_parts(lambda _: time.sleep(0.001), parts, lambda text: said.append(f"{text} {threading.get_ident()}")):
        pass
    assert said
    assert all("% done" in text and text.endswith(str(caller)) for text in said)


def stopped(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_stopped_command_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "detect", stopped)
    done = campaign("detect", "--store", path)
    assert (done.code, done.out, done.err) == (130, "", "campaign: stopped\n")


@pytest.mark.parametrize("dry", [False, True])
def test_a_stopped_load_says_what_became_of_it(
    path: Path, corpus: Corpus, dry: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campaign_loader.load", stopped)
    done = campaign("load", corpus.posts, "--store", path, *["--dry-run"][: int(dry)])
    more = "" if dry else ": what was written stays; the same command again adds the rest"
    assert (done.code, done.out, done.err) == (130, "", f"campaign: stopped{more}\n")
    if not dry:
        monkeypatch.undo()
        assert campaign("load", corpus.posts, "--store", path).code == 0  # nobody holds the store


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_signal_while_the_program_is_imported_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(60)\n")
    (script,) = entry_points(group="console_scripts", name="campaign")
    start = f"from {script.module} import {script.attr} as main; main()"
    done = subprocess.run(
        [sys.executable, "-c", start, "--help"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"campaign: stopped\n")
