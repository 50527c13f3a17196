"""The application: what it is made of, in the order it is put together."""

from flask import Flask

from app.channels.kiosk import enrolment_views
from app.channels.kiosk import views as kiosk
from app.channels.sms import short_way
from app.channels.sms import views as sms
from app.channels.sms import watch as carrier
from app.channels.web import results
from app.channels.web import views as web
from app.core import clock, compress, config, csrf, db, headers, health, i18n, limits, log, metrics, pages, routes
from app.desk.accounts import session
from app.desk.accounts import views as accounts
from app.desk.admin import views as admin
from app.desk.moderation import views as moderation
from app.desk.moderation.alerts import views as alerts
from app.desk.moderation.bulk import views as bulk
from app.desk.moderation.codebook import codes
from app.desk.moderation.codebook import views as codebook
from app.desk.moderation.exchange import codebook_views as codebook_files
from app.desk.moderation.exchange import views as export
from app.desk.moderation.filters import views as filters
from app.desk.moderation.holding import views as holding
from app.desk.moderation.keyboard import views as keyboard
from app.desk.moderation.measures import views as measures
from app.desk.moderation.memos import views as memos
from app.desk.moderation.quoting import views as quoting
from app.desk.moderation.safeguarding import views as safeguarding
from app.desk.moderation.searching import views as searching
from app.desk.moderation.second_coding import views as second_coding
from app.desk.moderation.similar import views as similar
from app.desk.moderation.suggesting import views as suggesting
from app.desk.moderation.translating import views as translating
from app.desk.moderation.undoing import views as undoing
from app.desk.paper import views as paper
from app.desk.track import views as track
from app.desk.track.releases import tasks as release_tasks
from app.privacy import watch as promise
from app.publication import themes
from app.rehearsal import views as rehearsal
from app.surveys import month_keys

CITIZEN_SIDE = (web.pages, results.results, sms.webhooks, kiosk.pages)
DESK_SIDE = (
    accounts.pages,
    admin.pages,
    moderation.pages,
    filters.pages,
    keyboard.pages,
    undoing.pages,
    bulk.pages,
    searching.pages,
    memos.pages,
    similar.pages,
    codebook.pages,
    codebook_files.pages,
    export.pages,
    second_coding.pages,
    suggesting.pages,
    alerts.pages,
    translating.pages,
    measures.pages,
    quoting.pages,
    safeguarding.pages,
    holding.pages,
    paper.pages,
    track.pages,
    rehearsal.pages,
)
READINESS = (
    promise.missing_key, promise.bad_nights, promise.late_backup, month_keys.bad_months, carrier.late_sweep,
    carrier.old_copies,
)  # fmt: skip
GAUGES = (
    health.Gauge("sweep_age_seconds", "Since the last complete sweep of the carrier, in minutes.", carrier.sweep_age),
    health.Gauge("oldest_copy_hours", "Age of the oldest copy at the carrier.", carrier.oldest_copy),
)
DESK_GAUGES = (
    health.Gauge("release_days_late", "Days since the release that is latest was due.", release_tasks.days_late),
)


def create_app(settings: config.Settings | None = None) -> Flask:
    """A ready application for these settings (from the environment if none are given)."""
    app = Flask(__name__)
    app.extensions["settings"] = settings = settings or config.load()
    app.extensions["clock"] = clock.Clock()
    app.extensions["create_app"] = create_app
    routes.init(app)
    pages.init(app, settings)
    log.init(app)
    metrics.init(app, settings.instance_dir)
    db.init(app, settings.database_url)
    i18n.init(app)
    csrf.init(app)
    limits.init(app, processes=settings.processes)
    headers.init(app)
    compress.init(app)
    health.init(app, READINESS, (*GAUGES, *DESK_GAUGES) if settings.has_desk_side else GAUGES)
    for blueprint in CITIZEN_SIDE if settings.has_citizen_side else ():
        app.register_blueprint(blueprint)
    for blueprint in DESK_SIDE if settings.has_desk_side else ():
        app.register_blueprint(blueprint)
    if settings.has_citizen_side:
        short_way.init(app)
    if settings.has_desk_side:
        app.extensions[enrolment_views.LEAVE_DESK] = session.leave
        app.extensions[themes.VERSION] = codes.version
    return app
