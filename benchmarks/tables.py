"""The judge's tables: sums over records, one row a log, and a row before each where an earlier version is compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from campaign_analysis.judging import (
    FATES,
    Count,
    PlantedGroup,
    Verdict,
    clopper_pearson,
    mean_interval,
    total,
    upper_bound,
)
from campaign_analysis.results import Claim
from logs import WINDOWS
from records import Record
from summary import RATES, STATED
from workshop import show

BINS = (0.8, 0.6, 0.45, 0.3, 0.0)  # lower ends of turn-outs
ALL = "**all**"
FALSE: dict[Claim, str] = {"in step": "share no guilty group", "together": "share no group of any kind"}

Row = list[object]
Rows = Callable[[Sequence[Record]], Row]
ByLog = Mapping[str, Sequence[Record]]


def show_all(now: Sequence[Record], before: Sequence[Record]) -> None:
    """Print all tables of the records of one version, with rows of an earlier one where there are any."""
    planted, innocent = _split(now)
    planted_before, innocent_before = _split(before)
    if planted:
        for claim, what in FALSE.items():
            note = (
                f"False: the two {what}. First interval: Clopper–Pearson over the edges, as if they were independent, "
                "which edges of one log are not. Second: over the runs, mean of each run's rate and Student's t. 95 %."
            )
            heads = ["log", "runs", *(h for q in RATES for h in (f"q {q}: edges, false", "rate", "mean of runs"))]
            show(f"False edges, {claim}", heads, _table(planted, planted_before, _edges(claim)), note)
        heads = ["log", "runs", "campaigns", "false", "accused", *_recalls(), "s a run"]
        note = "Accused: accounts in cores. Findable: acted with their group twice or more. Members: all of a group."
        show(f"Accounts, q {STATED}", heads, _table(planted, planted_before, _accounts), note)
        heads = ["log", "groups", *FATES]
        note = "What they mean: `campaign_analysis.judging.fate`."
        show(f"Planted groups, q {STATED}", heads, _table(planted, planted_before, _fates), note)
        note = (
            "Recall of findable accounts in cores / of all members in campaigns. Turn-out: mean of the group's members."
        )
        show("Recall by turn-out", ["log", *_bins()], _table(planted, planted_before, _by_turnout), note)
        show("Recall by kind of group", _HEADS_KIND, _kinds(now, before), note.split(" Turn-out")[0])
    if innocent:
        heads = ["log", "runs", *(f"runs with an edge in step, q {q}" for q in RATES), "default scales"]
        heads += [*(f"{s.window}/{s.block} s" for s in WINDOWS), "s a run"]
        note = (
            "Columns of scales: runs with a campaign, all of them false (accounts accused); gatherings. The last row: "
            "of all runs, and the upper bound of their rate (95 %, one-sided, exact)."
        )
        show(f"Nobody is guilty, q {STATED}", heads, _table(innocent, innocent_before, _innocent), note)


def _split(records: Sequence[Record]) -> tuple[ByLog, ByLog]:
    """By log: those with planted groups, those without."""
    logs: tuple[dict[str, list[Record]], dict[str, list[Record]]] = ({}, {})
    for record in records:
        logs[not any(trial.verdict.planted for trial in record.trials)].setdefault(record.log, []).append(record)
    return logs


def _table(now: ByLog, before: ByLog, rows: Rows) -> list[Row]:
    made: list[Row] = []
    for log, records in [*now.items(), (ALL, [r for part in now.values() for r in part])]:
        earlier = [r for part in before.values() for r in part] if log == ALL else before.get(log, [])
        if earlier:
            made.append([f"{log}, {earlier[0].commit}", *rows(earlier)])
        made.append([log, *rows(records)])
    return made if len(now) > 1 else [row for row in made if not str(row[0]).startswith(ALL)]


def _verdicts(records: Sequence[Record], fdr: float = STATED, window: int = 0, block: int = 0) -> list[Verdict]:
    trials = [record.trial(fdr, window, block) for record in records]
    return [trial.verdict for trial in trials if trial]


def _edges(claim: Claim) -> Rows:
    def row(records: Sequence[Record]) -> Row:
        cells: Row = [len(records)]
        for q in RATES:
            counts = [verdict.edges[claim] for verdict in _verdicts(records, q)]
            edges = total(counts)
            mean, low, high = mean_interval([c.share if c.all else 0.0 for c in counts])
            cells += [f"{edges.all:,}, {edges.part:,}", _rate(edges.share, *clopper_pearson(edges))]
            cells += [_rate(mean, low, high)]
        return cells

    return row


def _rate(share: float, low: float, high: float) -> str:
    return f"{share:.4f} ({low:.4f}–{high:.4f})" if share == share else "–"


def _recalls() -> list[str]:
    return ["precision", "recall of findable", "members listed", "their precision", "their recall"]


def _accounts(records: Sequence[Record]) -> Row:
    verdicts = _verdicts(records)
    accused, listed = total([v.accused for v in verdicts]), total([v.listed for v in verdicts])
    groups = [g for v in verdicts for g in v.planted]
    return [
        len(records),
        sum(v.campaigns for v in verdicts),
        sum(v.false_campaigns for v in verdicts),
        accused.all,
        _share(accused),
        _share(total([g.core for g in groups])),
        listed.all,
        _share(listed),
        _share(total([g.members for g in groups])),
        _seconds(records),
    ]


def _seconds(records: Sequence[Record]) -> str:
    """Wall time of a detection at the layers' own scales."""
    return f"{sum(t.seconds for r in records if (t := r.trial(STATED))) / max(1, len(records)):.1f}"


