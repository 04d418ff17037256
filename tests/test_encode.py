"""Encoding events: the same whatever type the names have, and whichever way the rows are sorted."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from campaign_analysis import rows as module
from campaign_analysis.events import Events, encode, fingerprint

MILLENNIUM = 1000 * 365 * 86_400_000  # ms


def frame(step: int, rows: int = 500) -> pl.DataFrame:
    """Rows over many centuries, some of them twice, at multiples of `step` ms."""
    rng = np.random.default_rng(5)
    rows_of = pl.DataFrame({
        "account": [f"a{i}" for i in rng.integers(0, 40, rows)],
        "object": [f"o{i}" for i in rng.integers(0, 30, rows)],
        "time": -MILLENNIUM + rng.integers(0, 2 * MILLENNIUM // step, rows) * step,
    })  # fmt: skip
    return pl.concat([rows_of, rows_of.head(50)])


def rows(events: Events) -> list[tuple[str, str, int]]:
    accounts, objects = events.accounts.gather(events.account), events.objects.gather(events.object)
    return list(zip(objects.to_list(), events.time.tolist(), accounts.to_list(), strict=True))


@pytest.mark.parametrize("step", [1000, 7])
@pytest.mark.parametrize("most", [1 << 63, 1 << 50, 1 << 10])  # keys of ms fit; only those of seconds; none
def test_rows_are_sorted_once_each_whatever_fits_into_a_key(
    step: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = frame(step)
    monkeypatch.setattr(module, "fits", lambda *sizes: np.prod([float(s) for s in sizes]) < most)
    assert rows(encode(data)) == sorted({(o, t, a) for a, o, t in data.iter_rows()})


def test_categorical_names_give_the_same_events() -> None:
    data = frame(1000)
    both = pl.Categorical()
    other = encode(data.with_columns(pl.col("account", "object").cast(both)))
    assert rows(other) == rows(encode(data))
    assert fingerprint(other) == fingerprint(encode(data))
    assert other.accounts.dtype == pl.String
