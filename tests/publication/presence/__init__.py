"""Who is missing."""
