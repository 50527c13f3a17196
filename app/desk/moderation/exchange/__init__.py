"""The codebook and the coded statements in the files other tools read and write."""
