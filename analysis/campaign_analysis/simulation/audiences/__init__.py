"""Invented audiences with known truth: followers who came by themselves, and lots that were bought."""

from __future__ import annotations

from campaign_analysis.simulation.audiences.audience import simulate_audience
from campaign_analysis.simulation.audiences.organic import Audience

__all__ = ["Audience", "simulate_audience"]
