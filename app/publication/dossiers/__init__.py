"""The public copy of dossiers: everything a decision stood on, as it was then, in one file."""
