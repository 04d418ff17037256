"""`campaign show`: a group's accounts, and for a pair exactly the episodes that were counted, with their posts."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
import pytest
from campaign_analysis.results import EDGE_SCHEMA
from campaign_cypher import StoreTarget, connect
from campaign_cypher.errors import QueryError
from command import Corpus, campaign, refused, told
from found import Found

from campaign.account_words import reason, standings
from campaign.evidence import Evidence
from campaign.layer_words import behaviour
from campaign.linked_words import linked_paragraphs
from campaign.meetings import as_one, evidence_of, linked, pair_edges, partner_edges
from campaign.one_account_words import account_paragraphs
from campaign.own_posts import own_posts
from campaign.pair_words import INSIDE, OUTSIDE, pair_sentences
from campaign.reporting.json_result import from_json
from campaign.request import Request
from campaign.show_group import explanation
from campaign.show_pair import _of_group
from campaign.spreadsheet import cell
from campaign.words import odds

Row = dict[str, str]


@pytest.fixture(scope="module")
def store(asked_all: Found, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asked_all.copy(tmp_path_factory.mktemp("show"))


@pytest.fixture(scope="module")
def answer(asked_all: Found) -> dict[str, Any]:
    return asked_all.answer


@pytest.fixture(scope="module")
def retweeting(answer: dict[str, Any]) -> dict[str, Any]:
    """The campaign that acts in two layers: it pushes hashtags and retweets its leader."""
    return next(g for g in answer["groups"] if {e["layer"] for e in g["layers"]} >= {"hashtag", "retweet"})


def shown(store: Path, group: str, *arguments: object) -> list[Row]:
    text = told("show", group, *arguments, "--format", "csv", "--limit", 10_000, "--store", store)
    return list(csv.DictReader(io.StringIO(text)))


def edges_of(answer: dict[str, Any], group: dict[str, Any], layer: str) -> list[dict[str, Any]]:
    """The group's edges of a layer with both claims' numbers equal, or at the *together* claim's scale."""
    ids = {a["id"] for a in group["accounts"]}
    return [e for e in answer["edges"] if e["layer"] == layer and {e["a"], e["b"]} <= ids and e["claim"] == "together"]


def edges_by_partner(answer: dict[str, Any], group: dict[str, Any], account: str, layer: str) -> list[dict[str, Any]]:
    """The edge of an account with each partner, those in step first, then by p."""
    ids = {a["id"] for a in group["accounts"]}
    mine = [
        e for e in answer["edges"] if e["layer"] == layer and {e["a"], e["b"]} <= ids and account in (e["a"], e["b"])
    ]
    in_step = {(e["a"], e["b"]) for e in mine if e["claim"] == "in step"}
    shown = [e for e in mine if e["claim"] == "in step" or (e["a"], e["b"]) not in in_step]
    return sorted(shown, key=lambda e: (e["claim"] != "in step", e["p"], e["a"], e["b"]))


def test_accounts_are_those_of_the_group(store: Path, answer: dict[str, Any]) -> None:
    for group in answer["groups"]:
        rows = shown(store, group["id"])
        assert [(r["account"], r["handle"], r["role"]) for r in rows] == [
            (a["id"], a["handle"], a["role"]) for a in group["accounts"]
        ]
        assert [int(r["episodes"]) for r in rows] == [a["episodes"] for a in group["accounts"]]


@pytest.mark.parametrize("layer", ["hashtag", "retweet"])
def test_listed_episodes_of_a_pair_are_as_many_as_were_counted(
    store: Path, answer: dict[str, Any], retweeting: dict[str, Any], layer: str
) -> None:
    edges = edges_of(answer, retweeting, layer)
    assert len(edges) > 20
    for edge in (*edges[:4], *edges[-3:]):
        rows = shown(store, retweeting["id"], "--pair", edge["a"], edge["b"], "--layer", layer)
        assert len(rows) == edge["n"]


def test_every_edge_of_either_claim_has_its_episodes(store: Path, answer: dict[str, Any]) -> None:
    some = answer["edges"][::4]
    assert {(e["layer"], e["claim"]) for e in some} >= {("hashtag", "in step"), ("hashtag", "together")}
    with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
        known = Evidence(graph, sorted({e[side] for e in some for side in "ab"}), Request())
        assert [known.episodes(e).height for e in some] == [e["n"] for e in some]


