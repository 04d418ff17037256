"""The one place where a hashtag that rises gets its words: pages, summaries and the terminal all speak from here."""

from __future__ import annotations

from datetime import UTC, datetime

from campaign_analysis.trending.concentration import FEW, ORGANIC
from campaign_analysis.trending.without import Without, Word

from campaign.reporting.numbers import decimal, duration, moment, percent, span
from campaign.trending.asked import HOUR
from campaign.trending.model import Change, Part, Pusher, Tag, Trending
from campaign.words import counted, listed

MEANINGS: dict[Word, str] = {
    "pushed": "accounts in step made a good part of it, and without the groups found it would not have risen, or they "
    "made most of it",
    "organic": "without the campaigns found, if any, it would have risen all the same; silence is no proof that nobody "
    "pushed it",
    "cannot tell": "groups have a large part in it, and whether it would have risen without them, or what they are, "
    "cannot be told from this, or its times are too coarse to see who acts in step",
}
LIMITS = (
    "A word is said of a hashtag, never of an account: most who use a pushed hashtag believe in it.",
    "Organic means that no campaign was found that mattered. Rings that act together a few times only are missed more "
    "often than found.",
    "What groups set off is an estimate; its assumptions and how often its intervals hold are in docs/trending.md.",
)


def headline(report: Trending) -> str:
    """The report in one line."""
    period = span(report.window.since, report.window.until.replace(second=0, microsecond=0))
    if not report.rose:
        return f"No hashtag rises, {period}"
    words = [f"{n} {w}" for w in MEANINGS if (n := sum(t.word == w for t in report.tags))]
    more = f" of {report.rose:,}" if report.rose > len(report.tags) else ""
    return f"{counted(len(report.tags), 'hashtag')}{more} that rise: {listed(words) or 'none told of'}, {period}"


def why(tag: Tag) -> str:
    """The word for a hashtag with the figure behind it."""
    if tag.word == "cannot tell" and tag.clock >= HOUR:
        hour = "" if tag.clock == HOUR else ", nor at which hour it rose, nor what came of what"
        return (
            f"Most of its times are multiples of {duration(tag.clock)}: whether accounts in step pushed it cannot be "
            f"seen{hour}."
        )
    whole, campaigns, cores = tag.without_groups, tag.without_campaigns, tag.without_cores
    if whole is None or campaigns is None or cores is None:
        if tag.word == "organic":
            return "No campaign was found in it."
        return (
            f"Gatherings made {percent(tag.gatherings)} of its burst: accounts that turn up together, as chats and "
            "fans do too. No campaign was found in it."
        )
    core = percent((cores.theirs + cores.passed) / max(1, cores.acts))
    said = f"Accounts in step made {core} of its burst; campaigns {_owed(campaigns)}"
    if whole != campaigns:
        said += f", together with gatherings {_owed(whole)}"
    if tag.word == "pushed":
        return f"{said}. {without_sentence(whole, 'all these groups' if whole != campaigns else 'them')}"
    return f"{said}. {without_sentence(campaigns, 'the campaigns')}"


def without_sentence(without: Without, whom: str) -> str:
    """Whether, and when, it would have risen without some accounts."""
    if without.rises == 0:
        return f"Without {whom} it would not have risen: it rises in none of the draws of what was owed to them."
    when = ""
    if without.since:
        early, middle, late = (end_of(hour) for hour in without.since)
        when = f", by {moment(middle)} UTC" + ("" if early == late else f" ({moment(early)} to {moment(late)})")
    if without.rises == 1:
        return f"Without {whom} it would have risen all the same{when}."
    return f"Without {whom} it would have risen in {percent(without.rises)} of the draws{when}."


def _owed(without: Without) -> str:
    low, middle, high = without.part
    if percent(low) == percent(high):
        return f"{percent(middle)}, with what they set off"
    return f"{percent(middle)}, with what they set off ({percent(low)} to {percent(high)})"


