"""`campaign followers audit` from a file to a page, and the page in headless Chromium.

`CAMPAIGN_SCREENSHOT=docs/followers.png pytest tests/test_followers_page.py` renews the picture of docs/followers.md.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import polars as pl
import pytest
from browser_page import browser_page, chromium
from campaign_analysis.simulation.audiences import Audience, simulate_audience
from command import campaign, refused, told

DRAWN = """id => {
  const plot = document.getElementById(id);
  return {traces: plot._fullData.map((t) => [t.type, t.name, t.x.length]),
    canvases: Array.from(plot.querySelectorAll("canvas")).filter((c) => c.width > 0).length};
}"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a customer's followers, those of an account that bought nothing, and a list without order."""
    folder = tmp_path_factory.mktemp("followers")
    customer = simulate_audience(11, Audience(followers=20_000), bought=0.3, kinds=("aged", "aged", "fresh"))
    organic = simulate_audience(4, Audience(followers=4_000))
    lists = {"@customer": customer, "@<b>organic</b>": organic, "@few": organic.head(10)}
    frames = [
        frame.select(
            account=pl.lit(name),
            follower=pl.lit(f"{name[1]}-") + pl.col("follower"),
            rank="rank",
            created_at="created_at",
        )
        for name, frame in lists.items()
    ]
    pl.concat(frames).write_csv(folder / "followers.csv")
    told("load", folder / "followers.csv", "--store", folder / "s.lbug", "--platform", "sim", "-q")
    return folder / "s.lbug"


def test_the_audit_as_data_and_in_words(store: Path) -> None:
    rows = json.loads(told("followers", "audit", "customer", "--json", "--store", store))
    (customer,) = rows
    assert (customer["account"], customer["listed"], len(customer["lots"])) == ("sim:@customer", 28_571, 7)
    assert customer["share_low"] < 0.3 < customer["share_high"]
    assert "f1" not in json.dumps(rows)  # nobody is named
    done = campaign("followers", "audit", "@customer", "--store", store, "--format", "csv")
    assert done.out.count("\n") == 8
    assert "7 lots" in done.err and "30% of its 28,571 followers" in done.err and "of a single follower" in done.err
    few = campaign("followers", "audit", "few", "--store", store)
    assert few.code == 0 and "10 with dates are too few" in few.err


def test_what_is_asked_wrongly_is_said_in_one_line(store: Path, tmp_path: Path) -> None:
    assert "did you mean customer" in refused("followers", "audit", "custmer", "--store", store).err
    assert ".html" in refused("followers", "audit", "customer", "--store", store, "--out", tmp_path / "a.pdf").err


def test_the_page_is_written_whole_into_a_folder_that_is_made_or_not_at_all(store: Path, tmp_path: Path) -> None:
    told("followers", "audit", "few", "--store", store, "--out", tmp_path / "new" / "a.html")
    assert (tmp_path / "new" / "a.html").read_text("utf-8").rstrip().endswith("</html>")
    (tmp_path / "full.html.part").symlink_to("/dev/full")
    done = campaign("followers", "audit", "few", "--store", store, "--out", tmp_path / "full.html")
    assert done.code == 2 and "full.html cannot be written: No space left" in done.err
    assert not (tmp_path / "full.html").exists()


def test_the_page_is_drawn_in_a_browser(store: Path, tmp_path: Path) -> None:
    program = chromium()
    if program is None:
        pytest.skip("wants a Chromium: apt-get install chromium, or another way to have one in PATH")
    page, again = tmp_path / "a.html", tmp_path / "b.html"
    for file in (page, again):
        told("followers", "audit", "customer", "--compare", "<b>organic</b>", "--store", store, "--out", file)
    assert page.read_bytes() == again.read_bytes()
    with browser_page(program) as browser:
        tab, errors = browser.page, []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.set_viewport_size({"width": 1180, "height": 900})
        tab.goto(page.as_uri())
        tab.wait_for_selector("html[data-ready]")
        for id in ("followers-1", "followers-2", "overlaid"):
            tab.locator(f"#{id}").scroll_into_view_if_needed()
            tab.wait_for_selector(f"#{id} .main-svg")
        customer, both = (tab.evaluate(DRAWN, id) for id in ("followers-1", "overlaid"))
        assert tab.locator("bdi b").count() == 0  # a name is text
        assert tab.locator("#account-1 tbody tr").count() == 7
        if picture := os.environ.get("CAMPAIGN_SCREENSHOT"):
            tab.wait_for_timeout(2000)
            tab.locator("#account-1 figure").screenshot(path=picture)
    assert errors == []
    assert customer["traces"][1][:2] == ["scattergl", "in lots"]
    assert sum(size for _, _, size in customer["traces"]) == 28_571
    assert [size for _, _, size in both["traces"]] == [28_571, 4_000]
    assert customer["canvases"] > 0


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the lists of a simulated market, and the reactions to one account's posts."""
    folder = tmp_path_factory.mktemp("market")
    for kind, share in (("market", ()), ("reactions", ("--bought", 0.2))):
        told("simulate", "--out", folder / kind, "--audience", kind, *share)
    files = (folder / "market" / "followers.csv", folder / "reactions" / "posts.csv")
    told("load", *files, "--store", folder / "s.lbug", "--platform", "sim", "-q")
    return folder


def test_sellers_from_files_to_a_table(market: Path) -> None:
    rows = json.loads(told("followers", "sellers", "--json", "--store", market / "s.lbug"))
    bought = pl.read_csv(market / "market" / "truth.csv").filter(seller=0)
    assert {row["customer"] for row in rows} == set(bought["account"])
    assert all(800 < row["followers"] <= 1_000 and row["lots"] == 1 for row in rows)
    done = campaign("followers", "sellers", "@a0", "@a1", "--store", market / "s.lbug", "--format", "csv")
    assert done.code == 0 and "2 accounts with" in done.err


def test_engagement_from_files_to_a_table(market: Path) -> None:
    done = campaign("followers", "engagement", "star", "--json", "--store", market / "s.lbug")
    told_posts = {row["post"].removeprefix("sim:") for row in json.loads(done.out)}
    bought = set(pl.read_csv(market / "reactions" / "truth.csv")["post"])
    assert told_posts and told_posts <= bought
    assert "Crowd 1:" in done.err and "convicts no account" in done.err
    quiet = campaign("followers", "engagement", "@a0", "--store", market / "s.lbug")
    assert quiet.code == 0 and "nothing can be concluded" in quiet.err
