"""Invented people and those who copy them: profiles with known truth."""

from campaign_analysis.simulation.people.copies import COPIES, simulate_profiles
from campaign_analysis.simulation.people.profiles import PROFILE_ROWS

__all__ = ["COPIES", "PROFILE_ROWS", "simulate_profiles"]
