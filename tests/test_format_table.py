"""Tables of any kind: columns by hints and by --map, keys, lists, long tables, JSON lines, Parquet."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import polars as pl
import pytest
import zstandard
from campaign_loader import LoadError, ReadOptions
from campaign_loader.columns import choose, snake
from loading import format_of, pairs, read, write

SMALL = """post_id,account_id,screen_name,created_at,text,retweet_of,in_reply_to_status_id,quoted_status_id
1,10,Ann,2020-01-01 10:00:00,"Hello, #World @Bob",,,
2,11,Bob,2020-01-01T10:00:01Z,RT @Ann: Hello #World @Bob,1,,
3,11,Bob,1577872802,answers,,1,
4,12,,2020-01-01 10:00:03,quotes @stranger,,,900
"""


def test_a_table_with_every_kind_of_post(tmp_path: Path) -> None:
    tables = read(write(tmp_path / "posts.csv", SMALL), ReadOptions(platform="x"))
    assert pairs(tables.posts, "id", "account", "kind") == {
        ("x:1", "x:10", "original"),
        ("x:2", "x:11", "retweet"),
        ("x:3", "x:11", "reply"),
        ("x:4", "x:12", "quote"),
    }
    assert [f"{t:%H:%M:%S}" for t in tables.posts["created_at"]] == ["10:00:00", "10:00:01", "10:00:02", "10:00:03"]
    assert pairs(tables.hashtags, "post", "tag", "display") == {("x:1", "world", "World"), ("x:2", "world", "World")}
    assert pairs(tables.retweets, "post", "target") == {("x:2", "x:1")}
    assert pairs(tables.replies, "post", "target") == {("x:3", "x:1")}
    assert pairs(tables.quotes, "post", "target") == {("x:4", "x:900")}
    assert tables.rejected.is_empty()


def test_names_in_texts_become_ids_where_the_table_tells(tmp_path: Path) -> None:
    tables = read(write(tmp_path / "posts.csv", SMALL), ReadOptions(platform="x"))
    assert pairs(tables.mentions, "post", "account") == {
        ("x:1", "x:11"),
        ("x:2", "x:10"),
        ("x:2", "x:11"),
        ("x:4", "x:@stranger"),
    }


def test_a_post_without_id_gets_the_same_one_each_time(tmp_path: Path) -> None:
    rows = "user_id,created_at,text\n1,2020-01-01 10:00,a\n1,2020-01-01 10:00,b\n2,2020-01-01 10:00,a\n1,1577872800,a\n"
    first = read(write(tmp_path / "a.csv", rows))
    again = read(write(tmp_path / "b.csv", rows), ReadOptions(block_bytes=30))
    assert first.posts["id"].str.contains("^other:h:[0-9a-f]{32}$").all()
    assert len(first.posts) == 3  # the last row says the first once more, its time as a number
    assert set(again.posts["id"]) == set(first.posts["id"])


def test_accounts_known_by_handle_only(tmp_path: Path) -> None:
    tables = read(
        write(tmp_path / "p.csv", "user,date,text\n@AnnA,2020-01-01 10:00,hi @Bob\nanna,2020-01-01 10:01,x\n")
    )
    assert set(tables.posts["account"]) == {"other:@anna"}
    assert pairs(tables.accounts, "id", "handle") == {("other:@anna", "AnnA")}
    assert pairs(tables.mentions, "account", "handle") == {("other:@bob", "Bob")}


@pytest.mark.parametrize(
    ("accounts", "mentions", "expected"),
    [
        (("1", "2"), "3 @ann", {"other:3", "other:@ann"}),
        (("1", "2"), "ann", {"other:@ann"}),  # a name among accounts of digits is no id
        (("u1", "u2"), "u3", {"other:u3"}),
    ],
)
def test_mentions_of_a_column(tmp_path: Path, accounts: tuple[str, str], mentions: str, expected: set[str]) -> None:
    rows = f"{accounts[0]},2020-01-01 10:00,a,{mentions}\n{accounts[1]},2020-01-01 10:00,b @no,\n"
    text = f"account_id,time,text,mentions\n{rows}"
    assert set(read(write(tmp_path / "p.csv", text)).mentions["account"]) == expected


def test_a_long_table_becomes_one_post_a_content(tmp_path: Path) -> None:
    path = tmp_path / "long.parquet"
    pl.DataFrame(
        {
            "object_id": ["a", "b", "A", "a"],
            "account_id": ["u1", "u1", "u1", "u2"],
            "content_id": ["p1", "p1", "p1", "p2"],
            "timestamp_share": [1577872800.0] * 4,
        }
    ).write_parquet(path)
    tables = read(path, ReadOptions(columns={"hashtags": "object_id"}))
    assert pairs(tables.posts, "id", "account") == {("other:p1", "other:u1"), ("other:p2", "other:u2")}
    assert pairs(tables.hashtags, "post", "tag") == {("other:p1", "a"), ("other:p1", "b"), ("other:p2", "a")}
    assert tables.rows == 4


def test_one_id_with_two_accounts_is_not_trusted(tmp_path: Path) -> None:
    tables = read(write(tmp_path / "p.csv", "id,user_id,time,text\n7,1,1577872800,a\n7,2,1577872800,b\n"))
    assert pairs(tables.posts, "id", "account") == {("other:7", "other:1")}
    assert pairs(tables.rejected, "line", "reason") == {(3, "the post's id belongs to another account")}


def test_retweets_without_id_meet_on_their_text(tmp_path: Path) -> None:
    text = (
        "user_id,created_at,text,is_retweet\n"
        "1,2020-01-01 10:00,RT @Ann: Big  news,\n"
        "2,2020-01-01 10:01,RT @ann: big news,\n"
        "3,2020-01-01 10:02,big news,true\n"
        "4,2020-01-01 10:03,big news,false\n"
        "5,2020-01-01 10:04,,true\n"
    )
    tables = read(write(tmp_path / "p.csv", text))
    by_account = dict(zip(tables.posts["id"], tables.posts["account"], strict=True))
    target = {by_account[post]: target for post, target in tables.retweets.select("post", "target").rows()}
    assert set(target) == {"other:1", "other:2", "other:3"}
    assert target["other:1"] == target["other:2"] != target["other:3"]
    assert target["other:1"].startswith("other:text:")
    assert set(tables.retweets["text"]) == {"big news"}


def test_references_that_lost_digits_are_left_out_and_counted(tmp_path: Path) -> None:
    text = "id,user_id,time,text,in_reply_to_tweetid\n1,1,1577872800,a,1.3510829641893724e+18\n2,1,1577872800,b,5\n"
    tables = read(write(tmp_path / "p.csv", text))
    assert pairs(tables.replies, "post", "target") == {("other:2", "other:5")}
    assert pairs(tables.posts, "id", "kind") == {("other:1", "original"), ("other:2", "reply")}
    assert tables.dropped == {"reply_to lost digits": 1}


def test_the_information_operations_archive(tmp_path: Path) -> None:
    """Its 30 columns, in the forms that shared/data/README.md tells of; invented content."""
    header = (
        "tweetid,userid,user_display_name,user_screen_name,user_reported_location,user_profile_description,"
        "user_profile_url,follower_count,following_count,account_creation_date,account_language,tweet_language,"
        "tweet_text,tweet_time,tweet_client_name,in_reply_to_userid,in_reply_to_tweetid,quoted_tweet_tweetid,"
        "is_retweet,retweet_userid,retweet_tweetid,latitude,longitude,quote_count,reply_count,like_count,"
        "retweet_count,hashtags,urls,user_mentions\n"
    )
    row = (
        '1372541000000000001,Dauog8ym=,Dauog8ym=,Dauog8ym=,Here,"bio, more",,12,34,2019-05-01,,en,"one\ntwo VUBQ",'
        "2021-03-18 13:15,Web,,1.3510829641893724e+18,,False,,,absent,absent,0,0,0,0,"
        "\"['Tag', 'Other']\",['https://a.example/x'],\"['77', 'Hashed=']\"\n"
    )
    tables = read(write(tmp_path / "io.csv", header + row), ReadOptions(platform="x"))
    assert pairs(tables.posts, "id", "account", "text", "language", "client", "kind") == {
        ("x:1372541000000000001", "x:Dauog8ym=", "one\ntwo VUBQ", "en", "Web", "original")
    }
    assert pairs(tables.accounts, "name", "description", "location", "followers", "following") == {
        ("Dauog8ym=", "bio, more", "Here", 12, 34)
    }
    assert f"{tables.accounts['created_at'][0]:%Y-%m-%d}" == "2019-05-01"
    assert f"{tables.accounts['last_seen_at'][0]:%Y-%m-%d %H:%M}" == "2021-03-18 13:15"
    assert set(tables.hashtags["tag"]) == {"tag", "other"}
    assert set(tables.mentions["account"]) == {"x:77", "x:Hashed="}
    assert set(tables.urls["url"]) == {"https://a.example/x"}
    assert tables.dropped == {"reply_to lost digits": 1}


def test_json_lines_keep_every_digit_and_inner_objects(tmp_path: Path) -> None:
    records = [
        {"id": 1450808573983727617, "user": {"id": 5, "screen_name": "Ann"}, "created_at": "2020-01-01T10:00:00Z",
         "full_text": "x", "entities": {"hashtags": [{"text": "Tag"}], "user_mentions": [{"id_str": "6"}]}},
        {"id": 1.35e18, "user": {"id": 5}, "created_at": "2020-01-01T10:00:00Z", "full_text": "lost"},
    ]  # fmt: skip
    tables = read(write(tmp_path / "p.jsonl", "\n".join(map(json.dumps, records))))
    assert pairs(tables.posts, "id", "account") == {("other:1450808573983727617", "other:5")}
    assert set(tables.hashtags["tag"]) == {"tag"}
    assert set(tables.mentions["account"]) == {"other:6"}
    assert pairs(tables.rejected, "line", "reason") == {(2, "the post's id lost digits")}


def test_halves_of_emoji_and_names_beside_ids(tmp_path: Path) -> None:
    line = '{"id": "1", "username": "Ann", "created_at": "2020-01-01T10:00:00Z", "text": "cut \\ud83d", "name": "A"}'
    path = write(tmp_path / "p.jsonl", line)
    assert format_of(path) == "table"  # id, name and username make no user of X where there is a text
    assert pairs(read(path).posts, "account", "text") == {("other:@ann", "cut \ufffd")}


def test_a_json_document_is_a_list_of_records(tmp_path: Path) -> None:
    records = [{"id": str(i), "user_id": "1", "time": 1577872800, "text": "x"} for i in range(3)]
    path = write(tmp_path / "p.json", json.dumps(records, indent=2))
    assert set(read(path).posts["id"]) == {"other:0", "other:1", "other:2"}


@pytest.mark.parametrize("pack", ["gz", "two members", "zst", "bom", "utf-16", "cp1252", "tabs", "crlf"])
def test_the_same_table_in_other_wrappings(tmp_path: Path, pack: str) -> None:
    text = "id,user_id,time,text\n" + "".join(f'{i},1,1577872800,"é ""x"",\n#t{i}"\n' for i in range(1000))
    data = text.encode()
    wrapped = {
        "gz": gzip.compress(data),
        "two members": gzip.compress(data[:999]) + gzip.compress(data[999:]),
        "zst": zstandard.compress(data),
        "bom": b"\xef\xbb\xbf" + data,
        "utf-16": text.encode("utf-16"),
        "cp1252": text.encode("cp1252"),
        "tabs": text.replace('",', "§").replace(",", "\t").replace("§", '",').encode(),
        "crlf": text.replace("\n", "\r\n").encode(),
    }[pack]
    path = tmp_path / "posts"
    path.write_bytes(wrapped)
    tables = read(path, ReadOptions(encoding="cp1252" if pack == "cp1252" else None, block_bytes=5000))
    assert tables.rejected.is_empty()
    assert tables.posts["id"].to_list() == [f"other:{i}" for i in range(1000)]
    assert tables.posts["text"][7].replace("\r", "") == 'é "x",\n#t7'
    assert len(tables.hashtags) == 1000


@pytest.mark.parametrize("block", [100, 1000, 1 << 20])
def test_blocks_part_no_record(tmp_path: Path, block: int) -> None:
    text = "id,user_id,time,text\n" + "".join(f'{i},1,1577872800,"line\nbreak, {"x" * (i % 90)}"\n' for i in range(300))
    tables = read(write(tmp_path / "p.csv", text), ReadOptions(block_bytes=block))
    assert tables.posts["id"].to_list() == [f"other:{i}" for i in range(300)]
    assert tables.rows == 300


def test_what_is_chosen_for_common_tables() -> None:
    assert choose(["tweet_id", "name", "created_at", "text"], {}, "f")["handle"] == "name"
    chosen = choose(["id", "user_id", "name", "createdAt", "full_text"], {}, "f")
    assert chosen == {"account": "user_id", "time": "createdAt", "text": "full_text", "id": "id", "name": "name"}
    mapped = choose(["who", "when", "object_id"], {"account": "who", "time": "when", "hashtags": "object_id"}, "f")
    assert mapped == {"account": "who", "time": "when", "hashtags": "object_id"}
    assert choose(["author", "date", "text"], {"account": "author"}, "f")["handle"] == "author"


def test_names_are_compared_in_snake_case() -> None:
    assert {snake("createdAt"), snake("Created At"), snake("created.at")} == {"created_at"}


def test_a_missing_column_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", "who,when,words\na,2020-01-01,b\n")
    with pytest.raises(
        LoadError, match=r"account and time and text or hashtags; columns there: who, when, words; .*--map"
    ):
        read(path)


def test_the_organic_data(shared_data: Path) -> None:
    debate = read(shared_data / "data/organic/gopdebate_aug2015_organic.parquet")
    assert (debate.rows, len(debate.posts), len(debate.rejected)) == (13871, 13837, 1)
    fight = read(shared_data / "data/organic/mayweather_mcgregor_tweets_CCBY4.csv.gz")
    assert (fight.rows, len(fight.posts), fight.posts["account"].n_unique()) == (12118, 12118, 11037)
    assert format_of(shared_data / "data/organic/gopdebate_aug2015_organic.parquet") == "table"


def test_a_post_that_repeats_for_urls_and_hashtags(shared_data: Path) -> None:
    path = shared_data / "data/coortweet/german_elections.parquet"
    known = pl.read_parquet(path)
    tables = read(path, ReadOptions(chunk_rows=1_000_000))
    assert len(tables.posts) == known["post_id"].drop_nulls().n_unique() + 3  # three posts have no id
    tagged = known.drop_nulls("hashtag_id").select("post_id", "hashtag_id").unique()
    assert len(tables.hashtags) == len(tagged)


def test_russian_retweets(shared_data: Path) -> None:
    path = shared_data / "data/coortweet/russian_coord_tweets.parquet"
    known = pl.read_parquet(path).select(pl.all().cast(pl.String))
    tables = read(path, ReadOptions(columns={"retweet_of": "object_id"}, platform="x"))
    assert set(tables.posts["kind"]) == {"retweet"}
    expected = {(f"x:{c}", f"x:{o}") for c, o in known.select("content_id", "object_id").rows()}
    assert pairs(tables.retweets, "post", "target") == expected


def test_counters_that_change_are_observations_one_a_day(tmp_path: Path) -> None:
    """Both days' last of the one that moves; nothing of the one that does not."""
    rows = [
        ("a", "2021-01-01 10:00", 5),
        ("a", "2021-01-01 11:00", 6),
        ("a", "2021-01-02 10:00", 900),
        ("b", "2021-01-01 10:00", 7),
        ("b", "2021-01-02 10:00", 7),
    ]
    text = "\n".join(["account_id,created_at,text,followers", *(f"{a},{t},hello,{n}" for a, t, n in rows)])
    seen = read(write(tmp_path / "t.csv", text)).snapshots
    assert seen.select("account", "followers").rows() == [("other:a", 6), ("other:a", 900)]
    assert [f"{at:%d %H}" for at in seen["at"]] == ["01 11", "02 10"]


