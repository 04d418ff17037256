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

from campaign.failures import UsageError

if TYPE_CHECKING:
    from campaign.finding import Finding


@dataclass(frozen=True)
class Format:
    """How a finding is written: what for, and the contents of the files by name.

    The same finding gives the same bytes. With `suffix` it is one file of text with that ending; without, several in
    a folder. `wants` names modules that it needs and `campaign` alone does not bring; the extra of the format's own
    name brings them.
    """

    meaning: str
    files: Callable[[Finding], Mapping[str, bytes]]
    suffix: str | None = None
    wants: tuple[str, ...] = ()


def names() -> list[str]:
    """The formats' names, by their files: to import them would make help slow."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))


def named(name: str) -> Format:
    """The format of a name. Raises UsageError where there is none, or where what it needs is not installed."""
    if name not in names():
        near = difflib.get_close_matches(name.lower(), names(), n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise UsageError(f"no format is called {name!r}: {hint}there are {', '.join(names())}")
    found = format_of(name)
    if missing(found):
        raise UsageError(f"the format {name} wants {', '.join(found.wants)}: pip install 'campaign[{name}]'")
    return found


def format_of(name: str) -> Format:
    """The format of a known name, whether what it needs is installed or not."""
    found: Format = importlib.import_module(f"{__name__}.{name}").FORMAT
    return found


def missing(found: Format) -> list[str]:
    """Modules that a format needs and that are not installed."""
    from importlib.util import find_spec

    return [module for module in found.wants if find_spec(module) is None]
