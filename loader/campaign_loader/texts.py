"""What is in a text: hashtags, mentions, addresses, and what a retweet passes on."""

from __future__ import annotations

import hashlib
import re
import unicodedata

import polars as pl

JOINERS = "\u200c\u200d"  # inside Persian and Indic words
UNSEEN = "\u00ad\u061c" + "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))))
BLANKS = UNSEEN + "\ufeff" + "".join(c for c in map(chr, range(0x3001)) if c.isspace())
WORD = rf"[\p{{L}}\p{{M}}\p{{Nd}}_{JOINERS}]"
TAG = rf"[\p{{L}}\p{{M}}\p{{Nd}}_&/]?[#＃]{WORD}+"
NAME = r"[\p{L}\p{Nd}_.&/]?[@＠][A-Za-z0-9_]+"
ADDRESS = r"https?://(?:t\.co/[A-Za-z0-9]+|[!-~]+)"
RETWEET = r"^\s*RT @(\w+)\b:?"
RETWEET_PREFIX = re.compile(r"\s*RT @(\w+)\b:?\s*")


def is_retweet(text: pl.Expr) -> pl.Expr:
    """True where the text begins as a manual or old retweet does: `RT @name:`."""
    return text.str.contains(RETWEET).fill_null(False)


def whole(text: pl.Expr, retweet: pl.Expr) -> pl.Expr:
    """The text without a last word that was cut off (`… #McG…`): what remains of it is no hashtag, name or address."""
    cut = pl.when(retweet).then(text.str.replace(r"\S+…(?:\s+https?://\S+)?\s*$", ""))
    return cut.otherwise(text.str.replace(r"\S+…\s+https?://\S+\s*$", ""))


def hashtags(text: pl.Expr) -> pl.Expr:
    """Hashtags as written, without #: letters, marks and digits with at least one letter, not in words or addresses."""
    found = text.str.replace_all(ADDRESS, " ").str.extract_all(TAG)
    tag = pl.element().str.slice(1).str.strip_chars(JOINERS)
    return found.list.eval(tag.filter(pl.element().str.contains(r"^[#＃].*\p{L}")))


def listed_hashtags(value: pl.Expr) -> pl.Expr:
    """Hashtags of a list without #, and without blanks and marks that nobody sees around them (directions, soft
    hyphens)."""
    return value.str.strip_chars_start(f"#＃{BLANKS}").str.strip_chars_end(BLANKS)


def mentions(text: pl.Expr) -> pl.Expr:
    """Names with their @, not inside words (mail addresses) or addresses."""
    found = text.str.replace_all(ADDRESS, " ").str.extract_all(NAME)
    return found.list.eval(pl.element().filter(pl.element().str.contains("^[@＠]")))


def addresses(text: pl.Expr) -> pl.Expr:
    """Addresses in the text, without the punctuation that ends a sentence."""
    return text.str.extract_all(ADDRESS).list.eval(pl.element().str.strip_chars_end(".,;:!?)'\"…"))


def folded(values: pl.Series) -> pl.Series:
    """NFKC and casefolded: spellings that mean the same name are equal. Python folds ß, so each value is done once."""
    once = values.unique().drop_nulls()
    return values.replace_strict(once, pl.Series([fold(value) for value in once], dtype=pl.String), default=None)


def fold(value: str) -> str:
    """One value as `folded` has it."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", value).casefold())


def retweeted(values: pl.Series) -> pl.DataFrame:
    """For each text of a retweet the `hash` of what it passes on, and that `text`, folded and with single spaces.

    The name after `RT @` is part of the hash where it is there, not of the text.
    """
    once = values.unique().drop_nulls()
    pairs = [_passed_on(value) for value in once]
    known = pl.DataFrame(
        {"value": once, "hash": [p[0] for p in pairs], "text": [p[1] for p in pairs]},
        schema={"value": pl.String, "hash": pl.String, "text": pl.String},
    )
    return values.to_frame("value").join(known, on="value", how="left", maintain_order="left").drop("value")


def _passed_on(value: str) -> tuple[str | None, str | None]:
    prefix = RETWEET_PREFIX.match(value)
    name = prefix[1].casefold() if prefix else ""
    text = " ".join(fold(value[prefix.end() :] if prefix else value).split())
    return (digest(name, text), text) if text else (None, None)


def digest(*parts: str) -> str:
    """A stable hash of texts, 128 bits in hexadecimal (BLAKE2b)."""
    return hashlib.blake2b("\x1f".join(parts).encode(errors="surrogatepass"), digest_size=16).hexdigest()
