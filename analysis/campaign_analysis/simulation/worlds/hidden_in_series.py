"""Hidden in series: groups who act among the fans of a weekly series, on its hashtag. Guilty, in an innocent crowd."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import polars as pl

from campaign_analysis.errors import AnalysisError
from campaign_analysis.simulation.parameters import Share, Some
from campaign_analysis.simulation.planting import Planted, group, planted, push
from campaign_analysis.simulation.world import Setting, World, together
from campaign_analysis.simulation.worlds import second_screen


@dataclass(frozen=True, kw_only=True)
class Parameters(Planted):
    """As in Planted; each group acts at moments of its own while its series is on, and is never seen elsewhere.

    `fans` (from, to) and `casual` (from, to) are the crowd of each series, as in second_screen.
    """

    groups: Some = 2
    actions: Some = 16
    turnout: tuple[Share, ...] = (0.8, 0.5)
    fans: tuple[Some, Some] = (100, 200)
    casual: tuple[int, int] = (100, 300)


def build(rng: np.random.Generator, parameters: Parameters) -> World:
    """All series, each with its crowd and a group in it."""
    return together([_hidden(rng, parameters, number) for number in range(parameters.groups)])


def _hidden(rng: np.random.Generator, parameters: Parameters, number: int) -> World:
    common = {field.name: getattr(parameters, field.name) for field in fields(Setting)}
    screen = second_screen.Parameters(**common, fans=parameters.fans, casual=parameters.casual, rate=1.3)
    starts = np.array(second_screen.evenings(screen, number), dtype=np.int64)
    if not len(starts):
        raise AnalysisError(f"a weekly series needs more than {parameters.days} days")
    ring, tag = group(rng, parameters, "hidden_in_series", number), f"Hiding{number + 1}"
    evening = np.sort(rng.integers(0, len(starts), parameters.actions))
    moments = starts[evening] + rng.integers(0, second_screen.LENGTH - parameters.window, parameters.actions)
    acts = push(rng, parameters, ring, moments, pl.Series([tag]).new_from_index(0, parameters.actions))
    crowd = second_screen.series(rng, screen, number, f"fans-of-hidden-{number}", tag)
    return together([planted(rng, parameters, [ring], acts), crowd])
