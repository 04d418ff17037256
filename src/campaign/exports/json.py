"""The result as docs/json.md describes it; of one group, that group and its pairs alone."""

from __future__ import annotations

from collections.abc import Mapping

from campaign.exports import Format
from campaign.finding import Finding


def _files(finding: Finding) -> Mapping[str, bytes]:
    from campaign.reporting.json_result import to_json

    return {"result.json": (to_json(finding.detection, 2) + "\n").encode()}


FORMAT = Format("the whole result, as docs/json.md describes it", _files, endings=(".json",))
