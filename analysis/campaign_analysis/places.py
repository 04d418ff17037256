"""Declared places as time zones: cities and countries of the tz database, nothing cleverer.

A place is a set of zones: a country may have many. What is not recognised has none, and nothing is said of it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

# Names that people write and the database has not, for zones that it has.
ALSO = {
    "usa": "united states", "u.s.a.": "united states", "us": "united states", "america": "united states",
    "uk": "britain (uk)", "united kingdom": "britain (uk)", "england": "britain (uk)", "deutschland": "germany",
    "россия": "russia", "москва": "moscow", "españa": "spain", "italia": "italy", "türkiye": "turkey",
    "mumbai": "kolkata", "delhi": "kolkata", "new delhi": "kolkata", "bengaluru": "kolkata", "bharat": "india",
    "भारत": "india", "मुंबई": "kolkata", "washington": "new york", "boston": "new york", "atlanta": "new york",
    "miami": "new york", "houston": "chicago", "dallas": "chicago", "san francisco": "los angeles",
    "saint petersburg": "moscow", "санкт-петербург": "moscow", "barcelona": "madrid", "milano": "rome", "milan": "rome",
    "roma": "rome", "beijing": "shanghai", "ankara": "istanbul", "rio de janeiro": "sao paulo", "lahore": "karachi",
}  # fmt: skip


@cache
def _known() -> dict[str, frozenset[str]]:
    """Zones by the casefolded names of cities and countries."""
    found: dict[str, set[str]] = {}
    for zone in available_timezones():
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "posix/", "right/")):
            found.setdefault(zone.rpartition("/")[2].replace("_", " ").casefold(), set()).add(zone)
    table = files("tzdata").joinpath("zoneinfo")
    countries = dict(_rows(table.joinpath("iso3166.tab").read_text(encoding="utf-8"), 0, 1))
    for codes, zone in _rows(table.joinpath("zone1970.tab").read_text(encoding="utf-8"), 0, 2):
        for code in codes.split(","):
            found.setdefault(countries[code].casefold(), set()).add(zone)
    known = {name: frozenset(zones) for name, zones in found.items()}
    return known | {name: known[other] for name, other in ALSO.items() if other in known}


def _rows(text: str, first: int, second: int) -> list[tuple[str, str]]:
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return [(line[first], line[second]) for line in lines]


def zones_of(place: str) -> frozenset[str]:
    """Zones of a declared place: of its parts (between commas and the like) the first that is known."""
    known = _known()
    for part in [place, *re.split(r"[,/|•·;-]+", place)]:
        if zones := known.get(" ".join(part.casefold().split())):
            return zones
    return frozenset()


def offsets_of(place: str, at: datetime) -> frozenset[float]:
    """Hours from UTC that a declared place may have at a moment; none where it is not known."""
    moments = (at.astimezone(UTC).astimezone(ZoneInfo(zone)).utcoffset() for zone in zones_of(place))
    return frozenset(offset.total_seconds() / 3600 for offset in moments if offset is not None)
