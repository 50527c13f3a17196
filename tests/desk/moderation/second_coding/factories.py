"""Statements with codes, written straight into the tables: how they came about is tested elsewhere."""

import os
from typing import Any

from sqlalchemy import select

from app.core import db, weeks
from app.core.folding import fold
from app.desk.accounts.models import User
from app.desk.moderation.models import Code, Statement, Tagging, TextItem
from app.desk.moderation.second_coding import coding, queries, settling
from app.desk.moderation.tagging import Chosen
from app.surveys.models import Answer, Response
from tests.desk.moderation.factories import WEEK

SAID = "Køen til badet er lang, og de smiler aldrig."


def coded_first(by: User, *codes: str, type_: str | None = None, said: str = SAID, **about: Any) -> bytes:
    """An approved text with these codes, drawn for a second coding; the id of its statement."""
    again: tuple[User, tuple[str, ...]] | None = about.pop("again", None)
    response_id, answer_id, statement_id = (os.urandom(16) for _ in range(3))
    where = {"site_code": "GH1", "channel": "web", "lang": "da", "week": WEEK} | about
    session, month = db.db.session, weeks.month_of_week(where["week"])
    session.add(Response(id=response_id, survey_id="five_tap", version=1, is_released=True, **where))
    session.flush()
    session.add(Answer(id=answer_id, response_id=response_id, question="change", kind="words", month=month))
    session.flush()
    item = {"state": "approved", "decided_by": by.id, "week": where["week"], "is_matched": True, "second_due": True}
    session.add(TextItem(answer_id=answer_id, **item))
    session.flush()
    session.add(
        Statement(
            id=statement_id, response_id=response_id, answer_id=answer_id, voice=os.urandom(16), text=said,
            folded=fold(said), site_code=where["site_code"], lang=where["lang"], week=where["week"], approved_by=by.id,
        )
    )  # fmt: skip
    session.flush()
    session.add_all(_tagging(statement_id, key, by, "first") for key in (*codes, *([type_] if type_ else ())))
    if again:
        session.add_all(_tagging(statement_id, key, again[0], "second") for key in again[1])
    session.commit()
    return statement_id


def code_second(statement_id: bytes, by: User, *keys: str, type_: str | None = None) -> None:
    """The second round, as the page writes it."""
    found = queries.statement(statement_id, by)
    assert found is not None
    coding.code(found, Chosen(codes=frozenset(keys), type=type_), by)
    db.db.session.commit()


def settle(statement_id: bytes, by: User, *keys: str, type_: str | None = None) -> None:
    """The agreed round, as the page writes it."""
    found = queries.statement(statement_id, by)
    assert found is not None
    settling.settle(found, Chosen(codes=frozenset(keys), type=type_), by)
    db.db.session.commit()


def rounds(statement_id: bytes) -> dict[str, set[str]]:
    """Themes and sub-codes by round."""
    found = queries.rounds([statement_id])[statement_id]
    db.db.session.commit()
    return dict(found.codes)


def _tagging(statement_id: bytes, key: str, by: User, round_: str) -> Tagging:
    guid = db.db.session.scalar(select(Code.guid).where(Code.key == key))
    return Tagging(statement_id=statement_id, code_guid=guid, coder=by.id, round=round_, codebook_version=1)
