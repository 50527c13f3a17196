"""Sentences that are a promise about deletion: in production nobody gets them in words that no person has read.

The promise on `/privatliv`, the help lines and the pages of deletion are read whole in such a language, never in part:
their views see to that. These are the sentences that stand alone among others.
"""

from collections.abc import Iterable

from app.core import config, i18n
from app.core.i18n import N_

ABOUT_DELETION = frozenset(
    {
        N_("An answer that was deleted has no code any more."),
        N_("Delete and start again"),
        N_("Delete everything"),
        N_("Delete my answer"),
        N_("Do you regret it?"),
        N_("The 30 days are over. We cannot find your answer any more, so we cannot delete it."),
        N_("We delete your answers in %(seconds)s seconds."),
        N_(
            "With the code you can see what happens, and delete your answer for 30 days. "
            "Whoever has your code can do the same."
        ),
        N_("You were away for a long time, so your answers are gone. You can start again."),
        N_("You can delete your answer for 30 days. Then we cannot find it any more."),
        N_("Your answer is deleted"),
        N_("Your answers are deleted. Nothing was stored."),
    }
)


def may_be_said(message: str, langs: Iterable[str]) -> tuple[str, ...]:
    """Those of these languages in which this sentence may be said, in the same order."""
    if message in ABOUT_DELETION and config.settings().env == "production":
        return tuple(lang for lang in langs if lang in i18n.REVIEWED)
    return tuple(langs)
