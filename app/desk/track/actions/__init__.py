"""Actions: what is being done because of a decision or an answer, until a second person has seen it."""
