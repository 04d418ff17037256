"""The report in a real Chromium: it draws, answers clicks and keys, asks the network for nothing, and axe has no fault.

`CAMPAIGN_SCREENSHOT=DIR pytest tests/test_report_browser.py -k pictures` leaves pictures of the example there.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import polars as pl
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_page import PATIENCE, chromium, headless
from playwright.sync_api import Browser, Locator, Page
from report_example import BURST, CORE, RING, START, detection, handle, posts, profiles, report_data, samples

from campaign.reporting.page import render

HOSTILE = '</script><img src=x onerror="document.title=1">\u202e=1+1'
MINUTE = 60_000
GROUPS = 2


@dataclass
class Report:
    """A tab with a report in it, and what it complained about or asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, file: Path, anchor: str = "") -> None:
        """Load the page and wait until its script has done what it does by itself."""
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri() + anchor)
        self.page.wait_for_selector("html[data-ready]", state="attached")

    def draw_all(self) -> None:
        """Open all groups and go along the page, so that every chart is drawn."""
        self.page.evaluate("document.querySelectorAll('details.whole').forEach((part) => { part.open = true; })")
        for place in self.page.locator(".plot").all():
            place.scroll_into_view_if_needed()
            place.locator(".main-svg").first.wait_for(state="attached")

    def range(self) -> list[float]:
        """The stretch of time that the timeline shows (epoch ms)."""
        found: list[float] = self.page.evaluate(TIMELINE_RANGE)
        return found

    def saved(self, press: Callable[[], None]) -> tuple[str, list[dict[str, str]]]:
        """What a button saves: the file's name, and its rows."""
        with self.page.expect_download() as download:
            press()
        text = Path(download.value.path()).read_text(encoding="utf-8-sig")
        return download.value.suggested_filename, list(csv.DictReader(io.StringIO(text)))


TIMELINE_RANGE = """() => document.querySelector("#timeline").layout.xaxis.range
  .map((x) => typeof x === "number" ? x : Date.parse(x.replace(" ", "T") + "Z"))"""
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip("wants a Chromium: apt-get install chromium, or another way to have one in PATH")
    with headless(program) as started:
        yield started


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("report") / "report.html"
    made.write_text(render(report_data()), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Callable[..., Report]]:
    opened = []

    def new(scheme: Scheme = "light", width: int = 1280, height: int = 900, **more: Any) -> Report:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **more)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return Report(context.new_page())

    yield new
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def report(tab: Callable[..., Report], file: Path) -> Report:
    """The example, drawn; tests leave it as they found it."""
    made = tab()
    made.open(file)
    made.draw_all()
    return made


def table(report: Report, caption: str) -> Locator:
    return report.page.locator("table", has=report.page.locator("caption", has_text=re.compile(f"^{caption}")))


def first_cells(within: Locator) -> list[str]:
    return [text.strip() for text in within.locator("tbody tr th").all_inner_texts()]


def test_everything_is_drawn_without_a_complaint_and_nothing_is_asked_of_the_network(
    report: Report, file: Path
) -> None:
    drawn = {place.get_attribute("id") for place in report.page.locator(".plot:has(.main-svg)").all()}
    groups = {f"{name}-{n}" for name in ("moments", "first", "network") for n in range(1, GROUPS + 1)}
    assert drawn == {"timeline", "overview", "raster", *groups}
    assert report.complaints == []
    assert report.asked == [file.as_uri()]
    assert report.page.evaluate("performance.getEntriesByType('resource').length") == 0


def test_a_click_on_an_account_shows_its_posts_and_escape_leads_back(report: Report) -> None:
    account = CORE[0]
    name = table(report, "Accounts of Campaign 1").get_by_role("button", name=f"@{handle(account)}", exact=True)
    name.focus()
    report.page.keyboard.press("Enter")
    dialog = report.page.get_by_role("dialog")
    assert dialog.locator("h2").inner_text() == f"@{handle(account)}"
    mine = posts().filter(pl.col("account") == account).sort("created_at", "post")
    assert dialog.locator("tbody .key").all_inner_texts() == mine["post"].to_list()
    assert dialog.locator("tbody .post").first.inner_text() == mine["text"][0]
    report.page.keyboard.press("Escape")
    assert report.page.get_by_role("dialog").count() == 0
    assert name.evaluate("(button) => button === document.activeElement")


