"""What a run or a group can be written as, for other programs. Each format is one small file here, found by itself.

Such a file has a `FORMAT`; its name is the format's. docs/exports.md says what each attribute means.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaign_cypher.nearest import did_you_mean

from campaign.failures import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from campaign.finding import Finding

USUAL = "gexf"


@dataclass(frozen=True)
class Format:
    """How a finding is written: what for, and the contents of the files by name.

    The same finding gives the same bytes. `endings` are those that the name of such a file may have; one that has the
    first of them is this format where no other is said. It is one file of text, or with `folder` several in a folder.
    `wants` names modules that it needs and `campaign` alone does not bring; the extra of the format's own name brings
    them.
    """

    meaning: str
    files: Callable[[Finding], Mapping[str, bytes]]
    endings: tuple[str, ...]
    folder: bool = False
    wants: tuple[str, ...] = ()


def names() -> list[str]:
    """The formats' names, by their files: to import them would make help slow."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))


def named(name: str) -> Format:
    """The format of a name. Raises UsageError where there is none, or where what it needs is not installed."""
    if name not in names():
        near = difflib.get_close_matches(name.lower(), names(), n=1)
        hint = f"{did_you_mean(near)} " if near else ""
        raise UsageError(f"no format is called {name!r}: {hint}there are {', '.join(names())}")
    found = format_of(name)
    if missing(found):
        raise UsageError(f"the format {name} wants {', '.join(found.wants)}: pip install 'campaign[{name}]'")
    return found


def meant(format: str | None, out: Path | None) -> str:
    """The name of the format that is meant: what is said, else what the ending of `out` says, else the usual one.

    Raises UsageError where the ending is another format's or that of none, unless that is a folder, or a device, that
    is there already.
    """
    if format is not None:
        named(format)
    if out is None or not out.suffix:
        return format or USUAL
    file, endings = out.name.lower(), {name: format_of(name).endings for name in names()}
    fitting = [name for name, those in endings.items() if file.endswith(those)]
    if not fitting:
        if out.exists() and not out.is_file():
            return format or USUAL
        known = ", ".join(sorted({ending for those in endings.values() for ending in those}))
        raise UsageError(f"{out}: no format ends in {out.suffix}, but in {known}; rename it with --out")
    if format is None:
        own = {name: endings[name][0] for name in fitting if file.endswith(endings[name][0])}
        return max(own, key=lambda name: len(own[name]))
    if format not in fitting:
        raise UsageError(
            f"{out} ends as {' or '.join(fitting)} does, and --format says {format}: leave that out, or rename it"
        )
    return format


def format_of(name: str) -> Format:
    """The format of a known name, whether what it needs is installed or not."""
    found: Format = importlib.import_module(f"{__name__}.{name}").FORMAT
    return found


def missing(found: Format) -> list[str]:
    """Modules that a format needs and that are not installed."""
    from importlib.util import find_spec

    return [module for module in found.wants if find_spec(module) is None]
