"""The parameters of worlds: what values they take, and how they are written in one line (`chats:rate=2.5`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from campaign_analysis.errors import AnalysisError
from campaign_analysis.simulation.world import Setting


@dataclass(frozen=True)
class Limits:
    """The smallest and the largest value of a number; no largest where None."""

    least: float
    most: float | None = None

    def __str__(self) -> str:
        return f"{self.least:g} or more" if self.most is None else f"from {self.least:g} to {self.most:g}"


Share = Annotated[float, Limits(0, 1)]
Some = Annotated[int, Limits(1)]
Several = Annotated[int, Limits(2)]
ANY = Limits(0)


def own_fields(kind: type[Setting]) -> dict[str, Any]:
    """Name and type of each parameter that a world has beside the common setting."""
    common = {field.name for field in fields(Setting)}
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name] for field in fields(kind) if field.name not in common}


def defaults(kind: type[Setting]) -> str:
    """A world's parameters with their defaults, as `parse` reads them."""
    standing = kind()
    values = {name: getattr(standing, name) for name in own_fields(kind)}
    return ",".join(f"{name}={_written(value)}" for name, value in values.items())


def _written(value: Any) -> str:
    return "/".join(map(str, value)) if isinstance(value, tuple) else str(value)


def check(world: str, kind: type[Setting], given: Mapping[str, Any]) -> None:
    """Raise AnalysisError where a world has no such parameter, or the parameter no such value."""
    known = own_fields(kind)
    for name, value in given.items():
        if name not in known:
            raise AnalysisError(f"world {world!r} has no parameter {name!r}; it has {', '.join(sorted(known))}")
        if problem := _problem(known[name], value):
            raise AnalysisError(f"world {world!r}: {name} must be {problem}, not {value!r}")


def _problem(hint: Any, value: Any) -> str | None:
    """What the value should be instead, None where it is right."""
    if get_origin(hint) is tuple:
        return _problem_of_many(get_args(hint), value)
    if get_origin(hint) is Literal:
        return None if value in get_args(hint) else "one of " + ", ".join(map(repr, get_args(hint)))
    limits = next((extra for extra in get_args(hint) if isinstance(extra, Limits)), ANY)
    whole = _base(hint) is int
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        return f"a {'whole ' if whole else ''}number"
    high = float("inf") if limits.most is None else limits.most
    return None if limits.least <= value <= high else str(limits)


def _problem_of_many(kinds: tuple[Any, ...], value: Any) -> str | None:
    any_number = kinds[-1] is Ellipsis
    if not isinstance(value, tuple) or not value or not (any_number or len(value) == len(kinds)):
        return "several values" if any_number else f"{len(kinds)} values"
    problem = next((problem for one in value if (problem := _problem(kinds[0], one))), None)
    if problem:
        return f"values, each {problem}"
    return None if any_number or list(value) == sorted(value) else "from the smaller to the larger"


def _base(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def parse(world: str, kind: type[Setting], written: str) -> dict[str, Any]:
    """Parameters as `key=value,key=value`; several values of one are parted by a slash: `size=60/150`.

    Raises AnalysisError where that cannot be read, a parameter is there twice, or it or its value is not known.
    """
    known, given = own_fields(kind), {}
    for part in filter(None, written.split(",")):
        name, equals, value = part.partition("=")
        if not equals:
            raise AnalysisError(f"world {world!r}: {part!r} is no parameter; write {world}:key=value,key=value")
        if name in given:
            raise AnalysisError(f"world {world!r}: {name} is there twice; write it once")
        given[name] = _read(known.get(name, str), value)
    check(world, kind, given)
    return given


def _read(hint: Any, value: str) -> Any:
    """The value in its type; what cannot be read stays text, and is refused by the check."""
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], part) for part in value.split("/"))
    base = _base(hint)
    try:
        return base(value) if base in (int, float) else value
    except ValueError:
        return value
