"""Work side by side over the cores: in order, ended by the first error, also inside work that is itself in parts."""

from __future__ import annotations

from threading import Event

import pytest
from campaign_analysis.parallel import StoppedError, in_parts, side_by_side


def test_results_come_in_the_order_of_the_items() -> None:
    first_may_end = Event()

    def work(item: int) -> int:
        if item == 0:
            assert first_may_end.wait(10)
        else:
            first_may_end.set()
        return item * item

    assert side_by_side(work, range(2), threads=2) == [0, 1]
    assert side_by_side(work, range(1, 6), threads=1) == [1, 4, 9, 16, 25]


def test_the_first_error_ends_what_runs_beside_it_between_two_parts() -> None:
    begun, ended = Event(), []

    def part(share: tuple[int, int]) -> int:
        begun.set()
        return share[0]

    def work(item: str) -> None:
        if item == "fails":
            assert begun.wait(10)
            raise ValueError(item)
        try:
            while True:  # would never end by itself
                list(in_parts(part, [(0, 1), (1, 2)]))
        except StoppedError:
            ended.append(item)
            raise

    with pytest.raises(ValueError, match="fails"):
        side_by_side(work, ["runs on", "fails"], threads=2)
    assert ended == ["runs on"]


def test_what_is_stopped_does_not_stop_work_that_comes_after() -> None:
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda n: 1 // n, [0, 1], threads=2)
    assert sorted(in_parts(lambda share: share[0], [(3, 4), (5, 6)])) == [3, 5]
