"""A detection on stdout: a table for people, JSON or CSV for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from campaign.options import Format
from campaign.streams import put

if TYPE_CHECKING:
    from campaign_analysis.results import Detection


def show_detection(detection: Detection, format: Format, links: Mapping[str, str]) -> None:
    """Print what a run found, new or kept. `links` are addresses by group id that open Neo4j Browser."""
    if format is Format.json:
        from campaign.reporting.json_result import to_json

        put(to_json(detection, 2, links) + "\n")
    elif format is Format.csv:
        from campaign.reporting.csv_result import to_csv

        put(to_csv(detection))
    else:
        from rich.console import Console

        from campaign.reporting.terminal import print_detection

        print_detection(detection, Console(), links)
