"""Whether the day or the month comes first in dates like `3/4/2024`: decided once for all inputs of a load.

One value seldom shows it, one file may not (a daily export of the tenth), and read the wrong way every row is still a
date. So the columns of time are looked through before anything is written, where they are of that form.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import polars as pl

from campaign_loader import values
from campaign_loader.errors import LoadError
from campaign_loader.formats import recognise
from campaign_loader.frames import pieces
from campaign_loader.head import ENOUGH, Head, look
from campaign_loader.options import Dates, ReadOptions
from campaign_loader.source import Source, open_source

FORM = r"^(\d{1,2})/(\d{1,2})/\d{4}\b"


class Order:
    """What the inputs show, one after the other."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._files: dict[str, str] = {}  # of that form -> its first date
        self._shown: dict[bool, tuple[str, str]] = {}  # day first? -> the first date that shows it, and its file

    def look_at(self, source: Source) -> None:
        """Look at one input; what is no file is copied where it has to be read twice."""
        head = look(source)
        form = recognise(head, self._options.format)
        find = getattr(form, "time_columns", None)
        columns = tuple(dict.fromkeys(find(head, self._options, source.name))) if find else ()
        if not columns or not self._may_be(source, head, columns):
            return
        again = source.again()
        try:
            for dates in _dates(again, head, self._options, columns):
                self._note(source.name, dates)
        finally:
            again.close()

    def _may_be(self, source: Source, head: Head, columns: tuple[str, ...]) -> bool:
        """Whether the first values are of that form, or none is there. A Parquet tells as soon as it is read."""
        if head.kind == "parquet":
            return True
        data = source.peek(ENOUGH)[:ENOUGH]
        beginning = Source(source.name, io.BytesIO(data[: data.rfind(b"\n") + 1]), None)
        frames = [frame.rows.select(columns) for frame in pieces(beginning, head, self._options, columns)]
        return any(_is_of_form(frame[name]) is not False for frame in frames for name in columns) or not frames

    def _note(self, name: str, dates: pl.DataFrame) -> None:
        if dates.is_empty():
            return
        self._files.setdefault(name, dates["date"][0])
        for day_first, (high, low) in {True: ("first", "second"), False: ("second", "first")}.items():
            shown = dates.filter(pl.col(high).is_between(13, 31) & pl.col(low).is_between(1, 12))
            if shown.height:
                self._shown.setdefault(day_first, (shown["date"][0], name))

    def decide(self) -> Dates:
        """The order for all of them; the month is first where nothing shows it. Raises LoadError where both are."""
        if len(self._shown) == 2:
            raise self._contradiction()
        files = frozenset(self._files)
        for day_first, (date, name) in self._shown.items():
            return Dates(day_first, f"as {date} in {name} shows", files)
        return self._guess(files) if files else Dates()

    def _contradiction(self) -> LoadError:
        (day, its), (month, other) = self._shown[True], self._shown[False]
        if its != other:
            what = f"the day comes first ({day}), but in {other} the month ({month})"
            return LoadError(f"{its}: {what}; nothing was written: load them one after the other")
        advice = "" if self._options.time_format else ", or say --time-format: rows of the other order are rejected"
        both = f"dates show both orders, {day} and {month}"
        return LoadError(f"{its}: {both}; nothing was written: correct the file{advice}")

    def _guess(self, files: frozenset[str]) -> Dates:
        date = next(iter(self._files.values()))
        why = "nothing shows which"
        guess = f"dates such as {date} were read month first, though nothing shows which comes first"
        if not self._options.time_format:
            otherwise = f"--time-format '{_day_first_format(date)}'"
            why += f"; {otherwise} says otherwise"
            guess += f": if it is the day, load into a new store with {otherwise}"
        return Dates(False, why, files, guess)


@contextmanager
def ordered(
    options: ReadOptions, names: Iterable[str], say: Callable[[str], None]
) -> Iterator[tuple[ReadOptions, dict[str, Source]]]:
    """The options with the order of all inputs' dates, and streams that were opened for it, to be read from there.

    Raises LoadError where they contradict each other.
    """
    order, streams = Order(options), dict[str, Source]()
    try:
        for name in dict.fromkeys(names):
            say(name)
            source = open_source(name, options.encoding)
            if source.path is None:
                streams[name] = source
            try:
                order.look_at(source)
            finally:
                if name not in streams:
                    source.close()
        yield replace(options, dates=order.decide()), streams
    finally:
        for source in streams.values():
            source.close()


def _dates(source: Source, head: Head, options: ReadOptions, columns: tuple[str, ...]) -> Iterator[pl.DataFrame]:
    """`date`, `first`, `second` of every date of that form; it ends as soon as no column can hold any."""
    for frame in pieces(source, head, options, columns):
        found = [frame.rows[name] for name in columns if frame.rows.schema[name] == pl.String]
        if not found:
            return
        written = pl.concat([series.alias("date") for series in found]).to_frame()
        parts = written.with_columns(parts=pl.col("date").str.strip_chars().str.extract_groups(FORM))
        yield parts.select(
            pl.col("date").str.strip_chars(),
            first=pl.col("parts").struct[0].cast(pl.Int64),
            second=pl.col("parts").struct[1].cast(pl.Int64),
        ).drop_nulls()


def _is_of_form(column: pl.Series) -> bool | None:
    """Whether a value is of that form; None where there is no value."""
    text = values.text_of(column).drop_nulls()
    return bool(text.str.contains(FORM).any()) if len(text) else None


def _day_first_format(date: str) -> str:
    """The `--time-format` that reads a date like this one with the day first."""
    patterns = [pattern for pattern in values.OTHER if pattern.startswith(values.MONTH_FIRST)]
    fitting = (p for p in patterns if values.times_of(pl.Series([date]), p).null_count() == 0)
    return next(fitting, patterns[0]).replace(values.MONTH_FIRST, values.DAY_FIRST)
