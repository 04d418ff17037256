"""STIX 2.1: campaigns, the accounts of their cores, and when these were seen. Nobody is called a threat actor.

Gatherings are left out: they are no accusation, and STIX has no object that says so.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from campaign_analysis.results import Group, Member

from campaign import words
from campaign.disarm import VERSION, Technique, techniques
from campaign.exports import Format
from campaign.failures import UsageError
from campaign.finding import Finding
from campaign.reporting.markup import clean

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://campaign.invalid/stix")  # our own: of names, not of random bits
PLATFORMS = {"x": "twitter", "facebook": "facebook", "skype": "skype"}  # ours to STIX's vocabulary of account types
NAME = f"campaign {version('campaign')}"
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


def _files(finding: Finding) -> Mapping[str, bytes]:
    import stix2

    if finding.asked and finding.groups[0].claim == "gathering":
        raise UsageError(
            f"group {finding.asked} is a gathering, which is no accusation, and STIX has no word for that: "
            "take --format json, csv, parquet, gexf or graphml"
        )
    found = {o.id: o for o in _objects(finding)}
    bundle = stix2.v21.Bundle(id=_id(finding, "bundle", finding.name), objects=list(found.values()))
    return {"bundle.json": (bundle.serialize(pretty=True) + "\n").encode()}


def _objects(finding: Finding) -> Iterator[Any]:
    import stix2.v21 as stix

    author = stix.Identity(
        id=f"identity--{uuid.uuid5(NAMESPACE, NAME)}",
        created=EARLIEST,
        modified=EARLIEST,
        name=NAME,
        description="A program that finds accounts that act together. It accuses nobody of anything beyond that.",
        identity_class="system",
    )
    yield author
    posts = {row["account"]: row for row in _seen(finding)}
    for group in finding.groups:
        if group.claim == "campaign":
            yield from _campaign(finding, group, {"created_by_ref": author.id, **_stamps(finding)}, posts)


def _campaign(finding: Finding, group: Group, by: dict[str, Any], posts: Mapping[str, Any]) -> Iterator[Any]:
    import stix2.v21 as stix

    core = [m for m in group.accounts if m.role == "core"]
    seen = {f"{side}_seen": at for side, at in (("first", group.first), ("last", group.last)) if at}
    campaign = stix.Campaign(
        id=_id(finding, "campaign", group.id),
        **by,
        **seen,
        name=f"{finding.names[group.id]} of run {finding.detection.run.id}",
        description=_description(finding, group),
        external_references=[
            {"source_name": "campaign", "external_id": group.id},
            *(_reference(technique) for technique in techniques(finding.store, group)),
        ],
    )
    accounts = {m.id: _account(finding, m) for m in core}
    infrastructure = stix.Infrastructure(
        id=_id(finding, "infrastructure", group.id),
        **by,
        **seen,
        name=f"Accounts of the core of {finding.names[group.id]}",
        description=f"The {words.counted(len(core), 'account')} that are claimed to act in step. Nothing is said of "
        "who is behind them.",
    )
    yield from (campaign, infrastructure)
    yield _relation(finding, by, campaign.id, "uses", infrastructure.id)
    for member in core:
        account = accounts[member.id]
        yield account
        yield _relation(finding, by, infrastructure.id, "consists-of", account.id)
        if member.id in posts:
            row = posts[member.id]
            yield stix.ObservedData(
                id=_id(finding, "observed-data", group.id, member.id),
                **by,
                first_observed=row["first"],
                last_observed=row["last"],
                number_observed=row["posts"],
                object_refs=[account.id],
            )


def _description(finding: Finding, group: Group) -> str:
    """What is claimed, and what is not."""
    said = [words.group_sentence(group), words.error_sentence(finding.detection), words.NOT_A_BOT, words.NOT_A_VERDICT]
    return " ".join(sentence for sentence in said if sentence)


def _reference(technique: Technique) -> dict[str, str]:
    return {
        "source_name": f"DISARM Red Framework {VERSION}",
        "external_id": technique.id,
        "description": clean(f"{technique.name}: {technique.reason}"),
    }


def _account(finding: Finding, member: Member) -> Any:
    """An account as STIX knows it; its id there is made of type, id and login, by the rule of the standard."""
    import stix2.v21 as stix

    from campaign.exports._xml import spelled

    profile = finding.profiles[member.id]
    platform, _, own = member.id.partition(":")
    kind, by_handle = PLATFORMS.get(platform), own.startswith("@")
    login = profile["handle"] or (own.removeprefix("@") if by_handle or not kind else None)
    about = {
        "account_type": kind,
        # Without a type only the user_id says on which platform a handle is.
        "user_id": (None if by_handle else spelled(own)) if kind else spelled(member.id),
        "account_login": spelled(login) if login else None,
        "display_name": clean(profile["name"]) if profile["name"] else None,
        "account_created": profile["created_at"],
        "is_disabled": True if profile["status"] == "suspended" else None,
    }
    return stix.UserAccount(**{name: value for name, value in about.items() if value is not None})


def _relation(finding: Finding, by: dict[str, Any], source: str, kind: str, target: str) -> Any:
    import stix2.v21 as stix

    return stix.Relationship(
        id=_id(finding, "relationship", source, kind, target),
        **by,
        source_ref=source,
        relationship_type=kind,
        target_ref=target,
    )


def _seen(finding: Finding) -> list[dict[str, Any]]:
    """Of each account its first and last post in the run's range, and how many there are."""
    import polars as pl

    dated = finding.posts.filter(pl.col("created_at").is_not_null()).unique("post")
    each = dated.group_by("account").agg(
        first=pl.col("created_at").min(), last=pl.col("created_at").max(), posts=pl.len()
    )
    return each.to_dicts()


def _stamps(finding: Finding) -> dict[str, datetime]:
    """`created` and `modified`: the last moment of the data, so that the same finding gives the same bytes."""
    span = finding.detection.run.data_range
    return dict.fromkeys(("created", "modified"), span[1] if span else EARLIEST)


def _id(finding: Finding, kind: str, *names: str) -> str:
    """An id made of the run and the names: the same finding, the same ids."""
    return f"{kind}--{uuid.uuid5(NAMESPACE, ' '.join((finding.detection.run.id, kind, *names)))}"


FORMAT = Format(
    "STIX 2.1: campaigns and their cores' accounts", _files, endings=(".stix.json", ".json"), wants=("stix2",)
)
