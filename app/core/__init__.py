"""Flask plumbing that knows nothing of surveys, people or numbers."""
