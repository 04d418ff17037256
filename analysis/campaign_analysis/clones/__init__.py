"""Clones: profiles that copy another's name, handle, bio or avatar, and who copied whom.

Names are compared by what is left once disguises are undone (`keys`), candidates come from shared blocks
(`candidates`), and a pair is called a copy only if fewer innocent accounts than the stated error would be expected
to agree as much (`chance`): agreement in a common name says little, in a rare one more. At least two of name,
handle, bio and avatar must agree, one of them the name or the handle. The younger account is the suspect; the
verified, and parody and fan accounts that say so, are exempt.
"""

from campaign_analysis.clones.find import CLONES, ERROR, FDR, PROFILES, clones_of, find_clones

__all__ = ["CLONES", "ERROR", "FDR", "PROFILES", "clones_of", "find_clones"]
