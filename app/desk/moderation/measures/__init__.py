"""How the desk does its work, in numbers: never a ranking of people or places, and no time beside a text."""
