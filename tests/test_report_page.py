"""The page: what it says, that it loads nothing, and that the same data give the same bytes."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest
from campaign_analysis.results import Group
from plotly.offline import get_plotlyjs
from report_example import (
    CLUB,
    CORE,
    RING,
    detection,
    edge,
    groups,
    loaded,
    member,
    posts,
    report_data,
    sample,
    samples,
)

from campaign import words
from campaign.glossary import WORDS
from campaign.pair_words import OUTSIDE
from campaign.reporting.data import PROFILES_SCHEMA, ReportData, empty
from campaign.reporting.packed import KIND
from campaign.reporting.page import render

INLINE = {"a", "b", "bdi", "code", "span"}
TESTS = Path(__file__).parent


class Page(HTMLParser):
    """The page as a browser takes it apart: elements with their attributes, headings, ids and visible text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in ("meta", "br"):
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"
        if tag not in INLINE:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data

    @property
    def text(self) -> str:
        (main,) = self.texts["main"]
        return " ".join(main.split())


@pytest.fixture(scope="module")
def html() -> str:
    return render(report_data())


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_every_element_is_closed_and_every_id_is_there_once(page: Page) -> None:
    assert page.open == []
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    anchors = {attributes["href"] for tag, attributes in page.elements if tag == "a"}
    assert anchors <= {f"#{id}" for id in ids}


def test_the_answer_is_on_top(page: Page) -> None:
    assert page.texts["h1"] == ["1 campaign and 1 gathering among 123 accounts of #VoteNow"]
    assert page.texts["title"] == page.texts["h1"]
    assert [h for h in page.texts["h2"] if "1:" not in h] == [
        "What was found",
        "When",
        "Who posts when",
        "How far this can be trusted",
        "What this does not mean",
        "How to recompute this",
        "The words",
    ]
    assert [h for h in page.texts["h2"] if "1:" in h] == [
        "Campaign 1: 10 accounts in step, 14 beside them",
        "Gathering 1: 9 accounts",
    ]


def test_a_group_is_shown_with_its_evidence(page: Page) -> None:
    for said in (
        "10 accounts in step, the core; 14 accounts beside it, together with others of the group, not in step.",
        "hashtag both used the same hashtag, 1 minute together 190 of 276",
        "Campaign 1 hashtag together 190 2.0 × 10⁻⁴⁰ < 10⁻³⁰⁰",
        "By hashtag they are together, no more; that a core is in step is shown by retweet.",
        "#votenow 1,400 310 71%",
        "#सुशांत 0 12 100%",
        "@mayor 21 140 no",
        "Luck alone brings a group like this to under 1 in a billion searches like this one.",
        "Together, not in step, on: #votenow (1,400 meetings) also used: #सुशांत",
        "21 of its 24 accounts (9 of the 10 in its core) name or retweet @mayor in 140 posts. To be named",
        "(could not be looked for): these data do not say whose …",
        "They lie to you. Vote now! #votenow 1",
        "Both used the same hashtag #votenow, 9 seconds apart (at most 1 minute apart counts; by this the two are t",
        "Both retweeted the same post, 12 min 20 s apart (at most 1 hour apart counts; by this the two are in step)",
        "Both named the same account @mayor, 5 seconds apart",
        "Accounts most often named or retweeted by Campaign 1",
        f"x:3003{OUTSIDE.format(home='')}",
        "this tells how often they met, and why they are linked or not: campaign show",
        "Both posted nearly the same text, at the same time",
        "Ten thousand people can't be wrong",
    ):
        assert said in page.text


def test_the_share_of_a_group_is_counted(page: Page) -> None:
    mine = posts().filter(pl.col("account").is_in(RING)).height
    core = posts().filter(pl.col("account").is_in(CORE)).height
    share = f"They wrote {mine:,} of the 1,000 posts shown ({mine / 10:.0f}%); its core wrote {core:,} of them."
    assert share in page.text


def test_every_account_is_in_its_table(html: str, page: Page) -> None:
    tables = [t for t in page.texts["table"] if "Accounts of" in t]
    assert len(tables) == 2
    assert all(f"@ring{a[-3:]}" in tables[0] and f"@club{a[-3:]}" not in tables[0] for a in RING[:9])
    assert all(f"@club{a[-3:]}" in tables[1] for a in CLUB)
    assert "@ring000Name of ring000 core, in step 6 Jul 2023 1,234" in tables[0]
    assert "p" not in heads(tables[0])
    assert [h for h in heads(tables[0]) if h not in heads(tables[1])] == ["In step with", "Odds in step"]


