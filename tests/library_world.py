"""Two worlds for the query library: a small one whose answers are known by hand, and a wild one made by chance."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import polars as pl
from campaign_cypher.frames import ready
from campaign_cypher.store import GraphBatch
from small_graph import at

DAY = 24 * 60


@dataclass(frozen=True)
class World:
    """The source rows that a store was loaded with, as frames to compute on."""

    batch: GraphBatch

    def node(self, label: str) -> pl.DataFrame:
        """All nodes of a label."""
        return self.batch.nodes[label]

    def rel(self, type_: str, source: str = "source", target: str = "target") -> pl.DataFrame:
        """All relationships of a type, their ends named as asked."""
        return self.batch.relationships[type_].rename({"source": source, "target": target})

    @property
    def accounts(self) -> pl.DataFrame:
        """Accounts: account, handle, made and the rest of their properties."""
        return self.node("Account").rename({"id": "account", "created_at": "made"})

    @property
    def posts(self) -> pl.DataFrame:
        """Posts with an author: account, handle, made (of the account), post, and the post's properties."""
        who = self.accounts.select("account", "handle", "made")
        posts = self.node("Post").rename({"id": "post"})
        return self.rel("POSTED", "account", "post").join(who, on="account").join(posts, on="post")

    @property
    def collected(self) -> pl.DataFrame:
        """Those of them that were read, not only named."""
        return self.posts.filter(~pl.col("placeholder").fill_null(False))

    def within(self, ask: Mapping[str, Any]) -> pl.DataFrame:
        """Posts with author and time, from `since` to `until`."""
        posts = self.posts.filter(pl.col("created_at").is_not_null())
        if ask.get("since"):
            posts = posts.filter(pl.col("created_at") >= ask["since"])
        if ask.get("until"):
            posts = posts.filter(pl.col("created_at") <= ask["until"])
        return posts

    def members(self, group: str) -> pl.DataFrame:
        """Members of a group: account, role, episodes and the rest of the membership."""
        return self.rel("MEMBER_OF", "account", "group").filter(group=group).drop("group")

    def posts_of(self, group: str) -> pl.DataFrame:
        """Posts of the members of a group."""
        return self.posts.join(self.members(group).select("account"), on="account")

    def passed(self, type_: str = "RETWEETS") -> pl.DataFrame:
        """Who passed on whose posts: account, post, created_at; of, original, original_at."""
        by = self.posts.select("account", "post", "created_at", "kind")
        originals = self.posts.select(of="account", original="post", original_at="created_at")
        return self.rel(type_, "post", "original").join(by, on="post").join(originals, on="original")

    def handles(self, frame: pl.DataFrame, account: str = "account", handle: str = "handle") -> pl.DataFrame:
        """The frame with the handle of an account's column."""
        return frame.join(
            self.accounts.select(pl.col("account").alias(account), pl.col("handle").alias(handle)), on=account
        )

    def edges(self, run: str | None) -> pl.DataFrame:
        """Pairs of a run: a, b, layer, claim, n, expected, p."""
        edges = self.rel("COORDINATED_WITH", "a", "b")
        return edges if run is None else edges.filter(run=run)

    def both_ways(self, run: str | None) -> pl.DataFrame:
        """The pairs of a run seen from each end: account, partner."""
        edges = self.edges(run)
        turned = edges.rename({"a": "b", "b": "a"}).select(edges.columns)
        return pl.concat([edges, turned]).rename({"a": "account", "b": "partner"})


def small() -> World:
    """Seven accounts and a placeholder, thirteen posts and a placeholder on two days, three runs with groups."""
    return _world(_ACCOUNTS, _POSTS, _SMALL_TIES, _SMALL_FOUND)


