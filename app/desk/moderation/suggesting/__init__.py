"""What the machine proposes to a moderator; it never decides, never tags, never publishes."""
