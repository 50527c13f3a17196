"""What has a theme is noted, and looked at again when a code goes: the tray without a theme is exact all the while."""

from app import jobs
from app.core import clock, db
from app.desk.accounts.models import User
from app.desk.moderation import queries, tagging
from app.desk.moderation.codebook import codes
from app.desk.moderation.codebook import queries as code_queries
from app.desk.moderation.models import Statement
from tests.desk.moderation import factories


def test_a_statement_is_in_the_tray_whenever_it_has_no_theme_and_only_then(content: None) -> None:
    factories.the_codebook()
    mona, text_id = factories.a_moderator(), factories.a_text("Der er kø hver dag.")
    factories.approve(text_id, mona)
    assert without_a_theme(mona) == 1
    one = statement()
    tagging.tag(one.id, "ADG.KOE", mona)
    assert without_a_theme(mona) == 0
    assert noted() is None
    look()
    assert without_a_theme(mona) == 0
    assert noted() is True
    tagging.untag(one.id, "ADG.KOE")
    assert without_a_theme(mona) == 1
    look()
    assert without_a_theme(mona) == 1


def test_two_coders_who_agree_on_no_theme_put_it_back_into_the_tray(content: None) -> None:
    factories.the_codebook()
    mona, text_id = factories.a_moderator(), factories.a_text("Der er kø hver dag.")
    factories.approve(text_id, mona, "ADG.KOE")
    look()
    praise = {"statement_id": statement().id, "code_guid": tagging.code("ROS").guid, "coder": mona.id}
    code_queries.add_tagging(
        {**praise, "round": "agreed", "source": "manual", "codebook_version": codes.book().version}
    )
    assert noted() is None
    assert without_a_theme(mona) == 1


def statement() -> Statement:
    return db.db.session.scalars(db.db.select(Statement)).one()


def without_a_theme(reader: User) -> int:
    return queries.count_statements(reader, untagged=True, most=9)


def noted() -> bool | None:
    db.db.session.expire_all()
    return statement().has_theme


def look() -> None:
    """What the worker does every ten minutes."""
    jobs.note_themes(clock.now())
    db.db.session.commit()
