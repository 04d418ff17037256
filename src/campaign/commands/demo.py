"""`campaign demo`: everything once, on an invented corpus whose truth is known."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from campaign.commands.simulate import PLATFORM, write_corpus
from campaign.streams import tell

if TYPE_CHECKING:
    import polars as pl

POSTS, ACCOUNTS, DAYS = 30_000, 3_000, 28
WORLDS: dict[str, dict[str, Any]] = {
    "rings": {"rings": 4, "size": 25},
    "chats": {"chats": 2},
    "spikes": {"spikes": 2, "size": 300},
}
STORE = "demo.lbug"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    out: Path = typer.Option(..., help="Folder for corpus, store and report; those of an earlier demo are replaced."),
    seed: int = typer.Option(1, min=0, help="Another seed, another corpus."),
) -> None:
    """Simulate a small corpus, load it, find its campaigns, and hold them against the truth.

    Example: campaign demo --out demo
    """
    from campaign.places import check_folder

    check_folder(out)
    posts, truth = _corpus(out, seed)
    _fill(out / STORE, posts)
    tell("\n".join(_answer(out / STORE, truth, out / "report.html")))


def _corpus(out: Path, seed: int) -> tuple[Path, pl.DataFrame]:
    """Write the corpus; the file of posts, and the truth."""
    from campaign_analysis.simulation import Setting, simulate

    posts, truth = simulate(WORLDS, seed, posts=POSTS, setting=Setting(days=DAYS, crowd=ACCOUNTS))
    path = write_corpus(out, posts, truth)
    tell(f"{path}: {posts.height:,} invented posts; {out / 'truth.csv'}: who is of which ring", err=True)
    return path, truth


def _fill(path: Path, posts: Path) -> None:
    """Load the posts into a new store."""
    from campaign_cypher import StoreTarget, connect
    from campaign_loader import LoadError, load

    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    store = connect(StoreTarget(str(path)))
    try:
        store.apply_schema()
        report = load([str(posts)], store)
    finally:
        store.close()
    if report.exit_code:
        raise LoadError(f"{posts}: the demo's own posts were not loaded whole; delete {path.parent} and try again")
    counts = report.counts
    whom = f"{counts['Account']:,} accounts: their authors, and whom they name or pass on"
    tell(f"{path}: {counts['Post']:,} posts loaded, {whom}", err=True)


def _answer(path: Path, truth: pl.DataFrame, report: Path) -> list[str]:
    """Detect, write the report, and say what was found, how true it is, and where to look."""
    from contextlib import closing

    from campaign_cypher import StoreTarget, connect

    from campaign import pipeline
    from campaign.demo import compare, tell
    from campaign.progress import saying
    from campaign.request import Request
    from campaign.writing import write_report

    request = Request()
    with closing(connect(StoreTarget(str(path)))) as store, saying(quiet=False) as say:
        detection = pipeline.detect(store, request, say)
        say("writing the report")
        write_report(store, detection, request, report)
    lines = tell(compare(detection.groups, truth, PLATFORM))
    lines.append(f"Look at {report}; its numbers are in {report.with_suffix('.json')}")
    if detection.groups:
        command = sys.argv[0] if Path(sys.argv[0]).name == "campaign" else "campaign"  # it may not be on the path
        lines.append(f"The posts behind a group: {command} show {detection.groups[0].id} --store {path}")
    return lines
