"""What the loader keeps for the layers: the order of hashtags, sites, images; and stores made before it kept them."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

import ladybug
import polars as pl
import pytest
from campaign_cypher import StoreTarget, connect, queries, schema
from campaign_cypher.errors import StoreError
from campaign_cypher.events import read_events
from campaign_loader import load
from campaign_loader.options import ReadOptions
from loading import pairs, read, write

from campaign.settings import open_store

HEAD = "id,user_id,created_at,"


def test_order_of_hashtags_is_kept_and_each_counts_once(tmp_path: Path) -> None:
    texts = ["#Bee then #ant, and #bee", "none", "#Straße #ant"]
    rows = "".join(f'{i},u,2020-01-01T00:00:0{i}Z,"{text}"\n' for i, text in enumerate(texts))
    posts = read(write(tmp_path / "a.csv", f"{HEAD}text\n{rows}")).posts
    assert posts["tag_sequence"].to_list() == ["#bee #ant", None, "#strasse #ant"]


def test_a_tag_with_a_space_stays_one_tag_of_the_sequence(tmp_path: Path) -> None:
    posts = read(write(tmp_path / "a.csv", f'{HEAD}hashtags\n1,u,2020-01-01,"[""two words"", ""b""]"\n')).posts
    assert posts["tag_sequence"].to_list() == ["#two_words #b"]


@pytest.mark.parametrize(
    ("tags", "known"),
    [
        ([" #Rain", "rain ", "Wind\t", "\u3000wind"], ["rain", "wind"]),
        (["# Rain", " ", "#", "\u200eWind\u200e"], ["rain", "wind"]),
        (["\u202b#Rain\u202c", "Wi\u200cnd", "\u00adWind\u00ad"], ["rain", "wi\u200cnd", "wind"]),
    ],
)
def test_what_stands_around_a_listed_hashtag_is_no_part_of_it(
    tmp_path: Path, tags: list[str], known: list[str]
) -> None:
    row = {"id": "1", "user_id": "u", "created_at": "2020-01-01", "hashtags": tags}
    of_json = read(write(tmp_path / "a.jsonl", json.dumps(row) + "\n"))
    cell = repr(tags).replace('"', '""')
    of_csv = read(write(tmp_path / "a.csv", f'{HEAD}hashtags\n1,u,2020-01-01,"{cell}"\n'))
    for tables in (of_json, of_csv):
        assert tables.hashtags["tag"].to_list() == known
        assert [tag.casefold() for tag in tables.hashtags["display"]] == known


def test_blanks_around_what_a_list_names_are_no_part_of_it(tmp_path: Path) -> None:
    row = {
        "id": "1",
        "user_id": "7",
        "created_at": "2020-01-01",
        "urls": [" https://a.example/b "],
        "mentions": [" @Ann"],
    }
    tables = read(write(tmp_path / "a.jsonl", json.dumps(row) + "\n"))
    assert tables.urls.select("url", "domain").rows() == [("https://a.example/b", "a.example")]
    assert tables.mentions["account"].to_list() == ["other:@ann"]


def test_a_table_with_a_row_for_each_tag_keeps_their_order(tmp_path: Path) -> None:
    rows = "1,u,2020-01-01,b\n2,v,2020-01-01,x\n1,u,2020-01-01,a\n"
    tables = read(write(tmp_path / "a.csv", f"{HEAD}hashtag\n{rows}"))
    assert pairs(tables.posts, "id", "tag_sequence") == {("other:1", "#b #a"), ("other:2", "#x")}


@pytest.mark.parametrize(
    ("url", "domain", "address", "site"),
    [
        ("https://www.News.example:80/a", "", "https://www.News.example:80/a", "news.example"),
        ("https://news.example/a", "other.example", "https://news.example/a", "news.example"),
        ("https://t.co/a", "", "https://t.co/a", None),
        ("https://bit.ly/a", "WWW.news.example", "https://bit.ly/a", "news.example"),
        ("29871", "5534", "29871", "5534"),
        ("", "5534", "//5534", "5534"),
        ("29871", "", "29871", None),
    ],
)
def test_site_of_an_address(tmp_path: Path, url: str, domain: str, address: str, site: str | None) -> None:
    tables = read(write(tmp_path / "a.csv", f"{HEAD}url_id,domain_id\n1,u,2020-01-01,{url},{domain}\n"))
    assert tables.urls.rows() == [("other:1", address, site)]


def test_images_come_from_a_column_of_hashes_however_it_is_called(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f"{HEAD}picture\n1,u,2020-01-01,f0 f1\n2,v,2020-01-01,\n")
    mapped = read(path, ReadOptions(columns={"images": "picture"}))
    assert pairs(mapped.images, "post", "hash") == {("other:1", "f0"), ("other:1", "f1")}
    hinted = read(write(tmp_path / "b.csv", path.read_text().replace("picture", "image_hash")))
    assert hinted.images.equals(mapped.images)


def test_hashes_that_were_read_as_decimals_are_whole_numbers(tmp_path: Path) -> None:
    frame = pl.DataFrame({"user_id": ["u", "v"], "created_at": ["2020-01-01"] * 2, "phash_id": [9280.0, None]})
    frame.write_parquet(tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet").images["hash"].to_list() == ["9280"]


def test_posts_that_show_one_image_meet_on_it(tmp_path: Path) -> None:
    with closing(connect(StoreTarget(str(tmp_path / "s.lbug")))) as store:
        path = write(tmp_path / "a.csv", f"{HEAD}image_hash\n1,u,2020-01-01,f0\n2,v,2020-01-01,f0 f1\n")
        report = load([str(path)], store)
        assert {name: report.written[name] for name in ("Post", "Image", "SHOWS")} == {
            "Post": 2,
            "Image": 2,
            "SHOWS": 3,
        }
        again = load([str(path)], store)
        assert not +again.written


@pytest.fixture
def old_store(tmp_path: Path) -> Path:
    """A store as version 1 of the schema made it, with one post in it."""
    path = tmp_path / "old.lbug"
    database = ladybug.Database(path)
    connection = ladybug.Connection(database)
    for name, text in schema.embedded_tables().items():
        if name not in ("Image", "SHOWS", "Load"):
            connection.execute(re.sub(r", `(tag_sequence|joined_\w+)` \w+", "", text))
    connection.execute(f"CREATE (:{schema.LABEL} {{version: 1, name: 'V001'}})")
    connection.execute("CREATE (:Account {id: 'other:u', platform: 'other', placeholder: false})")
    made = "created_at: timestamp('2020-01-01 00:00:00'), text: '#b #a', kind: 'original', placeholder: false"
    connection.execute(f"CREATE (:Post {{id: 'other:1', {made}}})")
    connection.execute("MATCH (a:Account), (p:Post) CREATE (a)-[:POSTED]->(p)")
    connection.close()
    database.close()
    return path


def test_an_old_store_that_is_only_read_says_what_to_do(old_store: Path) -> None:
    with closing(connect(StoreTarget(str(old_store), read_only=True))) as store:
        joined = {f"MEMBER_OF.joined_{what}" for what in ("layer", "n", "expected", "q")}
        assert set(store.about().missing) == {"Image", "SHOWS", "Load", "Post.tag_sequence", *joined}
        with pytest.raises(StoreError, match=r"older campaign \(schema 1, .* load its files into it once more"):
            read_events(store, "hashtag_sequence")
        assert store.read(queries.get("evidence/account_posts"), {"account": "other:u"}).height == 1


def test_an_old_store_is_brought_up_to_date_and_filled_by_loading_again(
    old_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_store(str(old_store))) as store:
        told = capsys.readouterr()
        assert told.out == ""
        assert f"{old_store}: schema 1 -> {schema.VERSION}: what was loaded before lacks what is new" in told.err
        assert store.about().missing == []
        assert read_events(store, "hashtag_sequence").is_empty()
        load([str(write(tmp_path / "a.csv", f"{HEAD}text\n1,u,2020-01-01,#b #a\n"))], store)
        assert read_events(store, "hashtag_sequence")["object"].to_list() == ["#b #a"]
    with closing(open_store(str(old_store))):
        assert capsys.readouterr().err == ""
