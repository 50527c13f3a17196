"""Why a mark is there, in words that fit this text: which word stands before it, how many digits it has."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.desk.moderation.marks import Mark
from app.privacy.masking import lists, span, words

_LONGEST_CUE = 4


def why(raw: str, mark: Mark) -> str:
    """The reason of a mark. It shows words that stand readable before the mark, and never what it hides."""
    if mark.why == span.DIGITS:
        digits = sum(sign.isdecimal() for sign in raw[mark.start : mark.end])
        return str(ngettext("%(num)s digit in a row", "%(num)s digits in a row", digits))
    if mark.why == span.NAME_CUE and (cue := _cue(raw[: mark.start])):
        return str(_("because “%(cue)s” stands before it", cue=cue))
    return str(_(mark.why))


def _cue(before: str) -> str:
    """The words that announce a name right before it, as they were written; nothing where they stand further off."""
    row = words.split(before)[-_LONGEST_CUE:]
    for start in range(len(row)):
        if tuple(word.key for word in row[start:]) in lists.cues():
            return before[row[start].start :].strip(" :.,\n-")
    return ""
