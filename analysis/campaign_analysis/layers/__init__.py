"""Layers: the behaviours in which accounts can coordinate. One small file each, found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from campaign_analysis.background import Scale
from campaign_analysis.errors import AnalysisError


@dataclass(frozen=True)
class Layer:
    """A behaviour: its name, what its object is, and the windows and blocks it is looked at by default.

    The events of the layer are the stored query `events/<name>`. Where `objects` is given, that query returns texts
    (`account, post, text, time`), and the function turns them into events (`account, object, time`) that keep
    their post.
    """

    name: str
    meaning: str
    scales: tuple[Scale, ...]
    objects: Callable[[pl.DataFrame], pl.DataFrame] | None = None
    one_object: bool = False  # whether a post has one object at most


def every() -> dict[str, Layer]:
    """All layers by name."""
    modules = sorted(m.name for m in pkgutil.iter_modules(__path__))
    found = [importlib.import_module(f"{__name__}.{m}").LAYER for m in modules]
    return {layer.name: layer for layer in found}


def named(names: list[str] | None) -> list[Layer]:
    """The layers of these names, or all. Raises AnalysisError for a name that is none."""
    known = every()
    for name in names or []:
        if name not in known:
            raise AnalysisError(f"no layer is called {name!r}: there are {', '.join(known)}")
    return [known[n] for n in dict.fromkeys(names or known)]
