"""A person reads every text before anyone else may."""
