"""The participation track: findings, proposals, decisions."""
