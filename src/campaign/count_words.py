"""What the numbers of a run count: accounts and pairs are counted in several ways, and do not agree without a word."""

from __future__ import annotations

from campaign_analysis.results import Detection

from campaign.words import counted, hashtags_asked, topic

ACCOUNTS_LOADED = "Account: all who posted, and all whom they name or pass on; a search may count fewer"


def accounts_sentence(detection: Detection) -> str:
    """Which accounts the answer counts; empty where their number is not known."""
    accounts = detection.run.counts.get("accounts")
    if accounts is None:
        return ""
    asked = hashtags_asked(detection)
    if asked:
        return f"{counted(accounts, 'account')}: all that used {topic(asked)}."
    return (
        f"{counted(accounts, 'account')}: all that did what this search looks at (hashtags, retweets, links, …). The "
        "data may hold more: accounts that are only named or passed on, and such as posted nothing of the kind."
    )


def pairs_sentence(detection: Detection) -> str:
    """Why there are more possible pairs than the accounts make; empty where there are not."""
    tested, accounts = sum(detection.tested_pairs.values()), detection.run.counts.get("accounts", 0)
    possible = accounts * (accounts - 1) // 2
    if not possible or tested <= possible:
        return ""
    return (
        f"{counted(accounts, 'account')} make {counted(possible, 'pair')}; possible pairs are {tested:,}, because each "
        "behaviour counts its own: a pair counts once for each behaviour that both of its accounts showed (by "
        "text: all who wrote one, repeated by others or not)."
    )
