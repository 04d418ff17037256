"""How often profiles agree by chance in the data at hand: what a namesake shares, and how many namesakes a name has.

A pair is judged by the number of innocent accounts that would be expected to agree with the older account as
much as the younger one does:

    E = namesakes(name) * P(T <= t),   T = the product of the tails of handle, disguise, bio and avatar

where the tail of a field is the chance that a namesake agrees in it as much or more, t is the product for the
pair at hand, and P sums over all ways of agreeing that are as unlikely or more: a product of several
chances is small more often than any one of them.

Everything is counted in the profiles themselves:

- *namesakes*: of each name, its other bearers who agree in nothing else; and what names as rare as it have on
  average. How rare a name is follows from its words: the number of accounts times the product of the words' shares
  among accounts of other names. Words of one language go together, so the product is only used to
  sort names into classes; the average of a class is counted.
- *handle, disguise*: the share of pairs of namesakes who agree as much, in four kinds of handles (KINDS).
- *bio, avatar*: the share of accounts of other names that have it, times how much more often namesakes agree than
  these shares explain (people of one language share phrases).

Copies that are in the data count as chance, unless they are left out: `find` counts again without the suspects that
it has. Those that it has not keep counting, so that E errs on the side of the accused.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from campaign_analysis.clones.agreement import CORE, NEAR, SAME, Profiles

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

STEPS = 2  # classes of rarity in a factor of ten
KINDS = ("made of the name", "made of the name and digits", "not made of it", "a name in another script")
MANY_DIGITS = 2
ROUNDING = 1 + 1e-9


@dataclass(frozen=True)
class Chance:
    """What is counted once for all pairs.

    `namesakes`: expected innocent bearers of each row's name; `handle`: P(handle agrees at a level or more | namesake)
    by kind and level (column 0 is 1); `kind`: each row's kind of handle; `disguise`: P(disguised | namesake); `lift`:
    how much more often namesakes share a bio, an avatar, than strangers do; `strangers`: how many accounts of other
    names have each row's bio, avatar, core of a handle; `neighbours`: how many have a handle near each row's.
    """

    namesakes: Floats
    handle: Floats
    kind: Ints
    disguise: float
    lift: dict[str, float]
    strangers: dict[str, Ints]
    neighbours: Floats


def measure(
    keyed: pl.DataFrame,
    profiles: Profiles,
    names: pl.DataFrame,
    pairs: pl.DataFrame,
    suspects: Ints,
    rng: np.random.Generator,
) -> Chance:
    """Count what chance does in these profiles.

    `profiles` are those of `keyed`, `names` pairs of near names (`candidates.near_names`), `pairs` all that were
    compared; `suspects` are rows that are not counted.
    """
    innocent = np.ones(keyed.height, dtype=np.bool_)
    innocent[suspects] = False
    keyed = keyed.with_columns(innocent=innocent)
    counted = pairs.filter(pl.Series(innocent[pairs["a"].to_numpy()] & innocent[pairs["b"].to_numpy()]))
    more = (pl.col("handle") >= NEAR) | pl.col("bio") | pl.col("avatar")
    agreeing = counted.filter(pl.col("name") & more)
    strangers = {key: _strangers(keyed, key) for key in ("bio", "avatar", "handle_core")}
    kind = _kinds(keyed)
    sample = profiles.agreement(_namesake_pairs(keyed, rng))
    apart = ~sample["bio"] & ~sample["avatar"]
    plain = sample.filter((pl.col("handle") < NEAR) & ~pl.col("disguised"))
    return Chance(
        _namesakes(keyed, names, agreeing),
        _handle(sample.filter(apart), kind),
        kind,
        _share(int((sample["disguised"] & apart).sum()), int(apart.sum())),
        {key: _lift(plain, key, strangers[key], keyed.height) for key in ("bio", "avatar")},
        strangers,
        _handle_neighbours(counted, keyed.height),
    )


def expected(pairs: pl.DataFrame, chance: Chance) -> Floats:
    """E of each pair of AGREEMENT that agrees in name or handle."""
    accounts = len(chance.namesakes)
    a = pairs["a"].to_numpy()
    name, level = pairs["name"].to_numpy(), pairs["handle"].to_numpy()
    core = chance.strangers["handle_core"][a] / accounts
    handle = [np.maximum(chance.handle[chance.kind[a], least], core) for least in range(CORE, SAME + 1)]
    fields = [
        Field([np.where(name, tail, 1.0) for tail in handle], np.where(name, level, 0)),
        Field([np.full(len(a), chance.disguise)], pairs["disguised"].to_numpy()),
        *(Field([_share_of(pairs, key, chance, accounts)], pairs[key].to_numpy()) for key in ("bio", "avatar")),
    ]
    base = np.where(name, chance.namesakes[a], chance.neighbours[a])
    return np.asarray(base * _as_unlikely(fields), dtype=np.float64)


@dataclass(frozen=True)
class Field:
    """For each pair the chances that a namesake agrees at level 1, 2, … or more, and the level of the pair itself."""

    tails: list[Floats]
    level: npt.NDArray[Any]


def _share_of(pairs: pl.DataFrame, key: str, chance: Chance, accounts: int) -> Floats:
    """The chance that a namesake has the bio or avatar of either account."""
    sides = [chance.strangers[key][pairs[side].to_numpy()] for side in ("a", "b")]
    return np.asarray(np.minimum((np.maximum(*sides) + 1) / accounts * chance.lift[key], 1.0), dtype=np.float64)


def _as_unlikely(fields: list[Field]) -> Floats:
    """P(T <= t) for each pair: the chances of all ways of agreeing whose product of tails is no larger than its own."""
    tails = [np.stack([np.ones_like(field.tails[0]), *field.tails]) for field in fields]
    exact = [tail - np.vstack([tail[1:], np.zeros_like(tail[:1])]) for tail in tails]
    rows = np.arange(tails[0].shape[1])
    own = np.prod([tail[field.level.astype(np.int64), rows] for tail, field in zip(tails, fields, strict=True)], axis=0)
    total = np.zeros(len(rows))
    for way in itertools.product(*(range(len(tail)) for tail in tails)):
        product = np.prod([tail[level] for tail, level in zip(tails, way, strict=True)], axis=0)
        likely = np.prod([part[level] for part, level in zip(exact, way, strict=True)], axis=0)
        total += np.where(product <= own * ROUNDING, likely, 0.0)
    return total


def _handle_neighbours(pairs: pl.DataFrame, accounts: int) -> Floats:
    """For each row how many others of another name have a handle near its own: the average at least."""
    near = pairs.filter(~pl.col("name") & (pl.col("handle") >= CORE) & ~pl.col("bio") & ~pl.col("avatar"))
    rows = np.concatenate([near["a"].to_numpy(), near["b"].to_numpy()])
    own = np.bincount(rows, minlength=accounts).astype(np.float64)
    return np.maximum(own, max(own.mean(), 1 / accounts))


def _strangers(keyed: pl.DataFrame, key: str) -> Ints:
    """How many accounts of other names have each row's bio, avatar or core of a handle."""
    having = pl.col("innocent").sum().over(key).cast(pl.Int64)
    namesakes = pl.col("innocent").sum().over(key, "name_key").cast(pl.Int64)
    counted = keyed.select(pl.when(pl.col(key).is_null()).then(0).otherwise(having - namesakes))
    return counted.to_series().to_numpy().astype(np.int64)