@pytest.mark.parametrize("layer", ["hashtag", "retweet"])
def test_the_posts_of_an_episode_are_the_accounts_posts_on_its_object_within_the_window(
    store: Path, corpus: Corpus, answer: dict[str, Any], retweeting: dict[str, Any], layer: str
) -> None:
    posts = {f"sim:{p['post_id']}": p for p in pl.read_parquet(corpus.posts).to_dicts()}
    edge = edges_of(answer, retweeting, layer)[0]
    rows = shown(store, retweeting["id"], "--pair", edge["a"], edge["b"], "--layer", layer)
    cells = set()
    for row in rows:
        times = []
        for side in "ab":
            post = posts[row[f"{side}_post"]]
            assert f"sim:{post['account_id']}" == row[side] == edge[side]
            assert cell(post["text"]) == row[f"{side}_text"]  # one that names somebody first is no formula
            assert f"{post['created_at']:%Y-%m-%dT%H:%M:%SZ}" == row[f"{side}_time"]
            times.append(post["created_at"].timestamp())
            if layer == "hashtag":
                assert row["object"] in post["hashtags"].casefold().split(" ")
                assert post["retweet_of"] is None
            else:
                assert row["object"] == f"sim:{post['retweet_of']}"
        assert abs(times[0] - times[1]) <= edge["window"]
        assert times[0] // edge["block"] == times[1] // edge["block"]
        cells.add((row["object"], times[0] // edge["block"]))
    assert len(cells) == len(rows)


def test_an_accounts_episodes_are_with_its_strongest_partners(
    store: Path, answer: dict[str, Any], retweeting: dict[str, Any]
) -> None:
    account = retweeting["accounts"][0]
    by_handle, by_id, by_at = (
        shown(store, retweeting["id"], "--account", name, "--layer", "hashtag")
        for name in (account["handle"].upper(), account["id"], f"@{account['handle']}")
    )
    assert by_handle == by_id == by_at
    mine = edges_by_partner(answer, retweeting, account["id"], "hashtag")
    assert list(dict.fromkeys((r["a"], r["b"]) for r in by_id)) == [(e["a"], e["b"]) for e in mine]
    assert len(by_id) == sum(e["n"] for e in mine)
    assert [r["claim"] for r in by_id] == [e["claim"] for e in mine for _ in range(e["n"])]


def test_a_pair_without_a_layer_shows_all(store: Path, answer: dict[str, Any], retweeting: dict[str, Any]) -> None:
    edge = edges_of(answer, retweeting, "retweet")[0]
    rows = shown(store, retweeting["id"], "--pair", edge["a"], edge["b"])
    both = [e for e in answer["edges"] if (e["a"], e["b"], e["claim"]) == (edge["a"], edge["b"], "together")]
    assert len(rows) == sum(e["n"] for e in both)
    assert shown(store, retweeting["id"], "--pair", edge["b"], edge["a"]) == rows


def test_two_accounts_linked_by_both_claims_are_shown_by_that_of_their_group(
    store: Path, answer: dict[str, Any], retweeting: dict[str, Any]
) -> None:
    """The claims may stand out at other scales, where other meetings count."""
    detection = from_json(json.dumps(answer))
    group = next(g for g in detection.groups if g.id == retweeting["id"])
    assert group.claim == "campaign"
    together = edges_of(answer, retweeting, "hashtag")[0]
    in_step = together | {"claim": "in step", "window": 5, "p": 0.5}
    edges = pl.DataFrame([together, in_step], schema=EDGE_SCHEMA)
    pair = [together["a"], together["b"]]
    with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
        known = Evidence(graph, sorted(pair), Request())
        least, most = known.episodes(in_step).height, known.episodes(together).height
        assert 0 < least < most
        for claim, meetings in (("campaign", least), ("gathering", most)):
            asked = replace(group, claim=claim)  # type: ignore[arg-type]
            shown_edges = pair_edges(edges, asked, pair, "hashtag")
            assert linked(known, shown_edges).height == meetings


def test_on_a_narrow_terminal_each_account_is_a_block_and_nothing_is_broken(
    store: Path, retweeting: dict[str, Any]
) -> None:
    done = campaign("show", retweeting["id"], "--store", store, columns=80)
    lines = done.out.splitlines()
    long = [line for line in lines if len(line) > 80]
    assert all(line.startswith("campaign ") for line in long), "a command stays whole, all else is wrapped"
    assert f"campaign show {retweeting['id']} --pair A B --store {store}" in lines
    for account in retweeting["accounts"]:
        (at,) = [n for n, line in enumerate(lines) if line.startswith(f"{account['handle']} · {account['id']} · ")]
        block = " ".join(lines[at + 1 : at + 5])
        assert "odds in step: " in block
        assert "odds together: " in block
        assert "own posts: " in block


def test_a_wide_terminal_and_a_pipe_have_the_table(store: Path, retweeting: dict[str, Any]) -> None:
    wide = campaign("show", retweeting["id"], "--store", store, columns=300).out
    pipe = told("show", retweeting["id"], "--store", store)
    handle = retweeting["accounts"][0]["handle"]
    (row,) = [line for line in wide.splitlines() if f" {handle} " in line and line.startswith("│")]
    assert row in pipe
    assert any(line.startswith("Meetings: ") and len(line) > 400 for line in pipe.splitlines())


def test_programs_are_told_what_the_table_tells(store: Path, answer: dict[str, Any]) -> None:
    detection = from_json(json.dumps(answer))
    for group in detection.groups:
        rows = json.loads(told("show", group.id, "--json", "--store", store))
        known = standings(group, detection.edges)
        for row, member in zip(rows, group.accounts, strict=True):
            standing = known[member.id]
            assert (row["in_step_with"], row["together_with"]) == (standing.in_step, standing.together)
            assert f"{odds(row['odds'])}, {row['odds_claim']}" == standing.told
            assert (row["odds_in_step"], row["odds_together"]) == (standing.step_q, standing.together_q)
            assert (row["claim_episodes"], row["claim_expected"]) == (standing.n, standing.expected)
            assert row["why"] == (reason(group, member, standing) or None)


def test_every_field_for_programs_is_documented(store: Path, retweeting: dict[str, Any]) -> None:
    page = (Path(__file__).parents[1] / "docs/json.md").read_text(encoding="utf-8")
    section = page.partition("## `campaign show GROUP`")[2].partition("\n## ")[0]
    assert not [name for name in shown(store, retweeting["id"])[0] if f"`{name}`" not in section]


def test_only_people_are_shown_some_rows_where_no_limit_is_given(store: Path, retweeting: dict[str, Any]) -> None:
    pair = ["--pair", *(a["id"] for a in retweeting["accounts"][:2])]
    with patch("campaign.options.LISTED", 3):
        for what in ([], pair):
            every = told("show", retweeting["id"], *what, "--format", "csv", "--limit", 10_000, "--store", store)
            assert every.count("\n") > 5
            done = campaign("show", retweeting["id"], *what, "--format", "csv", "--store", store)
            assert (done.out, "shows all" in done.err) == (every, False)
            told_people = campaign("show", retweeting["id"], *what, "--store", store)
            assert f"3 of {retweeting['size']} rows" in told_people.err if not what else "shows all" in told_people.err


def test_a_linked_pair_is_told_by_what_it_is_linked_and_how_surely(
    store: Path, answer: dict[str, Any], retweeting: dict[str, Any]
) -> None:
    edge = edges_of(answer, retweeting, "retweet")[0]
    pair = (edge["a"], edge["b"])
    asked = ("show", retweeting["id"], "--pair", *pair, "--store", store)
    of_pair = [e for e in answer["edges"] if (e["a"], e["b"]) == pair]
    in_step = {e["layer"] for e in of_pair if e["claim"] == "in step"}
    shown_edges = {e["layer"]: e for e in sorted(of_pair, key=lambda e: e["claim"], reverse=True)}
    assert shown_edges["retweet"]["claim"] == ("in step" if "retweet" in in_step else "together")
    said = told(*asked)
    first, *details = [part.strip() for part in said.split("\n\n")]
    for layer, e in shown_edges.items():
        how = e["claim"] if layer in in_step else "together only"
        assert f"{how} by " in first
        assert behaviour(layer) in first
        heads = {"together": "Together", "in step": "In step"}
        for claim in ("together", *(["in step"] if layer in in_step else [])):
            (edge_of,) = [o for o in of_pair if (o["layer"], o["claim"]) == (layer, claim)]
            (line,) = [d for d in details if d.startswith(f"By {behaviour(layer)}. {heads[claim]}: yes (")]
            assert f"({edge_of['n']} meetings" in line
            assert line.endswith(f": few enough, odds of luck {odds(edge_of['q'])}).")
        assert any(part.startswith(f"By {behaviour(layer)}: A meeting: ") for part in details)
        if layer not in in_step:
            assert any(part.startswith(f"By {behaviour(layer)}. In step: no (") for part in details)
    assert f"The {sum(e['n'] for e in shown_edges.values())} meetings follow" in said
    one = campaign(*asked, "--layer", "retweet", "--json")
    assert len(json.loads(one.out)) == shown_edges["retweet"]["n"]
    assert behaviour("hashtag") not in one.err


def test_the_strongest_pair_is_told_in_the_words_of_its_group(store: Path, answer: dict[str, Any]) -> None:
    found = from_json(json.dumps(answer))
    group = next(g for g in found.groups if g.why)
    best = group.why[0]
    said = told("show", group.id, "--pair", best.a, best.b, "--layer", best.layer, "--store", store)
    words = " ".join(pair_sentences(best, None, found.tested_pairs)[1:])
    assert words in told("show", group.id, "--store", store)
    assert words in said


def test_meetings_that_are_not_those_of_the_run_are_said_to_be_others(answer: dict[str, Any]) -> None:
    found = from_json(json.dumps(answer))
    group, edge = found.groups[0], found.edges.row(0, named=True)
    names = {edge["a"]: "@ann", edge["b"]: "@bob"}
    said = linked_paragraphs(found, group, [edge], as_one([]), names)[-1]
    assert said.startswith(f"The run counted {edge['n']} meetings; 0 follow: the store holds other posts")


def test_formats_and_limit(store: Path, retweeting: dict[str, Any]) -> None:
    pair = [a["handle"] for a in retweeting["accounts"][:2]]
    three = json.loads(
        told("show", retweeting["id"], "--pair", *pair, "--format", "json", "--limit", 3, "--store", store)
    )
    assert len(three) == 3
    assert three[0]["a_time"].endswith("Z")
    table = told("show", retweeting["id"], "--store", store)
    assert all(a["handle"] in table for a in retweeting["accounts"])
    assert "odds in step" in table
    assert "odds together" in table
    assert not [name for name in ("episodes", "joined_n", " p ") if name in table.splitlines()[1]]


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["--account", "nobodyofthisname"], 1, "is not in group"),
        (["--pair", "{0}", "nobodyofthisname"], 2, "no account 'nobodyofthisname' in this store"),
        (["--pair", "{0}", "{0}"], 2, "are one account"),
        (["--layer", "likes"], 2, "no layer is called 'likes'"),
        (["--layer", "retweet"], 2, "say whose with --account NAME or --pair A B"),
    ],
)
def test_what_is_not_there_is_one_line(
    store: Path, retweeting: dict[str, Any], arguments: list[str], code: int, line: str
) -> None:
    handle = retweeting["accounts"][0]["handle"]
    done = refused("show", retweeting["id"], *(a.format(handle) for a in arguments), "--store", store)
    assert done.code == code
    assert line in done.err


