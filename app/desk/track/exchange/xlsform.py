"""A survey as an XLSForm, for Kobo, ODK and what else reads it: the three sheets, and the pictures and sounds beside.

Every question may be passed over (`required` is always `no`), and nothing is asked of the telephone: no time, no place,
no number and no log of what was tapped ever stands in our forms. Where a question is asked at some kinds of places
only, the form begins by saying at which kind it stands; whoever sets it up may fix the answer.
"""

from collections.abc import Iterator, Mapping, Sequence

from app.core import i18n, table_cells
from app.surveys.models import SITE_KINDS
from app.surveys.questions import Option, Question, Survey, Words

Row = Sequence[str]
ABOUT = "about"
PLACE = "place_kind"
_PLACES = {
    "street_house": {"da": "Gadens Hus", "en": "Street house"},
    "mobile_unit": {"da": "Mobil enhed", "en": "Mobile unit"},
    "consumption_room": {"da": "Stofindtagelsesrum", "en": "Consumption room"},
}
_WHERE = {"da": "Hvad slags sted er det her?", "en": "What kind of place is this?"}
"""For whoever sets the form up; other languages get the English words."""
SELECT_ONE = frozenset(("smiley_3", "smiley_5", "yes_no", "choice", "picture", "place"))
SELECT_SEVERAL = frozenset(("pick", "rank"))
_LOW, _HIGH = 0, 10
"""Of a scale that names no bounds of its own (app/surveys/question_types/scale.py)."""
_LISTS = {**dict.fromkeys(SELECT_ONE, "select_one"), "pick": "select_multiple", "rank": "rank"}
_PLAIN = {"scale": "range", "number": "integer", "text": "text", "note": "text"}


def sheets(survey: Survey, langs: Sequence[str]) -> dict[str, list[Row]]:
    """The rows of each sheet, with the words in these languages."""
    return {
        "survey": list(_survey(survey, langs)),
        "choices": list(_choices(survey, langs)),
        "settings": list(_settings(survey)),
    }


def languages(survey: Survey) -> tuple[str, ...]:
    """Those every question is worded in: a form has no fallback from one to another."""
    worded = (survey.title, survey.about, *(question.text for question in survey.questions))
    return tuple(lang for lang in i18n.NATIVE_NAMES if all(lang in words for words in worded))


def sounds(survey: Survey, langs: Sequence[str]) -> Iterator[tuple[str, str, Words]]:
    """The name of each sound the form asks for, its language, and the words it says."""
    for place, words in ((ABOUT, survey.about_audio), *((one.id, one.audio) for one in survey.questions)):
        yield from ((_sound(place, lang), lang, words) for lang in langs if words.get(lang))


def images(survey: Survey) -> dict[str, str]:
    """File name → name of our drawing, for every picture the form asks for."""
    found = (option.picture for question in survey.questions for option in question.options)
    return {_image(name): name for name in found if name}


def _survey(survey: Survey, langs: Sequence[str]) -> Iterator[Row]:
    scales = [one for one in survey.questions if one.type == "scale"]
    yield (
        "type", "name", *_each("label", langs), *_each("hint", langs), "required", "relevant", "constraint",
        "appearance", *_each("media::audio", langs), *(["parameters"] if scales else []),
    )  # fmt: skip
    heard = [_sound(ABOUT, lang) if survey.about_audio.get(lang) else "" for lang in langs]
    nothing = [""] * len(langs)
    yield ("note", ABOUT, *_words(survey.about, langs), *nothing, *[""] * 4, *heard, *([""] if scales else []))
    if _names_places(survey):
        yield (
            f"select_one {PLACE}", PLACE, *_worded(_WHERE, langs), *nothing, "no", *[""] * 3, *nothing,
            *([""] if scales else []),
        )  # fmt: skip
    types = {one.id: one.type for one in survey.questions}
    for one in survey.questions:
        yield (
            _type(one), one.id, *_words(one.text, langs), *_words(one.hint, langs), "no", _relevant(one, types),
            _constraint(one), "", *(_sound(one.id, lang) if one.audio.get(lang) else "" for lang in langs),
            *([_steps(one)] if scales else []),
        )  # fmt: skip


def _choices(survey: Survey, langs: Sequence[str]) -> Iterator[Row]:
    yield ("list_name", "name", *_each("label", langs), *_each("media::image", langs))
    if _names_places(survey):
        yield from ((PLACE, kind, *_worded(_PLACES[kind], langs), *[""] * len(langs)) for kind in SITE_KINDS)
    for one in survey.questions:
        if one.type in _LISTS:
            yield from (_choice(one, option, langs) for option in one.options)


def _choice(question: Question, option: Option, langs: Sequence[str]) -> Row:
    image = _image(option.picture) if option.picture else ""
    return (question.id, option.id, *_words(option.words, langs), *[image] * len(langs))


def _settings(survey: Survey) -> Iterator[Row]:
    yield ("form_title", "form_id", "version", "default_language")
    yield (table_cells.written(survey.title["da"]), survey.id, str(survey.version), _named("da"))


def _type(one: Question) -> str:
    return f"{_LISTS[one.type]} {one.id}" if one.type in _LISTS else _PLAIN[one.type]


def _relevant(one: Question, types: Mapping[str, str]) -> str:
    """Both conditions hold: the kind of place, and the answer before."""
    kinds = " or ".join(f"${{{PLACE}}} = '{kind}'" for kind in sorted(one.only_at))
    both = [condition for condition in (kinds, _after(one, types)) if condition]
    return both[0] if len(both) == 1 else " and ".join(f"({condition})" for condition in both)


def _after(one: Question, types: Mapping[str, str]) -> str:
    asked = one.show_if
    if asked is None:
        return ""
    is_one_of_several = types[asked.question] in SELECT_SEVERAL
    chosen = "selected(${{{}}}, '{}')" if is_one_of_several else "${{{}}} = '{}'"
    return " or ".join(chosen.format(asked.question, value) for value in sorted(asked.any_of))


def _constraint(one: Question) -> str:
    if one.type == "pick" and one.max:
        return f"count-selected(.) <= {one.max}"
    if one.type == "number":
        bounds = ((">=", one.low), ("<=", one.high))
        return " and ".join(f". {sign} {bound}" for sign, bound in bounds if bound is not None)
    return ""


def _steps(one: Question) -> str:
    if one.type != "scale":
        return ""
    low, high = (_LOW if one.low is None else one.low), (_HIGH if one.high is None else one.high)
    return f"start={low} end={high} step=1"


def _words(words: Words, langs: Sequence[str]) -> list[str]:
    return [table_cells.written(words.get(lang, "")) for lang in langs]


def _names_places(survey: Survey) -> bool:
    return any(one.only_at for one in survey.questions)


def _worded(words: Words, langs: Sequence[str]) -> list[str]:
    return [words.get(lang, words["en"]) for lang in langs]


def _each(name: str, langs: Sequence[str]) -> list[str]:
    return [f"{name}::{_named(lang)}" for lang in langs]


def _named(lang: str) -> str:
    """As XLSForm names a language: its own name, and its code."""
    return f"{i18n.NATIVE_NAMES[lang]} ({lang})"


def _sound(place: str, lang: str) -> str:
    return f"{place}.{lang}.mp3"


def _image(picture: str) -> str:
    """`tabler:clock` is kept as clock.svg; no two of our drawings have one name."""
    return f"{picture.partition(':')[2]}.svg"
