"""Files about all releases: what the codes mean, and everything of a year in one archive."""
