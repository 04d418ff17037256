"""Speed and memory of the whole way on the embedded store: the command itself, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from workshop import COMMAND, Workshop, campaign, say


def embedded(at: Workshop, posts: Path, number: int) -> list[list[object]]:
    """Load the posts, detect, save: rows of a table (what, measured, wanted)."""
    with TemporaryDirectory(prefix="campaign-bench-", dir=at.cache) as folder:
        store = Path(folder) / "store.lbug"
        warm_up(Path(folder))
        say("loading into the embedded store")
        seconds, memory = timed("load", posts, "--store", store, "--platform", "bench", "--quiet")
        rows: list[list[object]] = [
            ["load into the embedded store", f"{number / seconds:,.0f} posts/s ({seconds:.1f} s)", "100,000 posts/s"],
            ["its peak memory", f"{memory:.2f} GB", ""],
        ]
        say("detecting, from the store to the saved result")
        seconds, memory = timed("detect", "--store", store, "--json", "--quiet")
        return [
            *rows,
            ["detect, all layers, from store to saved result", f"{seconds:.1f} s", "20 s"],
            ["its peak memory", f"{memory:.2f} GB", "2 GB"],
        ]


def warm_up(folder: Path) -> None:
    """Let numba compile and cache what it has not yet: that happens once after an installation, and takes a minute."""
    say("warming numba's cache")
    campaign("simulate", "--out", folder, "--posts", "30000", "--accounts", "2000")
    campaign("load", folder / "posts.parquet", "--store", folder / "warm.lbug", "--quiet")
    campaign("detect", "--store", folder / "warm.lbug", "--json", "--quiet")


def timed(*words: str | Path) -> tuple[float, float]:
    """Run a command of campaign; seconds from start to end, and the peak of its resident memory in GB."""
    began = perf_counter()
    command = [str(COMMAND), *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"campaign {words[0]} failed")
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    return seconds, usage.ru_maxrss * unit / 1e9
