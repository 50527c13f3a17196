"""Safeguarding: texts where somebody may be in danger leave the queue and become cases of their own."""
