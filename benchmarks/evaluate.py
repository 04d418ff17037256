"""The judge: what detection finds and whom it accuses wrongly, where the truth is known. Prints a Markdown page.

    python benchmarks/evaluate.py > docs/judge.md       everything, 20 seeds
    python benchmarks/evaluate.py simulated --quick     the simulator's worlds, 3 seeds
    python benchmarks/evaluate.py --only newsrooms --seeds 7-9
    python benchmarks/evaluate.py --against 69fd139     with the rows of an earlier version of the method

The set of logs is declared in `logs.py`. Every log and seed that was judged is kept in the cache as a line of
`judge.jsonl`, by the commit that last changed the method: what was interrupted goes on where it was, and later versions
are compared with it, on logs that are made the same way: judge before the method is changed, or in a clone at the
earlier commit into which this version's `benchmarks/` and `simulation/` are copied, with the same `--cache`.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from argparse import Namespace
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

import polars as pl
from campaign_analysis.judging import judge
from campaign_analysis.sessions import Scale
from faults import show_faults
from logs import LOGS, WINDOWS, Log
from real import real
from records import Record, Trial, append, method_commit, read, recipe
from samples import opened
from summary import RATES, STATED, show_summary
from tables import show_all
from workshop import Workshop, circumstances, options, say, workshop

PARTS = [*dict.fromkeys(log.part for log in LOGS), "real"]
SECTIONS = {  # what is summed up in one row
    "The simulator's worlds": ("simulated",),
    "Fans where nobody knows whose posts they retweet": ("unknown",),
    "A million posts": ("planted", "loaded"),
    "Innocent logs of the generators": ("chats", "screens"),
}
QUICK = range(1, 4)

PAGE = """# The judge

What detection finds, and whom it accuses wrongly, in logs whose truth is known. This page is what
`python benchmarks/evaluate.py` printed; `benchmarks/logs.py` has the set of logs, [simulator.md](simulator.md) says
what the worlds are, [measured.md](measured.md) is about speed.

- *Rate*: false edges of all edges, at the stated q. Two intervals of 95 % are given. Clopper–Pearson's takes edges for
  independent, which edges of one log are not: too narrow. The other is over runs, which are independent: the mean of
  each run's rate and Student's t; where no run has a false edge it has no width and says nothing.
- *Accused*: accounts in the cores of campaigns. *Findable*: acted with their group twice or more. *Members*: all
  accounts of a planted group; they are *listed* if a campaign has them, in its core or not.
- *Turn-out*: the share of a group's actions in which its members took part, mean of the group.
- Groups are *whole* if one campaign has 80 % or more of the findable, *part* if it has fewer, *split* over several
  campaigns, *merged* with another group or a majority of strangers, only a *gathering*, or *missed*
  (`campaign_analysis.judging.fate`).
