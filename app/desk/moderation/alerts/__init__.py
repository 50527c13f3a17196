"""Words that must be seen at once: the alert list, what it finds in new texts, and the page where it is kept."""
