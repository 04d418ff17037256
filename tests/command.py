"""The `campaign` command as a user meets it: exit code, stdout and stderr, in this process for speed."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from campaign.cli import main


@dataclass(frozen=True)
class Corpus:
    """Simulated posts, an embedded store that holds them, and the truth."""

    posts: Path
    store: Path
    truth: Path

    def copy(self, folder: Path) -> Path:
        """A store of one's own."""
        return Path(shutil.copy(self.store, folder / "copy.lbug"))


@dataclass(frozen=True)
class Done:
    """What a command left."""

    code: int
    out: str
    err: str


class Terminal(io.StringIO):
    """A terminal that takes everything."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def campaign(*arguments: object, env: Mapping[str, str] | None = None, columns: int = 0) -> Done:
    """Run the command without the settings of this machine; on a terminal of so many columns, or on none.

    Defects of ours are raised.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("CAMPAIGN_", "NEO4J_"))}
    out, err, code = Terminal() if columns else io.StringIO(), Terminal() if columns else io.StringIO(), 0
    screen = {"COLUMNS": str(columns or 200), **({"TERM": "dumb"} if columns else {})}  # no codes of colour
    with (
        patch.dict(os.environ, {**ours, **screen, **(env or {})}, clear=True),
        patch.object(sys, "argv", ["campaign", *map(str, arguments)]),
        patch.object(sys, "stdin", io.StringIO()),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
    return Done(code, out.getvalue(), err.getvalue())


def told(*arguments: object, env: Mapping[str, str] | None = None) -> str:
    """The stdout of a command that must succeed."""
    done = campaign(*arguments, env=env)
    assert done.code == 0, done.err
    return done.out


def refused(*arguments: object, env: Mapping[str, str] | None = None) -> Done:
    """A command that must fail with one line on stderr and nothing on stdout."""
    done = campaign(*arguments, env=env)
    assert done.code in (1, 2), done
    assert done.out == ""
    assert done.err.startswith("campaign: ")
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
    return done
