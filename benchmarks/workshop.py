"""What the benchmarks share: a cache folder with corpora and tools of their own, processes, and Markdown tables."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import venv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = Path(sys.executable).with_name("campaign")
GENERATORS = ("numpy", "pandas", "polars", "pyarrow")  # what the generators beside the project import


@dataclass(frozen=True)
class Workshop:
    """`cache` holds what is made once and used again; `shared` is the folder with generators and real data."""

    cache: Path
    shared: Path

    def generated(self, script: str, stem: str, *options: str) -> Path:
        """The path, without endings, of what a generator of `shared/bench` writes with these options."""
        out, done = self.cache / stem, self.cache / f"{stem}.done"
        if not done.exists():
            say(f"generating {stem}")
            python = self.tool("generators", *GENERATORS) / "python"
            run(python, self.shared / "bench" / script, "--out", out, *options)
            done.touch()
        return out

    def tool(self, name: str, *packages: str) -> Path:
        """The folder of executables of a virtual environment of its own that holds these packages."""
        folder = self.cache / "tools" / name
        programs = folder / ("Scripts" if os.name == "nt" else "bin")
        done = folder / "done"
        if not done.exists():
            say(f"installing {', '.join(packages)}")
            venv.create(folder, with_pip=True, clear=True)
            run(programs / "python", "-m", "pip", "--quiet", "--disable-pip-version-check", "install", *packages)
            done.touch()
        return programs


def options(description: str) -> argparse.ArgumentParser:
    """The options that every benchmark has."""
    parser = argparse.ArgumentParser(description=description)
    cache = Path.home() / ".cache" / "campaign-benchmarks"
    parser.add_argument("--cache", type=Path, default=cache, help="folder for corpora and tools (%(default)s)")
    parser.add_argument(
        "--shared", type=Path, default=ROOT.parent / "shared", help="folder that holds bench/ and data/"
    )
    return parser


def workshop(given: argparse.Namespace) -> Workshop:
    """The workshop that the options name."""
    given.cache.mkdir(parents=True, exist_ok=True)
    return Workshop(given.cache.resolve(), given.shared.resolve())


def run(*words: str | Path, **environment: str) -> str:
    """Run a program to its end and return what it printed; what it says on stderr is shown where it fails.

    `environment`: variables that it has beside those of this process.
    """
    told = {**os.environ, **environment}
    done = subprocess.run([str(w) for w in words], env=told, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, words))} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def campaign(*words: str | Path, **environment: str) -> str:
    """Run a command of the project."""
    return run(COMMAND, *words, **environment)


def say(text: str) -> None:
    """Progress, on stderr: stdout is for the tables."""
    print(text, file=sys.stderr, flush=True)


def circumstances() -> str:
    """When, on what and from which version it was measured: a table without that says little."""
    commit = run("git", "-C", ROOT, "describe", "--always", "--dirty").strip()
    load = f", load {os.getloadavg()[0]:.1f} before the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, commit {commit}, {os.cpu_count()} cores ({platform.machine()}), "
        f"Python {platform.python_version()}{load}: `python benchmarks/{' '.join([Path(sys.argv[0]).name, *_said()])}`"
    )


def _said() -> list[str]:
    """The arguments, without folders of this machine."""
    words, skip = [], False
    for word in sys.argv[1:]:
        if not skip and not word.startswith(("--cache", "--shared")):
            words.append(word)
        skip = word in ("--cache", "--shared")
    return words


def show(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], note: str = "") -> None:
    """Print a Markdown table."""
    lines = [f"### {title}", "", _row(heads), _row(["---"] * len(heads)), *map(_row, rows), ""]
    print("\n".join([*lines, note, ""] if note else lines), flush=True)


def _row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"
