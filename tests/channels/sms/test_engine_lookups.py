"""NYT with four words: one answer for every code that is not there, and only so many lookups an hour."""

from flask import Flask

from app.channels.sms import meter, wording
from app.core import clock, db
from app.core.i18n import translate
from tests.channels.sms.dialogues import Script
from tests.channels.sms.test_dialogues import SCRIPTS

NO_SUCH = translate("da", wording.NO_SUCH_RECEIPT)
RECEIVED = translate("da", wording.NOT_READ_YET)


def with_receipt(app: Flask) -> Script:
    """A telephone that has taken its code."""
    script = Script(app, next(path for path in SCRIPTS if path.stem.startswith("15_")))
    script.where = "a whole survey"
    for line in ("> GH1", "> 3", "> 2", "> Bedre mad", "> Ja", "< {receipt}"):
        script._line(line)
    return script


def asked(script: Script, text: str) -> str:
    script._line(f"> {text}")
    return script.reply


def test_one_misspelt_word_is_simply_unknown(app: Flask, content: None) -> None:
    script = with_receipt(app)
    *known, _ = script.phone.receipt.split()

    assert asked(script, "NYT {receipt}") == RECEIVED
    assert asked(script, f"NYT {' '.join(known)} xyzzy") == NO_SUCH


def test_after_three_hundred_lookups_an_hour_no_code_is_known(app: Flask, content: None) -> None:
    script = with_receipt(app)
    for _ in range(meter.LOOKUPS_AN_HOUR):
        assert meter.allows_lookup()
    db.db.session.commit()

    assert asked(script, "NYT {receipt}") == NO_SUCH
    clock.clock().moved_by += 3600
    assert asked(script, "NYT {receipt}") == RECEIVED


def test_the_latest_news_are_no_lookup(app: Flask, content: None) -> None:
    script = with_receipt(app)
    for _ in range(meter.LOOKUPS_AN_HOUR):
        meter.allows_lookup()
    db.db.session.commit()

    assert asked(script, "NYT") == translate("da", wording.NO_NEWS)
