"""Surveys and places for tests of the web pages, and what was stored."""

from sqlalchemy import select

from app.core import db
from app.surveys import definition, versions
from app.surveys.models import Answer, Response, Site

EVERY_TYPE = """
format = 1
id = "every_type"
version = 1
channels = ["web"]
minutes = 2
title = { da = "Alt", en = "All" }
about = { da = "Et af hver.", en = "One of each." }
about_audio = { da = "Et af hver.", en = "One of each." }
thanks = { da = "Tak.", en = "Thank you." }
sms_opening = { da = "Hej.", en = "Hi." }
"""
MENU = (("a", "Kaffe", "Coffee"), ("b", "Te", "Tea"), ("c", "Vand", "Water"))
ARABIC = {"Kaffe": "قهوة", "Te": "شاي", "Vand": "ماء", "Ja": "نعم", "Nej": "لا"}
PICTURES = {"a": "tabler:soup", "b": "tabler:clock", "c": "tabler:bath"}
FACES = {3: (1, 2, 3), 5: (1, 2, 3, 4, 5)}


def site(code: str = "GH1", **changes: object) -> Site:
    found = db.db.session.get(Site, code)
    assert found is not None
    for name, value in changes.items():
        setattr(found, name, value)
    db.db.session.commit()
    return found


def publish_every_type(code: str = "GH1") -> None:
    """A survey with one question of each of the twelve types, asked at this place."""
    versions.publish(definition.load(every_type(), "every_type.toml", {"ar": in_arabic()}))
    site(code, web_survey="every_type")


def every_type() -> str:
    questions = [
        _question("s5", "smiley_5", options=[(str(n), f"Nr {n}", f"No {n}") for n in FACES[5]]),
        _question("s3", "smiley_3", options=[(str(n), f"Nr {n}", f"No {n}") for n in FACES[3]]),
        _question("yn", "yes_no", options=[("yes", "Ja", "Yes"), ("no", "Nej", "No")]),
        _question("ch", "choice", options=MENU),
        _question("pc", "picture", options=MENU, picture=True),
        _question("pk", "pick", extra="max = 2", options=MENU),
        _question("rk", "rank", extra="top = 3", options=MENU),
        _question("sc", "scale"),
        _question("nr", "number", extra="low = 0\nhigh = 31"),
        _question("pl", "place", options=MENU, picture=True),
        _question("tx", "text"),
        _question("nt", "note"),
    ]
    return EVERY_TYPE + "\n".join(questions)


def in_arabic() -> str:
    """The Arabic wording of that survey, which nobody has read."""
    survey = definition.load(every_type(), "every_type.toml")
    lines = ["format = 1", 'survey = "every_type"', 'lang = "ar"', "reviewed = false", 'danish = "sha256:none"']
    lines += ['title = "كل شيء"', 'about = "سؤال من كل نوع."', 'thanks = "شكرا."']
    for question in survey.questions:
        lines += [f"[questions.{question.id}]", f'text = "ماذا عن {question.id}؟"']
        if question.options:
            lines.append(f"[questions.{question.id}.options]")
        for option in question.options:
            danish = option.words["da"]
            lines.append(f'{option.id} = "{ARABIC.get(danish, danish.replace("Nr", "رقم"))}"')
    return "\n".join(lines)


def stored() -> list[Response]:
    found = list(db.db.session.scalars(select(Response)))
    db.db.session.rollback()  # a writer's turn is not kept while the visitor goes on
    return found


def answers(response: Response) -> dict[str, tuple[str, str | None]]:
    found = db.db.session.scalars(select(Answer).where(Answer.response_id == response.id))
    said = {answer.question: (answer.kind, answer.value) for answer in found}
    db.db.session.rollback()
    return said


def _question(name: str, kind: str, *, extra: str = "", options: object = (), picture: bool = False) -> str:
    words = f'{{ da = "Hvad med {name}?", en = "What about {name}?" }}'
    lines = [
        "[[questions]]",
        f'id = "{name}"',
        f'type = "{kind}"',
        f'measure = "test.{name}"',
        extra,
        f"text = {words}",
        f"sms = {words}",
        f"audio = {words}",
    ]
    for option_id, da, en in options:  # type: ignore[attr-defined]
        lines += ["[[questions.options]]", f'id = "{option_id}"', f'da = "{da}"', f'en = "{en}"']
        drawn = f"own:face-{option_id}" if kind.startswith("smiley") else PICTURES.get(option_id)
        lines += [f'picture = "{drawn}"'] if picture or kind.startswith("smiley") else []
    return "\n".join(lines)
