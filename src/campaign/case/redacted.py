"""A case in which nobody outside the group is named: every frame and file goes through one Redactor."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl
from campaign_analysis.results import Detection
from campaign_cypher.model import BY_HANDLE

from campaign.case.gather import Case
from campaign.case.redact import Redactor, mapped
from campaign.reporting.data import QueryUse, ReportData
from campaign.reporting.json_result import from_json, to_json
from campaign.sources import without_file_names

OF_POSTS = ("retweet", "quote", "reply")  # layers whose objects are posts
KEPT = ("hashtag", "hashtag_sequence", "domain", "image", "text")  # layers whose objects name nobody


def redacted(case: Case, everybody: pl.DataFrame) -> Case:
    """The case with pseudonyms; `everybody` is the answer of `accounts/everybody`."""
    members = {member["id"]: member for member in case.members}
    older = [post for post in case.passed_on if post["account"] in members]  # than the run's range
    own = {post["id"] for post in (*case.posts, *older)}
    handles = [name for m in case.group.accounts for name in (m.handle, members[m.id]["handle"]) if name]
    handles += [m.id.partition("@")[2] for m in case.group.accounts if BY_HANDLE in m.id]
    redactor = Redactor(case.group.accounts, handles, everybody.iter_rows(), own)
    theirs = {p["id"] for p in case.posts if p["kind"] == "retweet" and not set(p["retweets"]) & own}
    theirs |= {post["id"] for post in older if post["kind"] == "retweet"}
    hide = _Hide(redactor, members.keys(), theirs)
    posts = [hide.post(post) for post in case.posts]  # first, so that numbers follow the posts in time
    return replace(
        case,
        posts=posts,
        meetings=hide.meetings(case.meetings),
        passed_on=[hide.passed_on(post) for post in case.passed_on],
        members=[hide.member(member) for member in case.members],
        others=[hide.other(other) for other in case.others],
        detection=hide.detection(case.detection),
        report=replace(hide.report(case.report), files=tuple(case.sources.without_names().files)),
        sources=case.sources.without_names(),
        queries=[hide.query(use) for use in case.queries],
        redacted=True,
    )


class _Hide:
    """What becomes of each kind of row; `theirs` are posts of the group whose text somebody outside wrote."""

    def __init__(self, redactor: Redactor, members: Any, theirs: set[str]) -> None:
        self.redactor, self.members, self.theirs = redactor, set(members), theirs

    def post(self, post: Mapping[str, Any]) -> dict[str, Any]:
        by = self.redactor
        return {
            **post,
            "text": self.words(post["id"], post["text"]),
            "mentions": [by.account(id) for id in post["mentions"]],
            "urls": [by.text(url) for url in post["urls"]],
            **{name: [by.post(id) for id in post[name]] for name in ("retweets", "quotes", "replies_to")},
        }

    def words(self, post: str | None, text: str | None) -> str | None:
        """The text of a post of a member."""
        if text is None:
            return None
        return self.redactor.foreign(text) if post in self.theirs else self.redactor.text(text)

    def passed_on(self, post: Mapping[str, Any]) -> dict[str, Any]:
        by, text, account = self.redactor, post["text"], post["account"]
        if account in self.members:
            return {**post, "text": self.words(post["id"], text)}
        hidden = {"id": by.post(post["id"]), "account": account and by.account(account)}
        return {**post, **hidden, "text": None if text is None else by.foreign(text)}

    def member(self, member: Mapping[str, Any]) -> dict[str, Any]:
        by, told = self.redactor, ("name", "description", "location")
        return {**member, **{name: None if member[name] is None else by.text(member[name]) for name in told}}

    def other(self, other: Mapping[str, Any]) -> dict[str, Any]:
        """Numbers of followers and dates would tell who it is."""
        return {"id": self.redactor.account(other["id"]), "platform": other["platform"]}

    def object(self, layer: str, object: str) -> str:
        by = self.redactor
        if layer in KEPT:
            return object
        return by.post(object) if layer in OF_POSTS else by.account(object) if layer == "mention" else by.text(object)

    def meetings(self, meetings: pl.DataFrame) -> pl.DataFrame:
        return _changed(meetings, object=lambda row: self.object(row["layer"], row["object"]))

    def detection(self, detection: Detection) -> Detection:
        """By its JSON, so that what is added to results one day is not forgotten."""
        by = self.redactor
        rules = dict.fromkeys(("handle", "a_handle", "b_handle"), by.handle) | {
            "tag": None,
            "hashtags": None,
            "text": by.text,
            "notes": lambda note: by.labels(without_file_names(note)),
        }
        found = json.loads(to_json(detection))
        return from_json(json.dumps(mapped(found, rules, by)))

    def report(self, report: ReportData) -> ReportData:
        samples = _changed(
            report.samples,
            object=lambda row: self.object(row["layer"], row["object"]),
            a_text=lambda row: self.words(row["a_post"], row["a_text"]),
            b_text=lambda row: self.words(row["b_post"], row["b_text"]),
        )
        return replace(
            report,
            detection=self.detection(report.detection),
            posts=self.posts(report.posts),
            member_posts=self.posts(report.member_posts),
            first_posts=self.posts(report.first_posts),
            samples=samples,
            profiles=_changed(report.profiles, name=lambda row: row["name"] and self.redactor.text(row["name"])),
            queries=tuple(self.query(use) for use in report.queries),
        )

    def posts(self, posts: pl.DataFrame) -> pl.DataFrame:
        """Posts of members and of others, as the report has them."""
        by, inside = self.redactor, self.members

        def text(row: Mapping[str, Any]) -> str | None:
            if row["account"] in inside or row["text"] is None:
                return self.words(row["post"], row["text"])
            return by.foreign(row["text"])

        return _changed(
            posts,
            post=lambda row: row["post"] if row["account"] in inside else by.post(row["post"]),
            account=lambda row: row["account"] and by.account(row["account"]),
            handle=lambda row: row["handle"] and by.handle(row["handle"]),
            text=text,
        )

    def query(self, use: QueryUse) -> QueryUse:
        theme, _, layer = use.id.partition("/")
        changes: dict[str, Callable[[str], str]] = {}
        if theme == "events":
            changes["objects"] = lambda value: self.object(layer, value)
        if use.id == "evidence/posts_by_id":
            changes["ids"] = self.redactor.post
        return replace(use, parameters=_parameters(use.parameters, changes, self.redactor.labels))


def _parameters(
    parameters: Mapping[str, Any], changes: Mapping[str, Callable[[str], str]], usual: Callable[[str], str]
) -> dict[str, Any]:
    def told(name: str, value: Any) -> Any:
        if name in ("tag", "tags"):
            return value
        change = changes.get(name, usual)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return [change(entry) for entry in value]
        return change(value) if isinstance(value, str) else value

    return {name: told(name, value) for name, value in parameters.items()}


def _changed(frame: pl.DataFrame, **columns: Callable[[Mapping[str, Any]], str | None]) -> pl.DataFrame:
    """The frame with columns of text made anew from its rows."""
    rows = frame.to_dicts()
    return frame.with_columns(pl.Series(name, [make(r) for r in rows], pl.String) for name, make in columns.items())
