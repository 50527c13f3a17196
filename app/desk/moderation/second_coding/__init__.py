"""Some texts are coded twice, by two people who do not see each other's codes; what the two disagree on is settled."""
