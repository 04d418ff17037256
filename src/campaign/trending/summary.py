"""The report in a page of Markdown, and in lines fit for a mail or a chat."""

from __future__ import annotations

import re

from campaign.reporting.markup import one_line
from campaign.reporting.numbers import percent
from campaign.trending.model import Pusher, Tag, Trending
from campaign.trending.words import LIMITS, MEANINGS, back_sentence, changes, ctm_words, headline, method_sentences, why
from campaign.words import counted

FEW = 10  # hashtags in the text of a mail


def markdown(report: Trending) -> str:
    """summary.md."""
    lines = [f"# {_md(headline(report))}", ""]
    if report.tags:
        lines += ["| hashtag | word | posts | accounts | CTM | why |", "|---|---|---|---|---|---|"]
        lines += [_row(tag) for tag in report.tags]
        lines.append("")
    for title, entries in (
        ("Groups that push several", [_group(g) for g in report.groups if len(g.tags) > 1]),
        ("Back since an earlier report", [f"{g.id}: {back_sentence(g)}" for g in report.groups if g.back]),
        (f"What changed since {report.change.date}" if report.change else "", _changes(report)),
        ("What failed", [f"#{f.tag}: {f.why}" for f in report.failed]),
        ("To know of the data", list(report.notes)),
        ("The words", [f"{word}: {meaning}." for word, meaning in MEANINGS.items()]),
        ("How it was found", method_sentences(report)),
        ("What this does not mean", list(LIMITS)),
    ):
        if entries:
            lines += [f"## {_md(title)}", "", *(f"- {_md(entry)}" for entry in entries), ""]
    return "\n".join(lines)


def text(report: Trending) -> str:
    """summary.txt: plain, short, the pushed ones first."""
    lines = [headline(report), ""]
    order = list(MEANINGS)
    tags = sorted(report.tags, key=lambda t: (t.word != "pushed", t.word != "cannot tell", order.index(t.word)))
    lines += [f"#{t.display} - {t.word}. {why(t)}" for t in tags[:FEW]]
    if len(tags) > FEW:
        lines.append(f"... and {len(tags) - FEW} more: index.html")
    if back := [g for g in report.groups if g.back]:
        lines += ["", f"{counted(len(back), 'group is', 'groups are')} back since an earlier report."]
    if report.change:
        lines += ["", f"Since {report.change.date}: {' '.join(_changes(report))}"]
    if report.failed:
        lines += ["", "Failed: " + ", ".join(f"#{f.tag}" for f in report.failed)]
    lines += ["", LIMITS[0]]
    return "\n".join(one_line(line) for line in lines) + "\n"


def _changes(report: Trending) -> list[str]:
    return changes(report.change) if report.change else []


def _row(tag: Tag) -> str:
    ctm = ctm_words(tag)
    return f"| {_md('#' + tag.display)} | **{tag.word}** | {tag.posts:,} | {tag.accounts:,} | {ctm} | {_md(why(tag))} |"


def _group(group: Pusher) -> str:
    tags = ", ".join(f"#{tag} ({counted(posts, 'post')})" for tag, posts in group.tags)
    targets = ", ".join(f"@{handle or id}" for id, handle, _ in group.mentions[:5])
    used = ", ".join(f"#{tag} {percent(share)}" for tag, _, share in group.hashtags[:5])
    names = f"; names {targets}" if targets else ""
    return (
        f"{group.claim} {group.id}, {counted(len(group.members), 'account')}: {tags}; of all posts with {used}{names}"
    )


def _md(said: str) -> str:
    """A stranger's words in Markdown: signs that mean something there are escaped, and a line stays a line."""
    return re.sub(r"([\\`*_{}\[\]<>|~])", r"\\\1", one_line(said))
