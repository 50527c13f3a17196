"""Stands in for the writer where only the line before it is looked at."""

import time

time.sleep(0.3)
