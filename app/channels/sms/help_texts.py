"""Who to call, in one segment: what HJÆLP answers, and what stands in front of a reply to words of crisis."""

from collections.abc import Mapping, Sequence

from app.channels.sms import wording
from app.channels.sms.segments import segments
from app.channels.sms.wording import Sentence, plain
from app.core.i18n import translate
from app.surveys import help_lines
from app.surveys.help_lines import HelpLines
from app.surveys.questions import in_language
from app.surveys.risk import Kind

MOST_LINES = 3
LONGEST_CRISIS = 146
"""Units, so that the longest of our replies still stands behind it within two segments."""
_LINE_OF = {"life": "livslinien", "harm": "levudenvold"}
"""The line for each kind of crisis; for a body in danger it is 112 and the people on the spot."""
_ALWAYS = "112"


def help_(lang: str, local_help: Mapping[str, str], book: HelpLines) -> Sentence:
    """112, the people on the spot, then national lines as long as all of it stays one segment."""
    out = wording.spoken(lang)
    chosen: list[str] = []
    for sentence in help_lines.acute_sentences(book, local_help, lang=out):
        if len(chosen) < MOST_LINES and segments(_together([*chosen, sentence], out)).segments == 1:
            chosen.append(sentence)
    return plain(_together(chosen, out))


def crisis(kind: Kind, lang: str, local_help: Mapping[str, str], book: HelpLines) -> Sentence:
    """112 and the kind's line. Right also when the words were misunderstood: it asks, it does not claim."""
    out = wording.spoken(lang)
    lines = [book.line(_ALWAYS), book.line(_LINE_OF[kind]) if kind in _LINE_OF else None]
    sentences = [help_lines.say(line, out) for line in lines if line]
    local = in_language(local_help, out)[0]
    if len(sentences) == 1 and segments(_together([*sentences, local], out)).units <= LONGEST_CRISIS:
        sentences.append(local)
    return plain(_together(sentences, out))


def _together(sentences: Sequence[str], lang: str) -> str:
    return " ".join(s for s in (*sentences, translate(lang, wording.NOBODY_READS)) if s)
