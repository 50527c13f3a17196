"""Paper forms entered by hand: keyed by one person, checked blind by another, stored when they agree."""