def test_a_misspelt_handle_is_asked_back(store: Path, retweeting: dict[str, Any]) -> None:
    handle = retweeting["accounts"][0]["handle"]
    assert f"did you mean {handle}" in refused("show", retweeting["id"], "--account", handle[:-1], "--store", store).err


def test_an_unknown_group_is_one_line(store: Path, answer: dict[str, Any]) -> None:
    run = answer["run"]["id"]
    assert f"run {run} has no group {run}-99; did you mean" in refused("show", f"{run}-99", "--store", store).err
    assert "no run nosuchrun" in refused("show", "nosuchrun-1", "--store", store).err
    assert "has no group" in refused("show", run, "--store", store).err


@pytest.mark.parametrize("limit", ["-1", "99999999999999999999"])
def test_a_limit_that_makes_no_sense_is_refused(store: Path, retweeting: dict[str, Any], limit: str) -> None:
    assert campaign("show", retweeting["id"], "--limit", limit, "--store", store).code == 2


def test_what_is_claimed_and_how_often_luck_brings_it_stand_before_the_accounts(
    store: Path, retweeting: dict[str, Any]
) -> None:
    """They stood below the accounts, and of a group that is not weak only p among the statistics."""
    text = told("show", retweeting["id"], "--store", store)
    table = text.index("┃ account")
    assert -1 < text.index(retweeting["luck"]) < table
    assert text.index("They met on: #") < text.index("First and last meeting: ") < table
    assert text.index("name or retweet") < table


