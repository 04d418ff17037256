"""An invented platform with known truth: a crowd, planted rings, and innocents who look like rings."""

from campaign_analysis.simulation.catalogue import world_names
from campaign_analysis.simulation.mix import simulate
from campaign_analysis.simulation.world import Setting, World

__all__ = ["Setting", "World", "simulate", "world_names"]
