"""Who is missing, for those who plan: coverage, supply, whom to ask, and the target groups read in."""
