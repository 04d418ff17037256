"""`campaign detect`: who pushes a hashtag together."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from campaign.completion import hashtags
from campaign.options import (
    DatabaseOption,
    Format,
    FormatOption,
    JsonOption,
    PasswordFileOption,
    StoreOption,
    layer_names,
)
from campaign.streams import tell


class Community(StrEnum):
    """How the graph of significant pairs is parted."""

    louvain = "louvain"
    leiden = "leiden"
    python_louvain = "python-louvain"


class Engine(StrEnum):
    """What parts it: igraph here, or GDS inside the database."""

    igraph = "igraph"
    gds = "gds"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(detect)


def detect(
    hashtag: list[str] = typer.Option(
        [], "--hashtag", "-H", help="Whom to test: accounts that used it. Repeatable.", autocompletion=hashtags
    ),
    since: str | None = typer.Option(None, help="Only posts from this date or time on (UTC)."),
    until: str | None = typer.Option(None, help="Only posts up to the end of this date, or to this time (UTC)."),
    layer: list[str] = typer.Option([], help=f"{', '.join(layer_names())}; all without it. Repeatable."),
    window: str | None = typer.Option(None, help="Time window, such as 60s; each layer has its own."),
    block: str | None = typer.Option(None, help="Block in which co-actions count once: 30m; 30 windows if not given."),
    fdr: float = typer.Option(0.01, help="False discovery rate at which pairs are called significant."),
    community: Community = typer.Option(Community.louvain, help="Community detection."),
    engine: Engine = typer.Option(
        Engine.igraph, help="What does it: igraph here, or GDS inside a Neo4j that has it; how far they agree is said."
    ),
    seed: int = typer.Option(1, help="Seed of the community detection."),
    thorough: bool = typer.Option(
        False, "--thorough", help="Say all of itself: 19 placebo runs, planted rings, 50 seeds. Some ten times as long."
    ),
    placebos: int | None = typer.Option(None, help="Placebo runs: 1 if not given, 19 with --thorough; 0 for none."),
    format: FormatOption = Format.table,
    json: JsonOption = False,
    out: Path | None = typer.Option(None, help="Write a report: a name.html, and its JSON twin name.json beside it."),
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
    quiet: bool = typer.Option(False, "--quiet", "-q", help="No progress on stderr."),
) -> None:
    """Find accounts that act together: gatherings, and campaigns with a core in step.

    Example: campaign detect --hashtag EarnestDaisy --out report.html
    """
    from contextlib import closing

    from campaign import pipeline
    from campaign.answer import show_detection
    from campaign.browser.links import group_links
    from campaign.places import check_report, twin
    from campaign.progress import saying
    from campaign.request import Request, moment, seconds
    from campaign.settings import open_store, resolve

    request = Request(
        hashtags=tuple(hashtag),
        since=None if since is None else moment(since),
        until=None if until is None else moment(until, end=True),
        layers=tuple(name for names in layer for name in names.split(",")),
        window=None if window is None else seconds(window),
        block=None if block is None else seconds(block),
        fdr=fdr,
        community=community.value,
        engine=engine.value,
        seed=seed,
        placebos=placebos,
        thorough=thorough,
    )
    if out is not None:
        check_report(out)
    with (
        closing(open_store(store, password_file=password_file, database=database, existing=True)) as graph,
        saying(quiet) as say,
    ):
        detection = pipeline.detect(graph, request, say)
        links = group_links(resolve(store, database=database), (group.id for group in detection.groups))
        if out is not None:
            from campaign.writing import write_report

            say("writing the report")
            write_report(graph, detection, request, out, links)
    if out is not None and not quiet:
        tell(f"wrote {out} and {twin(out)}", err=True)
    if engine is Engine.gds and not quiet and (json or format is not Format.table):  # a table says them itself
        for note in detection.run.notes:
            tell(note, err=True)
    show_detection(detection, Format.json if json else format, links)
