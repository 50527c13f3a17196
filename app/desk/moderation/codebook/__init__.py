"""The codebook: what may be tagged, how it changes from version to version, and what it said before."""
