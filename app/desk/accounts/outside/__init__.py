"""Signing in with an account from elsewhere (OpenID Connect), where the operator has set that up."""
