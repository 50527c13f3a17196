"""Desks that are wrong in one way each: a wall with a hole, a page for everybody. The walk must tell each from ours."""

from collections.abc import Callable
from types import ModuleType

import pytest
from flask import Flask, abort
from sqlalchemy import ColumnElement, true

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import queries as texts
from app.desk.moderation.memos import queries as memos
from app.desk.moderation.quoting import queries as quoting
from app.desk.moderation.safeguarding import queries as safeguarding
from app.desk.moderation.safeguarding.models import SafeguardingCase as Case
from app.desk.moderation.second_coding import queries as second_coding
from app.desk.moderation.translating import queries as translating

Wrong = Callable[[pytest.MonkeyPatch, Flask], None]


def without_wall(module: ModuleType) -> Wrong:
    """The queries of one topic forget it."""

    def through(_site_code: object, _reader: User) -> ColumnElement[bool]:
        return true()

    def make_wrong(wrong: pytest.MonkeyPatch, _app: Flask) -> None:
        wrong.setattr(module, "beyond_the_wall", through)

    return make_wrong


def wall_by_role(wrong: pytest.MonkeyPatch, _app: Flask) -> None:
    """Only staff work at a place, so only they are kept out."""
    ours = texts.beyond_the_wall
    for module in (texts, memos, quoting, safeguarding, second_coding, translating):
        wrong.setattr(module, "beyond_the_wall", lambda code, who: ours(code, who) if who.role == "staff" else true())


def forbidden_where_not_found(wrong: pytest.MonkeyPatch, _app: Flask) -> None:
    """ "You may not see this" says that it is there."""
    ours = safeguarding.case

    def case(case_id: bytes, reader: User) -> object:
        found = ours(case_id, reader)
        return found or abort(403 if db.db.session.get(Case, case_id) else 404)

    wrong.setattr(safeguarding, "case", case)


HOLES: dict[str, tuple[str, Wrong]] = {
    "a moderator with a place is let through, in the file": ("analyst", without_wall(texts)),
    "a quote is shown to who works there": ("council", without_wall(quoting)),
    "the wall goes by role": ("safeguarding", wall_by_role),
    "forbidden where not found is due": ("safeguarding", forbidden_where_not_found),
}
"""Each with the role whose walk finds it."""
HOLES_IN_FULL: dict[str, tuple[str, Wrong]] = {
    "memos": ("moderator", without_wall(memos)),
    "second coding": ("moderator", without_wall(second_coding)),
    "translations": ("moderator", without_wall(translating)),
}


def undeclared_route(_wrong: pytest.MonkeyPatch, app: Flask) -> None:
    """A page somebody added in a hurry."""
    app.view_functions["leak"] = lambda: "words"
    app.url_map.add(app.url_rule_class("/desk/leak", endpoint="leak", methods=["GET"]))
