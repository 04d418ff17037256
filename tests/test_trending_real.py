"""A week of really pushed hashtags in an invented crowd: they are named on their days, and no organic spike is."""

from __future__ import annotations

import csv
import importlib.util
import io
from pathlib import Path

import polars as pl
import pytest
from command import campaign, told

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def mixed(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """A store of the mix, and the hashtags of the organic spikes, casefolded. Smaller than benchmarks/mix_week.py's."""
    spec = importlib.util.spec_from_file_location("mix_week", ROOT / "benchmarks" / "mix_week.py")
    assert spec and spec.loader
    mix = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(mix)
    folder = tmp_path_factory.mktemp("mixed")
    posts, truth = mix.mixed(
        pl.read_parquet(shared_data / "data/ira/ira_2015-11-17_2015-12-31.parquet"), 30_000, 4000, seed=5
    )  # of the first five seeds the one that has something organic on both days
    posts.write_parquet(folder / "posts.parquet")
    told("load", folder / "posts.parquet", "--store", folder / "mixed.lbug", "--quiet")
    return folder / "mixed.lbug", {tag.casefold() for tag in truth["tag"]}


@pytest.mark.parametrize(
    ("tag", "since", "until"),
    [("kochfarms", "2015-11-26T18:00", "2015-11-27T17:59"), ("prayers4california", "2015-12-03", "2015-12-03")],
)
def test_pushed_on_its_day(mixed: tuple[Path, set[str]], tmp_path: Path, tag: str, since: str, until: str) -> None:
    store, organic = mixed
    done = campaign(
        *("report", "trending", "--since", since, "--until", until, "--format", "csv", "--placebos", 0),
        *("--store", store, "--out", tmp_path, "--quiet"),
    )
    assert done.code == 0, done.err
    words = {row["hashtag"]: row["word"] for row in csv.DictReader(io.StringIO(done.out))}
    assert words[tag] == "pushed"
    assert words.keys() & organic  # there is one to be wrong about
    assert {words[other] for other in words.keys() & organic} == {"organic"}
