"""Search: in approved statements and in memos, by any part of a word, with æøå or without."""
