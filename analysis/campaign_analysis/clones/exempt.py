"""Accounts that say what they are: parody, fan pages, commentary. They deceive nobody, and are listed apart."""

from __future__ import annotations

import polars as pl

# What such accounts call themselves, in the languages of the platforms' larger crowds, as words of their own: a
# "distributed system" pays no tribute. "Fan" alone is no such word: half of all bios are a fan of something.
SAID = (
    r"\b(?:parod(?:y|ia|ie|i)|satir[ea]|spoof|not the real|fake account|unofficial|not affiliated|"
    r"tribute (?:to|page|account)|fan ?(?:account|page|club|base|army|site)s?|commentary account|"
    r"cuenta de fans|no oficial|compte parodique|non officiel)\b|"
    r"\b(?:impersonat|role ?play|hayran (?:hesab|sayfa)|mizah hesab|resmi değil)|"
    r"पैरोडी|फैन क्लब|फ़ैन क्लब|फैन पेज|फ़ैन पेज|प्रशंसक|"
    r"ساخر|محاكاة|معجب|غير رسمي|"
    r"\b(?:пароди|фан-?клуб|неофициальн)"
)


def says_so(profiles: pl.DataFrame) -> pl.Series:
    """Whether the name, handle or bio of each profile says that it is a parody, a fan's page or the like."""
    texts = [pl.col(column).fill_null("") for column in ("name", "handle", "description")]
    written = pl.concat_str(texts, separator=" ").str.normalize("NFKC").str.to_lowercase()
    return profiles.select(written.str.contains(SAID)).to_series()
