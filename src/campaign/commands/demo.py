"""`campaign demo`: everything once, on an invented corpus whose truth is known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from campaign.commands.simulate import write_corpus

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
    out: Path = typer.Option(..., help="Folder for the corpus and its store; those of an earlier demo are replaced."),
    seed: int = typer.Option(1, min=0, help="Another seed, another corpus."),
) -> None:
    """Simulate a small corpus with planted rings and innocent groups, and load it into an embedded store.

    Example: campaign demo --out demo
    """
    posts, _ = _corpus(out, seed)
    _fill(out / STORE, posts)


def _corpus(out: Path, seed: int) -> tuple[Path, pl.DataFrame]:
    """Write the corpus; the file of posts, and the truth."""
    from campaign_analysis.simulation import Setting, simulate

    posts, truth = simulate(WORLDS, seed, posts=POSTS, setting=Setting(days=DAYS, crowd=ACCOUNTS))
    path = write_corpus(out, posts, truth)
    typer.echo(f"{path}: {posts.height:,} invented posts; {out / 'truth.csv'}: who is guilty of what", err=True)
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
    typer.echo(f"{path}: {counts['Post']:,} posts of {counts['Account']:,} accounts loaded", err=True)
