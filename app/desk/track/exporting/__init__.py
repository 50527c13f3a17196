"""The pages where data are taken out of the house: what, for whom, and what for."""
