"""How many episodes of a pair chance explains, and which pairs stand out at a false discovery rate."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from campaign_analysis.arrays import Codes, Floats, Ints
from campaign_analysis.background import FEWEST, Background
from campaign_analysis.episodes import once_a_post
from campaign_analysis.events import SECOND
from campaign_analysis.expecting import Cells, expect
from campaign_analysis.habits import after_habits, from_habits
from campaign_analysis.interest import Interest, interest_of
from campaign_analysis.listing import Least, repeat_pairs
from campaign_analysis.meetings import meetings_of
from campaign_analysis.parallel import Say, Share, each, shares, silent
from campaign_analysis.sessions import Posts
from campaign_analysis.sources import from_interest
from campaign_analysis.talks import talked


@dataclass(frozen=True)
class Tested:
    """Pairs (rows of the background's repeat pairs, by position), expected episodes and p under both claims.

    Where the *together* p is above the cut the exact value does not matter: expected is a lower bound, and p is 1.
    `without_habits`: what was expected *in step* before habits were asked. `n`: the episodes, of pairs up to the
    cut with each post once (episodes.once_a_post).
    """

    pair: Ints
    n: Codes
    together: Floats
    in_step: Floats
    without_habits: Floats
    p_together: Floats
    p_in_step: Floats


def test_pairs(background: Background, interest: Interest, source: Codes, chosen: np.ndarray, cut: float) -> Tested:
    """Test the repeat pairs of which both accounts are chosen (one boolean an account); `source` of each object.
    `interest` is that of these accounts, or of more.

    p = P(Poisson(expected) >= n): the Poisson approximation of the Poisson-binomial law of a pair's episodes, which is
    on the safe side for n >= expected + 1 (Hoeffding 1956). Pairs with p above `cut` get p = 1. Where *in step* p alone
    is above it, habits are not asked, which would raise it. Fewer episodes with each post once raise it too. Habits
    count object by object: they are divided by how many objects of two posts count for one.
    """
    b = background
    pair = np.flatnonzero(chosen[b.u] & chosen[b.v])
    u, v, n = b.u[pair], b.v[pair], b.n[pair]
    most = special.gammaincinv(np.arange(1, (n.max() if len(n) else 1) + 1, dtype=np.float64), cut)
    expected, folds = _from_cells(b, interest, u, v, most[n - 1])
    p = special.gammainc(n.astype(np.float64), expected)
    left = np.flatnonzero(p[0] <= cut)
    n[left] = once_a_post(b.sessions, b.scale, u[left], v[left])
    p[:, left] = np.where(n[left] < FEWEST, 1.0, special.gammainc(n[left].astype(np.float64), expected[:, left]))
    left = left[p[0, left] <= cut]
    expected[1, left] += from_interest(b, source, u[left], v[left])
    p[1, left] = special.gammainc(n[left].astype(np.float64), expected[1, left])
    left = left[p[1, left] <= cut]
    without_habits = expected[1].copy()
    explained, at_once = from_habits(b, u[left], v[left])
    habits = explained / folds[left], np.maximum(at_once / folds[left], 1.0)
    talk = talked(b.sessions, b.scale, u[left], v[left])
    counted = n[left].astype(np.float64)
    expected[1, left], p[1, left] = after_habits(habits, talk, counted, expected[1, left], p[1, left])
    p[:, p[0] > cut] = 1.0
    return Tested(pair, n, expected[0], expected[1], without_habits, p[0], p[1])


def expected_episodes(background: Background, source: Codes, u: Codes, v: Codes) -> Floats:
    """Expected episodes of pairs in order of u: a row for *together*, one for *in step*."""
    interest = interest_of(background, _among(background, u, v))
    expected, _ = _from_cells(background, interest, u, v, np.full(len(u), np.inf))
    expected[1] += from_interest(background, source, u, v)
    return expected


def _among(b: Background, u: Codes, v: Codes) -> np.ndarray:
    """Who is in these pairs: one boolean an account."""
    listed = np.zeros(len(b.sessions.run_start) - 1, dtype=np.bool_)
    listed[u] = listed[v] = True
    return listed


def _from_cells(b: Background, i: Interest, u: Codes, v: Codes, most: Floats) -> tuple[Floats, Floats]:
    """Expected episodes by the cells' own chances under both claims; given up above `most`. And how many objects two
    posts share by which a pair could meet, mean, 1 at least.
    """
    expected, folds = np.zeros((2, len(u))), np.ones(len(u))
    s = b.sessions
    crowded = int(np.argmax(np.bincount(s.cell_object, weights=b.profile**2 * b.together)))
    cells = Cells(
        s.object_start, s.cell_block, b.profile, b.session, b.together, b.in_step, b.uniform, s.n_blocks
    )  # fmt: skip
    post, most_posts = np.empty(0, dtype=np.int32), 0
    if (i.rows.once < 1).any():  # else no post has several objects, and nothing asks which post an act is of
        post, most_posts = s.events.post[s.event[s.by_account]], int(np.diff(s.posts.account_start).max())

    def part(share: Share) -> None:
        of = slice(*share)
        expect(
            u[of],
            v[of],
            most[of],
            i.rows,
            cells,
            post,
            most_posts,
            crowded,
            expected[0, of],
            expected[1, of],
            folds[of],
        )

    blocks = np.diff(i.rows.block_start)
    each(part, shares(blocks[u] + blocks[v]))
    return expected, folds


def with_pairs(
    background: Background, posts: Posts, chosen: np.ndarray, cut: float, say: Say = silent
) -> tuple[Background, Interest]:
    """The background with those repeat pairs of chosen accounts whose *together* p may be `cut` or less; and interest.

    Where all are listed they stay. A pair is expected to meet at least as often as in the cells in which it did meet;
    most pairs of a crowd are left out by that alone, without being listed.
    """
    b, s = background, background.sessions
    if len(b.u) == b.pairs:
        return b, interest_of(b, chosen & _among(b, b.u, b.v))
    i = interest_of(b, chosen)
    cell = s.run_cell[i.kept]
    expected, once = np.zeros(len(s.run_cell)), np.zeros(len(s.run_cell), dtype=np.float32)
    once[i.kept] = i.rows.once[i.object_row]
    attending = i.rows.ratio[i.object_row] * i.rows.activity[i.block_row]
    expected[i.kept] = attending * b.profile[cell] * np.sqrt(b.together[cell])
    most = np.append(special.gammaincinv(np.arange(1, MANY, dtype=np.float64), cut), np.inf)
    meetings = meetings_of(s, posts, b.scale.window * SECOND)
    u, v, n = repeat_pairs(meetings, chosen, Least(expected[s.run], once[s.run], most), say)
    return replace(b, u=u, v=v, n=n), i


MANY = 1000  # episodes from which any number of them is taken to be possible


def step_up(false: Floats) -> Floats:
    """Q of each finding from the number of false ones expected at its p or below (Benjamini & Hochberg 1995).

    The smallest rate among the lists that hold the finding: false ones expected over all that are listed.
    """
    order = np.argsort(false, kind="stable")
    q = false[order] / np.arange(1, len(false) + 1)
    q = np.minimum.accumulate(q[::-1])[::-1]
    out = np.empty(len(false))
    out[order] = np.minimum(q, 1.0)
    return out
