"""NYT: what happened with what was said, never the words, the place or the sub-theme."""

from collections.abc import Sequence

from app.channels.sms import meter, segments, wording
from app.channels.sms.wording import Sentence
from app.core import clock
from app.core.i18n import fallbacks, translate
from app.privacy import receipts
from app.publication import receipt_outcome, themes, told, tree
from app.publication.models import Told
from app.surveys import sites


def of_receipt(words: str, lang: str) -> Sentence:
    """Received, read with its main theme, or answered. Unknown and malformed words are answered alike.

    So is everybody once the hour's lookups are used up: nobody can try codes, or see whether they may.
    """
    receipt = receipts.find(words)
    if not meter.allows_lookup() or receipt is None:
        return Sentence(wording.NO_SUCH_RECEIPT)
    if not receipt.is_read:
        return Sentence(wording.NOT_READ_YET)
    found, answers = receipt_outcome.main_themes(receipt), receipt_outcome.answers(receipt)
    if not found:
        news = next(filter(None, (_line(one, lang) for one in answers)), "")
        return wording.plain(news) if news else Sentence(wording.READ_WITHOUT_THEME)
    status = translate(lang, _status(answers))
    return Sentence(wording.NEWS, {"status": status, "theme": themes.name(found[0], lang)})


def latest(lang: str, place: str = "") -> Sentence:
    """The newest thing that is told about the place, else about the country; the sentence about codes where it fits."""
    site = sites.by_code(place) if place else None
    items = told.nearest("sms", tree.above(site, clock.today().year) if site else ())
    if not items:
        return Sentence(wording.NO_NEWS)
    news = _line(items[0], lang)
    whole = translate(lang, wording.LATEST_NEWS, news=news)
    return wording.plain(whole if segments.segments(whole).segments == 1 else news)


def _status(answers: Sequence[Told]) -> str:
    """Read, decided on, or done: what came last."""
    if any(receipt_outcome.is_done(one) for one in answers):
        return wording.DONE
    return wording.ANSWERED if answers else wording.READ


def _line(item: Told, lang: str) -> str:
    """What is told by text message, in the nearest language somebody wrote it in; '' where nobody did."""
    lines = told.lines(item, "sms")
    return next((lines[one] for one in (lang, *fallbacks(lang), "da") if one in lines), "")
