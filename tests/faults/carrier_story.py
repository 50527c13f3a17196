"""Bad days with the carrier, told once for the sweep that is right and for those that are wrong in one way."""

from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa

from app.core import db
from app.surveys import versions
from app.surveys.models import SurveyVersion
from tests.channels.sms.factories import a_number
from tests.channels.sms.fake_server import Fault
from tests.channels.sms.stage import Stage


def complaints(stage: Stage) -> list[str]:
    """What went wrong with a text, a reply or a copy; nothing if the sweep is right."""
    return [*_in_one_hour(stage), *_over_days(stage), *_with_a_text_nobody_can_take(stage)]


def _in_one_hour(stage: Stage) -> Iterator[str]:
    """Webhooks lost, replies lost, calls whose answer is lost, one 429."""
    early, late, answered, missed, silent, cut = (a_number() for _ in range(6))
    stage.missed(late, "Tekst for sent", age=timedelta(minutes=9))
    stage.later(minutes=28)
    stage.twilio.text(answered, "Tekst med svar")
    stage.missed(missed, "Tekst uden webhook")
    stage.twilio.loses_replies = 1
    stage.twilio.text(silent, "Tekst uden svar")
    stage.twilio.faults += [Fault("list", status=500), Fault("delete", status=429, code=20429)]
    stage.sweeps(minutes=2)
    under_way = stage.missed(early, "Tekst undervejs")
    stage.sweep()
    stage.twilio.deliver(under_way)
    if [call.act for call in stage.twilio.calls].count("delete") > 1:
        yield "went on after a 429"
    stage.missed(cut, "Tekst med tabt kald")
    stage.later(minutes=2)
    stage.twilio.faults[:] = [Fault("create", is_late=True, is_cut=True, times=3)]
    stage.sweep()
    stage.sweeps(minutes=20)

    for sender, replies in ((early, 1), (late, 0), (answered, 1), (missed, 1), (silent, 1), (cut, 1)):
        if len(stage.replies(sender)) != replies:
            yield f"{len(stage.replies(sender))} replies instead of {replies}"
    yield from _stored(stage, 6)
    if stage.twilio.messages:
        yield "left at the carrier"


def _over_days(stage: Stage) -> Iterator[str]:
    """Copies that cannot be deleted, then a list that cannot be read, for longer than we remember a text."""
    stage.twilio.text(a_number(), "Tekst der bliver liggende")
    stage.missed(a_number(), "Tekst uden webhook der bliver liggende")
    stage.lock()
    stage.sweeps(minutes=20)
    stage.days(3)
    stage.lock(is_locked=False)
    stage.sweeps(minutes=60)
    if stage.twilio.messages:
        yield "left at the carrier"

    stage.twilio.text(a_number(), "Tekst mens listen er nede")
    stage.missed(a_number(), "Tekst uden webhook mens listen er nede")
    stage.twilio.faults += [Fault("list", status=503, times=3)]
    stage.days(3)
    stage.sweeps(minutes=4)
    yield from _stored(stage, 10)


def _with_a_text_nobody_can_take(stage: Stage) -> Iterator[str]:
    """Its survey is gone: it must not be deleted."""
    sender = a_number()
    stage.twilio.text(sender, "GH1")
    stage.sweeps(minutes=4)
    db.db.session.execute(sa.delete(SurveyVersion))
    db.db.session.commit()
    versions.forget()
    stage.missed(sender, "4")

    stage.sweeps(minutes=30)

    if [message.text for message in stage.twilio.messages] != ["4"]:
        yield "deleted before it was stored"


def _stored(stage: Stage, texts: int) -> Iterator[str]:
    words = stage.words()
    if len(words) < texts:
        yield "lost"
    if len(words) < words.total():
        yield "doubled"