def _kinds(keyed: pl.DataFrame) -> Ints:
    """Index in KINDS of each row's handle."""
    core = pl.col("handle_core").fill_null("")
    words = pl.col("name_words").list.eval(pl.element().filter(pl.element().str.len_chars() >= 3))
    rows = keyed.select(core.alias("core"), words.alias("word"), "name_key").with_row_index("row")
    made = (
        rows.explode("word", empty_as_null=False, keep_nulls=False)
        .filter(pl.col("core").str.contains(pl.col("word"), literal=True))
        .get_column("row")
        .unique()
    )
    latin = keyed["name_key"].fill_null("").str.contains(r"^\p{Latin}*$").to_numpy()
    digits = (keyed["handle"].fill_null("").str.count_matches(r"\d") >= MANY_DIGITS).to_numpy()
    kind = np.where(latin, 2, 3).astype(np.int64)
    kind[made.to_numpy()] = digits[made.to_numpy()]
    return kind


def _namesake_pairs(keyed: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Each account with another bearer of its name, drawn at random: n - 1 pairs of a name of n bearers."""
    order = keyed.select("innocent", name="name_key", draw=pl.Series(rng.permutation(keyed.height))).with_row_index(
        "row"
    )
    order = order.filter("innocent").drop_nulls().sort("name", "draw")
    paired = order.select(a="row", b=pl.col("row").shift(-1).over("name")).drop_nulls()
    return paired.select(
        pl.min_horizontal("a", "b").cast(pl.Int64).alias("a"), pl.max_horizontal("a", "b").cast(pl.Int64).alias("b")
    )


def _handle(sample: pl.DataFrame, kind: Ints) -> Floats:
    kinds = kind[sample["a"].to_numpy()]
    level = sample["handle"].to_numpy()
    table = np.ones((len(KINDS), SAME + 1))
    for k in range(len(KINDS)):
        for least in range(CORE, SAME + 1):
            table[k, least] = _share(int((level[kinds == k] >= least).sum()), int((kinds == k).sum()))
    return table


def _share(hits: int, tries: int) -> float:
    """A share that is never zero, and one half where nothing was tried."""
    return (hits + 1) / (tries + 2)


def _lift(sample: pl.DataFrame, key: str, strangers: Ints, accounts: int) -> float:
    sides = [strangers[sample[side].to_numpy()] for side in ("a", "b")]
    by_shares = float(np.maximum(*sides).sum()) / accounts
    return max(1.0, (float(sample[key].sum()) + 1) / (by_shares + 1))


def _namesakes(keyed: pl.DataFrame, names: pl.DataFrame, agreeing: pl.DataFrame) -> Floats:
    """Each row's innocent namesakes: those counted, or what names as rare have on average, whichever is more."""
    bearers = (
        keyed.select("innocent", left="name_key")
        .drop_nulls()
        .group_by("left")
        .agg(bearers=pl.col("innocent").sum().cast(pl.Int64))
    )
    both = pl.concat([names, names.select(left="right", right="left")])
    beside = both.join(bearers.rename({"left": "right"}), on="right").group_by("left").agg(pl.col("bearers").sum())
    counted = bearers.join(beside, on="left", how="left", suffix="_near").select(
        name_key="left", others=pl.col("bearers") + pl.col("bearers_near").fill_null(0)
    )
    rows = keyed.join(counted, on="name_key", how="left", maintain_order="left")
    copies = np.bincount(np.concatenate([agreeing["a"].to_numpy(), agreeing["b"].to_numpy()]), minlength=keyed.height)
    innocent = keyed["innocent"].to_numpy()
    own = np.maximum(rows["others"].fill_null(0).to_numpy() - innocent - copies, 0).astype(np.float64)
    average = np.maximum(own, _average(_classes(keyed), own, innocent))
    return np.asarray(np.maximum(average, _beside(keyed["name_key"], both, average)), dtype=np.float64)


def _beside(names: pl.Series, both: pl.DataFrame, namesakes: Floats) -> Floats:
    """The most that a name near each row's has: a name with a letter changed is as common as the one it was made of."""
    known = pl.DataFrame({"right": names, "most": namesakes}).group_by("right").agg(pl.col("most").max())
    most = both.join(known, on="right").group_by("left").agg(pl.col("most").max())
    rows = pl.DataFrame({"left": names}).join(most, on="left", how="left", maintain_order="left")
    return np.asarray(rows["most"].fill_null(0.0).to_numpy(), dtype=np.float64)


def _classes(keyed: pl.DataFrame) -> Ints:
    """Class of rarity of each row's name, the rarest first; names of one word are classes of their own."""
    count = keyed.height
    rows = keyed.select("name_words", "name_key").with_row_index("row")
    words = rows.explode("name_words", empty_as_null=False, keep_nulls=False).unique(["row", "name_words"])
    words = words.filter(
        pl.col("name_words").str.len_chars() > 1
    )  # an initial makes no name rarer: it is left out at will
    others = pl.len().over("name_words") - pl.len().over("name_words", "name_key") + 1
    score = (
        words.with_columns(share=others / count)
        .group_by("row")
        .agg(pl.col("share").log10().sum(), words=pl.len())
        .with_columns(step=((pl.col("share") + math.log10(max(count, 1))) * STEPS).floor())
    )
    joined = rows.join(score, on="row", how="left", maintain_order="left")
    step = joined["step"].fill_null(0).to_numpy().astype(np.int64)
    single = (joined["words"].fill_null(1) == 1).to_numpy()
    low, high = int(step.min()), int(step.max())
    return np.asarray(np.where(single, step - low + (high - low + 1), step - low), dtype=np.int64)


def _average(classes: Ints, own: Floats, innocent: npt.NDArray[np.bool_]) -> Floats:
    """The mean of each class, with one namesake more than was counted."""
    total = np.bincount(classes[innocent], weights=own[innocent], minlength=int(classes.max()) + 1)
    many = np.bincount(classes[innocent], minlength=len(total))
    mean = (total + 1) / np.maximum(many, 1)
    return np.asarray(mean[classes], dtype=np.float64)
