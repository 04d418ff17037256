"""What the commands about followers read from either store: rows known by hand."""

from __future__ import annotations

from pathlib import Path

from campaign_cypher import queries
from campaign_cypher.embedded_file import File
from campaign_cypher.store import Store
from command import campaign, refused, told
from library_world import DAY, small
from small_graph import at

from campaign.follower_lists import follower_list


def test_reactions_and_lists_are_read_alike(any_store: Store) -> None:
    any_store.write(small().batch)
    reactions = any_store.read(queries.get("followers/reactions"), {"account": "x:1"})
    assert sorted(reactions.rows(), key=repr) == [
        ("x:p1", "x:2", "like", None, 1),
        ("x:p1", "x:3", "like", None, 2),
        ("x:p1", "x:3", "retweet", at(1), None),
        ("x:p1", "x:4", "retweet", at(2), None),
        ("x:p1", "x:6", "retweeted", None, 1),
    ]
    lists = any_store.read(queries.get("followers/lists"), {"accounts": ["x:1", "x:3"]})
    assert lists.rows() == [
        ("x:1", "x:2", 1, at(0), at(-4 * DAY)),
        ("x:1", "x:3", 2, at(0), at(-300 * DAY)),
        ("x:3", "x:4", 1, at(0), at(-10)),
    ]
    assert any_store.read(queries.get("followers/lists")).height == 6
    listed = follower_list(any_store, "@bob")
    assert (listed.account, listed.called, listed.known.followers.rows()) == (
        "x:2",
        "@Bob",
        [("x:1", None, at(-5 * DAY))],
    )


def test_a_store_of_an_older_version_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "old.lbug"
    told("simulate", "--out", tmp_path / "made", "--audience", "followers", "--bought", 0)
    told("load", tmp_path / "made" / "followers.csv", "--store", path, "-q")
    file = File(path, read_only=False)
    file.run("DROP TABLE LIKES").close()
    file.close()
    said = refused("followers", "engagement", "customer", "--store", path).err
    assert "older campaign" in said and "campaign load" in said
    told("load", tmp_path / "made" / "followers.csv", "--store", path, "-q")
    assert campaign("followers", "engagement", "customer", "--store", path).code == 0
