"""Near-duplicate texts: the objects of the `text` layer.

Texts that are equal once made plain (`plain_text`) are one text. Among these, MinHash bands (`minhash`)
propose pairs, rapidfuzz's ratio (1 - insertions and deletions / both lengths) of SIMILAR or more verifies
them, and each text joins the most similar text among those used more often, its leader. Every member of a
cluster was compared with its leader: texts do not join through a chain of small changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import fuzz, process

from campaign_analysis.minhash import bands
from campaign_analysis.plain_text import plain, word_count

FEWEST_WORDS = 5
SIMILAR = 90.0  # per cent
CHUNK = 500_000  # pairs that are verified at a time

Ints = npt.NDArray[np.int64]


def text_objects(texts: pl.DataFrame, accounts: Collection[str] | None = None) -> pl.DataFrame:
    """Events of the text layer: who used which cluster of near-duplicate texts, when.

    Parameters
    ----------
    texts
        Original posts: account, post, text (as collected), time (any unit: passed through).
    accounts
        If given, only texts of these accounts are looked at.

    Returns
    -------
    pl.DataFrame
        account, object, time, post: a row for each post whose cluster is used by two accounts or more. `object` is
        `text:` and a hash of the cluster's first text in the order of code points. Texts of fewer than five
        words beside addresses, mentions and hashtags have no object.
    """
    if accounts is not None:
        texts = texts.filter(pl.col("account").is_in(list(accounts)))
    posts = texts.select("account", "post", "time", plain(pl.col("text")).alias("plain"))
    posts = posts.filter(word_count(pl.col("plain")) >= FEWEST_WORDS)
    used = posts.group_by("plain").agg(uses=pl.len()).sort(["uses", "plain"], descending=[True, False])
    objects = used.select("plain", object=_names(used["plain"], leaders(used["plain"])))
    events = posts.join(objects, on="plain", how="left", maintain_order="left")
    shared = pl.col("account").n_unique().over("object") > 1
    return events.filter(shared).select("account", "object", "time", "post")


def leaders(texts: pl.Series) -> Ints:
    """For each of the different plain `texts` the row of its cluster's leader, itself where it has none.

    Texts come in order of standing: a text's leader stands before it.
    """
    pairs = _similar(texts, _candidates(bands(texts)))
    leader = np.arange(len(texts))
    best: dict[int, tuple[float, int]] = {}
    for row, other, ratio in pairs.iter_rows():
        chief = int(leader[other])
        if chief != other:
            ratio = fuzz.ratio(texts[row], texts[chief], score_cutoff=SIMILAR)
        if ratio >= SIMILAR and (ratio, -chief) > best.get(row, (0.0, 0)):
            best[row] = (ratio, -chief)
            leader[row] = chief
    return leader


def _candidates(keys: npt.NDArray[np.uint32]) -> pl.DataFrame:
    """Each text with the first text of every bucket that it is in: a bucket of n texts gives n - 1 pairs, not n²."""
    parts = [pl.DataFrame(schema={"row": pl.UInt32, "other": pl.UInt32})]
    for band in range(keys.shape[1]):
        bucket = pl.DataFrame({"key": keys[:, band]}).with_row_index("row")
        first = pl.col("row").min().over("key").alias("other")
        parts.append(bucket.select("row", first).filter(pl.col("row") != pl.col("other")))
    return pl.concat(parts).unique().sort("row", "other")


def _similar(texts: pl.Series, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs whose ratio is SIMILAR or more, with it, in the order of rows."""
    kept = []
    for part in pairs.iter_slices(CHUNK):
        left, right = (texts.gather(part[side]).to_list() for side in ("row", "other"))
        ratio = process.cpdist(left, right, scorer=fuzz.ratio, score_cutoff=SIMILAR, dtype=np.float64)
        kept.append(part.with_columns(ratio=pl.Series(ratio)).filter(pl.col("ratio") >= SIMILAR))
    return pl.concat(kept) if kept else pairs.with_columns(ratio=pl.lit(0.0))


def _names(texts: pl.Series, leader: Ints) -> pl.Series:
    """`text:` and a hash of the smallest text of each text's cluster."""
    clusters = pl.DataFrame({"text": texts, "leader": leader})
    smallest = clusters.select(pl.col("text").min().over("leader")).to_series()
    return smallest.map_elements(_name, return_dtype=pl.String)


def _name(text: str) -> str:
    return "text:" + hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