def wild(seed: int = 5) -> World:
    """Thirty accounts, 500 posts in six days, with gaps, repeats, missing values and every kind of tie."""
    chance = random.Random(seed)
    ids = [f"x:{i}" for i in range(1, 31)]
    accounts = [_any_account(chance, id_) for id_ in ids]
    posts = [_any_post(chance, f"x:p{i}", ids) for i in range(500)] + [_placeholder(f"x:q{i}") for i in range(9)]
    names = [p["id"] for p in posts]
    kinds = {"retweet": "RETWEETS", "quote": "QUOTES", "reply": "REPLIES_TO"}
    ties: dict[str, list[Any]] = {name: [] for name in _SMALL_TIES}
    for post in posts[:500]:
        if post["kind"] in kinds:
            others = [name for name in names[:40] + names[500:] if name != post["id"]]
            ties[kinds[post["kind"]]].append((post["id"], chance.choice(others)))
        for type_, targets in (("TAGGED", "abcdefg"), ("MENTIONS", ids), ("SHOWS", _IMAGES), ("LINKS_TO", _URLS)):
            picked = {
                targets[min(int(chance.expovariate(0.5)), len(targets) - 1)] for _ in range(chance.choice((0, 1, 2)))
            }
            ties[type_] += [(post["id"], target) for target in sorted(picked)]
    for a in ids:
        ties["FOLLOWS"] += [(a, b, chance.choice((None, 1, 2, 3)), at(0)) for b in chance.sample(ids, 4) if a != b]
    for type_ in ("LIKES", "RETWEETED"):
        ties[type_] = [(a, b, chance.choice((None, 1, 2, 3)), at(0)) for a in ids for b in chance.sample(names[:40], 3)]
    ties["OBSERVED"] = [(a, at(DAY * day), chance.randrange(99)) for a in ids[:9] for day in range(3)]
    return _world(accounts, posts, ties, _any_found(chance, ids))


LISTS = ("FOLLOWS", "LIKES", "RETWEETED")
_IMAGES = ["i1", "i2", "i3", "i4"]
_URLS = ["https://news.example/1", "https://news.example/2", "https://blog.example/1", "https://t.example/x"]


def _account(id_: str, handle: str | None, made: datetime | None, **more: Any) -> dict[str, Any]:
    return {"id": id_, "handle": handle, "created_at": made, "placeholder": False, **more}


def _post(id_: str, account: str | None, when: datetime | None, text: str | None, **more: Any) -> dict[str, Any]:
    return {"id": id_, "account": account, "created_at": when, "text": text, "placeholder": False, **more}


def _placeholder(id_: str) -> dict[str, Any]:
    return {"id": id_, "account": None, "created_at": None, "text": None, "kind": None, "placeholder": True}


