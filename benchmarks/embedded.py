"""Speed and memory of the whole way on the embedded store: the command itself, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from workshop import COMMAND, Workshop, campaign, say


@dataclass(frozen=True)
class Cost:
    """What a command took. `others`: cores that other programs used meanwhile, None where the system does not say."""

    seconds: float
    work: float  # seconds of CPU, all cores
    memory: float  # GB
    others: float | None

    def __str__(self) -> str:
        beside = "" if self.others is None else f", {self.others:.1f} cores busy with something else"
        return f"{self.seconds:.1f} s ({self.work:.1f} s of CPU{beside})"


def embedded(at: Workshop, posts: Path, number: int) -> list[list[object]]:
    """Load the posts, detect, save: rows of a table (what, measured, wanted)."""
    with TemporaryDirectory(prefix="campaign-bench-", dir=at.cache) as folder:
        store = Path(folder) / "store.lbug"
        warm_up(Path(folder))
        say("loading into the embedded store")
        load = timed("load", posts, "--store", store, "--platform", "bench", "--quiet")
        say("detecting, from the store to the saved result")
        detect = timed("detect", "--store", store, "--json", "--quiet")
    return [
        ["load", f"{number / load.seconds:,.0f} posts/s: {load}", "100,000 posts/s"],
        ["peak memory of load", f"{load.memory:.2f} GB", ""],
        ["detect in all layers, from the store to the saved result", detect, "20 s"],
        ["peak memory of detect", f"{detect.memory:.2f} GB", "2 GB"],
    ]


def warm_up(folder: Path) -> None:
    """Let numba compile and cache what it has not yet: that happens once after an installation."""
    say("warming numba's cache")
    campaign("simulate", "--out", folder, "--posts", "30000", "--accounts", "2000")
    campaign("load", folder / "posts.parquet", "--store", folder / "warm.lbug", "--quiet")
    campaign("detect", "--store", folder / "warm.lbug", "--json", "--quiet")


def timed(*words: str | Path) -> Cost:
    """Run a command of campaign from its start to its end, and say what it took."""
    began, busy = perf_counter(), all_work()
    command = [str(COMMAND), *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds, work = perf_counter() - began, usage.ru_utime + usage.ru_stime
    if process.returncode:
        raise SystemExit(f"campaign {words[0]} failed")
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    others = None if busy is None else max(0.0, ((all_work() or 0.0) - busy - work) / seconds)
    return Cost(seconds, work, usage.ru_maxrss * unit / 1e9, others)


def all_work() -> float | None:
    """Seconds of CPU that all programs have used since the machine started; None where there is no /proc."""
    try:
        _, user, nice, system, _idle, _waiting, *rest = Path("/proc/stat").read_text().splitlines()[0].split()
    except OSError:
        return None
    return sum(map(int, (user, nice, system, *rest[:2]))) / os.sysconf("SC_CLK_TCK")