@pytest.mark.parametrize("chunk_rows", [200_000, 500])
def test_keys_that_most_records_do_not_have_are_read_from_where_they_first_are(tmp_path: Path, chunk_rows: int) -> None:
    begin = {"text": "x" * 999, "created_at": "2024-03-01T00:00:00Z"}
    rows = [{"id": str(i), "author_id": str(i % 9), **begin} for i in range(3_000)]
    for place in (2_000, 2_900):
        rows[place] |= {"mentions": "99", "retweet_of": str(place - 1)}
    rows[2_500] |= {"user_description": "a baker"}
    path = write(tmp_path / "posts.jsonl", "\n".join(json.dumps(row) for row in rows))
    tables = read(path, ReadOptions(platform="x", chunk_rows=chunk_rows))
    assert pairs(tables.mentions, "post", "account") == {("x:2000", "x:99"), ("x:2900", "x:99")}
    assert pairs(tables.retweets, "post", "target") == {("x:2000", "x:1999"), ("x:2900", "x:2899")}
    assert tables.accounts["description"].drop_nulls().to_list() == ["a baker"]
    late = " ".join(said for said in tables.said if "that the first records lack" in said)
    assert all(f"{field}=" in late for field in ("mentions", "retweet_of", "description"))
    assert tables.rows == 3_000


