"""`campaign load`: posts from files into a store, with an account of every row."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from campaign.options import DatabaseOption, PasswordFileOption, StoreOption
from campaign.streams import tell

if TYPE_CHECKING:
    from campaign_cypher.store import Store
    from campaign_cypher.target import StoreTarget
    from campaign_loader import Progress, ReadOptions, Report
    from rich.table import Table

REJECTS = "campaign.rejects.jsonl"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(no_args_is_help=True)(load)


def load(
    paths: list[str] = typer.Argument(..., metavar="PATH…", help="Files, folders, or - for stdin; .gz and .zst too."),
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
    format: str = typer.Option(
        None, help="Force a format: ira, lists, table, x_api_v1, x_api_v2, x_compliance, x_web (default: recognised)."
    ),
    map: list[str] = typer.Option(
        [],
        metavar="FIELD=COLUMN,…",
        help="Which column holds what, e.g. account=user,hashtags=object_id. Fields: account, handle, time, text, "
        "hashtags, id, mentions, retweet, retweet_of, reply_to, quote_of, urls, language, client, platform, …",
    ),
    platform: str = typer.Option(None, help="Short name of the platform where the input does not tell: x, bsky, …"),
    time_format: str = typer.Option(None, help="Format of times, e.g. '%d/%m/%Y %H:%M' (default: the usual ones)."),
    encoding: str = typer.Option(
        None, help="Encoding of text, e.g. cp1252 (default: UTF-8, or the byte order mark's)."
    ),
    followers_of: str = typer.Option(
        None, metavar="ACCOUNT", help="The input lists followers, the newest first: whose (id or @handle)."
    ),
    following_of: str = typer.Option(
        None, metavar="ACCOUNT", help="The input lists whom this account follows (id or @handle)."
    ),
    likers_of: str = typer.Option(None, metavar="POST", help="The input lists who likes this post (id)."),
    retweeters_of: str = typer.Option(None, metavar="POST", help="The input lists who retweeted this post (id)."),
    seen_at: datetime = typer.Option(
        None, metavar="TIME", help="When a list or profiles were collected (UTC), where the input does not say."
    ),
    rejects: Path = typer.Option(
        None, dir_okay=False, help="Where rejected rows are kept (default: beside the store, .rejects.jsonl)."
    ),
    bulk: bool = typer.Option(
        False,
        "--bulk",
        help="First load of a big corpus: fill an empty Neo4j of this machine by its importer, or write files for "
        "another and print the command.",
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Read and count; write nothing."),
    as_json: bool = typer.Option(False, "--json", help="Print the account of the load as JSON on stdout."),
    force: bool = typer.Option(False, "--force", help="Load into a database that holds somebody else's data."),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="No progress and no summary; only what went wrong."),
) -> None:
    """Load posts into a store. Loading twice changes nothing; loading more adds.

    Example: campaign load posts.csv.gz --map account=user,hashtags=tags --platform x
    """
    from campaign_loader import ReadOptions, find
    from campaign_loader import load as load_inputs

    from campaign.failures import StoppedError
    from campaign.load_advice import read_otherwise, whole_files
    from campaign.settings import open_store, resolve

    options = ReadOptions(
        columns=_columns(map),
        platform=platform,
        format=format,
        encoding=encoding,
        time_format=time_format,
        followers_of=followers_of,
        following_of=following_of,
        likers_of=likers_of,
        retweeters_of=retweeters_of,
        seen_at=seen_at.replace(tzinfo=seen_at.tzinfo or UTC) if seen_at else None,
    )
    inputs = find(paths, options)  # before a store is opened: a wrong path leaves nothing behind
    target = _bulk_target(store, password_file, database) if bulk else None
    if dry_run and (password_file or database):  # nothing is opened that would refuse them
        resolve(store, password_file=password_file, database=database)
    if target and not dry_run:
        from campaign.bulk import bulk_load

        with _progress(quiet) as show:
            report, command = bulk_load(inputs, target, options, rejects or Path(REJECTS), show, _sayer(quiet))
        _tell(report, quiet, as_json)
        if command:
            _tell_command(command, target.address, as_json)
        raise typer.Exit(report.exit_code)
    opened = None if dry_run else open_store(store, password_file=password_file, database=database, force=force)
    try:
        options = _known_owner(opened, options) if opened else options
        whole = whole_files(opened) if opened else frozenset()
        with _progress(quiet) as show:
            kept = rejects or (_beside(opened) if opened else None)
            report = load_inputs(inputs, opened, options, rejects=kept, progress=show)
    except KeyboardInterrupt as stopped:
        if opened is None:
            raise
        raise StoppedError("stopped: what was written stays; the same command again adds the rest") from stopped
    finally:
        if opened:
            opened.close()
    _tell(report, quiet, as_json)
    if twice := read_otherwise(report, whole):
        tell(f"campaign: {twice}", err=True)
    raise typer.Exit(report.exit_code)


def _bulk_target(store: str | None, password_file: Path | None, database: str | None) -> StoreTarget:
    """The Neo4j that is meant, also where nothing is to be written. Raises UsageError for an embedded store."""
    from campaign.bulk import refuse_embedded
    from campaign.settings import resolve

    target = resolve(store, password_file=password_file, database=database)
    refuse_embedded(target)
    return target


def _known_owner(store: Store, options: ReadOptions) -> ReadOptions:
    """The options with the id of the account whose list it is, where the store knows whose handle was given."""
    from dataclasses import replace

    from campaign_cypher import queries

    def known(name: str | None) -> str | None:
        if not name or not name.startswith("@") or not store.about().has_schema:
            return name
        found = store.read(queries.get("accounts/named"), {"handles": [name[1:].lower()]})["account"].to_list()
        return str(found[0]) if len(found) == 1 else name

    return replace(options, followers_of=known(options.followers_of), following_of=known(options.following_of))


def _sayer(quiet: bool) -> Callable[[str], None]:
    return lambda text: None if quiet else tell(text, err=True)


def _tell_command(command: str, address: str, as_json: bool) -> None:
    """What is to be done where the server is; on stdout, unless that holds JSON."""
    tell(command, err=as_json)
    tell(
        f"Files for {address} are written. Take the folder to its machine, stop the server, run the command above as "
        "the server's user, start it again; `campaign load` or `detect` then makes the constraints.",
        err=True,
    )


def _tell(report: Report, quiet: bool, as_json: bool) -> None:
    """The account of a load: for people on stderr, as JSON on stdout. Lost rows and guesses are told of in any case."""
    from campaign.output import put_json
    from campaign.words import counted

    if not quiet:
        _summarize(report)
    elif 0 < (lost := sum(report.rejected.values())) < report.rows:
        kept = f"kept in {report.rejects_file}" if report.rejects_file else "kept nowhere (--rejects FILE keeps them)"
        tell(f"campaign: {lost:,} of {counted(report.rows, 'row')} rejected, {kept}", err=True)
    for line in (*filter(None, [report.guess]), *_failures(report)):
        tell(f"campaign: {line}", err=True)
    if as_json:
        put_json(report.as_dict())


def _columns(given: list[str]) -> dict[str, str]:
    """`account=user,hashtags=object_id` as a dictionary."""
    from campaign.failures import UsageError

    pairs = [pair.partition("=") for option in given for pair in option.split(",") if pair.strip()]
    if wrong := [field for field, _, column in pairs if not field.strip() or not column.strip()]:
        raise typer.BadParameter(f"{wrong[0]!r} is not FIELD=COLUMN, as in account=user", param_hint="--map")
    fields = [field.strip() for field, _, _ in pairs]
    if twice := next((field for field in fields if fields.count(field) > 1), None):
        raise UsageError(f"--map names {twice} twice: a field has one column; leave one of them out")
    return {field.strip(): column.strip() for field, _, column in pairs}


def _beside(store: Store) -> Path:
    """Where rejected rows are kept: beside an embedded store, else in the current folder."""
    return Path(f"{store.address}.rejects.jsonl" if store.dialect == "embedded" else REJECTS)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A bar with rate and time left on stderr, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]:,} rows, {task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rows=0, rate=0.0)

        def show(at: Progress) -> None:
            rate = at.rows / (bar.tasks[0].elapsed or 1)
            name = Path(at.name).name
            bar.update(task, description=name, completed=at.done, total=at.total, rows=at.rows, rate=rate)

        yield show


def _summarize(report: Report) -> None:
    """The account of a load on stderr: what was read how, what became of it, and what the store holds now."""
    from rich.console import Console
    from rich.markup import escape

    from campaign.count_words import ACCOUNTS_LOADED
    from campaign.words import counted

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for file in report.files:
        rows, posts = counted(file.rows, "row"), counted(file.posts, "post")
        merged = f", {file.merged:,} of them about a post of another row" if file.merged else ""
        console.print(escape(f"{file.name} ({file.format}): {rows}, {posts}{merged}"))
        for said in file.said:
            console.print(escape(f"  {said}"))
    for name, why in report.skipped.items():
        console.print(escape(f"{name}: skipped, {why}"))
    console.print(_table(report))
    if report.read.get("Post"):
        console.print(f"  {ACCOUNTS_LOADED}")
    for reason, count in report.rejected.most_common():
        console.print(escape(f"rejected: {counted(count, 'row')}, {reason}"))
    for reason, count in report.dropped.most_common():
        console.print(escape(f"left out: {count:,} × {reason}; the rows themselves were taken"))
    if report.rejects_file:
        console.print(escape(f"rejected rows are kept in {report.rejects_file}"))


def _table(report: Report) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    heads = ("", "read", "written", "already there", "store holds") if report.store else ("", "read")
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place else "left")
    for name, read in report.read.items():
        cells = (
            (read, report.written[name], report.there[name], report.counts.get(name, 0)) if report.store else (read,)
        )
        table.add_row(name, *(f"{cell:,}" for cell in cells))
    return table


def _failures(report: Report) -> Iterator[str]:
    """What makes the load a failure, one line each."""
    from campaign.load_advice import broken_off, nothing_taken

    for file in report.files:
        if file.damage:
            yield broken_off(file.name, file.damage, file.rows)
    if not report.rows and not any(file.damage for file in report.files):
        yield f"{', '.join(file.name for file in report.files)}: no rows, at most a header; nothing was read"
    elif report.rows and sum(report.rejected.values()) == report.rows:
        yield nothing_taken(report)
    for name, difference in report.differences.items():
        yield f"{report.store}: holds {difference:+,} {name} against what was written; did another program write to it?"
