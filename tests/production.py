"""As little as production needs, so that a test adds only what it is about."""

import base64

DESK = {
    "STEMME_ENV": "production",
    "STEMME_SIDE": "desk",
    "STEMME_PUBLIC_BASE_URL": "https://stemme.example",
    "STEMME_SECRET_KEY": "0123456789abcdef" * 2,
    "STEMME_SEALING_PRIVATE_KEY": base64.b64encode(b"1" * 32).decode(),
    "STEMME_PROXIES": "1",
    "STEMME_BACKUP_RECIPIENT": "age1usukkun3q5q7ttwq5q79nhukwuz45k8s69lwxsrj0hhsy3u4sfss5ys2ty",
}
"""The desk side, where keys need no tmpfs; it still lacks a carrier."""
