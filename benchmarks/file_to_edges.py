"""From a file of events to edges, as the table of speed runs it: python benchmarks/file_to_edges.py FILE PART.

PART: `one` (60 s in 1800 s), `all` (the hashtag layer's scales), `count` (pairs of rows within 60 s, nothing else).
FILE: the toolkit's CSV (user_id, repost_id, timestamp in s), or Parquet (account_id, object_id, timestamp_share in s).
Prints a number: edges, or pairs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from campaign_analysis.events import SECOND, encode
from campaign_analysis.row_pairs import count_row_pairs

WINDOW = 60
BLOCK = 4 << 20  # bytes
NAMES = {"user_id": pl.Categorical, "repost_id": pl.Categorical}


def events_of(file: str, lean: bool) -> pl.DataFrame:
    """The events of a file: account, object, time in ms; `lean`: in less memory and more time."""
    if file.endswith(".csv"):
        return pl.concat(_blocks(file)) if lean else _renamed(pl.read_csv(file, columns=[*NAMES, "timestamp"]))
    columns = pl.read_parquet(file, columns=["account_id", "object_id", "timestamp_share"])
    return columns.select(account="account_id", object="object_id", time=pl.col("timestamp_share") * SECOND)


def _renamed(columns: pl.DataFrame) -> pl.DataFrame:
    return columns.select(account="user_id", object="repost_id", time=pl.col("timestamp") * SECOND)


def _blocks(file: str) -> Iterator[pl.DataFrame]:
    """A CSV's events, some megabytes of the file at a time: neither the file nor its names are ever in memory whole."""
    with Path(file).open("rb") as lines:
        head = lines.readline()
        while block := lines.read(BLOCK):
            whole = head + block + lines.readline()
            yield _renamed(pl.read_csv(whole, columns=[*NAMES, "timestamp"], schema_overrides=NAMES))


def main(file: str, part: str) -> int:
    """The number of edges under both claims, or of pairs of rows."""
    if part == "count":  # rows, whatever posts they are of
        return count_row_pairs(encode(events_of(file, lean=True), one_object=True), WINDOW * SECOND)
    events = encode(events_of(file, lean=False))  # of which alone the rest is made
    from campaign_analysis.edges import find_edges  # what counting does not need is not in memory either
    from campaign_analysis.layers import named
    from campaign_analysis.sessions import Scale

    scales = named(["hashtag"])[0].scales if part == "all" else (Scale(WINDOW, 1800),)
    return find_edges("hashtag", events, scales, fdr=0.01).edges.height


if __name__ == "__main__":
    print(main(sys.argv[1], sys.argv[2]))