def heads(table: str) -> list[str]:
    """The names of columns in a table of accounts, as far as they are there."""
    known = ("Account", "Role", "Posts", "In step with", "Odds in step", "Together with", "Odds together", "Meetings")
    return [name for name in known if name in table.partition("By luck")[0]]


def test_how_the_pairs_that_were_tested_are_counted_is_told(page: Page) -> None:
    assert "15,006: a pair counts once for each behaviour that both of its accounts showed (hashtag and" in page.text


def test_whom_a_hashtag_selects_is_told_only_where_one_was_asked(page: Page) -> None:
    told = words.whom_and_what(("VoteNow",))
    assert told is not None
    assert told in page.text
    assert "selects whom" not in Page(render(report_data(hashtags=()))).text


def test_the_legend_names_only_what_is_drawn() -> None:
    mine = posts().filter(pl.col("account").is_in(RING))
    page = Page(render(report_data(posts=mine)))
    legends = {" ".join(text.split()) for text in page.texts["ul"]}
    assert "Campaign 1" in legends
    assert "Everybody else" not in page.texts["main"][0]


def test_what_to_check_is_there(page: Page) -> None:
    for said in (
        "run-4f1d",
        "2024-05-01T08:00:00Z",
        "hashtag 7,503",
        'hashtags ["votenow"]',
        "polars 2.1.0",
        "accounts 123",
        "retweet in step 1 hour 1 day 45",
        "report/posts_of_hashtags Posts of hashtags",
        "On the posts with #votenow alone the same tests show 12 pairs and 1 group of either kind.",
        "The data's clock counts minutes: nothing under a minute can be seen.",
        "campaign runs show run-4f1d",
    ):
        assert said in page.text


def test_what_it_does_not_mean_is_there(page: Page) -> None:
    for said in (words.BASE_RATE, words.NOT_A_VERDICT, words.NOT_A_BOT, words.NOT_AN_ACCUSATION, words.SILENCE):
        assert said in page.text
    assert all(f"{name}: {what}." in page.text for name, what in words.BENIGN)
    assert all(f"{word.claim} {word.more}" in page.text for word in WORDS)


def test_nothing_found_is_a_page_too() -> None:
    page = Page(render(report_data(detection=detection(()), samples=samples().clear())))
    assert page.texts["h1"] == ["Nothing found among 123 accounts of #VoteNow"]
    assert "15,006 pairs of accounts could have been tested" in page.text
    assert words.SILENCE in page.text
    assert words.NOBODY_CLEARED in page.text
    assert "No pair is linked." in page.text
    assert not {"What was found", "Campaign 1: 24 accounts"} & set(page.texts["h2"])
    assert [a["id"] for t, a in page.elements if a.get("class") == "plot"] == ["timeline", "overview", "raster"]


def test_a_page_without_posts_profiles_or_samples_still_stands() -> None:
    bare = ReportData(detection(), (), posts().clear())
    page = Page(render(bare))
    assert page.texts["h1"] == ["1 campaign and 1 gathering among 123 accounts"]
    assert "There are no posts to show." in page.text
    assert "side by side" not in page.text


def test_the_files_that_were_loaded_are_named_the_first_of_a_great_many() -> None:
    def captions(html: str) -> list[str]:
        return [caption for caption in Page(html).texts["caption"] if caption.startswith("Files")]

    one = render(report_data())
    assert captions(one) == ["Files that the graph was loaded from"]
    cells = [f"<code>{0:064}</code>", "1,234", "1,200", "–", "whole"]
    assert re.search("posts-0.csv.gz.*" + ".*".join(cells), one)
    many = render(report_data(files=tuple(map(loaded, range(51)))))
    assert captions(many) == ["Files that the graph was loaded from (the first 50 of 51)"]
    assert ("posts-49.csv.gz" in many, "posts-50.csv.gz" in many) == (True, False)
    assert captions(render(report_data(files=()))) == []


def test_tables_have_captions_and_heads(page: Page) -> None:
    tables = [tag for tag, _ in page.elements].count("table")
    assert tables == len(page.texts["caption"]) == len(page.texts["thead"])
    assert all(caption.strip() for caption in page.texts["caption"])
    assert all("scope" in attributes for tag, attributes in page.elements if tag == "th")
    plots = [attributes for _, attributes in page.elements if attributes.get("class") == "plot"]
    assert all(plot["role"] == "img" and plot["aria-label"] for plot in plots)


