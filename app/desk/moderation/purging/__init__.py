"""What becomes of texts and statements when the key of their month dies, and when their own term ends."""
