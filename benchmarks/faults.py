"""What went wrong where, so that it can be made again: log, seed, and what was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from records import Record, Trial
from workshop import show

SHOWN = 3  # seeds of a log at most; of others only the number


def show_faults(records: Sequence[Record]) -> None:
    """Print the runs in which a campaign was false, or more edges than the stated rate."""
    found = [(record, told) for record in records if (told := "; ".join(_faults(record)))]
    logs = Counter(record.log for record, _ in found)
    rows: list[list[object]] = []
    for log, count in logs.items():
        own = [(record.seed, told) for record, told in found if record.log == log]
        rows += [[log, seed, told] for seed, told in own[:SHOWN]]
        if count > SHOWN:
            rows.append([log, f"and {count - SHOWN} more", ", ".join(str(seed) for seed, _ in own[SHOWN:])])
    show(
        "Runs to look at",
        ["log", "seed", "what was false"],
        rows or [["none", "", ""]],
        "A false campaign, or a share of false edges in one run above the stated q. A rate of q bounds the mean over "
        "runs: single runs may lie above it.",
    )


def _faults(record: Record) -> Iterator[str]:
    for trial in record.trials:
        verdict = trial.verdict
        if verdict.false_campaigns:
            whom = ", ".join(f"{count} of {kind}" for kind, count in verdict.wrongly.items())
            yield f"{_settings(trial)}: {verdict.false_campaigns} false campaigns ({whom})"
        if verdict.planted:
            yield from (
                f"{_settings(trial)}: {count.part} of {count.all} edges {claim}"
                for claim, count in verdict.edges.items()
                if count.all and count.share > trial.fdr
            )


def _settings(trial: Trial) -> str:
    return f"q {trial.fdr}" + (f", {trial.window}/{trial.block} s" if trial.window else "")
