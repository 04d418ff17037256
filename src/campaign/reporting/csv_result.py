"""The members of a detection's groups as CSV, for a spreadsheet or a script."""

from __future__ import annotations

import csv
import io

from campaign_analysis.results import Detection, Joined

from campaign.reporting.json_result import iso_time
from campaign.spreadsheet import cell

COLUMNS = (
    "run", "group", "claim", "account", "handle", "role", "episodes", "expected", "p", "created_at",
    "joined_layer", "joined_n", "joined_expected", "joined_q",
)  # fmt: skip


def to_csv(detection: Detection) -> str:
    """One row a member, groups in the result's order, with a header even where nothing was found.

    Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for group in detection.groups:
        for m in group.accounts:
            about = (cell(m.id), cell(m.handle or ""), m.role, m.episodes, repr(m.expected), repr(m.p))
            told = (*about, iso_time(m.created_at) or "", *_joined(m.joined))
            writer.writerow((detection.run.id, group.id, group.claim, *told))
    return out.getvalue()


def _joined(joined: Joined | None) -> tuple[str | int, ...]:
    return ("", "", "", "") if joined is None else (joined.layer, joined.n, repr(joined.expected), repr(joined.q))