@pytest.mark.parametrize("chart", ["moments-1", "network-1", "first-1"])
def test_a_click_on_a_dot_shows_its_account_s_posts(report: Report, chart: str) -> None:
    place = report.page.locator(f"#{chart}")
    place.scroll_into_view_if_needed()
    dots = place.locator("path.point")
    colour = "rgb(209, 73, 12)"
    own = dots.evaluate_all(
        f"""(found) => found.filter((dot) => getComputedStyle(dot).fill === "{colour}")
          .map((dot) => dot.getBoundingClientRect()).filter((box) => box.y > 0 && box.bottom < innerHeight)
          .map((box) => [box.x + box.width / 2, box.y + box.height / 2])"""
    )
    assert own
    report.page.mouse.click(*own[0])
    title = report.page.get_by_role("dialog").locator("h2").inner_text()
    assert title in {f"@{handle(account)}" for account in RING}
    report.page.keyboard.press("Escape")


def test_a_coloured_dot_of_the_raster_is_known_by_its_row(report: Report) -> None:
    emit = """() => {
      const place = document.querySelector("#raster"), trace = place.data.find((t) => t.name === "Campaign 1");
      place.emit("plotly_click", { points: [{ data: trace, pointNumber: 5, y: trace.y[5] }] });
      return trace.text[5];
    }"""
    label = report.page.evaluate(emit)
    assert report.page.get_by_role("dialog").locator("h2").inner_text() == label
    report.page.keyboard.press("Escape")


def test_a_filter_keeps_the_rows_with_all_words(report: Report) -> None:
    accounts = table(report, "Accounts of Campaign 1")
    part = accounts.locator("xpath=ancestor::div[contains(@class, 'scroll')]/preceding-sibling::div[1]")
    assert accounts.locator("tbody tr").count() == len(RING)
    part.get_by_label("Filter").fill("core STEP")
    assert accounts.locator("tbody tr").count() == len(CORE)
    assert part.locator("output").inner_text() == f"{len(CORE)} of {len(RING)} rows"
    part.get_by_label("Filter").fill("nobody at all")
    assert accounts.locator("tbody tr").count() == 0
    part.get_by_label("Filter").fill("")
    assert accounts.locator("tbody tr").count() == len(RING)


def test_a_click_on_a_head_sorts_and_a_second_one_turns_the_order(report: Report) -> None:
    accounts = table(report, "Accounts of Campaign 1")
    head = accounts.locator("thead th", has_text="Created")
    made = sorted(int(a[2:]) % 700 for a in RING)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    days = accounts.locator("tbody tr td:nth-child(3)").evaluate_all(
        "(cells) => cells.map((cell) => cell.dataset.order)"
    )
    assert days == sorted(days) and len(set(days)) == len(set(made))
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    turned = accounts.locator("tbody tr td:nth-child(3)").evaluate_all("(cells) => cells.map((c) => c.dataset.order)")
    assert turned == sorted(days, reverse=True)


def test_accounts_are_saved_as_csv_as_they_are_filtered(report: Report) -> None:
    accounts = table(report, "Accounts of Campaign 1")
    part = accounts.locator("xpath=ancestor::div[contains(@class, 'scroll')]/preceding-sibling::div[1]")
    part.get_by_label("Filter").fill("core")
    name, rows = report.saved(part.get_by_role("button", name="Save as CSV").click)
    assert name == "accounts-run-4f1d_2.csv"
    assert {row["account"] for row in rows} == set(CORE)
    row = next(row for row in rows if row["account"] == CORE[0])
    assert row["label"] == f"'@{handle(CORE[0])}"  # a spreadsheet would take it for a formula
    assert (row["name"], row["Followers"], row["Role"]) == (f"Name of {handle(CORE[0])}", "1234", "core, in step")
    part.get_by_label("Filter").fill("")


