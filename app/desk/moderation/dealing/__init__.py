"""Dealing texts out to those who read: the order, who holds which text, and what comes next."""
