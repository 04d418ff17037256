"""A section of the judge's page in a few lines: what was kept of the goals, and where not."""

from __future__ import annotations

from collections.abc import Sequence

from campaign_analysis.judging import Count, mean_interval, total
from campaign_analysis.results import Claim
from records import Record, Trial

RATES = (0.05, 0.01)  # the stated q
STATED = 0.01  # of everything but the rates
OFTEN = 0.45  # mean turn-out from which on a group is meant to be found; rings of 50 % have a mean of .45 or more
WEAK = 0.75  # recall under which a log is named
CLAIMS: tuple[Claim, ...] = ("in step", "together")


def show_summary(records: Sequence[Record]) -> None:
    """Print the lines."""
    logs = list(dict.fromkeys(r.log for r in records))
    of_log = {log: [r for r in records if r.log == log] for log in logs}
    guilty = [log for log in logs if any(t.verdict.planted for r in of_log[log] for t in r.trials)]
    lines = []
    if guilty:
        above = [
            f"{log} ({claim}, q {q}: {high:.3f})"
            for log in guilty
            for claim in CLAIMS
            for q in RATES
            if (high := _upper(of_log[log], q, claim)) > 2 * q
        ]
        lines.append(f"Rates of false edges whose upper end is above twice the stated: {_told(above)}.")
        recall = {log: _recall(of_log[log]) for log in guilty}
        weak = [f"{log} ({r.share:.2f})" for log, r in recall.items() if r.all and r.share < WEAK]
        lines.append(
            f"Recall of findable accounts in groups of {OFTEN:.0%} turn-out or more: "
            f"{total([*recall.values()]).share:.3f}; under {WEAK}: {_told(weak)}."
        )
    innocent = [r for r in records if r.log not in guilty]
    if innocent:
        false = [r for r in innocent if any(t.verdict.campaigns for t in r.trials if t.fdr == STATED)]
        where = [f"{log} ({n} of {len(of_log[log])})" for log in logs if (n := sum(r.log == log for r in false))]
        lines.append(f"Runs where nobody is guilty with a campaign at any windows: {len(false)} of {len(innocent)}")
        lines[-1] += f", in {_told(where)}." if where else "."
    print("\n".join(f"- {line}" for line in lines), end="\n\n", flush=True)


def _told(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"


def _trials(records: Sequence[Record], q: float) -> list[Trial]:
    return [trial for record in records if (trial := record.trial(q))]


def _upper(records: Sequence[Record], q: float, claim: Claim) -> float:
    counts = [trial.verdict.edges[claim] for trial in _trials(records, q)]
    return mean_interval([c.share if c.all else 0.0 for c in counts])[2]


def _recall(records: Sequence[Record]) -> Count:
    groups = [g for trial in _trials(records, STATED) for g in trial.verdict.planted]
    return total([g.core for g in groups if g.turnout is None or g.turnout >= OFTEN])
