"""Layers: the behaviours in which accounts can coordinate. One small file each, found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from campaign_analysis.errors import AnalysisError
from campaign_analysis.sessions import Scale


@dataclass(frozen=True)
class Layer:
    """A behaviour: its name, what its object is, and the windows and blocks it is looked at by default.

    `both` says of two accounts what they did in an episode; `sign` stands before the object there, and is None where
    the object is a key that says nothing to a reader. `acts` says what an account without any event in it has none of.
    The name is that of the file. The events of the layer are the stored query `events/<name>`. Where `objects` is
    given, that query returns texts (`account, post, text, time`), and the function turns them into events (`account,
    object, time`) that keep their post.
    """

    name: str
    meaning: str
    scales: tuple[Scale, ...]
    both: str
    acts: str
    sign: str | None = None
    objects: Callable[[pl.DataFrame], pl.DataFrame] | None = None
    one_object: bool = False  # whether a post has one object at most
    proves: bool = True  # whether accounts can be in step by it
    talk: bool = False  # whether its objects are accounts, and posts by which two talk to each other are left out
    kept: bool = False  # whether answers keep what is in the post they answer: meetings in a thread do not count then
    first_seen: bool = False  # whether an object is taken to come out when it is first acted on
    tells: tuple[str, ...] = ()  # what the data may tell of its objects: whose they are (source), since when (born)
    yields: bool = False  # whether posts with an address that others posted too count in `url` alone


LOOSE = Scale(300, 14_400, weight=0.05)  # more meet by chance in it: it must not cost what is quick
QUICK = (Scale(60, 240), Scale(60, 1800), Scale(60, 7200), LOOSE)  # what is pushed at agreed moments
SLOW = (Scale(60, 1800), Scale(600, 7200), Scale(3600, 86_400))  # what is passed on


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
