"""What the commands about accounts print: rows of what was seen on stdout, the signal's answer in words on stderr."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import polars as pl
from campaign_analysis.panel import panel
from campaign_analysis.signal_results import SignalResult
from campaign_analysis.signals import named

from campaign import output
from campaign.options import Format
from campaign.reporting.json_signals import signals_to_list
from campaign.settings import open_store
from campaign.signal_words import HOW_TO_READ, NO_VERDICT, lines, meaning
from campaign.signals import asked
from campaign.whom import check, whom

ROWS: dict[str, Any] = {
    "signal": pl.String,
    "seen": pl.String,
    "accounts": pl.Int64,
    "first": pl.Datetime("us", "UTC"),
    "last": pl.Datetime("us", "UTC"),
    "p": pl.Float64,
}


def answer(
    signals: Sequence[str],
    group: str | None,
    hashtag: str | None,
    list_: Path | None,
    format: Format,
    store: str | None,
    password_file: Path | None,
    database: str | None,
) -> None:
    """Ask signals about the accounts that are meant and print what they say."""
    check(group, hashtag, list_)
    chosen = [named(name) for name in signals]
    frames = {frame.name: frame for signal in chosen for frame in signal.needs}.values()
    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        meant = whom(graph, group, hashtag, list_)
        results = panel(asked(graph, meant.accounts, meant.others, frames, meant.since, meant.until), chosen)
    if format is Format.json:
        output.put_json(signals_to_list(results))
    else:
        output.show(rows(results), format)
    said = [f"{meant.called}: {len(meant.accounts):,} accounts, held against {len(meant.others):,} others"]
    for result in results:
        said += [lines(result)[0], *(f"Note: {note}." for note in result.notes), meaning(result)]
    output.remark([*said, f"{HOW_TO_READ} {NO_VERDICT}"])


def rows(results: Sequence[SignalResult]) -> pl.DataFrame:
    """A row for each thing that was seen."""
    return pl.DataFrame(
        [(r.signal, s.what, len(s.accounts), s.first, s.last, s.p) for r in results for s in r.seen], ROWS, orient="row"
    )
