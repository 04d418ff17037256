"""The report and its JSON twin on disk."""

from __future__ import annotations

from pathlib import Path

from campaign.reporting.data import ReportData
from campaign.reporting.errors import ReportError
from campaign.reporting.json_result import to_json


def write_report(data: ReportData, path: Path) -> tuple[Path, Path]:
    """Write the page to `path` and the result beside it with the ending .json; return both paths.

    Each file is there whole or not at all. Raises ReportError where the folder is missing or cannot be written, or
    where `path` itself ends in .json.
    """
    from campaign.reporting.page import render

    if path.suffix == ".json":
        raise ReportError(f"{path} would be overwritten by the report's JSON twin: choose a name that ends in .html")
    twin = path.with_suffix(".json")
    for target, text in ((path, render(data)), (twin, to_json(data.detection, indent=1) + "\n")):
        _replace(target, text)
    return path, twin


def _replace(path: Path, text: str) -> None:
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(path)
    except OSError as error:
        raise ReportError(
            f"cannot write {path} ({error.strerror}): choose another place with --out, or make its folder"
        ) from error
