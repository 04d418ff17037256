"""The worlds that there are: each a file in `worlds/`, found by itself, asked for by name."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from campaign_analysis.errors import AnalysisError
from campaign_analysis.simulation import worlds as world_modules
from campaign_analysis.simulation.parameters import defaults, parse


@dataclass(frozen=True)
class Described:
    """A world's name, whether its own groups are guilty, what happens in it, and its parameters with defaults."""

    name: str
    guilty: bool
    about: str
    parameters: str


def world_names() -> list[str]:
    """Names of all worlds that can be mixed."""
    return sorted(module.name for module in pkgutil.iter_modules(world_modules.__path__))


def module_of(name: str) -> ModuleType:
    """The file of a world. Raises AnalysisError where there is none of this name."""
    if name not in world_names():
        raise AnalysisError(f"no world {name!r}; there are {', '.join(world_names())}")
    return importlib.import_module(f"{world_modules.__name__}.{name}")


def described() -> list[Described]:
    """All worlds. The first line of a world's docstring ends with Guilty or Innocent, and what qualifies that."""
    return [_described(name) for name in world_names()]


def _described(name: str) -> Described:
    module = module_of(name)
    about = (module.__doc__ or "").partition("\n")[0]
    verdict = re.search(r"\. (Guilty|Innocent)\b", about)
    if not verdict:
        raise AnalysisError(f"the docstring of world {name!r} does not say whether it is guilty or innocent")
    return Described(name, verdict[1] == "Guilty", about, defaults(module.Parameters))


def asked(written: str) -> tuple[str, dict[str, Any]]:
    """Name and parameters of a world written as `NAME` or `NAME:key=value,key=value`.

    Raises AnalysisError where there is no such world or parameter, or the parameter has no such value.
    """
    name, _, parameters = written.partition(":")
    return name, parse(name, module_of(name).Parameters, parameters)
