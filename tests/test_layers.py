"""Three accounts in step in one layer are found in that layer, from a loaded file to the report, in both stores."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from campaign_analysis.layers import every
from campaign_analysis.sessions import Scale
from campaign_cypher import queries
from campaign_cypher.store import Store
from campaign_loader import load
from layer_worlds import ACTIONS, ACTS, BESIDES, RING, write, write_fans

from campaign.evidence import Evidence
from campaign.failures import NotFoundError
from campaign.pipeline import detect
from campaign.reporting.page import render
from campaign.request import Request
from campaign.writing import report_data

IDS = [f"other:{who}" for who in RING]


@pytest.mark.parametrize("layer", sorted(every()))
def test_a_ring_in_one_layer_is_found_there_and_shown_with_its_posts(
    any_store: Store, tmp_path: Path, layer: str
) -> None:
    assert layer in ACTS, f"tests/layer_worlds.py has no world for the layer {layer}"
    write(layer, tmp_path / "posts.csv")
    load([str(tmp_path / "posts.csv")], any_store)
    found = detect(any_store, Request())

    (campaign,) = found.groups
    proves = every()[layer].proves
    assert campaign.claim == ("campaign" if proves else "gathering")
    assert {m.id for m in campaign.accounts if m.role == "core" or not proves} == set(IDS)
    assert layer in {e.layer for e in campaign.layers} <= {layer, *BESIDES.get(layer, ())}

    edges = found.edges.filter(layer=layer, claim="in step" if proves else "together")
    assert set(edges.select("a", "b").rows()) == set(combinations(IDS, 2))
    evidence = Evidence(any_store, IDS, Request())
    for edge in edges.to_dicts():
        shown = evidence.episodes(edge)
        assert shown.height == edge["n"] == ACTIONS  # the posts shown are the acts that were counted
        assert shown["object"].n_unique() == ACTIONS
        for side in "ab":
            assert written_by(any_store, edge[side]) >= set(shown[f"{side}_post"])
            assert shown[f"{side}_text"].null_count() == 0

    page = render(report_data(any_store, found, Request()))
    assert every()[layer].both.capitalize() in page


def written_by(store: Store, account: str) -> set[str]:
    return set(store.read(queries.get("evidence/account_posts"), {"account": account})["post"])


@pytest.mark.parametrize("layer", [n for n in sorted(every()) if "source" in queries.get(f"events/{n}").columns])
def test_people_who_take_up_all_that_one_source_posts_are_a_gathering(
    embedded_store: Store, tmp_path: Path, layer: str
) -> None:
    write_fans(layer, tmp_path / "posts.csv")
    load([str(tmp_path / "posts.csv")], embedded_store)
    found = detect(embedded_store, Request(layers=(layer,)))
    assert [g.claim for g in found.groups] == ["gathering"]
    assert {m.id.rstrip("0123456789") for m in found.groups[0].accounts} == {"other:fan"}
    assert found.groups[0].size >= 35


def test_layers_in_which_nobody_acts_are_left_out(embedded_store: Store, tmp_path: Path) -> None:
    write("hashtag", tmp_path / "posts.csv")
    load([str(tmp_path / "posts.csv")], embedded_store)
    found = detect(embedded_store, Request())
    assert list(found.tested_pairs) == ["hashtag", "text"]
    assert set(found.run.parameters["layers"]) == {"hashtag", "text"}
    assert not any("image" in name or "quote" in name for name in found.run.counts)


@pytest.mark.parametrize("layers", [("image",), ("image", "hashtag")])
def test_a_layer_asked_for_in_which_nobody_acted_is_told(
    embedded_store: Store, tmp_path: Path, layers: tuple[str, ...]
) -> None:
    write("hashtag", tmp_path / "posts.csv")
    load([str(tmp_path / "posts.csv")], embedded_store)
    with pytest.raises(NotFoundError, match=r"nobody acted in layer image in .*: leave it out of --layer"):
        detect(embedded_store, Request(layers=layers))


@pytest.mark.parametrize(
    "request_", [Request(), Request(layers=("image",)), Request(hashtags=("tag",))], ids=["all", "layer", "hashtag"]
)
def test_a_store_without_posts_is_no_acquittal(embedded_store: Store, request_: Request) -> None:
    """Nothing found in nothing would reassure without a reason."""
    with pytest.raises(NotFoundError, match=r"has no posts: load some with `campaign load"):
        detect(embedded_store, request_)


@pytest.mark.parametrize("layer", every().values(), ids=lambda layer: layer.name)
def test_a_layer_says_what_it_is(layer) -> None:
    assert layer.meaning
    assert layer.both.startswith("both ")
    assert all(isinstance(s, Scale) for s in layer.scales)
    assert len(set(layer.scales)) == len(layer.scales)
    assert queries.get(f"events/{layer.name}").embedded is not None


@pytest.mark.parametrize("layer", every().values(), ids=lambda layer: layer.name)
def test_the_method_lists_every_layer_with_its_scales(layer) -> None:
    text = (Path(__file__).resolve().parents[1] / "docs" / "method.md").read_text(encoding="utf-8")
    assert f"\n| `{layer.name}` | " in text.partition("## 2.")[0]
    (row,) = [
        row for row in text.partition("## 5.")[2].splitlines() if row.startswith("| ") and f"`{layer.name}`" in row
    ]
    assert row.endswith(f"| {', '.join(f'{s.window}/{s.block}' for s in layer.scales)} |")
