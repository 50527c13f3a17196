"""The steps a finding takes: to the peers and on from them, signed, told to staff, public, replaced, back, dropped."""

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.track import queries, reading
from app.desk.track.findings import findings, page_views, publishing
from app.desk.track.peers import rounds

acts = Blueprint("finding_acts", __name__, url_prefix="/track/findings")
acts.register_error_handler(Refusal, page_views.refused)


@acts.post("/<code>/ask")
@access(*page_views.AUTHORS)
def ask(code: str) -> AnyResponse:
    """Peers are asked whether it is heard right."""
    finding = page_views.to_change(code, "finding.ask")
    rounds.ask(finding, clock.today())
    return page_views.done(finding, "finding.ask")


@acts.post("/<code>/on")
@access(*page_views.AUTHORS)
def take_on(code: str) -> AnyResponse:
    """On from the peers, or back to its author."""
    finding = page_views.to_change(code, "finding.on")
    rounds.take_on(finding, clock.today())
    return page_views.done(finding, "finding.on")


@acts.post("/<code>/sign")
@access("moderator")
def sign(code: str) -> AnyResponse:
    """The second person stands for it."""
    finding = page_views.to_change(code, "finding.sign")
    publishing.sign(finding, session.user())
    return page_views.done(finding, "finding.sign")


@acts.post("/<code>/tell")
@access(*page_views.PUBLISHERS)
def tell(code: str) -> AnyResponse:
    """Those who work at the named places may read it now."""
    finding = page_views.to_change(code, "finding.tell")
    publishing.tell_staff(finding, clock.today())
    return page_views.done(finding, "finding.tell")


@acts.post("/<code>/comment")
@access("staff")
def comment(code: str) -> AnyResponse:
    """What somebody who works there says of it."""
    finding = page_views.to_change(code, "finding.comment")
    publishing.comment(finding, reading.field("words"), session.user())
    return page_views.done(finding, "finding.comment")


@acts.post("/<code>/publish")
@access(*page_views.PUBLISHERS)
def publish(code: str) -> AnyResponse:
    """Public from today."""
    finding = page_views.to_change(code, "finding.publish")
    publishing.publish(finding, clock.today())
    return page_views.done(finding, "finding.publish")


@acts.post("/<code>/supersede")
@access(*page_views.PUBLISHERS)
def supersede(code: str) -> AnyResponse:
    """A newer one says it better."""
    finding = page_views.to_change(code, "finding.supersede")
    newer = queries.finding(reading.number(request.form.get("newer", ""), "U"))
    publishing.supersede(finding, newer, clock.today())
    return page_views.done(finding, "finding.supersede")


@acts.post("/<code>/back")
@access(*page_views.AUTHORS)
def take_back(code: str) -> AnyResponse:
    """To draft again."""
    finding = page_views.to_change(code, "finding.back")
    findings.take_back(finding)
    return page_views.done(finding, "finding.back")


@acts.post("/<code>/drop")
@access(*page_views.AUTHORS)
def drop(code: str) -> AnyResponse:
    """Set aside, with the reason."""
    finding = page_views.to_change(code, "finding.drop")
    findings.drop(finding, reading.field("reason"))
    return page_views.done(finding, "finding.drop")