- Where nobody is guilty every campaign is false, and is looked for at six sets of windows.
"""

Key = tuple[str, int, str, str]  # log, seed, commit, recipe


def looks(truth: pl.DataFrame) -> Iterator[tuple[float, Scale | None]]:
    """The detections that a log is put to: rates and scales (None: the layers' own)."""
    yield from ((q, None) for q in RATES)
    if not truth["guilty"].any():
        yield from ((STATED, scale) for scale in WINDOWS)


def judged(log: Log, seed: int, commit: str, made: str, at: Workshop) -> Record:
    """Make a log, detect in it with all settings, and hold what is found against its truth."""
    start = time.perf_counter()
    with opened(log, seed, at) as sample:
        making, trials = time.perf_counter() - start, []
        for q, scale in looks(sample.truth):
            start = time.perf_counter()
            groups, edges = sample.look(q, scale)
            seconds = time.perf_counter() - start
            window, block = (scale.window, scale.block) if scale else (0, 0)
            trials.append(Trial(q, window, block, round(seconds, 3), judge(groups, edges, sample.truth)))
    return Record(log.name, seed, commit, made, sample.posts, round(making, 3), tuple(trials))


def run_all(logs: Sequence[Log], given: Namespace, at: Workshop, commit: str) -> list[Record]:
    """The records of all logs and seeds, kept ones and those that are missing yet, in the order of the set."""
    path = at.cache / "judge.jsonl"
    wanted: dict[Key, tuple[Log, int]] = {}
    for seed in given.seeds:  # seed by seed, so that an interrupted run has seen every log
        wanted |= {(x.name, seed, commit, recipe(x, at)): (x, seed) for x in logs if seed <= (x.most or seed)}
    kept = {key(r): r for r in read(path) if key(r) in wanted}
    missing = [k for k in wanted if k not in kept]
    say(f"method {commit}: {len(kept)} of {len(wanted)} logs are judged already, {path}")
    if given.jobs > 1:
        os.environ.setdefault("POLARS_MAX_THREADS", "1")  # before the processes start; each has a core of its own
        os.environ.setdefault("NUMBA_NUM_THREADS", "1")
    failed = 0
    with ProcessPoolExecutor(given.jobs, mp_context=get_context("spawn")) as pool:
        running = {pool.submit(judged, *wanted[k], commit, k[3], at): k for k in missing}
        try:
            for done, future in enumerate(as_completed(running), 1):
                log, seed, *_ = running[future]
                if error := future.exception():
                    failed += 1
                    lines = traceback.format_exception(error.__cause__ or error)
                    say(f"{log}, seed {seed}: failed\n{lines[-1]}")
                    continue
                record = future.result()
                append(path, record)
                kept[key(record)] = record
                say(f"{done} of {len(missing)}: {log}, seed {seed}, {sum(t.seconds for t in record.trials):.1f} s")
        except BaseException:  # Ctrl-C or a kill: what has not begun is not waited for
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    if failed:
        say(f"{failed} of {len(missing)} failed and are not in the tables")
    order = [log.name for log in logs]
    return sorted(kept.values(), key=lambda r: (order.index(r.log), r.seed))


def key(record: Record) -> Key:
    """What a record is known by."""
    return record.log, record.seed, record.commit, record.recipe


def earlier(now: Sequence[Record], commit: str, at: Workshop) -> list[Record]:
    """The records of another version of the method, of the logs and seeds of these."""
    same = {(r.log, r.seed, r.recipe) for r in now}
    found = [r for r in read(at.cache / "judge.jsonl") if r.commit == commit and (r.log, r.seed, r.recipe) in same]
    if not found:
        raise SystemExit(f"no record of method {commit}: judge it first, from a clone at that commit")
    return found


def seeds(text: str) -> range:
    """`20` are the seeds 1 to 20, `7-9` are 7 to 9."""
    first, _, last = text.rpartition("-")
    return range(int(first or 1), int(last) + 1)


def main() -> None:
    """Judge the parts that are asked for."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that its processes end with it
    parser = options("Judge what is found and who is accused wrongly.")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="which; all if not given")
    parser.add_argument("--only", default="", metavar="TEXT", help="only logs whose name holds this")
    parser.add_argument("--seeds", type=seeds, default=seeds("20"), help="1 to this, or from-to (default: 20)")
    parser.add_argument("--quick", action="store_const", dest="seeds", const=QUICK, help="three seeds")
    parser.add_argument("--jobs", type=int, default=2, help="logs at a time (default: 2)")
    parser.add_argument("--against", metavar="COMMIT", help="with rows of this version of the method, judged before")
    given = parser.parse_args()
    at, commit = workshop(given), method_commit()
    parts = given.parts or PARTS
    logs = [log for log in LOGS if log.part in parts and given.only in log.name]
    print(f"{PAGE}\n{circumstances()}; method {commit}, {given.jobs} at a time\n", flush=True)
    if logs:
        start = time.perf_counter()
        now = run_all(logs, given, at, commit)
        say(f"judged after {time.perf_counter() - start:.0f} s")
        before = earlier(now, given.against, at) if given.against else []
        for title, shown in SECTIONS.items():
            names = {log.name for log in logs if log.part in shown}
            if names:
                print(f"## {title}\n", flush=True)
                show_summary([r for r in now if r.log in names])
                show_all(*([r for r in records if r.log in names] for records in (now, before)))
                show_faults([r for r in now if r.log in names])
    if "real" in parts and not given.only:
        real(at)


if __name__ == "__main__":
    main()