def rise_sentence(tag: Tag) -> str:
    """When and how much it rose."""
    rose = "" if tag.rose is None else f"The rise could be told by {moment(tag.rose)} UTC. "
    best, act = ("In its best hours", "an hour") if tag.clock <= HOUR else ("At its best", duration(tag.clock))
    return (
        f"{rose}Its burst lasted {span(tag.begins, tag.ends)}: {tag.burst_posts:,} of its {tag.posts:,} posts. {best} "
        f"{tag.acts:,} acts (accounts in {act}), where its past and the day's explain "
        f"{decimal(tag.expected)}."
    )


def part_sentence(part: Part, name: str) -> str:
    """What one group did."""
    passed = f"; others passed its posts on {counted(part.passed_on, 'time')}" if part.passed_on else ""
    core = f", {part.core:,} of them by its core" if part.claim == "campaign" else ""
    return (
        f"{name}: {counted(part.accounts, 'account')} with {counted(part.before, 'post')} before the burst and "
        f"{part.burst:,} in it{core}{passed}."
    )


def concentration_sentence(tag: Tag) -> str:
    """Who carries it: the coefficient of traffic manipulation with its parts."""
    of = tag.concentration
    known = f"organic traffic had {ORGANIC:g} or less in Nimmo 2019"
    few = "" if of.enough else f"; under {FEW} posts the busiest fifty make most of anything, so it says little here"
    return (
        f"The 50 busiest accounts made {percent(of.busiest)} of the burst's posts, {of.posts_per_account:.1f} an "
        f"account, {percent(of.retweets)} retweets. Coefficient of traffic manipulation {of.ctm:.0f}: {known}{few}."
    )


def ctm_words(tag: Tag) -> str:
    """The coefficient for a table; nothing where there are too few posts for it, for it would be high of anything."""
    return f"{tag.concentration.ctm:.0f}" if tag.concentration.enough else "–"


def new_sentence(tag: Tag) -> str:
    """How many of its accounts are new."""
    if not tag.dated:
        return "When its accounts were made is not in the data."
    return (
        f"{tag.new:,} of {counted(tag.dated, 'account')} with a known date were made in the 30 days before the burst."
    )


def back_sentence(group: Pusher) -> str:
    """Whether a group was in an earlier report."""
    if group.back is None:
        return ""
    back = group.back
    return f"Back: shares {counted(back.shared, 'account')} with {back.group} of the report of {back.date}."


def changes(change: Change) -> list[str]:
    """What is different from an earlier report, a sentence each."""
    said = []
    for tag, before, now in change.words:
        if before is None and tag in change.untold_then:
            said.append(f"#{tag} rose then too, and was not told of: {now} now.")
        elif before is None:
            said.append(f"#{tag} is new: {now}.")
        elif tag in change.untold:
            said.append(f"#{tag} ({before} then) rises, and is not told of here.")
        elif now is None:
            said.append(f"#{tag} ({before}) no longer rises.")
        else:
            said.append(f"#{tag}: {before} then, {now} now.")
    if change.new_groups:
        said.append(f"{counted(len(change.new_groups), 'group')} not seen then: {listed(list(change.new_groups))}.")
    if change.gone_groups:
        said.append(
            f"{counted(len(change.gone_groups), 'group')} of then not found: {listed(list(change.gone_groups))}."
        )
    return said or ["Nothing is different."]


def method_sentences(report: Trending) -> list[str]:
    """How it was decided that a hashtag rises, and at what error."""
    lengths = listed([str(n) for n in report.lengths])
    return [
        f"{report.tested:,} hashtags were tested, each with at least 10 acts from {moment(report.window.past)} UTC on; "
        f"{counted(report.rose, 'rises', 'rise')}. An act is an account that uses a hashtag in an hour, however often.",
        f"Stretches of {lengths} hours are held against the hashtag's own past and against all other hashtags in the "
        "same hours (a scan with the conditional test of two rates, its dispersion measured in the past). Of 100 "
        "hashtags that rise about 5 at most do so by chance.",
        "One detection over the accounts of all hashtags told of here, from the past's begin to the window's end.",
    ]


def end_of(hour: int) -> datetime:
    """The moment at which an hour (hours since 1970) is over."""
    return datetime.fromtimestamp((hour + 1) * HOUR, UTC)