_LOADS = [
    {"id": "b.csv@2", "name": "b.csv", "sha256": "2", "size": 20, "format": "table", "platform": "x", "rows": 9}
    | {"posts": 8, "rejected": 1, "whole": True, "version": "0.1.0", "finished_at": at(99)},
    {"id": "b.csv@1", "name": "b.csv", "sha256": "1", "size": 10, "format": "ira", "platform": "x", "rows": 4}
    | {"posts": 4, "rejected": 0, "whole": False, "version": "0.1.0", "finished_at": at(98)},
    {"id": "a.csv@3", "name": "a.csv", "sha256": "3", "size": 30, "format": None, "platform": None, "rows": None}
    | {"posts": None, "rejected": None, "whole": None, "version": None, "finished_at": None},
]
_CATS = "Cats are the best of all animals #a"
_ACCOUNTS = [
    _account("x:1", "Ann", at(-5 * DAY), name="Ann A", description="we love cats", followers=10, status="active"),
    _account("x:2", "Bob", at(-4 * DAY), name="Bob", description="we love cats", followers=20, status="suspended"),
    _account("x:3", "Cyd", at(-300 * DAY), name="Cydney", description="", followers=30),
    _account("x:4", "Dan", at(-10), description="news", followers=40, status="active"),
    _account("x:5", "Eve", None),
    _account("x:6", "ann", at(-5 * DAY + 60), name="Other", followers=0, status="active"),
    {"id": "x:9", "handle": "Target", "placeholder": True},
]
_POSTS = [
    _post("x:p11", "x:4", at(-20), "early #b", kind="original"),
    _post("x:p1", "x:1", at(0), _CATS, kind="original", language="en", client="web"),
    _post("x:p2", "x:2", at(0.5), _CATS, kind="original", language="en", client="web"),
    _post("x:p3", "x:3", at(1), "RT " + _CATS, kind="retweet", language="en", client="phone"),
    _post("x:p4", "x:4", at(2), "RT " + _CATS, kind="retweet", language="en", client="phone"),
    _post("x:p5", "x:4", at(3), "RT " + _CATS, kind="retweet", language="en", client="phone"),
    _post("x:p13", None, at(5), "orphan", kind="original"),
    _post("x:p6", "x:3", at(26 * 60), "no", kind="reply", language="en", client="web", deleted_at=at(30 * 60)),
    _post("x:p7", "x:1", at(26 * 60 + 1), "look #c", kind="quote", language="en", client="web"),
    _post("x:p8", "x:5", at(26 * 60 + 2), "RT gone", kind="retweet"),
    _post("x:p9", "x:2", at(26 * 60 + 2.5), "RT gone", kind="retweet", client="web"),
    _post("x:p10", "x:1", at(27 * 60), "more #c", kind="original", language="fr", client="web"),
    _post("x:p12", "x:5", None, "lost", kind=None),
    _placeholder("x:p0"),
]
_SMALL_TIES: dict[str, list[Any]] = {
    "TAGGED": [
        *[("x:p11", "b"), ("x:p1", "a"), ("x:p2", "a"), ("x:p2", "b"), ("x:p3", "a"), ("x:p4", "a")],
        *[("x:p5", "a"), ("x:p5", "b"), ("x:p7", "c"), ("x:p10", "c")],
    ],
    "MENTIONS": [("x:p1", "x:9"), ("x:p3", "x:1"), ("x:p6", "x:2"), ("x:p10", "x:9")],
    "RETWEETS": [("x:p3", "x:p1"), ("x:p4", "x:p1"), ("x:p5", "x:p2"), ("x:p8", "x:p0"), ("x:p9", "x:p0")],
    "QUOTES": [("x:p7", "x:p6")],
    "REPLIES_TO": [("x:p6", "x:p2")],
    "LINKS_TO": [("x:p1", _URLS[0]), ("x:p2", _URLS[0]), ("x:p10", _URLS[1]), ("x:p10", _URLS[2]), ("x:p6", _URLS[2])],
    "SHOWS": [("x:p2", "i1"), ("x:p7", "i1"), ("x:p6", "i2")],
    "FOLLOWS": [
        *[("x:2", "x:1", 1, at(0)), ("x:3", "x:1", 2, at(0)), ("x:1", "x:2", None, at(0))],
        *[("x:4", "x:3", 1, at(0)), ("x:1", "x:9", 5, at(0)), ("x:2", "x:9", 6, at(0))],
    ],
    "LIKES": [("x:2", "x:p1", 1, at(0)), ("x:3", "x:p1", 2, at(0)), ("x:5", "x:p2", None, at(0))],
    "RETWEETED": [("x:6", "x:p1", 1, at(0))],
    "OBSERVED": [("x:1", at(0), 10), ("x:1", at(60), 12)],
}
_SMALL_FOUND: dict[str, list[Any]] = {
    "Group": [("r1-1", "campaign", 3), ("r1-2", "gathering", 2), ("r0-1", "campaign", 2)],
    "MEMBER_OF": [
        *[("x:1", "r1-1", "core", 4), ("x:2", "r1-1", "core", 4), ("x:4", "r1-1", "together", 2)],
        *[("x:3", "r1-2", "core", 3), ("x:4", "r1-2", "together", 3)],
        *[("x:1", "r0-1", "core", 5), ("x:2", "r0-1", "together", 5)],
    ],
    "COORDINATED_WITH": [
        ("x:1", "x:2", "r1", "hashtag", "in step", 4, 0.5, 1e-9),
        ("x:1", "x:2", "r1", "text", "together", 2, 0.25, 1e-4),
        ("x:2", "x:3", "r1", "hashtag", "together", 3, 0.5, 1e-3),
        ("x:3", "x:4", "r1", "retweet", "together", 3, 0.5, 1e-6),
        ("x:1", "x:2", "r0", "hashtag", "together", 5, 0.5, 1e-7),
    ],
    "PUSHED": [("r1-1", "a", 4, 0.75), ("r1-1", "c", 2, 1.0), ("r1-2", "a", 3, 0.5), ("r0-1", "a", 2, 0.25)],
    "TARGETED": [("r1-1", "x:9", 2), ("r1-1", "x:1", 1), ("r1-2", "x:1", 2)],
}


def _any_account(chance: random.Random, id_: str) -> dict[str, Any]:
    made = chance.choice([None, at(-chance.randrange(12) * DAY), at(chance.randrange(3 * DAY))])
    handle = chance.choice([None, f"Han{chance.randrange(9)}", f"han{chance.randrange(9)}", f"Le{id_[2:]}"])
    words = chance.choice([None, "", "we love cats", "dogs", f"only {id_}"])
    more = {"name": chance.choice([None, "Ann", "Bo"]), "followers": chance.choice([None, 5, 50])}
    status = chance.choice([None, "active", "suspended"])
    return {
        **_account(id_, handle, made, description=words, status=status, **more),
        "placeholder": chance.random() < 0.1,
    }


