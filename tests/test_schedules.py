"""The files for schedulers: each parses as what it is, and every campaign command in them is one that there is."""

from __future__ import annotations

import ast
import configparser
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
import typer
from ruamel.yaml import YAML

from campaign.cli import app

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "schedules"
FILES = sorted(path.name for path in FOLDER.iterdir() if path.is_file())


def text(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def commands(name: str) -> list[list[str]]:
    """Command lines of campaign in a file, as words; templates of the scheduler are one word each."""
    whole = text(name)
    if name.endswith(".py"):
        parts = [
            n.value for n in ast.walk(ast.parse(whole)) if isinstance(n, ast.Constant) and isinstance(n.value, str)
        ]
        whole = "\n".join(part for part in parts if part.startswith("campaign "))
    whole = re.sub(r"\{\{.*?\}\}", "2026-11-22T06:10:00", whole)
    lines = re.findall(r"(?:^|[\s/])campaign ((?:load|report|detect) [^\n>]*)", whole, re.MULTILINE)
    return [shlex.split(line) for line in lines]


def test_there_is_a_file_for_each_scheduler() -> None:
    assert FILES == [
        "airflow_dag.py",
        "campaign-trending.service",
        "campaign-trending.timer",
        "crontab",
        "github-actions.yml",
    ]


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".timer")])
def test_every_command_in_them_is_one_that_there_is(name: str) -> None:
    found = commands(name)
    assert any(words[:2] == ["report", "trending"] for words in found), found
    for words in found:
        command: click.Command = typer.main.get_command(app)
        context = click.Context(command)
        rest = words
        while isinstance(command, click.Group):
            _, command, rest = command.resolve_command(context, rest)  # type: ignore[assignment]
            context = click.Context(command, parent=context)
        command.make_parser(context).parse_args(list(rest))  # raises where an option is not there


def test_the_workflow_is_valid_by_githubs_schema() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*command, str(FOLDER / "github-actions.yml")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    workflow = YAML(typ="safe").load(text("github-actions.yml"))
    assert is_cron(workflow["on"]["schedule"][0]["cron"])


def is_cron(line: str) -> bool:
    """Five fields within their limits: numbers, ranges, lists, steps."""
    limits = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
    fields = line.split()
    return len(fields) == 5 and all(
        part == "*" or all(low <= int(n) <= high for n in re.findall(r"\d+", part))
        for part, (low, high) in zip(fields, limits, strict=True)
    )


def test_the_crontab_has_settings_and_lines_of_five_fields() -> None:
    lines = [line for line in text("crontab").splitlines() if line and not line.startswith("#")]
    jobs = [line for line in lines if not re.match(r"[A-Z_]+=", line)]
    assert len(jobs) == 1
    assert is_cron(" ".join(jobs[0].split()[:5]))
    assert not is_cron("61 6 * * *")
    assert "%" not in jobs[0]  # a line end to cron


def unit(name: str) -> configparser.ConfigParser:
    """A unit as systemd reads it: sections, keys with their case, a key more than once."""
    parser = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes=("#", ";"), delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text(name))
    return parser


def test_the_units_have_what_systemd_wants_of_them() -> None:
    service, timer = unit("campaign-trending.service"), unit("campaign-trending.timer")
    assert set(service.sections()) == {"Unit", "Service"}
    assert service["Service"]["Type"] == "oneshot"
    assert service["Service"]["ExecStart"].startswith("/")  # systemd wants the whole path
    assert "PASSWORD" not in text("campaign-trending.service")
    assert set(timer.sections()) == {"Unit", "Timer", "Install"}
    assert re.fullmatch(r"\*-\*-\* \d\d:\d\d:\d\d UTC", timer["Timer"]["OnCalendar"])
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_the_dag_is_python_with_two_bash_operators_in_order() -> None:
    tree = ast.parse(text("airflow_dag.py"))
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    operators = [call for call in calls if call.func.id == "BashOperator"]  # type: ignore[attr-defined]
    assert [{k.arg for k in call.keywords} for call in operators] == [
        {"task_id", "bash_command"},
        {"task_id", "bash_command", "retries"},
    ]
    assert any(isinstance(n, ast.BinOp) and isinstance(n.op, ast.RShift) for n in ast.walk(tree))
    compile(tree, "airflow_dag.py", "exec")
