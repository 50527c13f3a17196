"""Citizens by text message: signed webhooks in, one reply out."""
