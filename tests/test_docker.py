"""The files of docker/: valid, closed to the outside, without secrets; and the scripts that the image runs, run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from campaign_cypher.server import DEFAULT_LINE, LINES
from command import Corpus
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
DOCKER = ROOT / "docker"
COMPOSE = DOCKER / "compose.yaml"
SERVICES = ["job", "neo4j", "schedule"]
DOCKERFILE = (DOCKER / "Dockerfile").read_text("utf-8")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(COMPOSE)
    return loaded


def instructions(name: str) -> list[str]:
    joined = DOCKERFILE.replace("\\\n", " ")
    return [" ".join(line.split()[1:]) for line in joined.splitlines() if line.startswith(f"{name} ")]


def test_compose_is_valid_by_the_specification() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_dockerfile_is_clean_by_hadolint() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([linter, DOCKER / "Dockerfile"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_this_machine_reaches_it(compose: dict[str, Any]) -> None:
    assert sorted(compose["services"]) == SERVICES
    ports = {name: service.get("ports", []) for name, service in compose["services"].items()}
    assert ports == {"neo4j": ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687"], "job": [], "schedule": []}


def test_no_password_stands_in_the_files(compose: dict[str, Any]) -> None:
    given = {
        (name, variable): str(value)
        for name, service in compose["services"].items()
        for variable, value in service["environment"].items()
        if re.search("PASSWORD|AUTH|SECRET|TOKEN", variable)
    }
    assert set(given) == {("neo4j", "NEO4J_AUTH"), ("job", "NEO4J_PASSWORD"), ("schedule", "NEO4J_PASSWORD")}
    wanted = r"(neo4j/)?\$\{NEO4J_PASSWORD:\?[^}]+\}"  # from .env, and compose stops where it is not there
    assert all(re.fullmatch(wanted, value) for value in given.values()), given
    assert "NEO4J_PASSWORD=\n" in (DOCKER / ".env.example").read_text("utf-8")
    assert "docker/.env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert "PASSWORD" not in DOCKERFILE


def test_every_setting_is_in_the_example() -> None:
    used = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text("utf-8")))
    example = re.findall(r"^(\w+)=", (DOCKER / ".env.example").read_text("utf-8"), re.MULTILINE)
    assert sorted(used) == sorted(example)


def test_neo4j_is_the_line_that_is_tested_with_gds_and_a_health_check(compose: dict[str, Any]) -> None:
    neo4j = compose["services"]["neo4j"]
    assert neo4j["image"] == f"neo4j:{LINES[DEFAULT_LINE].version}-community"
    assert neo4j["environment"]["NEO4J_PLUGINS"] == '["graph-data-science"]'
    assert "http://127.0.0.1:7474" in neo4j["healthcheck"]["test"][1]
    assert {volume.partition(":")[0] for volume in neo4j["volumes"]} == set(compose["volumes"])


@pytest.mark.parametrize("name", ["job", "schedule"])
def test_jobs_wait_for_it_and_have_no_rights(compose: dict[str, Any], name: str) -> None:
    job = compose["services"][name]
    assert job["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert job["user"] == "${CAMPAIGN_UID:-1000}:${CAMPAIGN_GID:-1000}"
    assert job["cap_drop"] == ["ALL"]
    assert job["volumes"][0].endswith(":/data:ro")
    assert job["profiles"] == [name]  # not by a plain `up`


def test_the_image_is_pinned_slim_and_not_root() -> None:
    assert all(re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+( AS build)?", base) for base in instructions("FROM"))
    assert instructions("USER")[-1] == "10001"
    useradd = next(run for run in instructions("RUN") if "useradd" in run)
    assert "--uid 10001" in useradd


def test_what_the_image_copies_is_there_and_let_through() -> None:
    let_through = (DOCKER / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    for copy in instructions("COPY"):
        flags = [word for word in copy.split() if word.startswith("--")]
        sources = copy.split()[len(flags) : -1]
        if any(flag.startswith("--from") for flag in flags):
            continue
        for source in sources:
            assert (ROOT / source).exists(), source
            assert f"!{source}" in let_through


def test_make_installs_by_the_script_of_the_image() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert makefile.count("sh docker/install.sh $(PYTHON) $(VENV)") == 2
    assert "pip install" not in makefile
    assert "sh docker/install.sh python3 /opt/campaign ." in instructions("RUN")


def test_the_install_script_makes_a_working_environment(tmp_path: Path) -> None:
    """Of a package without dependencies: what `make` does with the real one is done before any test runs."""
    package = tmp_path / "tiny"
    package.mkdir()
    (package / "tiny.py").write_text("ANSWER = 42\n")
    build = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
    (package / "pyproject.toml").write_text(f'{build}[project]\nname = "tiny"\nversion = "1"\n')
    script = ["sh", str(DOCKER / "install.sh"), sys.executable, str(tmp_path / "venv"), str(package)]
    for _ in range(2):  # a second time changes nothing
        subprocess.run(script, check=True, capture_output=True, timeout=300)
    said = subprocess.run(
        [tmp_path / "venv" / "bin" / "python", "-c", "import tiny; print(tiny.ANSWER)"], capture_output=True, text=True
    )
    assert said.stdout == "42\n"


@pytest.fixture
def job(corpus: Corpus, tmp_path: Path) -> dict[str, str]:
    """The environment of a job: data, a folder for reports, a store, and the command on the path."""
    (tmp_path / "data").mkdir()
    (tmp_path / "reports").mkdir()
    shutil.copy(corpus.posts, tmp_path / "data")
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "CAMPAIGN_STORE": str(corpus.copy(tmp_path)),
        "CAMPAIGN_DATA": str(tmp_path / "data"),
        "CAMPAIGN_REPORTS": str(tmp_path / "reports"),
        "DETECT": "--layer hashtag --placebos 0",
    }


def test_a_job_loads_detects_and_writes_a_dated_report_and_the_latest(job: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(["sh", DOCKER / "detect.sh"], env=job, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    reports = {path.name: path for path in (tmp_path / "reports").iterdir()}
    dated = sorted(name for name in reports if re.fullmatch(r"\d{4}-\d\d-\d\dT\d{6}Z\.(html|json)", name))
    assert [name.rpartition(".")[2] for name in dated] == ["html", "json"]
    assert reports["latest.html"].read_bytes() == reports[dated[0]].read_bytes()
    assert set(reports) == {*dated, "latest.html", "latest.json"}


def test_the_schedule_loads_and_writes_a_report_on_what_rises(job: dict[str, str], tmp_path: Path) -> None:
    job |= {"REPORT": "--since 2024-03-20T20:00 --until 2024-03-21 --placebos 0"}
    done = subprocess.run(["sh", DOCKER / "report.sh"], env=job, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    written = tmp_path / "reports" / "trending"
    assert (written / "latest").readlink() == Path("2024-03-21")
    assert (written / "latest" / "index.html").exists()


def test_the_schedule_runs_the_reports_and_the_job_detects(compose: dict[str, Any]) -> None:
    commands = {name: compose["services"][name]["command"] for name in ("job", "schedule")}
    assert commands == {"job": ["detect.sh"], "schedule": ["report.sh"]}


def test_a_scheduled_job_goes_on_after_a_failure_and_ends_when_told(job: dict[str, str], tmp_path: Path) -> None:
    job |= {"EVERY": "1", "CAMPAIGN_DATA": str(tmp_path / "nothing")}
    process = subprocess.Popen(["sh", DOCKER / "report.sh"], env=job, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    assert process.stderr is not None
    said = ""
    while said.count("trying again in 1 s") < 2:
        line = process.stderr.readline()
        assert line, said
        said += line
    assert "nothing: no such file or folder" in said
    process.terminate()
    assert process.wait(60) == 0, said
    assert not list((tmp_path / "reports").iterdir())  # nothing is detected where loading failed
    process.stderr.close()
