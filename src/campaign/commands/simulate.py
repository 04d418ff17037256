"""`campaign simulate`: an invented corpus whose truth is known."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    import polars as pl

PLATFORM = "sim"


class FileFormat(StrEnum):
    """Formats in which posts can be written."""

    parquet = "parquet"
    csv = "csv"
    jsonl = "jsonl"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(simulate)


def simulate(
    out: Path = typer.Option(..., help="Folder for posts and truth.csv; made if it is not there."),
    posts: int = typer.Option(100_000, min=1, help="Posts in all; the crowd writes what the groups leave."),
    accounts: int | None = typer.Option(
        None, min=100, help="Accounts of the crowd (a tenth of the posts if not given)."
    ),
    rings: int = typer.Option(6, min=0, help="Guilty: groups that push hashtags or retweet at agreed moments."),
    ring_size: int = typer.Option(30, min=1, help="Members of a ring."),
    chats: int = typer.Option(3, min=0, help="Innocent: communities with a weekly live chat."),
    spikes: int = typer.Option(3, min=0, help="Innocent: strangers who use one hashtag within 15 minutes."),
    series: int = typer.Option(0, min=0, help="Innocent: weekly series whose fans post after the same moments."),
    stars: int = typer.Option(0, min=0, help="Innocent: stars whose fans retweet what they post."),
    days: int = typer.Option(28, min=1, help="Length; chats and series come once in seven days."),
    seed: int = typer.Option(1, min=0, help="The same seed and options give the same bytes."),
    format: FileFormat = typer.Option(FileFormat.parquet, help="Format of the posts."),
) -> None:
    """Write an invented corpus of posts, and the truth about it.

    Example: campaign simulate --out made --posts 50000 --rings 4 --chats 2
    """
    from campaign_analysis.simulation import Setting
    from campaign_analysis.simulation import simulate as simulate_worlds

    worlds: dict[str, dict[str, Any]] = {
        "rings": {"rings": rings, "size": ring_size},
        "chats": {"chats": chats},
        "spikes": {"spikes": spikes},
        "second_screen": {"series": series},
        "fandom": {"stars": stars},
    }
    setting = Setting(days=days, crowd=accounts or max(1000, posts // 10))
    log, truth = simulate_worlds(worlds, seed, posts=posts, setting=setting)
    path = write_corpus(out, log, truth, format)
    guilty = truth["guilty"].sum()
    typer.echo(
        f"{path}: {log.height:,} posts of {log['account_id'].n_unique():,} accounts; "
        f"{out / 'truth.csv'}: {guilty} guilty accounts, {truth.height - guilty} in innocent groups",
        err=True,
    )


def write_corpus(out: Path, posts: pl.DataFrame, truth: pl.DataFrame, format: FileFormat = FileFormat.parquet) -> Path:
    """Write `posts.<format>` for `campaign load` and `truth.csv` to the folder `out`; return the first."""
    import polars as pl

    out.mkdir(parents=True, exist_ok=True)
    path = out / f"posts.{format}"
    table = posts.with_columns(platform=pl.lit(PLATFORM))
    if format is FileFormat.parquet:
        table.write_parquet(path)
    else:
        times = table.with_columns(pl.col(pl.Datetime).dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
        (times.write_csv if format is FileFormat.csv else times.write_ndjson)(path)
    truth.write_csv(out / "truth.csv")
    return path
