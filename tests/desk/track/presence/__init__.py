"""The pages about missing voices."""
