"""What the order of followers says about when they followed: nobody follows before joining."""

from __future__ import annotations

import numba as nb
import numpy as np

from campaign_analysis.arrays import Floats


@nb.njit(cache=True, nogil=True)
def followed_after(made: Floats) -> Floats:
    """For followers in the order of following, oldest first: a moment after which each must have followed.

    `made` is when each account was made (seconds). The bound is the running maximum of these dates, of which the two
    latest so far are left out: a wrong date, or one in the wrong place, would bind all that come after it.
    """
    bound = np.empty(len(made))
    first = second = third = -np.inf
    for i in range(len(made)):
        date = made[i]
        if date > first:
            first, second, third = date, first, second
        elif date > second:
            second, third = date, second
        elif date > third:
            third = date
        bound[i] = third
    return bound
