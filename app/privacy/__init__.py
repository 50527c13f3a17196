"""The promise in one place: keys that die, pseudonyms, sealing, masking, receipts, retention."""