def test_nothing_is_loaded_from_anywhere(html: str, page: Page) -> None:
    loading = {"src", "srcset", "href", "xlink:href", "action", "formaction", "data", "poster", "background"}
    refers = [(tag, n, v) for tag, attributes in page.elements for n, v in attributes.items() if n in loading]
    assert refers
    assert all(tag == "a" and value.startswith("#") for tag, _, value in refers)
    assert {tag for tag, _ in page.elements}.isdisjoint({"link", "iframe", "img", "object", "embed", "base", "form"})
    (style,) = page.texts["style"]
    assert "url(" not in style
    assert "@import" not in style
    policy = next(a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "http" not in policy


def test_only_the_scripts_that_the_policy_names_run(page: Page) -> None:
    kinds = [attributes.get("type", "") for tag, attributes in page.elements if tag == "script"]
    code = [text for text, kind in zip(page.texts["script"], kinds, strict=True) if not kind]
    code.append(unpacked(page, "plotly-code"))
    assert set(kinds) == {"", "application/json", KIND}
    policy = next(a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    digests = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in code}
    assert digests == set(re.findall(r"'sha256-([^']+)'", policy))
    assert len(digests) == 2
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_no_button_sends_the_charts_away(page: Page) -> None:
    own = page.texts["script"][-1]
    assert "showSendToCloud: false" in own
    assert 'plotlyServerURL: ""' in own


def unpacked(page: Page, id: str) -> str:
    """The text of a packed block of the page."""
    kinds = [attributes for tag, attributes in page.elements if tag == "script"]
    (block,) = [text for text, a in zip(page.texts["script"], kinds, strict=True) if a.get("id") == id]
    return zlib.decompress(base64.b64decode(block)).decode()


def test_plotly_is_in_it_once_as_pip_brings_it_and_the_rest_is_small(html: str, page: Page) -> None:
    assert unpacked(page, "plotly-code") == get_plotlyjs()
    assert "plotly.js v" not in html
    assert len(html.encode()) < 2_500_000


def test_the_same_data_give_the_same_bytes(html: str) -> None:
    assert render(report_data()) == html


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_bytes(html: str, seed: str) -> None:
    code = (
        "import hashlib; from campaign.reporting.page import render; from report_example import report_data; "
        "print(hashlib.sha256(render(report_data()).encode()).hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(TESTS), "TZ": "Asia/Kolkata"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(html.encode()).hexdigest()


def test_the_order_of_rows_that_a_store_happens_to_give_changes_nothing(html: str) -> None:
    shuffled = {
        "posts": posts().sample(fraction=1, shuffle=True, seed=4),
        "profiles": report_data().profiles.reverse(),
        "detection": replace(detection(), groups=groups()[::-1], edges=detection().edges.reverse()),
    }
    assert render(report_data(**shuffled)) == html


def many_groups(number: int, size: int) -> tuple[Group, ...]:
    return tuple(
        replace(groups()[1], id=f"g:{i:02d}", accounts=tuple(member(f"x:6{i:03d}{j:03d}", "core") for j in range(size)))
        for i in range(number)
    )


def test_many_large_groups_are_cut_and_say_so() -> None:
    found = many_groups(14, 100)
    pairs = [edge(f"x:6{i:03d}000", f"x:6{i:03d}001", "hashtag", "in step", 1e-9) for i in range(14)]
    result = replace(detection(found), edges=pl.DataFrame(pairs, schema=detection().edges.schema))
    text = render(report_data(detection=result, profiles=empty(PROFILES_SCHEMA)))
    page = Page(text)
    assert "4 smaller groups more: in the table above and in the JSON file." in page.text
    assert "35 of 100, the others are in the JSON file" in page.text
    assert len([h for h in page.texts["h2"] if h.startswith("Campaign")]) == 10
    assert len(text.encode()) < 6_000_000


def test_long_posts_and_many_samples_are_cut_and_say_so() -> None:
    rows = [sample("hashtag", "votenow", i, "long " * 200, "short") for i in range(12)]
    page = Page(render(report_data(samples=pl.DataFrame(rows, schema=samples().schema))))
    assert "side by side (9 of the 12 supplied)" in page.text
    assert "long …" in page.text
    assert max(len(text) for text in page.texts["blockquote"]) <= 283


def test_a_frame_that_lacks_a_column_is_refused() -> None:
    with pytest.raises(ValueError, match="the frame `posts` of the report lacks kind, text"):
        report_data(posts=posts().drop("kind", "text"))
