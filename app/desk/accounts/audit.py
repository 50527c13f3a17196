"""The audit trail: each row sealed together with the one before, so that a change or a hole shows.

Its old end is cut off after two years; the cut is sealed, too, and the chain goes on from there.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, time

from flask import has_request_context

from app.core import clock, db, derived
from app.core.clock import COPENHAGEN
from app.core.i18n import N_
from app.desk.accounts import queries, session
from app.desk.accounts.models import Audit, AuditCut
from app.privacy.retention import months_before

OPERATOR = "command line"
ACTS = {
    "sign_in": N_("signed in"),
    "password.change": N_("chose a new password"),
    "factor.add": N_("set up a telephone for signing in"),
    "factor.codes": N_("made new recovery codes"),
    "factor.remove": N_("took their telephone out of use"),
    "factor.wrong": N_("had the right password and a wrong code"),
    "user.add": N_("added an account"),
    "user.ask": N_("asked for the consent of another administrator"),
    "user.refuse": N_("let what another administrator asked for fall"),
    "user.phone": N_("took a lost telephone out of use"),
    "user.connect": N_("tied an account to one elsewhere"),
    "user.erase": N_("erased the name and the secrets of somebody who left"),
    "user.role": N_("changed a role"),
    "user.reset": N_("gave a new first password"),
    "user.leave": N_("closed an account"),
    "site.rename": N_("renamed a place"),
    "site.open": N_("opened a place for answers"),
    "site.close": N_("closed a place for answers"),
    "site.languages": N_("chose the languages of a place"),
    "kiosk.add": N_("added a tablet"),
    "kiosk.code": N_("made a new code for a tablet"),
    "kiosk.revoke": N_("closed a tablet"),
    "kiosk.pin": N_("set the PIN of a tablet"),
    "kiosk.times": N_("changed times or screens of a tablet"),
    "kiosk.tick": N_("went through the checklist of a tablet"),
    "kiosk.read_in": N_("read in a file from a tablet"),
    "survey.close": N_("closed a survey"),
    "survey.publish": N_("published a survey"),
    "survey.read": N_("read a language of a survey"),
    "survey.record": N_("recorded a question"),
    "paper.begin": N_("began a batch of paper forms"),
    "paper.take": N_("took a batch of paper forms in hand"),
    "paper.finish": N_("keyed a batch of paper forms"),
    "paper.check": N_("compared two keyings of paper forms"),
    "paper.widen": N_("drew more paper forms to check"),
    "paper.accept": N_("stored a batch of paper forms"),
    "paper.shred": N_("said that paper forms are shredded"),
    "paper.delete": N_("threw a batch of paper forms away"),
    "text.approve": N_("approved a text"),
    "text.hold": N_("put a text aside"),
    "text.reopen": N_("opened a text again"),
    "text.ask_reject": N_("asked for a second opinion on leaving out a text"),
    "text.agree_reject": N_("agreed to leave out a text"),
    "text.reject": N_("left out a text"),
    "text.mask_more": N_("masked more of an approved text"),
    "text.translate": N_("translated a text"),
    "text.tag": N_("gave a text a theme"),
    "text.untag": N_("took a theme off a text"),
    "text.take_over": N_("took over a text that somebody had left open"),
    "text.second": N_("coded a text a second time"),
    "text.agree": N_("settled what two coders disagreed on"),
    "case.raise": N_("worried for somebody and told safeguarding"),
    "case.step": N_("took a case a step further"),
    "case.look": N_("opened the text of a case"),
    "case.close": N_("closed a case"),
    "text.bulk": N_("set or took off a code on many texts"),
    "held.let_in": N_("let answers in that came in a flood"),
    "memo.write": N_("wrote a memo"),
    "memo.delete": N_("deleted a memo"),
    "text.group": N_("gave look-alikes the same themes"),
    "text.undo": N_("undid an act"),
    "alert.add": N_("put a word on the alert list"),
    "alert.remove": N_("took a word off the alert list"),
    "quote.draft": N_("wrote a quote"),
    "quote.edit": N_("changed the words of a quote"),
    "quote.sign": N_("signed a quote"),
    "quote.release": N_("let a quote be shown"),
    "quote.take_down": N_("took a quote down"),
    "mask.look": N_("looked under a mask"),
    "mask.keep": N_("let masked words stand"),
    "export.statements": N_("took statements out"),
    "export.microdata": N_("took anonymised microdata out"),
    "export.decidim": N_("took a file for Decidim out"),
    "export.form": N_("took a survey out as a form"),
    "decidim.link": N_("kept numbers that Decidim gave"),
    "codebook.add": N_("proposed a new code"),
    "codebook.edit": N_("proposed other words for a code"),
    "codebook.move": N_("proposed to move a code"),
    "codebook.merge": N_("proposed to merge two codes"),
    "codebook.split": N_("proposed to split a code"),
    "codebook.retire": N_("proposed to retire a code"),
    "codebook.restore": N_("proposed to restore a code"),
    "codebook.take_back": N_("took a change out of the codebook's draft"),
    "codebook.agree": N_("agreed to changes of the codebook"),
    "codebook.agree_back": N_("took an agreement to the codebook back"),
    "codebook.publish": N_("published a version of the codebook"),
    "codebook.sort": N_("sorted texts of a split code"),
    "codebook.split_end": N_("finished splitting a code"),
    "finding.draft": N_("wrote a finding"),
    "finding.edit": N_("changed a finding"),
    "finding.ask": N_("asked peers about a finding"),
    "finding.on": N_("took a finding on from the peers"),
    "finding.sound": N_("read a finding in"),
    "finding.tell": N_("let the staff of a place read a finding"),
    "finding.comment": N_("said something about a finding"),
    "finding.supersede": N_("replaced a finding by a newer one"),
    "verdict.give": N_("said what peers think of a finding"),
    "verdict.withdraw": N_("took an answer about a finding back"),
    "verdict.answer": N_("answered a peer"),
    "peer.home": N_("said where they belong"),
    "finding.sign": N_("signed a finding"),
    "finding.back": N_("sent a finding back"),
    "finding.drop": N_("dropped a finding"),
    "finding.publish": N_("published a finding"),
    "proposal.draft": N_("wrote a proposal"),
    "proposal.edit": N_("changed a proposal"),
    "proposal.submit": N_("submitted a proposal"),
    "proposal.withdraw": N_("withdrew a proposal"),
    "proposal.evaluate": N_("wrote that a proposal is being considered"),
    "proposal.answer": N_("wrote the answer to a proposal"),
    "proposal.reopen": N_("asked again about a proposal"),
    "proposal.cite": N_("laid research beside a proposal"),
    "research.register": N_("registered research"),
    "research.edit": N_("changed what is written about research"),
    "research.relate": N_("said how research stands to findings"),
    "research.review": N_("reviewed research"),
    "research.publish": N_("published research"),
    "research.withdraw": N_("withdrew research"),
    "action.plan": N_("planned an action"),
    "action.edit": N_("changed a planned action"),
    "action.start": N_("let an action begin"),
    "action.pause": N_("paused an action"),
    "action.progress": N_("said how far an action is"),
    "action.milestone": N_("added a step to an action"),
    "action.reach": N_("said that a step is reached"),
    "action.evidence": N_("showed what was done"),
    "action.let_out": N_("let everybody read what a place has shown"),
    "action.seen": N_("saw that an action is done"),
    "action.drop": N_("dropped an action"),
    "action.reopen": N_("took up an action again"),
    "phase.dates": N_("set or moved the days of a phase"),
    "phase.open": N_("opened a phase"),
    "phase.close": N_("closed a phase"),
    "phase.cancel": N_("cancelled a phase"),
    "phase.gate": N_("wrote why a point of a gate is not met"),
    "phase.decide": N_("decided a phase"),
    "phase.result": N_("published the result of a phase"),
    "dossier.freeze": N_("froze a dossier"),
    "dossier.publish": N_("published a dossier"),
    "decision.enter": N_("entered a decision"),
    "decision.edit": N_("changed a decision"),
    "decision.confirm": N_("confirmed a decision"),
    "decision.drop": N_("dropped a decision"),
    "decision.publish": N_("published a decision"),
    "telling.write": N_("wrote what is told back"),
    "telling.approve": N_("approved what is told back"),
    "telling.take_down": N_("took down what was told back"),
    "release.preview": N_("looked at a release beforehand"),
    "release.sign": N_("signed a release"),
    "release.publish": N_("published a release"),
    "release.rerender": N_("printed a release again"),
    "restore": N_("poured a backup into an empty database"),
    "presence.groups": N_("read in target groups"),
    "offer.save": N_("worded an offer"),
    "offer.overview": N_("put an offer back as the overview has it"),
    "offer.nearby": N_("wrote where an offer exists"),
}
"""What each act is called on the page of the audit trail; a test holds it against what the desk records."""
_BEFORE_THE_FIRST = bytes(32)
KEPT_MONTHS = 24


def record(act: str, target: str = "", *, count: int | None = None, detail: str = "", actor: str = "") -> None:
    """Append what is being done now; it is kept if the transaction is.

    Acts on many texts carry a count and no target: an id with a time would date the response.
    The actor is who is signed in, else the command line.
    """
    queries.take_audit_turn()
    last, mac = head()
    row = Audit(
        seq=last + 1,
        at=clock.now().replace(microsecond=0),
        actor=actor or _actor(),
        act=act,
        target=target,
        count=count,
        detail=detail,
    )
    row.mac = _mac(derived.keys("audit")[0], mac, row)
    db.db.session.add(row)
    db.db.session.flush()


def head() -> tuple[int, bytes]:
    """Number and seal of the last row: of where the trail was cut if nothing came since, (0, zeros) if nothing did."""
    last, cut = queries.last_audit(), queries.audit_cut()
    if last:
        return last.seq, last.mac
    return (cut.seq, cut.last_mac) if cut else (0, _BEFORE_THE_FIRST)


def faults() -> Iterator[str]:
    """One line for each row that is missing or was changed; nothing where the chain is whole.

    A missing tail leaves no trace in the chain itself: that takes a head that was kept elsewhere (`anchor`).
    """
    keys = derived.keys("audit")
    before, expected = _BEFORE_THE_FIRST, 1
    if cut := queries.audit_cut():
        if not any(hmac.compare_digest(cut.mac, _mac_of_cut(key, cut)) for key in keys):
            yield f"audit: what says that rows 1 to {cut.seq} were cut off is not sealed"
        before, expected = cut.last_mac, cut.seq + 1
    for row in queries.audit_chain(after=expected - 1):
        if row.seq != expected:
            yield f"audit: row {expected} is missing"
        elif not any(hmac.compare_digest(row.mac, _mac(key, before, row)) for key in keys):
            yield f"audit: row {row.seq} was changed"
        before, expected = row.mac, row.seq + 1


def cut_off(now: datetime) -> None:
    """Cut the old end off: every row of more than two years ago, up to the first younger one."""
    day = months_before(now.astimezone(COPENHAGEN).date(), KEPT_MONTHS)
    last = queries.last_audit_before(datetime.combine(day, time(), COPENHAGEN).astimezone(UTC))
    if last is None:
        return
    cut = queries.audit_cut() or AuditCut()
    cut.seq, cut.last_mac = last.seq, last.mac
    cut.mac = _mac_of_cut(derived.keys("audit")[0], cut)
    db.db.session.add(cut)
    db.db.session.flush()
    queries.delete_audit_to(last.seq)


def _actor() -> str:
    found = session.current() if has_request_context() else None
    return found.user.id.hex() if found else OPERATOR


def _mac(key: bytes, before: bytes, row: Audit) -> bytes:
    at = f"{row.at:%Y-%m-%dT%H:%M:%SZ}"
    content = [row.seq, at, row.actor, row.act, row.target, row.count, row.detail]
    return hmac.digest(key, before + json.dumps(content).encode(), hashlib.sha256)


def _mac_of_cut(key: bytes, cut: AuditCut) -> bytes:
    return hmac.digest(key, b"cut" + json.dumps([cut.seq, cut.last_mac.hex()]).encode(), hashlib.sha256)