def test_a_document_is_known_by_all_its_records(tmp_path: Path) -> None:
    rows = [{"id": str(i), "author_id": "1", "created_at": f"2024-03-01T00:00:{i:02}Z", "text": "x"} for i in range(40)]
    rows[30] |= {"hashtags": ["late"]}
    tables = read(write(tmp_path / "posts.json", json.dumps(rows)), ReadOptions(platform="x"))
    assert pairs(tables.hashtags, "post", "tag") == {("x:30", "late")}


def test_a_key_of_profiles_or_lists_that_the_first_records_lack_is_read(tmp_path: Path) -> None:
    people = [{"account_id": str(i), "handle": f"h{i}", "bio": "x" * 999} for i in range(2_000)]
    people[1_900] |= {"created_at": "2020-01-01T00:00:00Z"}
    profiles = read(write(tmp_path / "people.jsonl", "\n".join(json.dumps(row) for row in people)))
    assert profiles.accounts.drop_nulls("created_at")["handle"].to_list() == ["h1900"]
    list_of = [{"account": "1", "follower": str(i), "description": "x" * 999} for i in range(2_000)]
    list_of[1_900] |= {"rank": 5}
    followers = read(write(tmp_path / "list.jsonl", "\n".join(json.dumps(row) for row in list_of)))
    assert followers.follows.drop_nulls("rank").select("account", "rank").rows() == [("x:1900", 5)]
