"""One code on many statements at once, after a look at them. Bulk approving, masking and rejecting do not exist."""
