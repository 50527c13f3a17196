"""Single answers for research, without a place, a week or words: three closed files of a half-year."""
