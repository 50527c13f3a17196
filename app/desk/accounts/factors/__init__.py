"""The second factor: a telephone that makes codes, and words on paper for the day it is lost."""
