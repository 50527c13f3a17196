"""What can be chosen in the filter of a queue, in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from app.core import weeks
from app.core.i18n import NATIVE_NAMES
from app.desk.moderation import labels
from app.desk.moderation.codebook.codes import Book
from app.desk.moderation.dealing.trays import Tray
from app.desk.moderation.filters.facets import FLAGS_BEFORE, NO_THEME, UNSURE
from app.desk.moderation.models import Code

WEEKS = 52
Options = list[tuple[str, str]]
"""Value and words."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """The lists of the form."""

    kinds: Options
    channels: Options
    languages: Options
    weeks: Options
    codes: Options
    types: Options
    flags: Options
    orders: Options


def of(tray: Tray, book: Book, today: date, *, in_danish: bool) -> Choices:
    """The lists for a tray: what only approved texts have is asked for only there."""

    def named(codes: tuple[Code, ...]) -> Options:
        return [(code.key, code.name_da if in_danish else code.name_en) for code in codes]

    flags = [code for code in book.flags if not tray.state or code.key in FLAGS_BEFORE]
    themes = tuple(code for theme in book.themes for code in (theme.code, *theme.subs))
    days = (today - timedelta(weeks=n) for n in range(WEEKS))
    return Choices(
        kinds=[(kind, _(words)) for kind, words in labels.SITE_KINDS.items() if kind],
        channels=[(channel, _(words)) for channel, words in labels.CHANNELS.items()],
        languages=list(NATIVE_NAMES.items()),
        weeks=[(week, labels.week(week)) for week in map(weeks.week_of, days)],
        codes=[(NO_THEME, _("Without a theme")), *named(themes)],
        types=named(book.types),
        flags=named(tuple(flags)),
        orders=[(UNSURE, _("Least sure first (to learn from)"))],
    )
