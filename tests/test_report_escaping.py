"""Names, handles, hashtags and posts come from strangers: whatever they hold, it stays text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import polars as pl
import pytest
from campaign_analysis.results import Detection, TagShare, Target
from report_example import detection, groups, posts, profiles, samples

from campaign.reporting.data import QueryUse, ReportData
from campaign.reporting.markup import Html, chart_text, data_block, el, escape, join, one_line, stranger
from campaign.reporting.packed import KIND
from campaign.reporting.page import render

MARK = "zq9"  # begins every hostile name, so that it can be looked for
HOSTILE = (
    f"{MARK}<img src=x onerror=alert(1)></script><script>alert(2)</script><!--"
    "\u2028\u202e<a href='javascript:alert(3)'>\"'&lt;b&gt;&amp; $x$ %{y} \x00\x1b[31m"
)
OURS = HOSTILE.replace("\u202e", "")  # layers and titles of queries are our own: escaped, if never turned around


class Elements(HTMLParser):
    """The elements of a page with their attributes, and whatever is a comment."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.comments: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def hostile_detection() -> Detection:
    ring = groups()[1]
    ring = replace(
        ring,
        accounts=tuple(replace(m, handle=f"{HOSTILE}{i}") for i, m in enumerate(ring.accounts)),
        hashtags=(TagShare(HOSTILE, 5, 0.5),),
        targets=(Target(f"x:{HOSTILE}", 5, HOSTILE), Target(f"x:2{HOSTILE}", 5)),
    )
    run = detection().run
    run = replace(
        run, parameters={"hashtags": [HOSTILE], HOSTILE: HOSTILE}, versions={HOSTILE: HOSTILE}, notes=(HOSTILE,)
    )
    return replace(detection((ring,)), run=run, tested_pairs={OURS: 3})


PACKED = f'<script type="{KIND}"'
CHARTS = {f"{name}-data" for name in ("timeline", "overview", "raster", "moments-1", "first-1", "network-1")}


@pytest.fixture(scope="module")
def html() -> str:
    text = pl.lit(HOSTILE)
    return render(
        ReportData(
            hostile_detection(),
            (HOSTILE,),
            posts().with_columns(text.alias("handle"), text.alias("text")),
            profiles().with_columns(text.alias("handle"), text.alias("name")),
            samples().with_columns(
                *(text.alias(c) for c in ("object", "a_post", "b_post", "a_text", "b_text")),
                layer=pl.col("layer").replace({"text": OURS}),
            ),
            (QueryUse("report/posts", OURS, {HOSTILE: HOSTILE}),),
            files=({"file": HOSTILE, "sha256": "0", "rows": 1, "posts": None, "rejected": 0, "state": "whole"},),
        )
    )


def test_no_hostile_text_becomes_an_element_or_an_attribute(html: str) -> None:
    page = Elements(html)
    allowed = (
        "html head meta title style body main noscript header section nav article figure figcaption div span p b br a "
        "h1 h2 h3 h4 ul li dl dt dd table caption thead tbody tr th td bdi blockquote code details summary script "
        "svg path"
    )
    assert {tag for tag, _ in page.found} <= set(allowed.split())
    names = {name for _, attributes in page.found for name in attributes}
    assert not [name for name in names if name.startswith("on") or name == "src"]
    assert all(str(a["href"]).startswith("#") for tag, a in page.found if tag == "a")
    assert page.comments == []
    assert sum(tag == "script" and "type" not in attributes for tag, attributes in page.found) == 1


def test_what_a_stranger_wrote_is_still_there_to_read(html: str) -> None:
    assert html.count(f"{MARK}&lt;img src=x onerror=alert(1)&gt;") > 50


def test_control_characters_do_not_reach_the_page(html: str) -> None:
    own = html[: html.index(PACKED)]
    assert not re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", own)


def test_a_change_of_direction_stays_inside_an_element_that_isolates_it(html: str) -> None:
    body = html[html.index("<body>") : html.index(PACKED)]
    holding = re.findall("<([^<>]*)>[^<>]*\u202e", body)
    assert len(holding) > 50
    assert [opened for opened in holding if opened.split()[0] != "bdi" and 'dir="auto"' not in opened] == []


def test_labels_of_charts_are_escaped_for_plotly_as_well(html: str) -> None:
    blocks = re.findall(r'<script type="application/json" id="([^"]+)">(.*?)</script>', html)
    assert {id for id, _ in blocks} == CHARTS | {"levels"}
    figures = [json.loads(block) for id, block in blocks if id in CHARTS]
    labels = [text for figure in figures for trace in figure["data"] for text in trace.get("text", [])]
    labels += [text for figure in figures for text in figure["layout"].get("meta", {}).get("labels", [])]
    hostile = [label for label in labels if MARK in label]
    assert len(hostile) > 100
    assert all("<" not in label.replace("<br>", "") for label in hostile)
    assert all("&lt;img src=x" in label and "&amp;lt;b" in label for label in hostile)
    assert not [label for label in hostile if {"\u202e", "\u2028", "\x00", "\x1b"} & set(label)]


def test_data_cannot_end_its_script_element(html: str) -> None:
    for block in re.findall(f"{PACKED}[^>]*>(.*?)</script>", html):
        assert re.fullmatch("[A-Za-z0-9+/=]+", block)
    for block in re.findall(r'<script type="application/json" id="[^"]+">(.*?)</script>', html):
        assert not {"<", ">", "&", "\u2028", "\u2029"} & set(block)


@pytest.mark.parametrize(
    ("made", "markup"),
    [
        (el("p", "a < b & c"), "<p>a &lt; b &amp; c</p>"),
        (el("p", el("b", "x"), "<i>"), "<p><b>x</b>&lt;i&gt;</p>"),
        (
            el("td", "x", class_="n", data_order='1" onclick="y'),
            '<td class="n" data-order="1&quot; onclick=&quot;y">x</td>',
        ),
        (el("br"), "<br>"),
        (join(["<", Html("<br>")]), "&lt;<br>"),
        (escape(Html("<b>") + "<i>"), "&lt;b&gt;&lt;i&gt;"),  # markup joined to text is text again: safe
        (escape("a\x00b\ud800c\td"), "a�b�c\td"),
        (stranger("<x>"), "<bdi>&lt;x&gt;</bdi>"),
        (stranger("<x>", "b"), '<b dir="auto">&lt;x&gt;</b>'),
        (
            data_block("a", {"k": "</script>\u2028&"}),
            '<script type="application/json" id="a">{"k":"\\u003c/script\\u003e\\u2028\\u0026"}</script>',
        ),
    ],
)
def test_markup_is_made_only_on_purpose(made: str, markup: str) -> None:
    assert made == markup


def test_a_number_that_json_cannot_say_never_reaches_a_chart() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        data_block("a", float("nan"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>&lt;", "&lt;b&gt;&amp;lt;"),
        ("a\nb\u202ec\u2066", "a bc"),
        ("\U0001f1fa\U0001f1f8 देवनागरी", "\U0001f1fa\U0001f1f8 देवनागरी"),
    ],
)
def test_labels_of_charts(text: str, shown: str) -> None:
    assert chart_text(text) == shown


def test_one_line_keeps_words_apart() -> None:
    assert one_line(" a\r\n\tb\rc \x1b[1m") == "a b c �[1m"