def _any_post(chance: random.Random, id_: str, accounts: list[str]) -> dict[str, Any]:
    day = chance.choice((0, 0, 1, 5))
    when = at(day * DAY + chance.randrange(120) / 4) if chance.random() < 0.97 else None
    kind = chance.choice([None, "original", "original", "retweet", "retweet", "quote", "reply"])
    text = chance.choice([None, "", _CATS, f"Dogs are the best of all, {chance.randrange(40)}", "short"])
    gone = when + timedelta(days=1) if when and chance.random() < 0.1 else None
    more = {"client": chance.choice([None, "web", "phone"]), "language": chance.choice([None, "en", "fr"])}
    account = chance.choice(accounts[: chance.choice((5, 30))]) if chance.random() < 0.97 else None
    return _post(id_, account, when, text, kind=kind, deleted_at=gone, **more)


def _any_found(chance: random.Random, ids: list[str]) -> dict[str, list[Any]]:
    groups = [(f"r{run}-{n}", chance.choice(("campaign", "gathering")), 6) for run in (0, 1) for n in (1, 2, 3)]
    members = [
        (a, g[0], chance.choice(("core", "together")), chance.randrange(9))
        for g in groups
        for a in chance.sample(ids[:12], 6)
    ]
    pairs = [(a, b) for i, a in enumerate(ids[:12]) for b in ids[i + 1 : 12]]
    edges = [
        (a, b, f"r{run}", layer, chance.choice(("in step", "together")), chance.randrange(9), 0.25, chance.random())
        for run in (0, 1)
        for layer in ("hashtag", "text")
        for a, b in chance.sample(pairs, 25)
    ]
    pushed = [(g[0], t, chance.randrange(99), chance.random()) for g in groups for t in chance.sample("abcdefg", 3)]
    targeted = [(g[0], a, chance.randrange(9)) for g in groups for a in chance.sample(ids, 3)]
    found = {"Group": groups, "MEMBER_OF": members, "COORDINATED_WITH": edges, "PUSHED": pushed, "TARGETED": targeted}
    return {name: list(entries) for name, entries in found.items()}


def _world(accounts: list[Any], posts: list[Any], ties: dict[str, list[Any]], found: dict[str, list[Any]]) -> World:
    batch = GraphBatch(
        nodes={
            "Account": pl.DataFrame(accounts, infer_schema_length=None),
            "Post": pl.DataFrame(posts, infer_schema_length=None).drop("account"),
            "Hashtag": pl.DataFrame({"tag": list("abcdefg"), "display": list("ABCDEFG")}),
            "Url": pl.DataFrame({"url": _URLS, "domain": ["news.example", "news.example", "blog.example", None]}),
            "Image": pl.DataFrame({"hash": _IMAGES}),
            "Snapshot": pl.DataFrame(
                [{"id": f"{a} {t}", "at": t, "followers": n, "status": "active"} for a, t, n in ties["OBSERVED"]]
            ),
            "Load": pl.DataFrame(_LOADS),
            "Run": pl.DataFrame({"id": sorted({g[0][:2] for g in found["Group"]})}),
            "Group": pl.DataFrame(
                [
                    {
                        "id": g,
                        "run": g[:2],
                        "claim": claim,
                        "size": n,
                        "core": 1,
                        "p": 1e-9,
                        "first": at(0),
                        "last": at(9),
                    }
                    for g, claim, n in found["Group"]
                ]
            ),
        },
        relationships={
            "POSTED": _ends([(p["account"], p["id"]) for p in posts if p["account"]]),
            **{name: _ends(ties[name]) for name in ties if name not in (*LISTS, "OBSERVED")},
            **{name: _ends(ties[name], "rank", "seen_at") for name in LISTS},
            "OBSERVED": _ends([(a, f"{a} {t}") for a, t, _ in ties["OBSERVED"]]),
            "FOUND": _ends([(g[0][:2], g[0]) for g in found["Group"]]),
            "MEMBER_OF": _ends(found["MEMBER_OF"], "role", "episodes").with_columns(expected=0.5, p=1e-3),
            "COORDINATED_WITH": _ends(found["COORDINATED_WITH"], "run", "layer", "claim", "n", "expected", "p"),
            "PUSHED": _ends(found["PUSHED"], "posts", "share"),
            "TARGETED": _ends(found["TARGETED"], "posts"),
        },
    )
    return World(ready(batch))


def _ends(data: list[Any], *properties: str) -> pl.DataFrame:
    return pl.DataFrame(data, schema=["source", "target", *properties], orient="row", infer_schema_length=None)