def test_a_group_s_posts_are_listed_found_and_saved_whole(report: Report) -> None:
    report.page.locator("#group-1 details.posts summary").click()
    part = report.page.locator("#group-1 details.posts")
    mine = posts().filter(pl.col("account").is_in(RING))
    part.locator("tbody tr").first.wait_for()
    assert part.locator("tbody tr").count() == 100  # more are shown by a click
    part.get_by_role("button", name="Show more rows").click()
    assert part.locator("tbody tr").count() == mine.height
    name, rows = report.saved(part.get_by_role("button", name="Save as CSV").click)
    assert name == "posts-run-4f1d_2.csv"
    assert [row["post"] for row in rows] == mine.sort("created_at", "post")["post"].to_list()
    assert {row["text"] for row in rows} == set(mine["text"])
    part.get_by_label("Filter").fill(f"{handle(RING[3])} #votenow")
    expected = mine.filter(pl.col("account") == RING[3]).height
    assert part.locator("tbody tr").count() == expected > 0


def test_the_buttons_zoom_and_count_anew(report: Report) -> None:
    page = report.page
    controls = page.locator("#when .controls")
    seen = {}
    for name, minutes in (("Hour", 60), ("Day", 1440), ("Week", 7 * 1440)):
        controls.get_by_role("button", name=name).click()
        start, end = report.range()
        assert round((end - start) / MINUTE) == minutes
        assert controls.get_by_role("button", name=name).get_attribute("aria-pressed") == "true"
        shown = page.evaluate("document.querySelector('#timeline').data.map((t) => [t.width, t.x, t.y])")
        width = shown[0][0]
        assert (end - start) / width <= 240
        for _, xs, ys in shown:  # every bar is the posts of its step
            assert len(xs) == len(ys)
        bins = {x for _, xs, _ in shown for x in xs}
        at = posts()["created_at"].dt.epoch("ms")
        drawn = sum(sum(ys) for _, _, ys in shown)
        assert drawn == sum(int(((at >= x) & (at < x + width)).sum()) for x in bins)
        seen[name] = width
    assert page.evaluate("document.querySelector('#timeline')._fullLayout.xaxis.type") == "date"
    assert seen["Hour"] < seen["Day"] <= seen["Week"]
    before = report.range()
    controls.get_by_role("button", name="Earlier").click()
    assert report.range()[0] <= before[0]
    raster = "document.querySelector('#raster').layout.xaxis.range.map(String)"
    assert page.evaluate(raster) == page.evaluate(raster.replace("raster", "timeline"))  # one clock for both
    controls.get_by_role("button", name="All").click()
    assert report.range()[0] <= START.timestamp() * 1000 + 86_400_000
    controls.get_by_role("button", name="Busy time").click()


def test_dragging_over_the_overview_chooses_what_is_shown(report: Report) -> None:
    strip = report.page.locator("#overview")
    strip.scroll_into_view_if_needed()
    box = strip.locator(".nsewdrag").first.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    report.page.mouse.move(box["x"] + box["width"] * 0.25, middle)
    report.page.mouse.down()
    report.page.mouse.move(box["x"] + box["width"] * 0.75, middle, steps=8)
    report.page.mouse.up()
    report.page.wait_for_timeout(500)
    start, end = report.range()
    whole = report.page.evaluate("document.querySelector('#timeline').layout.meta.whole")
    share = (end - start) / (whole[1] - whole[0])
    assert 0.45 < share < 0.55
    report.page.locator("#when .controls").get_by_role("button", name="Busy time").click()


