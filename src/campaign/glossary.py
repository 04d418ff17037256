"""The words of the page: those that a reader meets everywhere, and those of the files and of the last section."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.reporting.numbers import probability
from campaign.words import odds

EXAMPLE = 0.004  # p of a group, told both ways: of no group in particular, and without a rest


@dataclass(frozen=True)
class Word:
    """A word of the report: what it claims in a sentence or two, and what else a reader should know."""

    term: str
    claim: str
    more: str


WORDS: tuple[Word, ...] = (
    Word(
        "meeting",
        "Two accounts act on the same thing (a hashtag, a retweeted post, a text) at nearly the same time. How near is "
        "said for each behaviour: one to five minutes for hashtags, up to an hour for retweets.",
        "However often it happens on the same thing within one stretch of time (two hours, say), it counts once, so "
        "that a busy evening is not fifty proofs.",
    ),
    Word(
        "together",
        "The two accounts meet more often than the crowd explains: how busy it was at those times, and how often each "
        "of the two posts there.",
        "This is true of campaigns, and just as true of live chats, fan clubs and newsrooms.",
    ),
    Word(
        "in step",
        "The two are together, and meet more often than even all of this explains: how busy the event was minute by "
        "minute, how much each account posts, at which times of the day each usually posts, how soon each usually "
        "takes up what has come out, and that the two talk to each other or pass on one story.",
        "That both were there, and that both were busy, does not explain what is left.",
    ),
    Word(
        "linked",
        "Two accounts are linked where they are together or in step.",
        "A few linked pairs are luck all the same: how many at most stands on top of the page.",
    ),
    Word(
        "campaign",
        "A group with a core: three or more accounts linked by pairs that are in step, and those added to them.",
        "The core is what is claimed. The group's other accounts are listed as together with it, no more. The "
        "word names a pattern in time: it says nothing of what anybody meant by it.",
    ),
    Word(
        "added",
        "An account of the core that no pair in step brought in: it was present at the core's meetings, again and "
        "again, more often than chance explains.",
        "An account that comes to one in three of them meets no single partner often enough to be in step with it.",
    ),
    Word(
        "gathering",
        "A group whose accounts are together, with no core in step.",
        "A gathering is not an accusation: people who watch, chat or work together look like this.",
    ),
    Word(
        "by luck",
        "The number of meetings that chance explains.",
        "It follows from how active both accounts are, and how busy the thing they meet on is at that time.",
    ),
    Word(
        "odds of luck",
        "Of the pairs that are linked on evidence at least as good as this one, how many are expected to be luck: one "
        "in a million, say. An account has the odds of its best pair under the claim that brought it in; for one that "
        "was added they are counted among all accounts that were added on evidence at least as good.",
        "It is said of pairs that were found, and is not the chance that an account did nothing unusual.",
    ),
    Word(
        "luck alone brings a group",
        f"How many searches like this one it takes until luck alone brings a group as strong as this: about "
        f"{odds(EXAMPLE)}, say.",
        "It is said of the group. The odds of luck of its pairs and accounts may be thousands of times as long, and "
        "are not the group's: whoever prints a number for a group prints this one, with what the page says against it.",
    ),
    Word(
        "met on",
        "The hashtags on which a group's linked pairs met, with the number of these meetings.",
        "What its accounts also used and did not meet on is told apart: everybody may use it.",
    ),
    Word(
        "fits, not there, could not be looked for",
        "What an innocent explanation is worth: it fits what was seen; it was looked for and is not there; it is there "
        "but not enough to explain what is claimed; or these data cannot tell.",
        "What could not be looked for may well be so.",
    ),
)

FILE_WORDS: tuple[Word, ...] = (
    Word("episode, block, window", "A meeting, its stretch of time, and how far apart its two posts may be.", ""),
    Word("joined", "Of a pair: linked. Of an account: added.", ""),
    Word(
        "p of a pair",
        "How often chance alone would give this pair so many meetings or more.",
        "It says little by itself: among millions of pairs some have a small p by luck.",
    ),
    Word(
        "q, fdr",
        "q is p corrected for all pairs that could have been tested, by this behaviour and by all of them (Benjamini "
        "and Hochberg). A pair is linked where its q is at most fdr, the false discovery rate that the run was given.",
        "Odds of luck of 1 in 1,000 are a q of 0.001.",
    ),
    Word(
        "p of an account",
        "The p of its best pair that is together, times the partners that it could have had, at most 1.",
        "It asks what this account would show if nobody else were looked at. It does not decide who is in: pairs do, "
        "by their q. So an account may be in with a p of 1.",
    ),
    Word(
        "p of a group",
        "How likely it is that a run without any coordination has so many pairs so strong by one behaviour (Simes); "
        "the combined p is that of all behaviours (Cauchy combination).",
        f"That luck alone brings a group to {odds(EXAMPLE)} searches is a combined p of {probability(EXAMPLE)}.",
    ),
    Word("louvain, leiden", "Methods that sort linked pairs into groups of accounts.", ""),
)
