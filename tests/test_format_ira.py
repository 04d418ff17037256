"""FiveThirtyEight's release of the Internet Research Agency's posts: its CSV, and Parquet made from it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from loading import format_of, pairs, read, write

HEADER = (
    "external_author_id,author,content,region,language,publish_date,harvested_date,following,followers,updates,"
    "post_type,account_type,retweet,account_category,new_june_2018,alt_external_id,tweet_id,article_url,"
    "tco1_step1,tco2_step1,tco3_step1\n"
)
# Invented content in the release's form.
ROWS = (
    '9.06E+17,10_GOP,"We are #One, https://t.co/abcdefghij",Unknown,English,10/1/2017 19:58,10/1/2017 19:59,1052,9636,'
    "253,,Right,0,RightTroll,0,905874659358453760,914580356430536707,http://twitter.com/x,,,\n"
    "9.06E+17,10_gop,Passing on,Unknown,English,10/1/2017 22:43,10/1/2017 22:43,1054,9637,254,"
    "RETWEET,Right,1,RightTroll,0,905874659358453760,914621840496189440,,,,\n"
    "5.0E+17,OTHER_1,passing  ON,Unknown,German,10/2/2017 1:05,10/2/2017 1:05,5,6,7,"
    "RETWEET,left,1,LeftTroll,0,1,914621840496189441,,,,\n"
)


def test_the_csv_that_people_download(tmp_path: Path) -> None:
    path = write(tmp_path / "IRAhandle_tweets_1.csv", HEADER + ROWS)
    assert format_of(path) == "ira"
    tables = read(path)
    assert pairs(tables.posts, "id", "account", "kind", "language") == {
        ("x:914580356430536707", "x:@10_gop", "original", "English"),
        ("x:914621840496189440", "x:@10_gop", "retweet", "English"),
        ("x:914621840496189441", "x:@other_1", "retweet", "German"),
    }
    assert f"{tables.posts['created_at'][0]:%Y-%m-%d %H:%M:%S %Z}" == "2017-10-01 19:58:00 UTC"
    assert pairs(tables.hashtags, "post", "tag") == {("x:914580356430536707", "one")}
    assert tables.retweets["target"].n_unique() == 1  # no ids of originals: retweets meet on their text
    assert tables.rejected.is_empty()


def test_the_newest_counters_of_an_account_stay(tmp_path: Path) -> None:
    newest_first = HEADER + "\n".join(reversed(ROWS.strip().split("\n"))) + "\n"
    accounts = read(write(tmp_path / "t.csv", newest_first)).accounts
    assert pairs(accounts, "id", "followers", "following", "posts") == {
        ("x:@10_gop", 9637, 1054, 254),
        ("x:@other_1", 6, 5, 7),
    }
    assert f"{accounts.filter(id='x:@10_gop')['last_seen_at'][0]:%H:%M}" == "22:43"


def test_the_parquet_of_2016(shared_data: Path) -> None:
    path = shared_data / "data/ira/ira_2016-03-15_2016-03-31.parquet"
    known = pl.read_parquet(path)
    assert format_of(path) == "ira"
    tables = read(path)
    assert tables.rows == 34532
    assert tables.rejected.is_empty()  # external_author_id may have lost digits and is no key
    assert len(tables.posts) == known.unique(["author_id", "publish_date", "content"]).height
    assert set(tables.accounts["id"]) == {f"x:@{handle.casefold()}" for handle in known["author_id"]}
    assert (tables.posts["kind"] == "retweet").sum() >= known["retweet"].sum() - (34532 - len(tables.posts))
    posts = tables.hashtags.filter(tag="islamkills").join(tables.posts, left_on="post", right_on="id")
    assert posts["account"].n_unique() == 128
