"""What of a profile is compared: what is left of names, handles and bios once disguises are undone.

The skeleton is that of Unicode Technical Standard 39 (section 4), as the library `disarm` computes it from
Unicode's own table of confusable characters, on text that is NFKC and casefolded. Three things are added,
because handles are written in ASCII, where the standard sees no disguise: i, l and 1 are one letter, and o and 0;
`rn` is m and `vv` is w. Marks on Latin letters are taken away (an accent more or less is a spelling); marks
of other scripts are letters and stay: without them half of the words of Hindi would be one.
"""

from __future__ import annotations

import polars as pl

LEAST_BIO = 4  # characters; how common a short bio is, is counted
DECORATION = r"(?:official|original|verified|real|page)"

_ASCII = r"^[\x00-\x7F]*$"
_ALIKE = {"rn": "m", "vv": "w", "i": "l", "1": "l", "0": "o", "3": "e", "4": "a", "5": "s"}
_SPELT = {"ı": "i", "ł": "l", "ø": "o", "đ": "d"}  # letters whose stroke or dot no decomposition takes away


def keyed(profiles: pl.DataFrame) -> pl.DataFrame:
    """Add what is compared to a frame of profiles.

    Parameters
    ----------
    profiles
        handle, name, description: String, null where not known.

    Returns
    -------
    pl.DataFrame
        The profiles, and `name_key` (letters of the skeleton, without digits and words such as "official"),
        `name_words` (the same, word by word), `name_spelt` (the letters as they are written, for telling a disguise
        from the same name), `handle_key` (skeleton without separators), `handle_core` (and without digits at
        its ends), `bio` (words without addresses, mentions and signs); null where there is nothing to
        compare.
    """
    name, handle, bio = (_folded(pl.col(column)) for column in ("name", "handle", "description"))
    folded = profiles.with_columns(name.alias("_name"), handle.alias("_handle"), bio.alias("_bio"))
    skeleton = _skeletons(pl.concat([folded["_name"], folded["_handle"]]))
    folded = folded.with_columns(
        _name_skeleton=pl.col("_name").replace_strict(skeleton["text"], skeleton["skeleton"], default=pl.col("_name")),
        _handle_skeleton=pl.col("_handle").replace_strict(
            skeleton["text"], skeleton["skeleton"], default=pl.col("_handle")
        ),
    )
    return folded.with_columns(
        name_words=_words(_alike(_bare(pl.col("_name_skeleton")))),
        name_spelt=_without_accents(_bare(pl.col("_name"))),
        handle_key=_alike(_joined(pl.col("_handle_skeleton"))),
        handle_core=_core(_joined(pl.col("_handle_skeleton"))),
        bio=_plain_bio(pl.col("_bio")),
    ).select(
        pl.exclude("^_.*$"),
        _or_null(pl.col("name_words").list.join("")).alias("name_key"),
    )


def _folded(text: pl.Expr) -> pl.Expr:
    """NFKC and casefolded (lower case of the upper case: ß and ς meet their capitals), without invisible characters."""
    return text.str.normalize("NFKC").str.to_lowercase().str.replace_all("ς", "σ").str.replace_all(r"\p{Cf}", "")


def _skeletons(texts: pl.Series) -> pl.DataFrame:
    """The skeleton of each different text that is not ASCII: only those have confusables that need the table."""
    import disarm

    odd = texts.drop_nulls().unique()
    odd = odd.filter(~odd.str.contains(_ASCII))
    return pl.DataFrame({"text": odd, "skeleton": pl.Series([disarm.skeleton_key(t) for t in odd], dtype=pl.String)})


def _without_accents(text: pl.Expr) -> pl.Expr:
    """Marks of Latin letters away; those of other scripts stay."""
    bare = text.str.normalize("NFD").str.replace_all(r"(\p{Latin})\p{Mn}+", "${1}").str.normalize("NFC")
    return bare.str.replace_many(list(_SPELT), list(_SPELT.values()))


def _alike(text: pl.Expr) -> pl.Expr:
    return _without_accents(text).str.replace_many(list(_ALIKE), list(_ALIKE.values()))


def _bare(name: pl.Expr) -> pl.Expr:
    """Words of a name, parted by spaces, without signs, "official" and the like, and digits at a word's ends."""
    bare = name.str.replace_all(r"['’.]", "").str.replace_all(r"[^\p{L}\p{M}\p{Nd}]+", " ")
    bare = bare.str.replace_all(r"(^| )\p{Nd}+", " ").str.replace_all(r"\p{Nd}+( |$)", " ").str.strip_chars()
    plain = bare.str.replace_all(rf"\b{DECORATION}\b", " ").str.strip_chars()
    return pl.when(plain == "").then(bare).otherwise(plain)


def _words(bare: pl.Expr) -> pl.Expr:
    return bare.str.split(" ").list.eval(pl.element().filter(pl.element() != ""))


def _joined(handle: pl.Expr) -> pl.Expr:
    return _or_null(handle.str.replace_all(r"[^\p{L}\p{M}\p{Nd}]+", ""))


def _core(handle: pl.Expr) -> pl.Expr:
    """A handle without digits and words such as "official" at its ends, where at least four letters are left."""
    bare = handle.str.replace_all(r"^\p{Nd}+|\p{Nd}+$", "")
    plain = bare.str.replace(rf"^{DECORATION}(.{{4,}})$", "${1}").str.replace(rf"^(.{{4,}}?){DECORATION}$", "${1}")
    return _or_null(_alike(plain))


def _plain_bio(bio: pl.Expr) -> pl.Expr:
    bare = bio.str.replace_all(r"https?://\S+|www\.\S+|[@＠][\p{L}\p{M}\p{Nd}_.]+", " ")
    bare = bare.str.replace_all(r"[^\p{L}\p{M}\p{Nd}]+", " ").str.strip_chars()
    return pl.when(bare.str.len_chars() >= LEAST_BIO).then(bare)


def _or_null(text: pl.Expr) -> pl.Expr:
    return pl.when(text != "").then(text)
