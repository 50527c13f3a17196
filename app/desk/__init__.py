"""The staff side: where people work with what was said."""
