"""The report's sections and the parts of a group's section: one file each, found by themselves.

A file has a `SECTION` (of the page), a `PART` (of each group's section) or both. To add one, copy one.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from campaign_analysis.results import Group

from campaign.reporting.markup import Html
from campaign.reporting.view import View


@dataclass(frozen=True)
class Section:
    """A section of the page: its place (from the top, in tens) and its markup, empty where it has nothing to say."""

    place: int
    make: Callable[[View], Html]


@dataclass(frozen=True)
class Part:
    """A part of each group's section: its place, its heading (h3), and its markup, empty where it has nothing to say.

    With an empty heading the part stands without one, or brings its own.
    """

    place: int
    heading: str
    make: Callable[[View, Group], Html]


def sections() -> list[Section]:
    """The sections of the page, from the top."""
    return sorted((m.SECTION for m in _modules() if hasattr(m, "SECTION")), key=lambda section: section.place)


def parts() -> list[Part]:
    """The parts of a group's section, from the top."""
    return sorted((m.PART for m in _modules() if hasattr(m, "PART")), key=lambda part: part.place)


def _modules() -> list[ModuleType]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}") for name in names]
