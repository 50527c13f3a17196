"""The files of an XLSForm: the workbook, and a packed one with the pictures and sounds it names."""

from collections.abc import Iterable, Iterator

from markupsafe import escape

from app.core import workbooks
from app.desk.track.exchange import xlsform
from app.surveys import audio, pictures
from app.surveys.pictures import Picture
from app.surveys.questions import Survey

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 24 24" fill="none" stroke="#000" '
    'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{paths}</svg>\n'
)


def workbook(survey: Survey) -> bytes:
    """The form alone."""
    return workbooks.write(xlsform.sheets(survey, xlsform.languages(survey)), title=survey.title["da"])


def with_media(survey: Survey) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The form and everything it names that there is: drawings, and sounds that are made or recorded."""
    yield f"{survey.id}.xlsx", [workbook(survey)]
    for name, drawing in xlsform.images(survey).items():
        picture = pictures.get(drawing)
        if picture:
            yield f"media/{name}", [_drawn(picture)]
    for name, lang, words in xlsform.sounds(survey, xlsform.languages(survey)):
        prompt = audio.prompt(words, lang)
        sound = audio.read(prompt.name) if prompt else None
        if sound:
            yield f"media/{name}", [sound]


def _drawn(picture: Picture) -> bytes:
    paths = "".join(f'<path d="{escape(path)}"/>' for path in picture.paths)
    return _SVG.format(paths=paths).encode()
