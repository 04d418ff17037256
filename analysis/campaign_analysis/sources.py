"""Interest in a source: what fans who retweet all that one star posts would share anyway."""

from __future__ import annotations

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Floats, Ints
from campaign_analysis.background import Background
from campaign_analysis.counting_sort import starts


def from_interest(background: Background, source: Codes, u: Codes, v: Codes) -> Floats:
    """Episodes that each pair (u, v) would share because both follow the same sources.

    For a source s with posts o: an account with a events on s besides the one in question is expected on o
    P = min(1, (a - 1) m_o / M_s) times (m_o: events on o, M_s: on all of s), and two who are there co-act as often as
    all who are (the object's cascade): sum of P_u P_v cascade_o. Interest must have shown elsewhere: an account that
    acted on one post of a source only shows none. Objects without a known source add nothing.
    Some fans are quick: the chance is multiplied by how much more of the others on the source's posts u, and v, meet
    than all do (by 1 at least).
    """
    s = background.sessions
    if not len(u) or not (source >= 0).any():
        return np.zeros(len(u))
    obj = s.cell_object[s.cell]
    size = np.bincount(obj, minlength=len(source)).astype(np.float64)
    known = source[obj] >= 0
    n_sources = int(source.max()) + 1
    keys, where = np.unique(s.account[known] * np.int64(n_sources) + source[obj[known]], return_inverse=True)
    acts = np.bincount(where, minlength=len(keys)).astype(np.float64)
    met = np.asarray(np.bincount(where, weights=background.partners[known], minlength=len(keys)), dtype=np.float64)
    others = np.asarray(np.bincount(where, weights=size[obj[known]] - 1, minlength=len(keys)), dtype=np.float64)
    quick = _quickness((keys % n_sources).astype(np.int32), met, others, n_sources)
    start = starts(keys // n_sources, len(s.run_start) - 1)
    by_source = np.argsort(source, kind="stable")
    unknown = int((source < 0).sum())
    objects = by_source[unknown:]
    object_start = starts(source[objects], n_sources)
    return expected_from_interest(
        u, v, start, (keys % n_sources).astype(np.int32), acts, quick, object_start, objects, size, background.cascade
    )


def _quickness(source: Codes, met: Floats, others: Floats, n_sources: int) -> Floats:
    """How much more of the others on a source's posts an account meets than all who act on them do; 1 at least."""
    all_met = np.bincount(source, weights=met, minlength=n_sources)
    all_others = np.bincount(source, weights=others, minlength=n_sources)
    usual = all_met / np.maximum(all_others, 1.0)
    mine = met / np.maximum(others, 1.0)
    return np.asarray(np.maximum(1.0, mine / np.maximum(usual[source], 1e-12)), dtype=np.float64)


@nb.njit(cache=True, nogil=True)
def expected_from_interest(
    us: Codes,
    vs: Codes,
    start: Ints,
    source: Codes,
    acts: Floats,
    quick: Floats,
    object_start: Ints,
    objects: Ints,
    size: Floats,
    cascade: Floats,
) -> np.ndarray:
    """The sum for each pair; an account's sources stand at [start[u], start[u + 1]), ascending."""
    out = np.zeros(len(us))
    for p in range(len(us)):
        i, j = start[us[p]], start[vs[p]]
        while i < start[us[p] + 1] and j < start[vs[p] + 1]:
            if source[i] < source[j]:
                i += 1
            elif source[i] > source[j]:
                j += 1
            else:
                a, b = acts[i] - 1.0, acts[j] - 1.0
                if a > 0.0 and b > 0.0:
                    total = 0.0
                    for k in range(object_start[source[i]], object_start[source[i] + 1]):
                        total += size[objects[k]]
                    for k in range(object_start[source[i]], object_start[source[i] + 1]):
                        share = size[objects[k]] / total
                        chance = min(1.0, cascade[objects[k]] * quick[i] * quick[j])
                        out[p] += min(1.0, a * share) * min(1.0, b * share) * chance
                i += 1
                j += 1
    return out
