"""What becomes of nodes and relationships that are written, written again, or half written: alike on both stores."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from campaign_cypher import queries
from campaign_cypher.errors import StoreError
from campaign_cypher.events import read_events, read_texts
from campaign_cypher.store import GraphBatch, Store
from small_graph import at, pairs, rows, run_batch, small_batch

SMALL = {
    "Account": 4,
    "Post": 6,
    "Hashtag": 2,
    "Url": 1,
    "POSTED": 5,
    "TAGGED": 4,
    "MENTIONS": 2,
    "RETWEETS": 2,
    "REPLIES_TO": 1,
    "LINKS_TO": 1,
}
RUN = {"Run": 1, "Group": 1, "FOUND": 1, "MEMBER_OF": 2, "COORDINATED_WITH": 2, "PUSHED": 1, "TARGETED": 1}


def filled(counts: dict[str, int]) -> dict[str, int]:
    return {name: n for name, n in counts.items() if n}


def account(store: Store, id_: str = "x:1") -> dict[str, Any]:
    return store.read(queries.get("accounts/profiles"), {"ids": [id_]}).row(0, named=True)


def accounts(*data: dict[str, Any]) -> GraphBatch:
    return GraphBatch(nodes={"Account": pl.DataFrame(list(data), infer_schema_length=None)})


def test_new_and_there_are_counted(any_store: Store) -> None:
    first = any_store.write(small_batch())
    assert dict(first.new) == SMALL
    assert dict(first.there) == dict.fromkeys(SMALL, 0)
    assert filled(any_store.counts()) == SMALL


def test_second_write_changes_nothing(any_store: Store) -> None:
    any_store.write(small_batch())
    everyone = {"ids": ["x:1", "x:2", "x:3", "x:9"]}
    before = any_store.read(queries.get("accounts/profiles"), everyone)
    second = any_store.write(small_batch())
    assert dict(second.new) == dict.fromkeys(SMALL, 0)
    assert dict(second.there) == SMALL
    assert filled(any_store.counts()) == SMALL
    assert any_store.read(queries.get("accounts/profiles"), everyone).equals(before)


def test_killed_load_is_ended_by_running_it_again(any_store: Store) -> None:
    batch = small_batch()
    any_store.write(GraphBatch(nodes=batch.nodes))  # killed after the nodes …
    some = {"TAGGED": batch.relationships["TAGGED"].head(1), "POSTED": batch.relationships["POSTED"]}
    any_store.write(GraphBatch(relationships=some))  # … and a part of the relationships
    again = any_store.write(batch)
    assert dict(again.new) == {**dict.fromkeys(SMALL, 0), "TAGGED": 3} | {
        name: SMALL[name] for name in ("MENTIONS", "RETWEETS", "REPLIES_TO", "LINKS_TO")
    }
    assert filled(any_store.counts()) == SMALL


def test_repeated_rows_within_a_batch_are_one(any_store: Store) -> None:
    small = small_batch()
    twice = GraphBatch(
        nodes={name: pl.concat([frame, frame]) for name, frame in small.nodes.items()},
        relationships={name: pl.concat([frame, frame]) for name, frame in small.relationships.items()},
    )
    assert dict(any_store.write(twice).new) == SMALL


def test_null_never_overwrites_and_a_value_does(any_store: Store) -> None:
    any_store.write(accounts({"id": "x:1", "handle": "ann", "followers": 10, "placeholder": False}))
    any_store.write(accounts({"id": "x:1", "handle": None, "followers": 11, "placeholder": False}))
    assert (account(any_store)["handle"], account(any_store)["followers"]) == ("ann", 11)


def test_columns_that_are_missing_are_left_alone(any_store: Store) -> None:
    any_store.write(accounts({"id": "x:1", "handle": "ann", "placeholder": False}))
    any_store.write(accounts({"id": "x:1", "followers": 3}))
    assert {k: account(any_store)[k] for k in ("handle", "followers", "placeholder")} == {
        "handle": "ann",
        "followers": 3,
        "placeholder": False,
    }


def test_older_observation_only_fills_what_is_empty(any_store: Store) -> None:
    any_store.write(accounts({"id": "x:1", "followers": 10, "last_seen_at": at(10), "placeholder": False}))
    any_store.write(accounts({"id": "x:1", "followers": 5, "name": "Ann", "last_seen_at": at(5), "placeholder": False}))
    found = account(any_store)
    assert (found["followers"], found["name"], found["last_seen_at"]) == (10, "Ann", at(10))


def test_newer_observation_replaces(any_store: Store) -> None:
    any_store.write(accounts({"id": "x:1", "followers": 10, "last_seen_at": at(10), "placeholder": False}))
    any_store.write(accounts({"id": "x:1", "followers": 5, "last_seen_at": at(11), "placeholder": False}))
    assert (account(any_store)["followers"], account(any_store)["last_seen_at"]) == (5, at(11))


def test_the_newest_of_a_batch_wins_whatever_its_place(any_store: Store) -> None:
    newer = {"id": "x:1", "followers": 10, "name": None, "last_seen_at": at(10), "placeholder": False}
    older = {"id": "x:1", "followers": 5, "name": "Ann", "last_seen_at": at(5), "placeholder": False}
    named = {"id": "x:1", "followers": 99, "name": "?", "last_seen_at": None, "placeholder": True}
    any_store.write(accounts(newer, named, older))
    found = account(any_store)
    assert (found["followers"], found["name"], found["placeholder"]) == (10, "Ann", False)


def test_collected_account_replaces_placeholder(any_store: Store) -> None:
    any_store.write(accounts({"id": "x:1", "handle": "ANN", "placeholder": True}))
    any_store.write(accounts({"id": "x:1", "handle": "Ann", "placeholder": False}))
    assert (account(any_store)["handle"], account(any_store)["placeholder"]) == ("Ann", False)


def test_placeholder_never_replaces_collected_account(any_store: Store) -> None:
    any_store.write(accounts({"id": "x:1", "handle": "Ann", "placeholder": False}))
    any_store.write(accounts({"id": "x:1", "handle": "ANN", "name": "Ann A.", "placeholder": True}))
    found = account(any_store)
    assert (found["handle"], found["name"], found["placeholder"]) == ("Ann", "Ann A.", False)


def test_hashtag_keeps_its_first_spelling(any_store: Store) -> None:
    for spelling in ("MAGA", "maga"):
        frame = rows("tag", "display", data=[("maga", spelling)])
        any_store.write(GraphBatch(nodes={"Hashtag": frame}))
    shown = any_store.read(queries.get("hashtags/names"))
    assert shown["display"].to_list() == ["MAGA"]


def test_relationship_without_an_end_is_refused(any_store: Store) -> None:
    any_store.write(small_batch())
    with pytest.raises(StoreError, match=r"POSTED: .*neither in the store nor in the batch"):
        any_store.write(GraphBatch(relationships={"POSTED": pairs(("x:1", "x:p2"), ("x:nobody", "x:p1"))}))
    assert filled(any_store.counts()) == SMALL


@pytest.mark.parametrize(
    ("batch", "complaint"),
    [
        (GraphBatch(nodes={"Cargo": rows("id", data=[("1",)])}), "unknown label Cargo"),
        (GraphBatch(relationships={"SHIPS": pairs(("1", "2"))}), "unknown relationship SHIPS"),
        (GraphBatch(nodes={"Account": rows("id", "shoe", data=[("1", 43)])}), "no property shoe"),
        (GraphBatch(nodes={"Account": rows("id", "handle", data=[(None, "a")])}), "1 rows have no id"),
        (GraphBatch(nodes={"Account": rows("id", "followers", data=[("1", "many")])}), "does not fit the model"),
    ],
)
def test_batches_that_are_not_the_models_are_refused(embedded_store: Store, batch: GraphBatch, complaint: str) -> None:
    with pytest.raises(StoreError, match=complaint):
        embedded_store.write(batch)


def test_times_come_back_to_the_microsecond_also_before_1970(any_store: Store) -> None:
    moment = at(0).replace(year=1969, microsecond=123457)
    any_store.write(accounts({"id": "x:1", "created_at": moment, "placeholder": False}))
    assert account(any_store)["created_at"] == moment


def test_more_rows_than_a_statement_takes(any_store: Store) -> None:
    n = 5500
    ids = pl.DataFrame({"id": [f"x:{i}" for i in range(n)]})
    follows = ids.select(source="id", target=pl.lit("x:0"), rank=pl.int_range(n))
    any_store.write(GraphBatch(nodes={"Account": ids}, relationships={"FOLLOWS": follows}))
    assert filled(any_store.counts()) == {"Account": n, "FOLLOWS": n}


def test_edges_differ_by_their_keys(any_store: Store) -> None:
    any_store.write(small_batch())
    assert {k: v for k, v in any_store.write(run_batch()).new.items() if v} == RUN
    assert {k: v for k, v in any_store.write(run_batch()).there.items() if v} == RUN
    assert filled(any_store.counts()) == SMALL | RUN


def test_delete_run_leaves_the_posts_and_the_other_runs(any_store: Store) -> None:
    any_store.write(small_batch())
    any_store.write(run_batch("r1"))
    any_store.write(run_batch("r2"))
    assert any_store.delete_run("r1") == RUN
    assert filled(any_store.counts()) == SMALL | RUN
    assert any_store.delete_run("r1") == {}
    any_store.write(run_batch("r1"))  # and the same run can come back
    assert filled(any_store.counts()) == SMALL | {name: 2 * n for name, n in RUN.items()}


def test_events_of_retweets_and_originals(any_store: Store) -> None:
    any_store.write(small_batch())
    ms = int(at(0).timestamp() * 1000)
    assert read_events(any_store, "hashtag").rows() == [
        ("x:1", "a", ms),
        ("x:2", "a", ms + 60_000),
        ("x:2", "b", ms + 60_000),
    ]
    retweets = read_events(any_store, "retweet").select("account", "object", "source", "time")
    assert retweets.rows() == [("x:2", "x:p0", None, ms + 120_000), ("x:3", "x:p0", None, ms + 180_000)]


def test_retweets_at_one_moment_are_two_acts_and_name_the_author(any_store: Store) -> None:
    posts = rows(
        "id", "created_at", "kind", data=[("p", at(0), None), ("q", at(1), "retweet"), ("r", at(1), "retweet")]
    )
    any_store.write(
        GraphBatch(
            nodes={"Account": rows("id", data=[("x:1",), ("x:2",)]), "Post": posts},
            relationships={
                "POSTED": pairs(("x:1", "p"), ("x:2", "q"), ("x:2", "r")),
                "RETWEETS": pairs(("q", "p"), ("r", "p")),
            },
        )
    )
    retweets = read_events(any_store, "retweet").select("account", "object", "source")
    assert retweets.rows() == [("x:2", "p", "x:1")] * 2


def test_a_source_is_one_however_it_is_known(any_store: Store) -> None:
    """By its id, by its handle only, or by the text of a retweet: three ways to name one star, who has one crowd."""
    posts = rows(
        "id",
        "created_at",
        "text",
        "kind",
        data=[
            ("p", at(0), "mine", "original"),
            ("x:text:1", None, "also mine", None),
            ("q", None, None, None),
            ("a", at(1), "RT @star: mine", "retweet"),
            ("b", at(2), "RT @star: also mine", "retweet"),
            ("c", at(3), "RT @Star: और", "retweet"),
            ("d", at(4), "RT @star और", "retweet"),
            ("e", at(5), "without a name", "retweet"),
        ],
    )
    accounts = rows("id", "handle", data=[("x:1", "Star"), ("x:@star", "star"), ("x:2", "fan")])
    any_store.write(
        GraphBatch(
            nodes={"Account": accounts, "Post": posts},
            relationships={
                "POSTED": pairs(("x:1", "p"), ("x:@star", "x:text:1"), *(("x:2", post) for post in "abcde")),
                "RETWEETS": pairs(("a", "p"), ("b", "x:text:1"), ("c", "q"), ("d", "q"), ("e", "q")),
            },
        )
    )
    assert read_events(any_store, "retweet")["source"].to_list() == ["star"] * 4 + [None]


def test_a_post_has_one_author_the_first(any_store: Store) -> None:
    """One file knows ids, the next only handles: the same posts must not act twice, in perfect step."""

    def written(author: str) -> dict[str, int]:
        posts = rows("id", "created_at", "text", "kind", data=[("x:p", at(0), "hello", "original")])
        batch = GraphBatch(
            nodes={"Account": rows("id", data=[(author,)]), "Post": posts},
            relationships={"POSTED": pairs((author, "x:p"))},
        )
        done = any_store.write(batch)
        assert done.new["POSTED"] + done.there["POSTED"] == 1
        return filled(any_store.counts())

    assert written("x:1") == {"Account": 1, "Post": 1, "POSTED": 1}
    assert written("x:@bob") == {"Account": 2, "Post": 1, "POSTED": 1}
    assert read_texts(any_store)["account"].to_list() == ["x:1"]
