"""`campaign demo` end to end."""

from __future__ import annotations

from pathlib import Path

from campaign_cypher import StoreTarget, connect
from typer.testing import CliRunner

from campaign.cli import app


def test_the_corpus_is_in_the_store_and_a_second_demo_replaces_it(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        result = CliRunner().invoke(app, ["demo", "--out", str(tmp_path), "--seed", seed])
        assert result.exit_code == 0, result.output
    store = connect(StoreTarget(str(tmp_path / "demo.lbug"), read_only=True))
    try:
        counts = store.counts()
    finally:
        store.close()
    assert counts["Post"] == counts["POSTED"] == 30_000
    assert counts["RETWEETS"] > 2_000
    assert (tmp_path / "truth.csv").exists()
