"""Detection from frames to groups: the same answer for the same data, in whatever order and under whatever names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from campaign_analysis import layers
from campaign_analysis.detect import Found, LayerInput, detect
from campaign_analysis.errors import AnalysisError
from campaign_analysis.layers import every, named
from campaign_analysis.results import EDGE_SCHEMA
from campaign_analysis.sessions import Scale
from campaign_analysis.simulation import simulate
from campaign_analysis.simulation.events import inputs_of
from worlds import SETTING

from campaign.options import layer_names

RENAMED = pl.col("account").str.reverse() + "-new"


@pytest.fixture(scope="module")
def inputs() -> list[LayerInput]:
    worlds: dict[str, dict[str, Any]] = {"rings": {"rings": 2, "size": 15}, "fandom": {"stars": 1, "minutes": (1, 15)}}
    posts, _ = simulate({"crowd": {"posts": 8000}, **worlds}, 1, setting=SETTING)
    return inputs_of(posts)


@pytest.fixture(scope="module")
def found(inputs: list[LayerInput]) -> Found:
    result = detect(inputs)
    assert {g.claim for g in result.groups} == {"campaign", "gathering"}
    return result


def shape(result: Found) -> set[tuple[Any, ...]]:
    """Each group's claim and members with their roles."""
    return {(g.claim, frozenset((m.id, m.role) for m in g.accounts)) for g in result.groups}


def test_the_same_data_gives_the_same_answer(inputs: list[LayerInput], found: Found) -> None:
    again = detect(inputs)
    assert again.groups == found.groups
    assert again.edges.equals(found.edges)
    assert again.fingerprints == found.fingerprints


@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_events_changes_no_byte(inputs: list[LayerInput], found: Found, seed: int) -> None:
    shuffled = [replace(i, events=i.events.sample(fraction=1, shuffle=True, seed=seed)) for i in inputs]
    again = detect(shuffled)
    assert again.groups == found.groups
    assert again.edges.equals(found.edges)
    assert again.fingerprints == found.fingerprints


def test_renamed_accounts_are_found_under_their_new_names(inputs: list[LayerInput], found: Found) -> None:
    def rename(name: str) -> str:
        return name[::-1] + "-new"

    renamed = [
        replace(
            i,
            events=i.events.with_columns(account=RENAMED),
            population=None if i.population is None else i.population.str.reverse() + "-new",
        )
        for i in inputs
    ]
    again = detect(renamed)
    assert shape(again) == {(claim, frozenset((rename(i), role) for i, role in ids)) for claim, ids in shape(found)}
    numbers = {
        (frozenset((rename(a), rename(b))), layer, claim): rest
        for a, b, layer, claim, *rest in found.edges.select(EDGE_SCHEMA.keys()).iter_rows()
    }
    # The sample of pairs that says what chance brings is another one: edges at the very limit may come or go.
    assert len(numbers) == pytest.approx(again.edges.height, rel=0.01)
    for a, b, layer, claim, *rest in again.edges.filter(pl.col("q") < 0.005).iter_rows():
        *others, q = numbers[frozenset((a, b)), layer, claim]
        assert rest[:-1] == pytest.approx(others, rel=1e-9)
        assert rest[-1] == pytest.approx(q, rel=0.3)


def test_shifting_all_times_by_whole_days_changes_nothing(inputs: list[LayerInput], found: Found) -> None:
    day = 86_400_000
    moved = [replace(i, events=i.events.with_columns(pl.col("time") + 40 * day)) for i in inputs]
    again = detect(moved)
    assert again.edges.equals(found.edges)
    assert again.groups == found.groups
    assert again.fingerprints != found.fingerprints


def test_a_layer_is_told_from_another(inputs: list[LayerInput], found: Found) -> None:
    assert list(found.tested_pairs) == list(found.fingerprints) == [i.name for i in inputs]
    assert set(found.edges["layer"]) <= set(found.tested_pairs)
    for layer in inputs:
        accounts = (layer.events["account"] if layer.population is None else layer.population).n_unique()
        assert found.tested_pairs[layer.name] == accounts * (accounts - 1) // 2
    alone = detect([i for i in inputs if i.name in ("hashtag", "url")])  # links take what others posted too
    numbers = [name for name in EDGE_SCHEMA if name != "q"]  # which is that of all layers, too
    hashtags = found.edges.filter(layer="hashtag").select(numbers)
    assert hashtags.height > 100
    assert hashtags.join(alone.edges.select(numbers), on=numbers, how="anti").is_empty()


def test_chosen_accounts_only_are_in_the_answer(inputs: list[LayerInput], found: Found) -> None:
    campaign = next(g for g in found.groups if g.claim == "campaign")
    chosen = pl.Series([m.id for m in campaign.accounts] + ["nobody"])
    among = detect(inputs, chosen)
    assert {m.id for g in among.groups for m in g.accounts} <= set(chosen)
    assert {m.id for m in campaign.accounts if m.role == "core"} <= {m.id for g in among.groups for m in g.accounts}
    assert max(among.tested_pairs.values()) <= campaign.size * (campaign.size - 1) // 2


@pytest.mark.parametrize("tick", [60, 300])
def test_a_coarse_clock_is_noted_once(inputs: list[LayerInput], found: Found, tick: int) -> None:
    assert found.notes == ()
    ms = tick * 1000
    coarse = [replace(i, events=i.events.with_columns(pl.col("time") // ms * ms)) for i in inputs]
    (note,) = detect(coarse).notes
    assert f"multiples of {tick} s" in note


def test_no_layers_and_empty_layers() -> None:
    nothing = detect([])
    assert (nothing.groups, nothing.tested_pairs, nothing.edges.height) == ((), {}, 0)
    events = pl.DataFrame(schema={"account": pl.String, "object": pl.String, "time": pl.Int64})
    empty = detect([LayerInput("hashtag", events, (Scale(60, 1800),))])
    assert (empty.groups, empty.tested_pairs, empty.edges.height, empty.notes) == ((), {"hashtag": 0}, 0, ())


def test_layers_are_found_by_themselves_and_unknown_ones_are_named() -> None:
    files = {path.stem for path in Path(layers.__file__).parent.glob("[!_]*.py")}
    assert [layer.name for layer in named(None)] == sorted(files) == layer_names()
    assert files >= {"hashtag", "retweet", "text"}
    assert [layer.name for layer in named(["text", "text", "hashtag"])] == ["text", "hashtag"]
    with pytest.raises(AnalysisError, match="no layer is called 'likes': there are domain, hashtag, "):
        named(["likes"])
    for layer in every().values():
        assert all(s.block >= 2 * s.window for s in layer.scales)
