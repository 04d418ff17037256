"""Bought followers and bought engagement: what an ordered list of followers shows, and what customers share.

Everything here speaks of lots and of audiences, never of a single follower.
"""