def _share(count: Count) -> str:
    return f"{count.share:.3f}" if count.all else "–"


def _planted(records: Sequence[Record]) -> list[PlantedGroup]:
    return [g for v in _verdicts(records) for g in v.planted]


def _fates(records: Sequence[Record]) -> Row:
    groups = _planted(records)
    return [len(groups), *(sum(g.fate == fate for g in groups) for fate in FATES)]


def _bins() -> list[str]:
    uppers = [1.0, *BINS]
    ends = [f"{low:.0%}–{high:.0%}" for low, high in zip(BINS, uppers, strict=False)]
    return [*ends, "turn-out unknown"]


def _by_turnout(records: Sequence[Record]) -> Row:
    groups = _planted(records)
    by_bin = {low: [g for g in groups if _bin(g.turnout) == low] for low in (*BINS, None)}
    return [_found(part) for part in by_bin.values()]


def _bin(turnout: float | None) -> float | None:
    return None if turnout is None else next(low for low in BINS if turnout >= low)


def _found(groups: Sequence[PlantedGroup]) -> str:
    if not groups:
        return "–"
    return f"{_share(total([g.core for g in groups]))} / {_share(total([g.members for g in groups]))}"


_HEADS_KIND = ["kind", "groups", "recall", *FATES]


def _kinds(now: Sequence[Record], before: Sequence[Record]) -> list[Row]:
    made: list[Row] = []
    versions = [(f", {before[0].commit}", _planted(before))] if before else []
    versions.append(("", _planted(now)))
    for kind in sorted({g.kind for _, groups in versions for g in groups}):
        for mark, groups in versions:
            own = [g for g in groups if g.kind == kind]
            made.append([f"{kind}{mark}", len(own), _found(own), *(sum(g.fate == f for g in own) for f in FATES)])
    return made


def _innocent(records: Sequence[Record]) -> Row:
    cells: Row = [len(records)]
    for q in RATES:
        verdicts = _verdicts(records, q)
        cells.append(f"{sum(v.edges['in step'].all > 0 for v in verdicts)} of {len(verdicts)}")
    for window, block in [(0, 0), *((s.window, s.block) for s in WINDOWS)]:
        verdicts = _verdicts(records, STATED, window, block)
        false = Count(sum(v.campaigns > 0 for v in verdicts), len(verdicts))
        accused = sum(v.accused.all for v in verdicts)
        gatherings = sum(v.gatherings for v in verdicts)
        people = f" ({accused} accounts)" if false.part else ""
        bound = f", ≤ {upper_bound(false):.3f}" if len({r.log for r in records}) > 1 else ""
        cells.append(f"{false.part} of {false.all}{people}{bound}; {gatherings}" if verdicts else "–")
    return cells
