"""Dossiers: everything a decision stood on, frozen in one file with a hash over it and over the one before."""
