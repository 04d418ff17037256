"""Speed and memory of the whole way on the embedded store: the command itself, in a process of its own."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from cost import cost
from workshop import COMMAND, Workshop, campaign, say


def embedded(at: Workshop, posts: Path, number: int) -> list[list[object]]:
    """Load the posts, detect, save: rows of a table (what, measured, wanted)."""
    with TemporaryDirectory(prefix="campaign-bench-", dir=at.cache) as folder:
        store = Path(folder) / "store.lbug"
        warm_up(Path(folder))
        say("loading into the embedded store")
        load = cost(COMMAND, "load", posts, "--store", store, "--platform", "bench", "--quiet")
        say("detecting, from the store to the saved result")
        detect = cost(COMMAND, "detect", "--store", store, "--json", "--quiet")
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
