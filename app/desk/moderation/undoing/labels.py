"""What an act is called on the button that undoes it."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.i18n import N_
from app.desk.moderation.undoing.models import UndoEntry

LABELS = {
    "approve": N_("approved"),
    "reject": N_("rejected"),
    "hold": N_("set aside"),
    "reopen": N_("put back in the queue"),
    "escalate": N_("handed to safeguarding"),
    "mask": N_("masked words"),
    "unmask": N_("took a mask away"),
    "cover": N_("masked again"),
    "mask_more": N_("masked more words"),
    "translate": N_("wrote a translation"),
    "tag": N_("set a code"),
    "untag": N_("took a code off"),
    "bulk_tag": N_("set a code on many texts"),
    "bulk_untag": N_("took a code off many texts"),
    "group": N_("gave look-alikes the same themes"),
    "memo": N_("wrote a memo"),
    "second": N_("coded a second time"),
    "agree": N_("settled a disagreement"),
    "codebook": N_("proposed a change of the codebook"),
    "codebook_agree": N_("agreed to changes of the codebook"),
    "split": N_("sorted a text of a split code"),
}
"""What was done to one text, or to many where no code is named. A new act gets a line here."""
WITH_CODE = {"untag", "bulk_untag"}
"""Acts that took the code off."""


def said(entry: UndoEntry, code_name: str | None) -> str:
    """'“Opening hours” on 312 texts', or what was done to a text."""
    if entry.code is None or code_name is None:
        return str(_(LABELS[entry.act]))
    if entry.act in WITH_CODE:
        return str(ngettext("“%(code)s” off %(num)s text", "“%(code)s” off %(num)s texts", entry.count, code=code_name))
    return str(ngettext("“%(code)s” on %(num)s text", "“%(code)s” on %(num)s texts", entry.count, code=code_name))
