"""Load files into a store: find them, recognise them, write them chunk by chunk, and account for every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from campaign_cypher.store import GraphBatch, Readable, Sink

from campaign_loader.authors import without_others
from campaign_loader.batch import to_batch
from campaign_loader.dates import ordered
from campaign_loader.errors import LoadError
from campaign_loader.formats import Format, recognise
from campaign_loader.head import Head, look
from campaign_loader.limits import within
from campaign_loader.loads import Loads, platforms
from campaign_loader.options import ReadOptions
from campaign_loader.rejects import RejectFile
from campaign_loader.report import Example, FileReport, Report
from campaign_loader.sent import Sent
from campaign_loader.source import Source, open_source
from campaign_loader.tables import Tables


@dataclass(frozen=True)
class Progress:
    """Where a load is: bytes of the inputs done, of `total` (None for stdin), and rows read so far."""

    name: str
    done: int
    total: int | None
    rows: int


@dataclass(frozen=True)
class Inputs:
    """Files to load in order (`-` is stdin), and files of folders that are left out, with the reason."""

    names: tuple[str, ...]
    skipped: Mapping[str, str]


def find(paths: Iterable[str], options: ReadOptions | None = None) -> Inputs:
    """Look at every input before anything is written. Raises LoadError where a named one cannot be read at all."""
    skipped: dict[str, str] = {}
    names = tuple(name for path in paths for name in _files(path, options or ReadOptions(), skipped))
    return Inputs(names, skipped)


def load(
    inputs: Iterable[str] | Inputs,
    store: Sink | None,
    options: ReadOptions | None = None,
    *,
    rejects: Path | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """Read files, folders and stdin (`-`) and write what they hold; None as store reads and counts only.

    Rejected rows are appended to `rejects`. Raises LoadError before anything is written where a named file cannot be
    read at all, where days and months come first in turns, or where `rejects` holds something else; a file that breaks
    off later is kept up to there, which the report says (`FileReport.damage`).
    """
    options = options or ReadOptions()
    found = inputs if isinstance(inputs, Inputs) else find(inputs, options)
    rejected = RejectFile(rejects)
    report = Report(store=store.address if store else None, skipped=dict(found.skipped))
    total = _total(found.names)
    with ordered(options, found.names, lambda name: progress(Progress(name, 0, total, 0))) as (options, streams):
        report.guess = options.dates.guess
        before = _before(store)
        run = _Run(store, options, report, rejected, progress, total, streams, before.get("Post", 0))
        if run.loads:
            run.loads.begin(found.names, lambda name: progress(Progress(name, 0, run.total, 0)))
        for name in found.names:
            run.load(name)
        if run.loads:
            run.loads.write()
    if store:
        report.counts = store.counts()
        _reconcile(report, before)
    return report


def _files(path: str, options: ReadOptions, skipped: dict[str, str]) -> Iterator[str]:
    """The files of a path. A named one must be readable; those of a folder may be unknown, and are noted."""
    if path == "-":
        yield path
    elif not Path(path).is_dir():
        _check(path, options)
        yield path
    else:
        members = sorted(p for p in Path(path).rglob("*") if p.is_file() and not p.name.startswith("."))
        good = 0
        for name in map(str, members):
            try:
                _check(name, options)
                good += 1
                yield name
            except LoadError as error:
                skipped[name] = str(error).removeprefix(f"{name}: ")
        if not good:
            raise LoadError(f"{path}: the folder holds no file of a known format ({len(members)} files looked at)")


def _check(name: str, options: ReadOptions) -> None:
    source = open_source(name, options.encoding)
    try:
        _open(source, options)
    finally:
        source.close()


def _open(source: Source, options: ReadOptions) -> tuple[Head, Format, Iterator[Tables]]:
    head = look(source)
    form = recognise(head, options.format)
    return head, form, form.read(source, head, options)


def _before(store: Sink | None) -> dict[str, int]:
    """What the store holds, made ready to be written to."""
    if store is None:
        return {}
    store.apply_schema()
    return store.counts()


def _total(names: tuple[str, ...]) -> int | None:
    return None if "-" in names else sum(Path(name).stat().st_size for name in names)


@dataclass
class _Run:
    """The load of several files into one store, which share what has been sent."""

    store: Sink | None
    options: ReadOptions
    report: Report
    rejects: RejectFile
    progress: Callable[[Progress], None]
    total: int | None
    streams: dict[str, Source]
    """Opened already."""
    held: int = 0
    """Posts that the store had before."""

    def __post_init__(self) -> None:
        self.sent = Sent()
        self.loads = Loads(self.store) if self.store else None
        self.done = 0
        self.at = Progress("", 0, self.total, 0)

    def load(self, name: str) -> None:
        source = self.streams.pop(name, None) or open_source(name, self.options.encoding)
        try:
            _, form, chunks = _open(source, self.options)
            file = FileReport(source.name, form.NAME)
            self.report.files.append(file)
            of: set[str] = set()
            before = self.report.written["Post"]
            for tables in chunks:
                of |= platforms(tables)
                self._take(tables, file, self.done + source.done)
            file.damage = source.damage
            file.new_posts = self.report.written["Post"] - before
            if self.loads:
                self.loads.end(source, file, of)
            self.done += source.size or 0
        finally:
            source.close()

    def _take(self, tables: Tables, file: FileReport, done: int) -> None:
        before, tables = self.at, self._own(within(tables))
        self.at = Progress(file.name, done, self.total, self.report.rows + tables.rows)
        file.said += tables.said
        file.rows += tables.rows
        file.posts += tables.posts.height
        file.merged += tables.merged
        file.rejected += tables.rejected.height
        for reason, count in tables.rejected["reason"].value_counts().iter_rows():
            self.report.rejected[reason] += count
        for line, reason, row in tables.rejected.unique("reason", keep="first", maintain_order=True).iter_rows():
            self.report.examples.setdefault(reason, Example(file.name, line, tables.wrong.get(reason) or row or ""))
        self.report.dropped.update(tables.dropped)
        self.rejects.add(file.name, tables.rejected)
        if self.rejects.used:
            self.report.rejects_file = str(self.rejects.path)
        self._write(tables, before)
        self.progress(self.at)

    def _own(self, tables: Tables) -> Tables:
        """The tables without posts whose ids other posts have, of this load or of an earlier one."""
        known = tables.posts if self.held else self.sent.again(tables.posts)
        if known.is_empty() or not isinstance(self.store, Readable):
            return tables
        return without_others(tables, self.store, known)

    def _write(self, tables: Tables, before: Progress) -> None:
        batch, repeats = self.sent.only_new(to_batch(tables))
        sent = {name: frame.height for name, frame in {**batch.nodes, **batch.relationships}.items()}
        for name, count in sent.items():
            self.report.read[name] += count - repeats[name]
        if self.store is None or not sent:
            return
        wrote_new, was_there = self._write_in_parts(self.store, batch, before)
        for name, count in sent.items():
            new, there = wrote_new[name], was_there[name]
            if new + there != count:
                raise LoadError(
                    f"{self.store.address}: sent {count} {name}, but {new} were written and {there} were there"
                )
            self.report.written[name] += new
            self.report.there[name] += there - repeats[name]

    def _write_in_parts(self, store: Sink, batch: GraphBatch, before: Progress) -> tuple[Counter[str], Counter[str]]:
        """Write a batch in parts of the size that the store likes, nodes first; what was new and what was there.

        What is read at once does not depend on the store: the same input makes the same graph in each.
        """
        new: Counter[str] = Counter()
        there: Counter[str] = Counter()
        parts = _parts(batch, store.batch_rows)
        for number, part in enumerate(parts, start=1):
            wrote = store.write(part)
            new.update(wrote.new)
            there.update(wrote.there)
            share = number / len(parts)
            done, rows = (
                round(a + (b - a) * share) for a, b in ((before.done, self.at.done), (before.rows, self.at.rows))
            )
            self.progress(replace(self.at, done=done, rows=rows))
        return new, there


def _parts(batch: GraphBatch, rows: int | None) -> list[GraphBatch]:
    if rows is None:
        return [batch]
    nodes = [GraphBatch({label: part}) for label, frame in batch.nodes.items() for part in frame.iter_slices(rows)]
    return nodes + [
        GraphBatch({}, {type_: part})
        for type_, frame in batch.relationships.items()
        for part in frame.iter_slices(rows)
    ]


def _reconcile(report: Report, before: dict[str, int]) -> None:
    for name, written in report.written.items():
        grown = report.counts.get(name, 0) - before.get(name, 0)
        if grown != written:
            report.differences[name] = grown - written