def test_the_days_on_which_accounts_were_made_are_on_the_axis_of_the_posts(report: Report) -> None:
    controls = report.page.locator("#group-1 .controls").first
    controls.get_by_role("button", name="Since its accounts were made").click()
    made = report.page.evaluate("document.querySelector('#moments-1').data.at(-1).x")
    range_ = report.page.evaluate(TIMELINE_RANGE.replace("#timeline", "#moments-1"))
    assert len(made) == len(RING)
    assert range_[0] < min(made) and range_[1] >= BURST.timestamp() * 1000
    ticks = report.page.locator("#moments-1 .xtick text").all_text_contents()
    assert ticks and all(re.search(r"\b20\d\d\b|[A-Z][a-z]{2}", tick) for tick in ticks)
    controls.get_by_role("button", name="All").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_no_serious_fault(report: Report, scheme: Scheme) -> None:
    report.page.emulate_media(color_scheme=scheme)
    assert serious(report.page) == []
    report.page.locator("#group-1 .person").first.click()
    assert serious(report.page, "dialog") == []
    report.page.keyboard.press("Escape")
    report.page.emulate_media(color_scheme="light")


def serious(page: Page, part: str | None = None) -> list[str]:
    found = Axe().run(page, context=part).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")]


def test_a_telephone_scrolls_down_only(tab: Callable[..., Report], file: Path) -> None:
    report = tab(width=360, height=740, has_touch=True, is_mobile=True)
    report.open(file)
    report.draw_all()
    assert report.page.evaluate("document.documentElement.scrollWidth") <= 360
    report.page.locator("#group-1 .person").first.tap()
    assert report.page.evaluate("document.querySelector('dialog').scrollWidth") <= 360
    assert report.complaints == []


def test_a_link_opens_the_group_it_leads_to(tab: Callable[..., Report], file: Path) -> None:
    report = tab()
    report.open(file)
    second = report.page.locator("#group-2 details.whole")
    assert second.get_attribute("open") is None
    report.page.get_by_role("link", name="Gathering 1").click()
    report.page.wait_for_selector("#group-2 details.whole[open]")
    report.page.wait_for_selector("#moments-2 .main-svg", state="attached")


def test_on_paper_every_group_is_open_and_drawn(tab: Callable[..., Report], file: Path) -> None:
    report = tab()
    report.open(file)
    assert len(report.page.pdf(format="A4")) > 100_000
    report.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert report.page.locator("details.whole:not([open])").count() == 0
    assert report.page.locator(".plot:not(:has(.main-svg))").count() == 0
    assert report.complaints == []


def test_strangers_words_stay_words(tab: Callable[..., Report], tmp_path: Path) -> None:
    text = pl.lit(HOSTILE)
    made = tmp_path / "hostile.html"
    data = report_data(
        posts=posts().head(300).with_columns(text.alias("text"), text.alias("handle")),
        profiles=profiles().with_columns(text.alias("handle"), text.alias("name")),
        samples=samples().with_columns(text.alias("a_text")),
        hashtags=(HOSTILE,),
    )
    made.write_text(render(data), encoding="utf-8")
    report = tab()
    report.open(made)
    report.draw_all()
    title = report.page.title()
    report.page.locator("#group-1 details.posts summary").click()
    report.page.locator("#group-1 .person").first.click()
    assert HOSTILE[:20] in report.page.get_by_role("dialog").inner_text()
    assert report.page.locator("img").count() == 0
    assert report.page.title() == title
    assert report.complaints == []
    assert report.asked == [made.as_uri()]


def test_nothing_found_is_drawn_too(tab: Callable[..., Report], tmp_path: Path) -> None:
    made = tmp_path / "nothing.html"
    made.write_text(render(report_data(detection=detection(()), samples=samples().clear())), encoding="utf-8")
    report = tab()
    report.open(made)
    report.draw_all()
    assert report.complaints == []


def test_pictures_can_be_seen(report: Report, tmp_path: Path) -> None:
    folder = Path(os.environ.get("CAMPAIGN_SCREENSHOT") or tmp_path)
    report.page.screenshot(path=folder / "example.png", full_page=True)
    assert (folder / "example.png").stat().st_size > 50_000
