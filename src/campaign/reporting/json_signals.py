"""What signals said, as JSON and back; part of the result of a detection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from campaign_analysis.signal_results import Measure, Sight, SignalResult


def signals_to_list(results: Iterable[SignalResult]) -> list[dict[str, Any]]:
    """Each signal as a JSON object. Times in ISO 8601 with Z."""
    return [_result(result) for result in results]


def signals_of(found: Sequence[Mapping[str, Any]] | None) -> tuple[SignalResult, ...]:
    """What `signals_to_list` made, read back; none where a run has none."""
    return tuple(_read(entry) for entry in found or ())


def _result(result: SignalResult) -> dict[str, Any]:
    return {
        "signal": result.signal,
        "speaks": result.speaks,
        "p": result.p,
        "corrected": result.corrected,
        "measure": None if result.measure is None else asdict(result.measure),
        "seen": [_sight(sight) for sight in result.seen],
        "notes": list(result.notes),
        "untried": result.untried,
    }


def _sight(sight: Sight) -> dict[str, Any]:
    return {
        "what": sight.what,
        "accounts": list(sight.accounts),
        "first": _iso(sight.first),
        "last": _iso(sight.last),
        "p": sight.p,
    }


def _iso(time: datetime | None) -> str | None:
    return None if time is None else time.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _read(entry: Mapping[str, Any]) -> SignalResult:
    return SignalResult(
        signal=entry["signal"],
        p=entry["p"],
        measure=Measure(**entry["measure"]) if entry["measure"] else None,
        seen=tuple(
            Sight(s["what"], tuple(s["accounts"]), _time(s["first"]), _time(s["last"]), s["p"]) for s in entry["seen"]
        ),
        notes=tuple(entry["notes"]),
        untried=entry["untried"],
        corrected=entry["corrected"],
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)
