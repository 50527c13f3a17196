"""Who works here: sign-in, roles, the audit trail."""
