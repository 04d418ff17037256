"""What was judged, one JSON line for each log, seed and commit, so that a run goes on where it was interrupted."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from campaign_analysis import judging, simulation
from campaign_analysis.judging import Count, PlantedGroup, Verdict
from logs import WINDOWS, Generated, Log, Simulated
from workshop import ROOT, Workshop, run

PACKAGE = "analysis/campaign_analysis"
METHOD = (PACKAGE, *(f":(exclude){PACKAGE}/{apart}" for apart in ("simulation", "judging.py")))
LENGTH = 7  # of a commit's short name


@dataclass(frozen=True)
class Trial:
    """One detection: asked for at most `fdr` false edges; `window` and `block` are 0 at the layers' own scales."""

    fdr: float
    window: int
    block: int
    seconds: float
    verdict: Verdict


@dataclass(frozen=True)
class Record:
    """All detections in one log with one seed by one version of the method. `recipe` says how the log was made."""

    log: str
    seed: int
    commit: str
    recipe: str
    posts: int
    making: float  # seconds to make the log and its events
    trials: tuple[Trial, ...]

    def trial(self, fdr: float, window: int = 0, block: int = 0) -> Trial | None:
        """The detection with these settings, if there was one."""
        asked = (fdr, window, block)
        return next((t for t in self.trials if (t.fdr, t.window, t.block) == asked), None)


def method_commit() -> str:
    """The last commit that changed the method; with a mark of the changes that are not committed."""
    commit = run("git", "-C", ROOT, "log", "-1", f"--abbrev={LENGTH}", "--format=%h", "--", *METHOD).strip()
    changes = run("git", "-C", ROOT, "diff", "HEAD", "--", *METHOD)
    added = run("git", "-C", ROOT, "ls-files", "--others", "--exclude-standard", "--", *METHOD).split()
    told = changes + "".join((ROOT / file).read_text(encoding="utf-8") for file in sorted(added))
    return f"{commit}+{hashlib.sha256(told.encode()).hexdigest()[:4]}" if told else commit


def recipe(log: Log, at: Workshop) -> str:
    """A hash of what a row stands on beside the method: the entry, the text of the generator or of the simulator's
    worlds, and the judge's own."""
    sources = [Path(judging.__file__)]
    if isinstance(log, Simulated):
        folder = Path(simulation.__path__[0])
        sources += [*folder.glob("*.py"), *(folder / "worlds" / f"{name}.py" for name in ("crowd", *log.worlds))]
    elif isinstance(log, Generated):
        sources += [at.shared / "bench" / log.script]
    digest = hashlib.sha256(repr((log, WINDOWS)).encode())
    for source in sorted(sources):
        digest.update(source.read_bytes() if source.exists() else b"")
    return digest.hexdigest()[:12]


def append(path: Path, record: Record) -> None:
    """Write a record at the end."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(record)) + "\n")


def read(path: Path) -> list[Record]:
    """All records; the last line is left out where it was cut off by an interruption."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [_record(json.loads(line)) for line in lines if line.endswith("}\n")]


def _record(raw: dict[str, Any]) -> Record:
    trials = [Trial(**{**trial, "verdict": _verdict(trial["verdict"])}) for trial in raw["trials"]]
    return Record(**{**raw, "trials": tuple(trials)})


def _verdict(raw: dict[str, Any]) -> Verdict:
    planted = [
        PlantedGroup(**{**group, "core": Count(**group["core"]), "members": Count(**group["members"])})
        for group in raw["planted"]
    ]
    counts = {name: Count(**raw[name]) for name in ("accused", "listed")}
    edges = {claim: Count(**count) for claim, count in raw["edges"].items()}
    return Verdict(**{**raw, **counts, "edges": edges, "planted": tuple(planted)})
