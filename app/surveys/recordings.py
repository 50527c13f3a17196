"""Prompts read in by a person: kept with the words they say, and heard in place of the stop-gap voice."""

import hashlib
from collections.abc import Mapping

from flask_babel import gettext as _

from app.core import db
from app.core.errors import Refusal
from app.surveys import definition, drafts, mp3, prompts, queries
from app.surveys.models import Recording

_KNOWN = "recordings"


class RecordingRefused(Refusal):
    """A file that cannot be played to people."""


def keep(text: str, lang: str, sound: bytes) -> str:
    """This sound says these words from now on; its name. RecordingRefused unless it is an MP3 of at most 20 kB.

    Only the sound is kept: what a recorder writes beside it (whose telephone, when, where) everybody could read.
    """
    if not sound:
        raise RecordingRefused(_("Choose a file first."))
    if len(sound) > prompts.MOST_BYTES:
        raise RecordingRefused(_("The recording is larger than 20 kB. Save it in mono at 16 kbit/s."))
    sound = mp3.without_tags(sound)
    if not mp3.is_mp3(sound):
        raise RecordingRefused(_("This is no MP3 file. Save the recording as MP3."))
    forget(text, lang)
    name = hashlib.sha256(_hash(text) + lang.encode() + sound).hexdigest()[:32] + ".mp3"
    db.db.session.add(Recording(lang=lang, text_hash=_hash(text), name=name, sound=sound))
    db.db.session.flush()
    return name


def forget(text: str, lang: str) -> None:
    """The stop-gap voice says these words again, where there is one."""
    queries.delete_recording(lang, _hash(text))
    db.db.session().info.pop(_KNOWN, None)


def forget_unsaid() -> None:
    """Forget every voice whose words no survey asks any more: neither its newest version nor the one being written."""
    newest = {one.survey_id: definition.from_json(one.definition) for one in queries.survey_versions()}
    written = [survey for survey_id in queries.drafts() if (survey := drafts.get(survey_id))]
    said = {
        (lang, _hash(text))
        for survey in (*newest.values(), *written)
        for _place, words in (*prompts.asked(survey), *prompts.labels(survey))
        for lang, text in words.items()
    }
    said |= {(lang, _hash(text)) for words in prompts.sentences().values() for lang, text in words.items()}
    for lang, text_hash in set(_known()) - said:
        queries.delete_recording(lang, text_hash)
    db.db.session().info.pop(_KNOWN, None)


def name_of(text: str, lang: str) -> str | None:
    """The recording of these words in this language."""
    return _known().get((lang, _hash(text))) if text else None


def has(text: str, lang: str) -> bool:
    """Whether somebody has read these words in."""
    return name_of(text, lang) is not None


def sound(name: str) -> bytes | None:
    """What was recorded under this name."""
    db.may_read_first()
    return queries.recorded_sound(name)


def _known() -> Mapping[tuple[str, bytes], str]:
    """All of them, asked for once a request: a tablet's pack wants dozens."""
    kept: dict[str, Mapping[tuple[str, bytes], str]] = db.db.session().info
    if _KNOWN not in kept:
        db.may_read_first()
        kept[_KNOWN] = queries.recordings()
    return kept[_KNOWN]


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
