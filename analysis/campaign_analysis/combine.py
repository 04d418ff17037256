"""Joining p-values that may depend on each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def over_layers(speaking: Sequence[float], layers: int) -> float:
    """P of a group over so many layers, from those that speak of it.

    The smaller of two: their Cauchy combination, in which a silent layer has a p of 1; and the smallest p times the
    number of layers (Bonferroni), which asks nothing of the silent ones. Of a layer without a pair of the group no p is
    known, and a p near 1 speaks against the others in a Cauchy combination. Both look at the small p alone where they
    matter, so that the smaller of them errs hardly more often than the first (docs/method.md, part 7).
    """
    return min(cauchy([*speaking, *[1.0] * (layers - len(speaking))]), layers * min(speaking))


def cauchy(p: Sequence[float]) -> float:
    """The Cauchy combination of p-values, valid in the tail under arbitrary dependence (Liu & Xie 2020).

    Statistic: mean of tan((1/2 - p) pi); small p use 1 / (p pi), to which the tangent tends, to keep precision.
    A p of 1 counts as 1 - 1/number (as ACAT does, Liu et al. 2019): a silent layer must not outshout the others.
    """
    if len(p) == 1:
        return float(p[0])
    values = np.clip(np.asarray(p, dtype=np.float64), 1e-300, 1 - 1 / max(len(p), 2))
    terms = np.where(values < 1e-12, 1 / (values * np.pi), np.tan((0.5 - values) * np.pi))
    t = float(terms.mean())
    return float(np.clip(1 / (t * np.pi) if t > 1e12 else 0.5 - np.arctan(t) / np.pi, 0.0, 1.0))
