"""The citizens' addresses: no script, no cookie, and every POST ends in a 303 or in what was wrong with it."""

from flask import Blueprint

from app.channels.web import front_views, receipt_views, sound_views, survey_views, wording

pages = Blueprint("web", __name__)
pages.app_context_processor(wording.names)
pages.before_request(wording.only_chosen)

pages.get("/")(front_views.front)
pages.get("/hjaelp")(front_views.help_page)
pages.get("/privatliv")(front_views.privacy)
pages.get("/moderation")(front_views.moderation)
pages.get("/tilgaengelighed")(front_views.accessibility)
pages.get("/was")(front_views.accessibility_statement)

# Typed from a poster, so whatever stands there gets a kind answer; a QR code in capitals alone is smaller.
for survey_address in ("/s/<typed:code>", "/S/<typed:code>"):
    pages.get(survey_address)(survey_views.survey_page)
    pages.post(survey_address)(survey_views.survey_step)

pages.get("/lyd/<name>")(sound_views.sound)
pages.get("/kvittering")(receipt_views.receipt)
pages.post("/kvittering")(receipt_views.look_up_or_delete)
