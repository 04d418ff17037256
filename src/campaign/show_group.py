"""What `campaign show GROUP` says of a group: its accounts, and why a pair is linked and another is not."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from campaign_analysis.results import Detection, Group

from campaign import words
from campaign.account_words import UNKNOWN, reading, reason, standings, surest_first
from campaign.alarm_words import alarms, doubt
from campaign.benign_words import benign_sentences
from campaign.check_words import HEADING, check_steps
from campaign.count_words import pairs_sentence
from campaign.group_words import core_sentence, hashtags_told, loose_sentence, named_sentence, rarer_pair
from campaign.honest_words import group_sentences
from campaign.joined_words import clearest, joined_sentences
from campaign.linked_words import test_sentences
from campaign.meeting_blocks import names_of
from campaign.pair_words import ANY_TWO, sides, twice, verdict, whereabouts
from campaign.pasting import pasted
from campaign.reporting.markup import one_line
from campaign.reporting.numbers import span


def summary(detection: Detection, group: Group) -> list[str]:
    """What is said before the accounts: the claim, what luck brings, where and when they met, whom they name."""
    met = f"First and last meeting: {span(group.first, group.last)}." if group.first and group.last else ""
    tags = hashtags_told(group)
    sure = (words.group_sentence(group), rarer_pair(group), doubt(detection, group))
    claim = (*sure, core_sentence(group, detection.edges))
    said = [" ".join(filter(None, claim)), " ".join(filter(None, (f"{tags}." if tags else "", met)))]
    return [one_line(paragraph) for paragraph in (*said, named_sentence(group)) if paragraph]


def explanation(detection: Detection, group: Group) -> list[str]:
    """How the table is read, why one pair is linked and another is not, and what the group could be instead."""
    members, homes = {m.id for m in group.accounts}, words.homes(detection.groups)
    known = standings(group, detection.edges)
    said = [reading(group, list(known.values()), posts=True)]
    handles = {m.id: m.handle for m in group.accounts} | dict(side for test in group.why for side in sides(test))
    names = names_of(handles)
    for test in group.why:
        where = [
            f"{names[account] if account else ''}{said_of}" for account, said_of in whereabouts(test, members, homes)
        ]
        told = test_sentences(detection, test)
        said.append([f"{names[test.a]} and {names[test.b]}: {verdict(test)}.", *where, *told])
    if group.why:
        said += [[ANY_TWO], [pasted(f"campaign show {group.id} --pair A B")]]
        said.append([twice(detection), loose_sentence(detection), pairs_sentence(detection)])
    if found := clearest(group):
        member, joined = found
        said.append([f"{names[member.id]}: added to the core.", *joined_sentences(joined)])
    doubts = (words.together_only(group), words.error_sentence(detection))
    said += [[*group_sentences(group), *filter(None, doubts)], [alarms(detection)]]
    paragraphs = [" ".join(filter(None, sentences)) for sentences in said if any(sentences)]
    for sentence, commands in benign_sentences(group):
        paragraphs += [sentence, *map(pasted, commands)]
    for step in check_steps(group, known):
        paragraphs += [f"{HEADING}: {step.what}. {step.how}", *map(pasted, step.commands)]
    return [one_line(paragraph) for paragraph in paragraphs]


def accounts_told(detection: Detection, group: Group, posts: Mapping[str, int]) -> pl.DataFrame:
    """The accounts as people read them: what each rests on, and why it is there where no pair of its own says it.

    `posts`: on how many of its own posts each rests (own_posts.py).
    """
    known = standings(group, detection.edges)
    rows = [
        {
            "account": m.id,
            "handle": m.handle,
            "role": words.role_of(m),
            "in step with": known[m.id].in_step,
            "odds in step": known[m.id].odds_in_step,
            "together with": known[m.id].together,
            "odds together": known[m.id].odds_together,
            "meetings": known[m.id].n,
            "by luck": known[m.id].expected,
            "own posts": posts.get(m.id),
            "created": m.created_at,
            "why": reason(group, m, known[m.id]) or None,
        }
        for m in surest_first(group, known)
    ]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    unused = {
        **dict.fromkeys(("in step with", "odds in step"), any(s.odds_in_step != UNKNOWN for s in known.values())),
        "why": any(row["why"] for row in rows),
    }
    return frame.drop(name for name, used in unused.items() if not used)


def accounts_listed(detection: Detection, group: Group, posts: Mapping[str, int]) -> pl.DataFrame:
    """The accounts as programs read them (docs/json.md): all that people are shown, as numbers."""
    known = standings(group, detection.edges)
    return pl.DataFrame(
        [
            {
                "account": m.id,
                "handle": m.handle,
                "role": m.role,
                "in_step_with": known[m.id].in_step,
                "together_with": known[m.id].together,
                "episodes": m.episodes,
                "expected": m.expected,
                "p": m.p,
                "odds": known[m.id].q,
                "odds_claim": known[m.id].claim,
                "odds_in_step": known[m.id].step_q,
                "odds_together": known[m.id].together_q,
                "claim_episodes": known[m.id].n,
                "claim_expected": known[m.id].expected,
                "own_posts": posts.get(m.id),
                "created_at": m.created_at,
                "joined_n": m.joined.n if m.joined else None,
                "joined_expected": m.joined.expected if m.joined else None,
                "why": reason(group, m, known[m.id]) or None,
            }
            for m in group.accounts
        ],
        infer_schema_length=None,
    )
