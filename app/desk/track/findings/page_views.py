"""What the views of findings share: finding one within what its reader may see, its page, and what follows an act."""

from collections.abc import Callable

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import db, i18n
from app.core.errors import Refusal
from app.desk.accounts import audit, session
from app.desk.accounts.models import User
from app.desk.track import cell_references, principles, public_words, reading, states
from app.desk.track import queries as track
from app.desk.track.findings import evidence, findings, places, publicity, publishing, queries
from app.desk.track.findings.models import LONGEST_COMMENT, Finding
from app.desk.track.peers import queries as peers
from app.desk.track.peers import rounds, verdicts
from app.desk.track.peers.models import PeerVerdict
from app.desk.track.phases import queries as phase_queries
from app.publication import initiatives, themes

AUTHORS = ("moderator", "analyst")
PUBLISHERS = ("moderator", "council")


def found(code: str, *, to_change: bool = False) -> Finding:
    """The finding of this code; 404 alike for one nobody knows and one this person may not read."""
    number = reading.number(code, "U")
    finding = track.finding(number, to_change=True) if to_change else queries.with_people(number)
    reader = session.user()
    if finding is None or not _may_read(finding, reader):
        abort(404)
    return finding


def to_change(code: str, form: str) -> Finding:
    """The same, held for an act on the words that were read."""
    finding = found(code, to_change=True)  # first, so that a code nobody knows is not found, whatever the form
    session.check_form(form)
    states.same_version(finding, reading.version())
    return finding


def done(finding: Finding, act: str) -> AnyResponse:
    """Written down, kept, and back to the page."""
    audit.record(act, finding.code)
    db.db.session.commit()
    return redirect(url_for("track.findings.show", code=finding.code), 303)


def page(code: str, refusal: Refusal | None = None) -> Response:
    """One finding with all that its reader may see of it."""
    reader, finding = session.user(), found(code)
    is_at_work = reader.role in reading.WORKERS
    given = peers.verdicts(finding.number, finding.version)
    written = render_template(
        "desk/track/findings/finding.html",
        finding=finding,
        shown=_reading(finding, reader),
        theme_names=[name(theme) for theme in finding.themes],
        initiative_names=[initiatives.names().get(key, key) for key in finding.initiatives],
        principle_names=[f"{one}. {principles.HEADINGS[one]}" for one in finding.principles],
        phase=phase_queries.phase(finding.phase) if finding.phase else None,
        is_signal=findings.is_signal(finding),
        lix=round(findings.lix(finding.claim)),
        highest_lix=findings.HIGHEST_LIX,
        marked=public_words.marked("\n".join(finding.texts)),
        statements=evidence.statements(finding.theme, finding.period, reader),
        quotes=publicity.quotes_of(finding),
        peers_words=[one for one in given if one.is_shown],
        note=publicity.note(finding),
        verdicts=given if is_at_work else (),
        typed={one.id: public_words.counts(one.words) for one in given},
        verdict_names=verdicts.NAMES,
        longest_answer=verdicts.LONGEST_ANSWER,
        counted=len(rounds.that_count(finding, given)) if finding.state == "with_peers" and is_at_work else 0,
        answers_until=rounds.answers_until(finding) if finding.peers_asked_on else None,
        older=_older(finding) if is_at_work and finding.version > 1 else [],
        sound=finding.state == "with_peers" and queries.has_sound(finding.number, finding.version),
        sites_named=places.named_sites(finding),
        is_early=publishing.may_read_early(finding, reader),
        comments=queries.comments(finding.number, finding.version) if is_at_work and finding.staff_told_on else [],
        longest_comment=LONGEST_COMMENT,
        newer=_newer(finding) if reader.role in PUBLISHERS else [],
        authors=AUTHORS,
        has_written=reader.id in queries.writers(finding),
        publishers=PUBLISHERS,
        proposals=[one for one in track.proposals_on(finding.number) if one.state in reading.proposal_states(reader)],
        refusal=refusal,
    )
    return make_response(written, 422 if refusal else 200)


def refused(refusal: Refusal) -> Response:
    """An expected no to a step, on the page of the finding."""
    db.db.session.rollback()
    db.begin_reading()
    return page((request.view_args or {})["code"], refusal)


def name(theme: str) -> str:
    """What a theme is called."""
    return themes.name(theme, i18n.current())


def _may_read(finding: Finding, reader: User) -> bool:
    return finding.state in reading.finding_states(reader) or publishing.may_read_early(finding, reader)


def _reading(finding: Finding, reader: User) -> Callable[[str], str]:
    """Those who write see previewed figures while it is not out; everybody else what is printed."""
    is_draft = finding.published_on is None and reader.role in reading.WORKERS
    return cell_references.in_draft if is_draft else cell_references.shown


def _newer(finding: Finding) -> list[Finding]:
    """The public findings that could take its place."""
    if finding.state != "published":
        return []
    return [one for one in track.findings(("published",)) if one.number != finding.number]


def _older(finding: Finding) -> list[tuple[object, list[PeerVerdict]]]:
    """Each earlier version with what peers said of it."""
    said = peers.all_verdicts(finding.number)
    earlier = [one for one in queries.versions(finding.number) if one.version < finding.version]
    return [(one, [verdict for verdict in said if verdict.version == one.version]) for one in earlier]
