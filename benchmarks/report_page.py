"""The report's page on a million invented posts: how long it takes to make, its size, and how long it takes to open.

By hand: `python benchmarks/report_page.py [--posts 1000000]`; opening wants a Chromium. Prints a Markdown table. The
groups are larger, and their texts more different, than those of any log here: what is shown is cut where it must be.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from campaign_analysis.results import EDGE_SCHEMA, Detection, Group, LayerEvidence, Member, Run, TagShare

from campaign.reporting.data import POSTS_SCHEMA, PROFILES_SCHEMA, ReportData
from campaign.reporting.page import render

START, DAYS = datetime(2024, 3, 1, tzinfo=UTC), 30
GROUPS, SIZE, EACH = 12, 150, 60  # of each member so many posts beside its share of the crowd's
WORDS = [f"word{i:04d}" for i in range(5000)]


def made(posts: int) -> ReportData:
    """Twelve campaigns in a crowd of a tenth as many accounts as posts, all on one hashtag."""
    draw = np.random.default_rng(1)
    crowd = draw.integers(0, posts // 10, posts - GROUPS * SIZE * EACH) + GROUPS * SIZE
    members = np.repeat(np.arange(GROUPS * SIZE), EACH)
    bursts = draw.uniform(0, DAYS * 86_400, (GROUPS, EACH))
    moments = np.concatenate(
        [
            draw.uniform(0, DAYS * 86_400, crowd.size),
            np.tile(bursts, (1, SIZE)).ravel() + draw.uniform(0, 40, members.size),
        ]
    )
    who = np.concatenate([crowd, members])
    words = draw.integers(0, len(WORDS), (posts, 14))
    texts = [" ".join(WORDS[i] for i in row) for row in words]
    frame = pl.DataFrame(
        {
            "post": [f"x:{1_760_000_000_000_000_000 + i * 7_919}" for i in range(posts)],
            "account": [f"x:{a}" for a in who],
            "handle": [f"somebody_{a}" for a in who],
            "created_at": pl.Series([START] * posts, dtype=POSTS_SCHEMA["created_at"])
            + pl.Series((moments.astype(np.int64) * 1_000_000), dtype=pl.Duration("us")),
            "kind": ["original"] * posts,
            "text": texts,
            "hashtags": [["tag"]] * posts,
        },
        schema=POSTS_SCHEMA,
    )
    return ReportData(detection(posts), ("tag",), frame, profiles())


def detection(posts: int) -> Detection:
    """The campaigns, each pair of 40 of each group's accounts linked."""
    groups, edges = [], []
    for number in range(GROUPS):
        ids = [f"x:{number * SIZE + i}" for i in range(SIZE)]
        people = tuple(Member(a, "core", 50, 2.0, 1e-9, f"somebody_{a[2:]}") for a in ids)
        layers = (LayerEvidence("hashtag", "in step", 780, 1e-40),)
        tags = tuple(TagShare(f"tag{i}", 100 - i, 0.4) for i in range(20))
        groups.append(
            Group(f"run-{number}", "campaign", layers, 1e-40, people, tags, (), START, START + timedelta(DAYS))
        )
        edges += [
            (*sorted(p), "hashtag", "in step", 60, 1800, 50, 2.0, 1e-9, 1e-7)
            for p in itertools.combinations(ids[:40], 2)
        ]
    run = Run(
        "run", {"hashtags": ["tag"], "fdr": 0.01}, (START, START + timedelta(DAYS)), {"accounts": posts // 10}, {}
    )
    return Detection(run, tuple(groups), pl.DataFrame(edges, EDGE_SCHEMA, orient="row"), {"hashtag": 10**9})


def profiles() -> pl.DataFrame:
    """Of all members, made over three years."""
    rows = [(f"x:{i}", f"somebody_{i}", None, START - timedelta(days=i % 1000), i, i) for i in range(GROUPS * SIZE)]
    return pl.DataFrame(rows, PROFILES_SCHEMA, orient="row")


def opened(file: Path) -> tuple[float, float]:
    """Seconds until the page's text is there, and until its charts are drawn as far as they are in sight."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        return float("nan"), float("nan")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        page = browser.new_page()
        page.set_default_timeout(300_000)
        start = time.perf_counter()
        page.goto(file.as_uri())
        text = time.perf_counter() - start
        page.wait_for_selector("html[data-ready]", state="attached")
        ready = time.perf_counter() - start
        browser.close()
    return text, ready


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000_000)
    posts = parser.parse_args().posts
    data = made(posts)
    start = time.perf_counter()
    text = render(data)
    making = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(text, encoding="utf-8")
        first, ready = opened(file)
    print("| posts | made in | size | text there after | charts in sight after |\n|---|---|---|---|---|")
    size = len(text.encode()) / 1e6
    print(f"| {posts:,} | {making:.1f} s | {size:.2f} MB | {first:.2f} s | {ready:.2f} s |")


if __name__ == "__main__":
    main()