def only_together(answer: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A group and an edge in it, by which the two are together and not in step."""
    in_step = {(e["a"], e["b"]) for e in answer["edges"] if e["claim"] == "in step"}
    return next(
        (g, e) for g in answer["groups"] for e in edges_of(answer, g, "hashtag") if (e["a"], e["b"]) not in in_step
    )


def test_a_pair_that_is_together_only_is_told_by_how_much_it_is_not_in_step(
    store: Path, answer: dict[str, Any]
) -> None:
    group, edge = only_together(answer)
    asked = ("show", group["id"], "--pair", edge["a"], edge["b"], "--layer", "hashtag", "--store", store)
    said = told(*asked)
    assert "linked, together only by the same hashtag." in said
    assert "By the same hashtag. Together: yes (" in said
    (line,) = [x for x in said.splitlines() if x.startswith("By the same hashtag. In step: no (")]
    assert "with their own habits allowed for, luck explains" in line
    assert "in step, of which at most 1 in 100 may be luck" in line or "them all)" in line or "few enough for" in line
    (row, *_) = json.loads(told(*asked, "--json"))
    assert (row["claim"], row["together_n"]) == ("together", edge["n"])
    assert row["together_odds"] == pytest.approx(edge["q"], rel=1e-6)
    assert row["in_step_odds"] is None
    assert row["in_step_expected"] > 0


def test_every_linked_pair_has_the_arithmetic_of_its_odds(store: Path, answer: dict[str, Any]) -> None:
    group, edge = only_together(answer)
    as_good = [e for e in answer["edges"] if e["claim"] == "together" and e["q"] <= edge["q"]]
    ids = {a["id"] for a in group["accounts"]}
    inside = sum({e["a"], e["b"]} <= ids for e in as_good)
    said = told("show", group["id"], "--pair", edge["a"], edge["b"], "--store", store)
    assert f"this search found {len(as_good):,}. So of the pairs as good as this about" in said
    assert f"that are as good as this, {inside:,} are in this group." in said or "All pairs as good as this" in said
    assert (
        "Of 100 pairs that this search linked about 1 at most is expected to be luck; of one group's pairs more may be."
        in said
    )


def test_pages_of_a_weak_group_say_that_it_is_weak(store: Path, answer: dict[str, Any]) -> None:
    found = from_json(json.dumps(answer))
    weak = replace(found, groups=tuple(replace(g, p=0.2) for g in found.groups))
    edge = found.edges.row(0, named=True)
    names = {edge["a"]: "@ann", edge["b"]: "@bob"}
    group = next(g for g in weak.groups if {edge["a"], edge["b"]} <= {m.id for m in g.accounts})
    words = linked_paragraphs(weak, group, [edge], as_one([]), names)
    assert any("Judged alone, this group could well be luck" in said for said in words)
    member = next(m for m in group.accounts if m.id == edge["a"])
    standing = standings(group, weak.edges)[member.id]
    names = {m.id: m.id for m in group.accounts}
    assert "It is weak: " in " ".join(account_paragraphs(weak, group, member, standing, 3, names))


def test_the_page_of_an_account_says_what_it_rests_on(store: Path, answer: dict[str, Any]) -> None:
    found = from_json(json.dumps(answer))
    group = max(found.groups, key=lambda g: (g.claim == "campaign", g.size))
    member = next(m for m in group.accounts if m.role == "core" and not m.joined)
    standing = standings(group, found.edges)[member.id]
    rows = [r for r in shown(store, group.id, "--account", member.id) if r["claim"] == "in step"]
    side = {r["a_post"] if r["a"] == member.id else r["b_post"] for r in rows}
    asked = ("show", group.id, "--account", member.id, "--store", store)
    said = told(*asked)
    only = standing.together - standing.in_step
    assert f"@{member.handle} is in the core of Campaign " in said
    assert f"it is in step with {standing.in_step} and together only with {only}." in said
    assert f"rests on {len(side)} posts of its own ({len(rows)} meetings in all, " in said
    assert "Its best pair in step is with @" in said
    assert f"its 5 strongest of {standing.together} partners" in said
    heads = [line for line in said.splitlines() if line.startswith("With @")]
    assert len(heads) == 5
    assert "(in step, by the same hashtag" in heads[0]


def test_the_page_of_an_account_says_who_it_is_and_whom_it_names(store: Path, retweeting: dict[str, Any]) -> None:
    """As the store's own queries have it; and that nothing was concluded from it."""
    account = next(a for a in retweeting["accounts"] if a["role"] == "core")

    def asked(query: str, parameter: str) -> list[dict[str, Any]]:
        done = told("query", "run", query, "--param", parameter, "--limit", 1000, "--json", "--store", store)
        found: list[dict[str, Any]] = json.loads(done)
        return found

    posts = asked("evidence/account_posts", f"account={account['id']}")
    targets = asked("accounts/targets", f"accounts={account['id']}")
    retweets = sum(post["kind"] == "retweet" for post in posts)
    leader = max((t for t in targets if t["way"] == "retweet"), key=lambda t: t["posts"])
    said = told("show", retweeting["id"], "--account", account["id"], "--store", store)
    (known,) = [line for line in said.splitlines() if line.startswith("What else is known of it: It was made on ")]
    assert "before the group's first meeting" in known
    assert f"holds {len(posts)} posts of it, {retweets} of them retweets (" in known
    assert f"retweets @{leader['handle']} ({leader['posts']} posts)" in known
    assert known.endswith("Nothing was concluded from this.")


def test_the_footer_of_an_account_names_a_number_that_shows_all(store: Path, retweeting: dict[str, Any]) -> None:
    asked = ("show", retweeting["id"], "--account", retweeting["accounts"][0]["id"], "--store", store)
    footer = campaign(*asked, "--limit", 3).err.strip().splitlines()[-1]
    number = footer.removeprefix("3 of ").partition(" ")[0]
    assert footer == f"3 of {number} meetings: --limit {number} shows all"
    done = campaign(*asked, "--limit", number)
    assert "shows all" not in done.err
    assert f"\n{number}. " in done.out
    assert sum(line.startswith("With @") for line in done.out.splitlines()) == retweeting["size"] - 1


def test_partners_in_step_come_before_stronger_ones_that_are_together_only(answer: dict[str, Any]) -> None:
    found = from_json(json.dumps(answer))
    group = found.groups[0]
    me, one, other = (m.id for m in group.accounts[:3])
    base = found.edges.row(0, named=True)

    def edge(who: str, layer: str, claim: str, p: float) -> dict[str, Any]:
        a, b = sorted((me, who))
        return base | {"a": a, "b": b, "layer": layer, "claim": claim, "p": p}

    rows = [
        edge(one, "hashtag", "together", 1e-30),
        edge(other, "hashtag", "together", 1e-9),
        edge(other, "retweet", "together", 1e-20),
        edge(other, "hashtag", "in step", 1e-6),
    ]
    listed = partner_edges(pl.DataFrame(rows, schema=EDGE_SCHEMA), group, me, "")
    assert [({e["a"], e["b"]} - {me}, e["layer"], e["claim"]) for e in listed] == [
        ({other}, "hashtag", "in step"),
        ({one}, "hashtag", "together"),
    ]


def test_an_account_of_another_group_is_pointed_to_its_pairs(store: Path, answer: dict[str, Any]) -> None:
    one, other = answer["groups"][:2]
    stranger = other["accounts"][0]
    done = refused("show", one["id"], "--account", stranger["handle"], "--store", store)
    assert f"is not in group {one['id']} but in {other['id']} of the same run; how often it met" in done.err
    assert f"campaign show {one['id']} --pair {stranger['id']} {one['accounts'][0]['id']}" in done.err


def test_a_member_is_found_by_its_id_without_the_platform_too(store: Path, answer: dict[str, Any]) -> None:
    group = answer["groups"][0]
    member = group["accounts"][0]["id"]
    bare = member.partition(":")[2]
    assert shown(store, group["id"], "--account", bare) == shown(store, group["id"], "--account", member)


def test_a_handle_that_two_members_have_is_refused(answer: dict[str, Any]) -> None:
    group = from_json(json.dumps(answer)).groups[0]
    one, other = (replace(m, handle=name) for m, name in zip(group.accounts, ("Same", "same"), strict=False))
    double = replace(group, accounts=(one, other, *group.accounts[2:]))
    with pytest.raises(QueryError, match=r"2 accounts of .* are called '@same'"):
        _of_group(double, "@same")
    assert _of_group(double, one.id) == one.id


def test_an_account_and_a_pair_are_two_questions(store: Path, answer: dict[str, Any]) -> None:
    group = answer["groups"][0]
    a, b, c = (account["id"] for account in group["accounts"][:3])
    done = campaign("show", group["id"], "--account", a, "--pair", b, c, "--store", store)
    assert (done.code, done.out) == (2, "")
    assert done.err == "campaign: --account and --pair are two questions: ask one of them at a time\n"


def test_an_id_that_members_of_two_platforms_have_is_refused_without_its_platform(answer: dict[str, Any]) -> None:
    group = from_json(json.dumps(answer)).groups[0]
    ids = ("x:1", "bsky:1", "x:2")
    double = replace(group, accounts=tuple(replace(group.accounts[0], id=id, handle=id) for id in ids))
    with pytest.raises(QueryError, match=r"2 accounts of .* are called '1': say which, by id: x:1 and bsky:1"):
        _of_group(double, "1")
    assert _of_group(double, "2") == "x:2"


def test_two_of_another_group_are_not_said_to_be_in_no_common_group(store: Path, answer: dict[str, Any]) -> None:
    group, edge = only_together(answer)
    elsewhere = next(g for g in answer["groups"] if g["id"] != group["id"])
    said = told("show", elsewhere["id"], "--pair", edge["a"], edge["b"], "--store", store)
    assert f"Both are in another group of this run: {group['id']} (" in said
    assert "not in one group" not in said


def test_a_pair_inside_the_group_that_is_not_linked_is_shown_beside_an_outsider(answer: dict[str, Any]) -> None:
    found = from_json(json.dumps(answer))
    group = next(g for g in found.groups if g.why)
    a, b = sorted(m.id for m in group.accounts[:2])
    best = group.why[0]
    numbers = {"n": 2, "expected": 0.4, "p": 1e-3, "lucky": 400.0}
    inside = replace(best, a=a, b=b, claim="together", joined=False, **numbers, a_handle=None, b_handle=None)
    outside = replace(inside, b="x:stranger")
    said = explanation(found, replace(group, why=(best, outside, inside)))
    assert any(f"{a} and x:stranger: not linked. x:stranger{OUTSIDE.format(home='')} They met twice" in x for x in said)
    assert any(f"{a} and {b}: not linked. {INSIDE} They met twice" in x for x in said)


def test_the_posts_of_one_account_and_the_meetings_of_many_pairs_are_those_of_each(
    store: Path, answer: dict[str, Any]
) -> None:
    """An account's page asks for its own pairs alone, and for all its partners at once."""
    found = from_json(json.dumps(answer))
    group = found.groups[0]
    with closing(connect(StoreTarget(str(store), read_only=True))) as graph:
        known = evidence_of(graph, found, (m.id for m in group.accounts))
        every = own_posts(known, found, group)
        some = group.accounts[:3]
        assert all(every.values())
        assert [own_posts(known, found, group, [m.id]) for m in some] == [{m.id: every[m.id]} for m in some]
        edges = partner_edges(found.edges, group, group.accounts[0].id, "")
        assert len(edges) > 1
        each = [known.episodes(edge) for edge in edges]
        assert linked(known, edges).rows() == as_one(each).rows()
