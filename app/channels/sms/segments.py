"""What a reply costs, and how it is made cheaper. Surveys are held to the same count, so the rules live there."""

from app.surveys.plain_signs import downgrade
from app.surveys.segments import Segments, segments

__all__ = ["Segments", "downgrade", "segments"]
