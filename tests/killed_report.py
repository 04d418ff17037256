"""A program: `campaign report trending` whose copies are killed at every step at which it writes the report.

`python killed_report.py STATES report trending … --out DIR`, where DIR holds a report of an earlier date. The process
is the real command up to the moment at which it begins to write. Then it is forked again and again, and a copy is
killed with SIGKILL at its first step, the next at its second, … until one lives to the end: a step is a line of
`campaign/trending/folder.py` or a call that changes files. What each copy left is kept in STATES as `SCENARIO/STEP`
(`earlier`: the report of this date is new; `same`: it takes the place of another of its date). Last the process itself
is killed half way.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

from campaign import honesty
from campaign.cli import main
from campaign.trending import folder as folders

CHANGES = {"open", "os.mkdir", "os.chmod", "os.rename", "os.symlink", "os.remove", "os.rmdir", "shutil.rmtree"}


def killed_at(step: int) -> None:
    """From now on count steps, and end with SIGKILL at this one."""
    left = step

    def count() -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    def line(frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
        if event == "line":
            count()
        return line

    def called(frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        return line if frame.f_code.co_filename == folders.__file__ else None

    sys.settrace(called)
    sys.addaudithook(lambda event, _: count() if event in CHANGES else None)


def survives(step: int, write: Callable[[], Any]) -> bool:
    """Whether a copy of this process that is killed at a step is done before."""
    copy = os.fork()
    if not copy:
        killed_at(step)
        write()
        os._exit(0)
    _, status = os.waitpid(copy, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    if not killed and os.waitstatus_to_exitcode(status):
        sys.exit(f"a copy failed at step {step}")
    return not killed


def linked(source: Path, target: Path) -> None:
    """A copy of a folder whose files are shared: nothing changes a file that is there."""
    shutil.copytree(source, target, symlinks=True, copy_function=os.link)


def kill_copies(states: Path, write: Callable[..., Path], folder: Path, date: str, files: Mapping[str, str]) -> int:
    """Kill copies at every step, from the folder as it is; the number of steps."""
    before = states / "before"
    linked(folder, before)
    step = 1
    while not survives(step, lambda: write(folder, date, files)):
        folder.rename(states / f"{step}")
        linked(before, folder)
        step += 1
    folder.rename(states / f"{step}")
    linked(before, folder)
    return step


def put(folder: Path, date: str, files: Mapping[str, str]) -> Path:
    """In the place of `campaign.trending.folder.put`."""
    (earlier,) = folders.dates(folder)
    kill_copies(STATES / "earlier", WRITE, folder, date, files)
    shutil.copytree(folder / earlier, folder / date)
    (folder / folders.LATEST).unlink()
    (folder / folders.LATEST).symlink_to(date)
    steps = kill_copies(STATES / "same", WRITE, folder, date, files)
    killed_at(steps // 2)
    return WRITE(folder, date, files)


if __name__ == "__main__":
    STATES, WRITE = Path(sys.argv.pop(1)), folders.put
    folders.put = put
    honesty.RINGS = int(
        os.environ["RINGS"]
    )  # as many as the tests' own process plants, whose reports these are held to
    os.fsync = lambda _: None  # slow, and for a machine that goes down: what a killed process has written stays
    main()
