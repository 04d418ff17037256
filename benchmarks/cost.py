"""What a program takes, in a process of its own from its start to its end: seconds, CPU, memory."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter


@dataclass(frozen=True)
class Cost:
    """What a program took. `others`: cores that other programs used meanwhile, None where the system does not say."""

    seconds: float
    work: float  # seconds of CPU, all cores
    memory: float  # GB
    others: float | None

    def __str__(self) -> str:
        beside = "" if self.others is None else f", {self.others:.1f} cores busy with something else"
        return f"{self.seconds:.1f} s ({self.work:.1f} s of CPU{beside})"

    def __add__(self, after: Cost) -> Cost:
        """One program after the other."""
        seconds = self.seconds + after.seconds
        both = [c.others * c.seconds for c in (self, after) if c.others is not None]
        others = sum(both) / seconds if len(both) == 2 else None
        return Cost(seconds, self.work + after.work, max(self.memory, after.memory), others)


def cost(*command: str | Path, out: Path | None = None) -> Cost:
    """Run a program from its start to its end, its stdout into a file if given, and say what it took.

    What it says on stderr is shown where it fails.
    """
    words = [str(word) for word in command]
    with Path(out or os.devnull).open("w") as target, TemporaryFile("w+") as said:
        began, busy = perf_counter(), all_work()
        with subprocess.Popen(words, stdout=target, stderr=said) as process:  # noqa: S603
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds, work = perf_counter() - began, usage.ru_utime + usage.ru_stime
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(words)} failed:\n{said.read()[-2000:]}")
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    others = None if busy is None else max(0.0, ((all_work() or 0.0) - busy - work) / seconds)
    return Cost(seconds, work, usage.ru_maxrss * unit / 1e9, others)


def all_work() -> float | None:
    """Seconds of CPU that all programs have used since the machine started; None where there is no /proc."""
    try:
        _, user, nice, system, _idle, _waiting, *rest = Path("/proc/stat").read_text().splitlines()[0].split()
    except OSError:
        return None
    return sum(map(int, (user, nice, system, *rest[:2]))) / os.sysconf("SC_CLK_TCK")
