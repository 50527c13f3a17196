"""Something to try everything with: places, accounts, example voices and what came of them."""
