"""What is left of a text when everything that is changed to dodge duplicate checks is taken away."""

from __future__ import annotations

import polars as pl

ADDRESS = r"(?i)\b(?:https?://|www\.)\S+"
NAME_OR_TAG = r"[@＠][\p{L}\p{M}\p{Nd}_.]+|[#＃][\p{L}\p{M}\p{Nd}_\x{200c}\x{200d}]+"
# Format characters (zero width spaces and joiners, direction marks, soft hyphens), variation selectors,
# fillers.
INVISIBLE = r"[\p{Cf}\x{034F}\x{115F}\x{1160}\x{3164}\x{FE00}-\x{FE0F}]"
# Four capitals behind a text that is not all capitals: machines add them so that no two copies are alike.
RANDOM_TAIL = r"^(.*[\p{Ll}\p{Lo}].*\s)[A-Z]{4}\s*$"
NOT_A_WORD = r"[^\p{L}\p{M}\p{N}]+"
# Scripts that put no spaces between words; two of their letters count as a word.
UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"


def plain(text: pl.Expr) -> pl.Expr:
    """The words of a text: NFKC, lower case, single spaces; no addresses, mentions, hashtags, signs or random tails.

    Numbers become 0: counters ("part 3 of 7", "only 5 hours left") are the cheapest way to make copies
    differ, and what differs in its numbers only says the same.
    """
    bare = text.str.normalize("NFKC").str.replace_all(INVISIBLE, "")
    bare = bare.str.replace_all(ADDRESS, " ").str.replace_all(NAME_OR_TAG, " ")
    bare = bare.str.replace(RANDOM_TAIL, "${1}").str.to_lowercase()
    bare = bare.str.replace_all(r"['’]", "").str.replace_all(NOT_A_WORD, " ").str.replace_all(r"\p{N}+", "0")
    return bare.str.strip_chars()


def word_count(plain_text: pl.Expr) -> pl.Expr:
    """Words with at least one letter in a text as `plain` leaves it."""
    spaced = plain_text.str.replace_all(UNSPACED, " ").str.count_matches(r"\p{L}[^ ]*")
    return spaced + plain_text.str.count_matches(UNSPACED) // 2
