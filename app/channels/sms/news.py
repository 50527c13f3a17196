"""NYT: what happened with what was said, never the words, the place or the sub-theme."""

from app.channels.sms import meter, segments, wording
from app.channels.sms.wording import Sentence
from app.core.i18n import translate
from app.privacy import receipts
from app.privacy.models import Receipt
from app.publication import themes, told
from app.publication.models import Told


def of_receipt(words: str, lang: str) -> Sentence:
    """Received, read with its main theme, or answered. Unknown and malformed words are answered alike.

    So is everybody once the hour's lookups are used up: nobody can try codes, or see whether they may.
    """
    receipt = receipts.find(words)
    if not meter.allows_lookup() or receipt is None:
        return Sentence(wording.NO_SUCH_RECEIPT)
    if not receipt.is_read:
        return Sentence(wording.NOT_READ_YET)
    theme = _theme(receipt)
    if theme is None:
        return Sentence(wording.READ_WITHOUT_THEME)
    status = translate(lang, wording.ANSWERED if told.live(theme) else wording.READ)
    return Sentence(wording.NEWS, {"status": status, "theme": themes.name(theme, lang)})


def latest(lang: str) -> Sentence:
    """The newest thing that was done; the sentence about codes only where it still fits."""
    items = told.live()
    news = segments.downgrade(_short(items[0], lang), lang) if items else ""
    if not news:
        return Sentence(wording.NO_NEWS)
    whole = translate(lang, wording.LATEST_NEWS, news=news)
    if segments.segments(whole).segments == 1:
        return wording.plain(whole)
    return wording.plain(news) if segments.segments(news).segments == 1 else Sentence(wording.NO_NEWS)


def _theme(receipt: Receipt) -> str | None:
    return receipt.themes.split(",")[0] or None


def _short(item: Told, lang: str) -> str:
    return (item.body_en if lang == "en" else item.body_da) or item.body_da
