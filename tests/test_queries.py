"""Stored queries as objects: their files, their headers, their parameters."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from campaign_cypher import queries
from campaign_cypher.errors import StoreError
from campaign_cypher.model import ACCOUNT, NODES, RELATIONSHIPS, RUN
from campaign_cypher.queries.header import body, parse

GOOD = """// Posts of a day
// answers: How many?
// parameter day: time -- the day
// parameter limit: integer = 5 -- at most so many rows
// column n: integer -- how many
// portable: yes
MATCH (p:Post) WHERE p.created_at >= $day RETURN count(p) AS n LIMIT $limit;
"""


def test_every_file_is_a_query_that_says_what_it_is() -> None:
    found = queries.all_queries()
    assert len(found) >= 16
    assert len({q.title for q in found}) == len(found)
    for query in found:
        assert "?" in query.answers, query.id
        assert all(c.meaning for c in query.fields), query.id


def test_queries_with_a_limit_end_by_it() -> None:
    unlimited = [q.id for q in queries.all_queries() if not q.for_program and "LIMIT $limit" not in q.text]
    bounded = {
        "overview/",
        "timelines/hours_of_day",
        "timelines/seconds_of_minute",
        "quality/clock",
        "quality/missing",
        "evidence/path",
    }
    of_a_run = {"runs/", "coordination/layers", "campaigns/compare", "accounts/status"}
    of_names_given = {"accounts/profiles", "hashtags/accounts"}
    assert [id_ for id_ in unlimited if not id_.startswith(tuple(bounded | of_a_run | of_names_given))] == []


def test_slow_says_how_long_on_how_much() -> None:
    slow = {q.id: q.slow for q in queries.all_queries() if q.slow}
    assert slow
    assert [id_ for id_, words in slow.items() if not re.match(r"up to \d+ s on 1 M posts", words)] == []


def test_texts_name_no_value_that_a_parameter_should_be() -> None:
    for query in queries.all_queries():
        for text in filter(None, (query.neo4j, query.embedded)):
            assert '"' not in body(text.cypher), query.id


def test_counts_names_the_whole_model() -> None:
    text = queries.get("overview/counts").text
    assert all(f"'{name}' AS name" in text for name in [n.label for n in NODES] + [r.type for r in RELATIONSHIPS])


@pytest.mark.parametrize(("id_", "node"), [("accounts/profiles", ACCOUNT), ("runs/show", RUN)])
def test_whole_nodes_have_the_models_columns(id_: str, node) -> None:
    assert queries.get(id_).columns == tuple(p.name for p in node.properties)


def test_unknown_query_names_the_near_ones() -> None:
    with pytest.raises(StoreError, match=r"did you mean .*hashtags/top"):
        queries.get("hashtag/top")
    with pytest.raises(StoreError, match="campaign query list"):
        queries.get("zzz")


def test_header_is_read() -> None:
    query = parse("t/day", GOOD, None)
    assert (query.title, query.answers, query.columns, query.portable) == ("Posts of a day", "How many?", ("n",), True)
    assert [(p.name, p.kind, p.default, p.required) for p in query.parameters] == [
        ("day", "time", None, True),
        ("limit", "integer", 5, False),
    ]
    assert body(query.text).startswith("MATCH")
    assert not body(query.text).endswith(";")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("// answers: How many?\n", "", "one line '// answers"),
        ("// portable: yes", "// portable: perhaps", "yes or no"),
        ("// Posts of a day\n", "", "first line is not"),
        ("// column n: integer -- how many\n", "", "names no column"),
        ("day: time -- the day", "day the day", "is not 'name: type"),
        ("day: time", "day: moment", "is not 'name: type"),
        ("n: integer -- how", "n -- how", "is not 'name: type"),
        (">= $day", ">= $night", "differ in day, night"),
        ("LIMIT $limit;", "LIMIT $limit", "does not end with ;"),
        ("// portable", "// lists: m\n// portable", "name columns that it has not"),
        ("= 5 --", "= five --", "the default of limit is no JSON: five"),
    ],
)
def test_bad_headers_are_refused(old: str, new: str, complaint: str) -> None:
    with pytest.raises(StoreError, match=complaint):
        parse("t/day", GOOD.replace(old, new), None)


def test_portable_query_has_no_variant() -> None:
    with pytest.raises(StoreError, match="one of the two"):
        parse("t/day", GOOD, GOOD)


def test_parameters_are_checked() -> None:
    query = parse("t/day", GOOD, None)
    with pytest.raises(StoreError, match="no parameter days: it has day, limit"):
        query.bind({"days": 1})
    with pytest.raises(StoreError, match="wants day"):
        query.bind({})
    with pytest.raises(StoreError, match="day is a time, not 'today'"):
        query.bind({"day": "today"})


def test_times_become_utc() -> None:
    query = parse("t/day", GOOD, None)
    naive = datetime(2016, 3, 22)  # that is the point
    assert query.bind({"day": naive}) == {"day": datetime(2016, 3, 22, tzinfo=UTC), "limit": 5}
    east = datetime.fromisoformat("2016-03-22T02:00+02:00")
    assert query.bind({"day": east})["day"].isoformat() == "2016-03-22T00:00:00+00:00"


def test_texts_are_converted_to_the_parameters_types() -> None:
    query = parse("t/day", GOOD, None)
    assert query.from_text({"day": "2016-03-22", "limit": "7"}) == {"day": datetime(2016, 3, 22), "limit": 7}
    accounts = queries.get("hashtags/accounts")
    assert accounts.from_text({"tags": "a, b", "originals": "yes"}) == {"tags": ["a", "b"], "originals": True}
    assert accounts.from_text({"tags": '["a,b"]', "since": "null"}) == {"tags": ["a,b"], "since": None}


@pytest.mark.parametrize("given", [{"limit": "many"}, {"day": "yesterday"}])
def test_texts_that_do_not_fit_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(StoreError, match="for example"):
        parse("t/day", GOOD, None).from_text(given)


@pytest.mark.parametrize(
    ("cypher", "complaint"),
    [
        ("MATCH (p:Post) SET p.text = 'x' RETURN count(p) AS n LIMIT $limit;", r"writes \(SET\)"),
        ("MATCH (p:Post) detach delete p RETURN 1 AS n LIMIT $limit;", r"writes \(DETACH\)"),
        ("LOAD CSV FROM 'file:///x' AS row RETURN 1 AS n LIMIT $limit;", r"writes \(LOAD CSV\)"),
        ("MATCH (p) RETURN 1 AS n LIMIT $limit; MATCH (q) RETURN 1 AS n;", "more than one statement"),
    ],
)
def test_what_writes_is_refused(cypher: str, complaint: str) -> None:
    with pytest.raises(StoreError, match=complaint):
        parse("t/day", GOOD[: GOOD.index("MATCH")] + cypher + "\n", None)


def test_what_only_looks_like_writing_is_let_through() -> None:
    cypher = (
        "MATCH (p:Post {text: 'SET; DELETE it'}) // create\n"
        "WHERE p.set >= $day AND p.`merge` IS NULL /* DROP */ RETURN p.created_at AS n LIMIT $limit;\n"
    )
    assert parse("t/day", GOOD[: GOOD.index("MATCH")] + cypher, None).portable


def test_query_for_neo4j_only_says_so() -> None:
    with pytest.raises(StoreError, match="runs on Neo4j only"):
        queries.get("runs/group_graph").text_for("embedded")
