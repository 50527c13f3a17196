"""Decisions: entered with a reason by one person, confirmed by another, then told back in public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core import db, i18n
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts.models import User
from app.desk.track import cell_references, public_words, queries, states
from app.desk.track.decisions.models import OUTCOMES, SHORTEST_REASON, TOLD_OUTCOMES, Decision
from app.desk.track.proposals.models import Proposal
from app.publication import themes, told

LONGEST_TITLE = 200
OUTCOME_NAMES = {
    "continue": N_("It goes on as now"),
    "adjust": N_("It goes on, changed"),
    "stop": N_("It stops"),
    "more_input": N_("More must be heard first"),
}
SAID = N_("You said")
TOLD_NAMES = {"did": N_("We did"), "did_not": N_("We did not, because")}


class DecisionRefused(Refusal):
    """What a decision lacks."""


@dataclass(frozen=True)
class Words:
    """What was decided, why, and how it is told back."""

    outcome: str
    title: str
    body: str
    reason: str
    decided_on: date
    decided_by: str
    theme: str
    told_outcome: str
    said_da: str
    said_en: str
    told_da: str
    told_en: str


def enter(words: Words, proposals: Sequence[Proposal], author: User, today: date) -> Decision:
    """A new decision, waiting for a second person."""
    _check(words, proposals, today)
    decision = Decision(
        number=queries.next_number(Decision),
        **vars(words),
        proposals=list(proposals),
        entered_by_id=author.id,
        state="pending",
        version=1,
    )
    db.db.session.add(decision)
    db.db.session.flush()
    return decision


def edit(decision: Decision, words: Words, proposals: Sequence[Proposal], author: User, today: date) -> None:
    """Change what still waits for the second person. Whoever changes it has entered it."""
    if decision.state != "pending":
        raise states.StepRefused(_("%(code)s is confirmed. A correction is a new decision.", code=decision.code))
    _check(words, proposals, today)
    for name, value in vars(words).items():
        setattr(decision, name, value)
    decision.proposals = list(proposals)
    decision.entered_by_id = author.id
    decision.version += 1


def confirm(decision: Decision, second: User) -> None:
    """A second person confirms what was decided and how it is told back."""
    states.allow(decision, states.DECISION, "taken")
    if second.id == decision.entered_by_id:
        raise states.OnePersonTwice(_("You entered this decision. Another person must confirm it."))
    decision.confirmed_by_id = second.id
    states.move(decision, states.DECISION, "taken")


def publish(decision: Decision) -> None:
    """Told back in public: a copy goes to where citizens read."""
    states.allow(decision, states.DECISION, "published")
    texts = (decision.said_da, decision.said_en, decision.told_da, decision.told_en)
    cell_references.check_published(*texts)
    said_da, said_en, told_da, told_en = (
        cell_references.shown(text, lang) for text, lang in zip(texts, ("da", "en", "da", "en"), strict=True)
    )
    states.move(decision, states.DECISION, "published")
    told.publish(
        decision.code,
        theme=decision.theme,
        outcome=decision.told_outcome,
        wording=told.Wording(said_da=said_da, said_en=said_en, body_da=told_da, body_en=told_en),
        decided_by=decision.decided_by,
        decided_on=decision.decided_on,
    )


@dataclass(frozen=True)
class Version:
    """The told words in one language, with the headings they stand under."""

    lang: str
    said_heading: str
    said: str
    done_heading: str
    done: str


def told_versions(decision: Decision) -> list[Version]:
    """How it will stand in public, in both languages."""
    texts = {"da": (decision.said_da, decision.told_da), "en": (decision.said_en, decision.told_en)}
    heading = TOLD_NAMES[decision.told_outcome]
    return [
        Version(
            lang,
            i18n.translate(lang, SAID),
            cell_references.shown(said, lang),
            i18n.translate(lang, heading),
            cell_references.shown(done, lang),
        )
        for lang, (said, done) in texts.items()
    ]


def _check(words: Words, proposals: Sequence[Proposal], today: date) -> None:
    if not words.title or len(words.title) > LONGEST_TITLE or not words.body:
        raise DecisionRefused(_("Write what was decided: a title and a few sentences."))
    if len(words.reason) < SHORTEST_REASON:
        raise DecisionRefused(_("Write the reason, at least %(least)s characters.", least=SHORTEST_REASON))
    if words.outcome not in OUTCOMES or words.told_outcome not in TOLD_OUTCOMES or words.theme not in themes.codes():
        raise DecisionRefused(_("Choose what came of it."))
    if words.decided_on > today or not words.decided_by:
        raise DecisionRefused(_("Write who decided it and on which day, today at the latest."))
    if not proposals or any(proposal.state != "submitted" for proposal in proposals):
        raise DecisionRefused(_("A decision answers at least one proposal that has been sent."))
    _check_told(words)


def _check_told(words: Words) -> None:
    texts = (words.said_da, words.said_en, words.told_da, words.told_en)
    if not all(texts) or any(len(text) > told.LONGEST for text in texts):
        raise DecisionRefused(
            _("Write in Danish and English what you will tell people, at most %(most)s characters.", most=told.LONGEST)
        )
    danish = (words.title, words.body, words.reason, words.said_da, words.told_da)
    cell_references.of(*danish, words.said_en, words.told_en)
    public_words.check(*danish)
    public_words.check(words.said_en, words.told_en, lang="en")
