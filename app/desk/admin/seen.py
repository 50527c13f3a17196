"""What a form of the survey editor showed, so that nobody writes over, reads or publishes what they have not seen."""

import hashlib

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.surveys import definition, toml_writer, wordings
from app.surveys.questions import Question, Survey


class ChangedMeanwhile(Refusal):
    """Somebody else, or another window, was here after the form was shown."""


def check(posted: str, now: str) -> None:
    """Raise ChangedMeanwhile unless the form showed what stands there now."""
    if posted != now:
        raise ChangedMeanwhile(_("Somebody changed this meanwhile. Look at what stands there now before you go on."))


def of_question(survey: Survey, question_id: str) -> str:
    """The Danish and English of one question and its rules; "" for a question that is not there."""
    known: list[Question] = [one for one in survey.questions if one.id == question_id]
    return _mark(toml_writer.written_question(known[0])) if known else ""


def of_words(survey: Survey) -> str:
    """The Danish and English around the questions, and the channels."""
    return _mark(toml_writer.written_frame(survey))


def of_language(survey: Survey, lang: str) -> str:
    """One language, and the Danish it is read against."""
    own = "\n".join(words.get(lang, "") for _place, words in wordings.all_words(survey))
    return _mark(f"{wordings.danish_hash(survey)}\n{lang in survey.unreviewed}\n{own}")


def of_all(survey: Survey) -> str:
    """Everything, and the number it would be published as."""
    return _mark(definition.to_json(survey))


def _mark(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:16]
