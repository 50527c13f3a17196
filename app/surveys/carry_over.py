"""The wordings in other languages that a new version takes over from the one before."""

from dataclasses import replace

from app.surveys import toml_writer, wordings
from app.surveys.questions import Option, Question, Survey, Words


def carried(survey: Survey, earlier: Survey | None) -> Survey:
    """The survey with every foreign wording whose Danish has not changed; what it has itself is left alone.

    A language counts as read only while the whole of the Danish is what it was read against.
    """
    langs = _languages(earlier) - _languages(survey) if earlier else frozenset()
    if earlier is None or not langs:
        return survey
    is_same = wordings.danish_hash(survey) == wordings.danish_hash(earlier)
    unread = {lang for lang in langs if not is_same or lang in earlier.unreviewed}
    return replace(
        survey,
        title=_taken(survey.title, earlier.title, langs),
        about=_taken(survey.about, earlier.about, langs),
        about_audio=_taken(survey.about_audio, earlier.about_audio, langs),
        thanks=_taken(survey.thanks, earlier.thanks, langs),
        sms_opening=_taken(survey.sms_opening, earlier.sms_opening, langs),
        questions=tuple(_question(question, earlier, langs) for question in survey.questions),
        unreviewed=tuple(sorted({*survey.unreviewed, *unread})),
    )


def _question(question: Question, earlier: Survey, langs: frozenset[str]) -> Question:
    old = next((known for known in earlier.questions if known.id == question.id), None)
    if old is None:
        return question
    options = {option.id: option for option in old.options}
    return replace(
        question,
        text=_taken(question.text, old.text, langs),
        hint=_taken(question.hint, old.hint, langs),
        sms=_taken(question.sms, old.sms, langs),
        audio=_taken(question.audio, old.audio, langs),
        options=tuple(_option(option, options.get(option.id), langs) for option in question.options),
    )


def _option(option: Option, old: Option | None, langs: frozenset[str]) -> Option:
    if old is None:
        return option
    return replace(option, words=_taken(option.words, old.words, langs), short=_taken(option.short, old.short, langs))


def _taken(words: Words, old: Words, langs: frozenset[str]) -> Words:
    if not words or words.get("da") != old.get("da"):
        return words
    return {**words, **{lang: old[lang] for lang in sorted(langs) if lang in old}}


def _languages(survey: Survey) -> frozenset[str]:
    return frozenset(survey.title) - frozenset(toml_writer.LANGUAGES)
