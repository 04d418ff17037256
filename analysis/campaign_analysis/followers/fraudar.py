"""Dense blocks of followers and customers: FRAUDAR (Hooi et al., KDD 2016), greedy peeling with weighted columns.

A follow of a customer with d followers weighs 1 / log(d + 5), so that popular customers hide nobody. The block is the
set of followers and customers with the largest sum of weights over number of members that is met when the member that
adds least is taken away again and again; it has at least half the density of the densest one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np

from campaign_analysis.arrays import Codes, Floats, Ints
from campaign_analysis.counting_sort import order_by, starts


@dataclass(frozen=True)
class Block:
    """Followers and customers by their codes, and the density: weights over members."""

    followers: Ints
    customers: Ints
    density: float


def densest(follower: Codes, customer: Codes, n_followers: int, n_customers: int, degree: Ints) -> Block:
    """The densest block of follows (two codes a row); `degree` is each customer's number of followers in all."""
    weight = 1 / np.log(degree + 5.0)
    row_start, column_start = starts(follower, n_followers), starts(customer, n_customers)
    by_row, by_column = order_by(follower, row_start), order_by(customer, column_start)
    order, densities = _peel(row_start, customer[by_row], column_start, follower[by_column], weight)
    best = int(np.argmax(densities))
    left = np.ones(n_followers + n_customers, dtype=np.bool_)
    left[order[:best]] = False
    members = np.flatnonzero(left)
    return Block(members[members < n_followers], members[members >= n_followers] - n_followers, float(densities[best]))


@nb.njit(cache=True, nogil=True)
def _peel(
    row_start: Ints, row_column: Codes, column_start: Ints, column_row: Codes, weight: Floats
) -> tuple[Ints, Floats]:
    """The order in which members are taken away, and the density before each is."""
    rows, columns = len(row_start) - 1, len(column_start) - 1
    n = rows + columns
    size = 1
    while size < n:
        size *= 2
    # A tree of least values: leaf i is member i; taken away members are infinite.
    tree = np.full(2 * size, np.inf)
    total = 0.0
    for r in range(rows):
        s = 0.0
        for k in range(row_start[r], row_start[r + 1]):
            s += weight[row_column[k]]
        tree[size + r] = s
        total += s
    for c in range(columns):
        tree[size + rows + c] = weight[c] * (column_start[c + 1] - column_start[c])
    for i in range(size - 1, 0, -1):
        tree[i] = min(tree[2 * i], tree[2 * i + 1])
    order = np.empty(n, np.int64)
    density = np.empty(n)
    gone = np.zeros(n, np.bool_)
    for step in range(n):
        density[step] = total / (n - step)
        i = 1
        while i < size:
            i = 2 * i if tree[2 * i] <= tree[2 * i + 1] else 2 * i + 1
        member = i - size
        order[step] = member
        total -= tree[i]
        gone[member] = True
        _set(tree, i, np.inf)
        if member < rows:
            for k in range(row_start[member], row_start[member + 1]):
                c = rows + row_column[k]
                if not gone[c]:
                    _set(tree, size + c, tree[size + c] - weight[row_column[k]])
        else:
            w = weight[member - rows]
            for k in range(column_start[member - rows], column_start[member - rows + 1]):
                r = column_row[k]
                if not gone[r]:
                    _set(tree, size + r, tree[size + r] - w)
    return order, density


@nb.njit(cache=True, nogil=True)
def _set(tree: Floats, leaf: int, value: float) -> None:
    """Give a leaf a value; parents change only as far as their least does."""
    tree[leaf] = value
    i = leaf // 2
    while i:
        least = min(tree[2 * i], tree[2 * i + 1])
        if tree[i] == least:
            break
        tree[i] = least
        i //= 2
