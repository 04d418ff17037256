"""The page that lies on top of a case: what is in it, and what it does not say."""

from __future__ import annotations

import textwrap

from campaign import words
from campaign.case.gather import Case

FILES = """READ-ME.txt      this page
MANIFEST         sha256 of every file; check it with `campaign case verify` or `sha256sum -c MANIFEST`
case.json        run, parameters, versions, counts, notes, DISARM techniques with their reasons
act_on.csv       the accounts that are claimed to act in step, each with its evidence in a sentence
members.csv      all accounts of the group, also those of whom that is not claimed
pairs.csv        every test that links two of them
meetings.csv     for each account the meetings of its best pair, with both posts (ids as in posts.jsonl)
posts.jsonl      their posts, as the graph keeps them, one JSON object a line
passed_on.jsonl  posts of others that they retweet, quote or answer, as far as the graph has them
accounts.jsonl   their profiles when last seen
others.jsonl     profiles of the accounts that they name or pass on
sources.json     the files that the graph was loaded from: name, sha256, size, rows and posts
queries.json     the stored queries that supplied all this, with their parameters; their text is in queries/
report.html      the report on this group; opens offline
report.json      the result, as docs/json.md of campaign describes it
"""
AS_LOADED = """As loaded: posts.jsonl holds each post as the graph keeps it after loading: text unchanged, ids with
their platform in front, times in UTC, and hashtags, mentions, addresses, images and posts passed on as they were read.
It is not the file that was loaded: fields that campaign does not read are not here. sources.json names the files that
the graph was loaded from, each with its sha256; from which of them a post came is not recorded. Whoever loaded them
keeps them: a file with that sha256 is the one that was loaded.
"""
GONE = """Deleted since: a post with `deleted_at`, or an account with `status` suspended or deleted, was seen to be
gone later. It is kept here and marked. What was never looked for again is not marked.
"""
REDACTED = """Redacted: everybody outside the group has a pseudonym (outsider-1, …), the same throughout this case;
their posts' ids and texts are replaced as well, and so is the text of a post of the group that passes theirs on.
Hashtags, times and addresses stay, so that somebody who has the platform's data may still find who is meant.
"""


def readme(case: Case) -> str:
    """The page's text."""
    group = case.group
    claim = (
        "What is claimed of: the accounts in act_on.csv, the core. Of the others in members.csv it is not claimed that "
        "they act in step."
        if group.claim == "campaign"
        else f"{words.NOT_AN_ACCUSATION} So act_on.csv is empty."
    )
    said = [
        f"Case: {case.name}, group {group.id} of run {case.detection.run.id}.",
        " ".join(filter(None, (words.group_sentence(group), words.error_sentence(case.detection)))),
        claim,
        f"{words.NOT_A_BOT} {words.NOT_A_VERDICT} {words.NOT_ASKED}",
        FILES.rstrip(),
        AS_LOADED.rstrip(),
        GONE.rstrip(),
        *([REDACTED.rstrip()] if case.redacted else []),
        "What the manifest proves: that no file was changed, lost or added since it was written. Whoever can write a\n"
        "zip can write another manifest too: compare the fingerprint that `campaign case verify` prints with the one\n"
        "that the maker of this case gives you by another way.",
    ]
    return "\n\n".join(part if "\n" in part else textwrap.fill(part, 100) for part in said) + "\n"
