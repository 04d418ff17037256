"""The `campaign` command. Each file in `campaign.commands` adds its own commands; heavy things are imported late."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import typer

from campaign import commands
from campaign.streams import tell

app = typer.Typer(
    name="campaign",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    help="Find coordinated campaigns in posts of social platforms, with evidence and a stated error rate.",
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        tell(f"campaign {version('campaign')}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    show_version: bool = typer.Option(  # noqa: ARG001  # its callback prints and ends
        False, "--version", callback=_version, is_eager=True, help="Print the version and exit."
    ),
) -> None:
    from campaign.settings import read_files

    context.default_map = read_files(context.command).commands()


for _module in sorted(m.name for m in pkgutil.iter_modules(commands.__path__)):
    importlib.import_module(f"campaign.commands.{_module}").register(app)


def main() -> None:
    """Run the command line: a user's mistake is one line on stderr and exit code 1 or 2, never a traceback."""
    from campaign.failures import STOPPED, explain, say_stopped
    from campaign.streams import forgive

    forgive()
    try:
        app()
    except SystemExit as end:
        if end.code == STOPPED:  # so typer ends where it hears Ctrl-C
            say_stopped()
        raise
    except Exception as error:
        code = explain(error)
        if code is None:
            raise
        sys.exit(code)
