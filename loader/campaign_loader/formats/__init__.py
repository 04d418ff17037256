"""The formats: one file each, found by themselves. Each has `NAME`, `sniff` and `read`; `recognise` chooses one."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Protocol, cast

from campaign_loader.errors import AskedError, LoadError
from campaign_loader.head import Head
from campaign_loader.options import ReadOptions
from campaign_loader.source import Source
from campaign_loader.tables import Tables


class Format(Protocol):
    """What a file in this folder offers. One that reads times of any form has `time_columns` too (`dates.py`)."""

    NAME: str

    def sniff(self, head: Head) -> float:
        """How sure it is that the input is of this format: 0 not at all, 1 beyond doubt."""
        ...

    def read(self, source: Source, head: Head, options: ReadOptions) -> Iterator[Tables]:
        """The input as tables, chunk by chunk. Raises LoadError where it cannot be read at all."""
        ...


@functools.cache
def formats() -> dict[str, Format]:
    """Every format by name."""
    found = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return {cast(Format, module).NAME: cast(Format, module) for module in found}


def recognise(head: Head, name: str | None = None) -> Format:
    """The format of an input: the one forced by name, or the one that is surest. Raises LoadError where none is."""
    known = formats()
    if name is not None:
        if name not in known:
            raise AskedError(f"--format {name}: no such format; formats are: {', '.join(sorted(known))}")
        return known[name]
    surest = max(known.values(), key=lambda form: form.sniff(head))
    if surest.sniff(head) <= 0:
        raise LoadError(f"{head.name}: {head.what}; formats are: {', '.join(sorted(known))} (--format NAME forces one)")
    return surest
