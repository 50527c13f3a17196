"""Who may open what: the whole table, every address, every role. A route without a row is red."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import access, db
from tests.channels.kiosk.tablet import Tablet
from tests.desk.accounts import factories
from tests.requirements import IN_FULL

pytestmark = pytest.mark.requirement("R8")
DESK = """
                                               staff peer moderator safeguarding council analyst admin
GET  /desk                                     yes   yes  yes       yes          yes     yes     yes
GET  /desk/audit                               yes   yes  yes       yes          yes     yes     yes
GET  /desk/password                            yes   yes  yes       yes          yes     yes     yes
POST /desk/password                            yes   yes  yes       yes          yes     yes     yes
POST /desk/logout                              yes   yes  yes       yes          yes     yes     yes
GET  /desk/factor                              yes   yes  yes       yes          yes     yes     yes
POST /desk/factor                              yes   yes  yes       yes          yes     yes     yes
POST /desk/factor/codes                        yes   yes  yes       yes          yes     yes     yes
POST /desk/factor/remove                       yes   yes  yes       yes          yes     yes     yes

GET  /desk/users                               -     -    -         -            -       -       yes
POST /desk/users                               -     -    -         -            -       -       yes
GET  /desk/users/<name>                        -     -    -         -            -       -       yes
POST /desk/users/<name>/role                   -     -    -         -            -       -       yes
POST /desk/users/<name>/reset                  -     -    -         -            -       -       yes
POST /desk/users/<name>/leave                  -     -    -         -            -       -       yes
POST /desk/users/<name>/agree                  -     -    -         -            -       -       yes
POST /desk/users/<name>/refuse                 -     -    -         -            -       -       yes
POST /desk/users/<name>/phone                  -     -    -         -            -       -       yes
GET  /desk/sites                               yes   -    yes       -            yes     yes     yes
GET  /desk/sites/<code>                        yes   -    yes       -            yes     yes     yes
POST /desk/sites/<code>/name                   -     -    -         -            -       -       yes
POST /desk/sites/<code>/open                   -     -    -         -            -       -       yes
GET  /desk/languages                           -     -    yes       -            -       -       yes
GET  /desk/languages/<code>/<channel>          -     -    yes       -            -       -       yes
GET  /desk/languages/places/<code>             -     -    yes       -            -       -       yes
POST /desk/languages/places/<code>             -     -    -         -            -       -       yes
GET  /desk/kiosks                              yes   -    yes       -            yes     yes     yes
POST /desk/kiosks                              -     -    -         -            -       -       yes
GET  /desk/kiosks/<device>                     yes   -    yes       -            yes     yes     yes
POST /desk/kiosks/<device>/code                -     -    -         -            -       -       yes
GET  /desk/kiosks/<device>/revoke              -     -    -         -            -       -       yes
POST /desk/kiosks/<device>/revoke              -     -    -         -            -       -       yes
POST /desk/kiosks/<device>/pin                 -     -    -         -            -       -       yes
POST /desk/kiosks/<device>/times               -     -    -         -            -       -       yes
POST /desk/kiosks/<device>/checklist           yes   -    -         -            -       -       yes
POST /desk/kiosks/<device>/file                yes   -    -         -            -       -       yes
GET  /desk/sites/<code>/print                  yes   -    yes       -            yes     yes     yes
GET  /desk/sites/<code>/print/<name>           yes   -    yes       -            yes     yes     yes
GET  /desk/sites/<code>/print/<name>.pdf       yes   -    yes       -            yes     yes     yes
GET  /desk/surveys                             yes   -    yes       -            yes     yes     yes
GET  /desk/surveys/<survey_id>/paper           yes   -    yes       -            yes     yes     yes
GET  /desk/surveys/<survey_id>/paper.pdf       yes   -    yes       -            yes     yes     yes
GET  /desk/surveys/write                       -     -    -         -            -       yes     yes
POST /desk/surveys/write                       -     -    -         -            -       yes     yes
POST /desk/surveys/write/confirm               -     -    -         -            -       -       yes
POST /desk/surveys/write/publish               -     -    -         -            -       -       yes
GET  /desk/surveys/<survey_id>/edit            -     -    -         -            -       yes     yes
GET  /desk/surveys/<survey_id>/edit/q/<question_id> -     -    -         -            -       yes     yes
GET  /desk/surveys/<survey_id>/edit/new/<type_name> -     -    -         -            -       yes     yes
POST /desk/surveys/<survey_id>/edit/preview    -     -    -         -            -       yes     yes
POST /desk/surveys/<survey_id>/edit/question   -     -    -         -            -       yes     yes
POST /desk/surveys/<survey_id>/edit/q/<question_id>/move -     -    -         -            -       yes     yes
POST /desk/surveys/<survey_id>/edit/q/<question_id>/remove -     -    -         -            -       yes     yes
GET  /desk/surveys/<survey_id>/edit/words      -     -    -         -            -       yes     yes
POST /desk/surveys/<survey_id>/edit/words      -     -    -         -            -       yes     yes
GET  /desk/surveys/<survey_id>/edit/in/<lang>  -     -    -         -            -       yes     yes
POST /desk/surveys/<survey_id>/edit/in/<lang>  -     -    -         -            -       yes     yes
POST /desk/surveys/<survey_id>/edit/discard    -     -    -         -            -       -       yes
POST /desk/surveys/<survey_id>/edit/confirm    -     -    -         -            -       -       yes
POST /desk/surveys/<survey_id>/edit/publish    -     -    -         -            -       -       yes
POST /desk/surveys/<survey_id>/edit/recording  -     -    -         -            -       -       yes
GET  /desk/surveys/audio/<name>                -     -    -         -            -       yes     yes
POST /desk/surveys/<survey_id>/<version>/close -     -    -         -            -       -       yes
GET  /desk/surveys/<survey_id>/<version>/answering - -    yes       -            yes     yes     -

GET  /desk/surveys/<survey_id>/entry           -     -    yes       -            -       -       -
POST /desk/surveys/<survey_id>/entry           -     -    yes       -            -       -       -
GET  /desk/surveys/<survey_id>/entry/<batch_id> -    -    yes       -            -       -       -
POST /desk/surveys/<survey_id>/entry/<batch_id>/<act> - - yes       -            -       -       -
GET  /desk/surveys/<survey_id>/entry/<batch_id>/sheets/<place> - - yes -         -       -       -
POST /desk/surveys/<survey_id>/entry/<batch_id>/sheets/<place> - - yes -         -       -       -
POST /desk/surveys/<survey_id>/entry/<batch_id>/sheets/<place>/out - - yes -     -       -       -
GET  /desk/surveys/<survey_id>/entry/<batch_id>/check/<place> - - yes -          -       -       -
POST /desk/surveys/<survey_id>/entry/<batch_id>/check/<place> - - yes -          -       -       -
POST /desk/surveys/<survey_id>/entry/<batch_id>/compare - - yes     -            -       -       -
GET  /desk/surveys/<survey_id>/entry/<batch_id>/differences - - yes -            -       -       -
POST /desk/surveys/<survey_id>/entry/<batch_id>/differences - - yes -            -       -       -

GET  /desk/queue                               -     -    yes       -            -       -       -
GET  /desk/statements/<text_id>                -     -    yes       -            -       yes     -
POST /desk/statements/<text_id>/<act>          -     -    yes       -            -       -       -
POST /desk/statements/<text_id>/look           -     -    yes       -            -       -       -
POST /desk/statements/<text_id>/skip           -     -    yes       -            -       -       -
GET  /desk/statements/<text_id>/<way>          -     -    yes       -            -       -       -
GET  /desk/queue/<_place>                      -     -    yes       -            -       -       -
POST /desk/filters                             -     -    yes       -            -       -       -
POST /desk/filters/<filter_id>/forget          -     -    yes       -            -       -       -
GET  /desk/keys                                -     -    yes       -            -       -       -
POST /desk/keys                                -     -    yes       -            -       -       -
GET  /desk/quotes                              -     -    yes       -            yes     -       -
GET  /desk/quotes/new/<text_id>                -     -    yes       -            -       -       -
POST /desk/quotes/new/<text_id>                -     -    yes       -            -       -       -
GET  /desk/quotes/<quote_id>                   -     -    yes       -            yes     -       -
POST /desk/quotes/<quote_id>/words             -     -    yes       -            -       -       -
POST /desk/quotes/<quote_id>/sign              -     -    yes       -            -       -       -
POST /desk/quotes/<quote_id>/release           -     -    -         -            yes     -       -
POST /desk/quotes/<quote_id>/down              -     -    yes       -            yes     -       -
GET  /desk/cases                               -     -    -         yes          -       -       -
GET  /desk/cases/<case_id>                     -     -    -         yes          -       -       -
POST /desk/cases/<case_id>/look                -     -    -         yes          -       -       -
POST /desk/cases/<case_id>/step                -     -    -         yes          -       -       -
POST /desk/cases/<case_id>/close               -     -    -         yes          -       -       -
POST /desk/statements/<text_id>/group          -     -    yes       -            -       -       -
GET  /desk/bulk                                -     -    yes       -            -       -       -
POST /desk/bulk                                -     -    yes       -            -       -       -
GET  /desk/search                              -     -    yes       -            -       -       -
POST /desk/search                              -     -    yes       -            -       -       -
GET  /desk/held                                -     -    yes       -            -       -       -
POST /desk/held                                -     -    yes       -            -       -       -
GET  /desk/memos                               -     -    yes       -            -       -       -
POST /desk/memos                               -     -    yes       -            -       -       -
POST /desk/memos/<memo_id>/delete              -     -    yes       -            -       -       -
GET  /desk/undo                                -     -    yes       -            -       yes     -
POST /desk/undo                                -     -    yes       -            -       yes     -
GET  /desk/translations                        -     -    yes       -            -       -       -
GET  /desk/alerts                              -     -    yes       -            -       -       yes
POST /desk/alerts                              -     -    -         -            -       -       yes
GET  /desk/codebook                            -     yes  yes       yes          yes     yes     yes
GET  /desk/codebook/export                     -     yes  yes       yes          yes     yes     yes
GET  /desk/codebook/export.<name>              -     yes  yes       yes          yes     yes     yes
GET  /desk/codebook/import                     -     -    yes       -            -       yes     -
POST /desk/codebook/import                     -     -    yes       -            -       yes     -
POST /desk/codebook/import/confirm             -     -    yes       -            -       yes     -
GET  /desk/export                              -     -    -         -            -       yes     -
GET  /desk/export/<name>                       -     -    -         -            -       yes     -
POST /desk/export/<name>                       -     -    -         -            -       yes     -
GET  /desk/codebook/codes/<key>                -     yes  yes       yes          yes     yes     yes
GET  /desk/codebook/history                    -     yes  yes       yes          yes     yes     yes
GET  /desk/codebook/versions/<number>          -     yes  yes       yes          yes     yes     yes
GET  /desk/codebook/add                        -     -    yes       -            -       yes     -
POST /desk/codebook/add                        -     -    yes       -            -       yes     -
GET  /desk/codebook/codes/<key>/<act>          -     -    yes       -            -       yes     -
POST /desk/codebook/codes/<key>/<act>          -     -    yes       -            -       yes     -
GET  /desk/codebook/draft                      -     -    yes       -            -       yes     -
POST /desk/codebook/draft/agree                -     -    yes       -            -       yes     -
POST /desk/codebook/draft/<event>/out          -     -    yes       -            -       yes     -
GET  /desk/codebook/splits/<key>               -     -    yes       -            -       -       -
POST /desk/codebook/splits/<key>               -     -    yes       -            -       -       -

GET  /desk/new-words                           -     -    yes       -            -       -       -
POST /desk/new-words                           -     -    yes       -            -       -       -
GET  /desk/suggestions                         -     -    yes       -            -       yes     -
GET  /desk/second                              -     -    yes       -            -       -       -
POST /desk/second                              -     -    yes       -            -       -       -
GET  /desk/disagreements                       -     -    yes       -            -       -       -
GET  /desk/disagreements/<statement_id>        -     -    yes       -            -       -       -
POST /desk/disagreements/<statement_id>        -     -    yes       -            -       -       -
GET  /desk/measures                            -     -    yes       -            yes     yes     -
GET  /desk/measures/agreement                  -     -    yes       -            yes     yes     -
GET  /desk/measures/themes                     -     -    yes       -            -       yes     -
GET  /desk/measures/log                        -     -    yes       -            yes     yes     yes
GET  /desk/measures/log.csv                    -     -    yes       -            -       yes     yes

GET  /desk/track                               yes   yes  yes       -            yes     yes     -
GET  /desk/track/timeline                      yes   yes  yes       -            yes     yes     -
GET  /desk/track/aloud                         yes   yes  yes       -            yes     yes     -
GET  /desk/track/phases                        yes   yes  yes       -            yes     yes     -
GET  /desk/track/phases/<key>                  yes   yes  yes       -            yes     yes     -
POST /desk/track/phases/<key>                  -     -    -         -            yes     -       -
POST /desk/track/phases/<key>/open             -     -    -         -            yes     -       -
POST /desk/track/phases/<key>/close            -     -    -         -            yes     -       -
POST /desk/track/phases/<key>/cancel           -     -    -         -            yes     -       -
POST /desk/track/phases/<key>/gate/<point> -     -    yes       -            yes     -       -
POST /desk/track/phases/<key>/decide           -     -    -         -            yes     -       -
POST /desk/track/phases/<key>/result           -     -    -         -            yes     -       -
POST /desk/track/phases/<key>/dossier          -     -    -         -            yes     -       -
POST /desk/track/phases/<key>/dossiers/<number>/publish -     -    yes       -            yes     -       -
GET  /desk/track/phases/<key>/dossiers/<number>.zip -     -    yes       -            yes     yes     -
GET  /desk/track/findings                      yes   yes  yes       -            yes     yes     -
POST /desk/track/findings                      -     -    yes       -            -       yes     -
GET  /desk/track/findings/new                  -     -    yes       -            -       yes     -
GET  /desk/track/findings/<code>               yes   yes  yes       -            yes     yes     -
GET  /desk/track/findings/<code>/edit          -     -    yes       -            -       yes     -
POST /desk/track/findings/<code>               -     -    yes       -            -       yes     -
POST /desk/track/findings/<code>/back          -     -    yes       -            -       yes     -
POST /desk/track/findings/<code>/drop          -     -    yes       -            -       yes     -
POST /desk/track/findings/<code>/ask           -     -    yes       -            -       yes     -
POST /desk/track/findings/<code>/on            -     -    yes       -            -       yes     -
POST /desk/track/findings/<code>/sign          -     -    yes       -            -       -       -
POST /desk/track/findings/<code>/tell          -     -    yes       -            yes     -       -
POST /desk/track/findings/<code>/comment       yes   -    -         -            -       -       -
POST /desk/track/findings/<code>/publish       -     -    yes       -            yes     -       -
POST /desk/track/findings/<code>/supersede     -     -    yes       -            yes     -       -
POST /desk/track/findings/<code>/verdicts/<verdict_id> - - yes      -            -       yes     -
POST /desk/track/findings/<code>/sound         -     -    yes       -            -       yes     -
GET  /desk/track/findings/<code>/sound/<version>.mp3     - yes yes  -            yes     yes     -
GET  /desk/track/peers                         -     yes  -         -            -       -       -
GET  /desk/track/peers/heard                   -     yes  -         -            -       -       -
GET  /desk/track/peers/heard/<code>            -     yes  -         -            -       -       -
POST /desk/track/peers/heard/<code>            -     yes  -         -            -       -       -
POST /desk/track/peers/heard/<code>/withdraw   -     yes  -         -            -       -       -
GET  /desk/track/peers/outcome                 -     yes  -         -            -       -       -
GET  /desk/track/peers/home                    -     yes  -         -            -       -       -
POST /desk/track/peers/home                    -     yes  -         -            -       -       -
GET  /desk/track/peers/code                    -     yes  -         -            -       -       -
POST /desk/track/peers/code                    -     yes  -         -            -       -       -
GET  /desk/track/proposals                     yes   yes  yes       -            yes     yes     -
POST /desk/track/proposals                     -     -    -         -            yes     -       -
GET  /desk/track/proposals/new                 -     -    -         -            yes     -       -
GET  /desk/track/proposals/<code>              yes   yes  yes       -            yes     yes     -
GET  /desk/track/proposals/<code>/edit         -     -    -         -            yes     -       -
POST /desk/track/proposals/<code>              -     -    -         -            yes     -       -
POST /desk/track/proposals/<code>/submit       -     -    -         -            yes     -       -
POST /desk/track/proposals/<code>/withdraw     -     -    -         -            yes     -       -
POST /desk/track/proposals/<code>/evaluate     -     -    -         -            yes     -       -
POST /desk/track/proposals/<code>/answer       -     -    -         -            yes     -       -
POST /desk/track/proposals/<code>/reopen       -     -    -         -            yes     -       -
POST /desk/track/proposals/<code>/research     -     -    -         -            yes     -       -
GET  /desk/track/research                      yes   yes  yes       -            yes     yes     -
POST /desk/track/research                      -     -    -         -            yes     yes     -
GET  /desk/track/research/new                  -     -    -         -            yes     yes     -
GET  /desk/track/research/<code>               yes   yes  yes       -            yes     yes     -
GET  /desk/track/research/<code>/edit          -     -    -         -            yes     yes     -
GET  /desk/track/research/<code>/file          -     -    yes       -            yes     yes     -
POST /desk/track/research/<code>               -     -    -         -            yes     yes     -
POST /desk/track/research/<code>/relations     -     -    -         -            yes     yes     -
POST /desk/track/research/<code>/review        -     -    -         -            -       yes     -
POST /desk/track/research/<code>/publish       -     -    -         -            yes     yes     -
POST /desk/track/research/<code>/withdraw      -     -    -         -            yes     yes     -
GET  /desk/track/actions                       yes   yes  yes       -            yes     yes     -
POST /desk/track/actions                       -     -    -         -            yes     -       -
GET  /desk/track/actions/new                   -     -    -         -            yes     -       -
GET  /desk/track/actions/<code>                yes   yes  yes       -            yes     yes     -
GET  /desk/track/actions/<code>/edit           -     -    -         -            yes     -       -
POST /desk/track/actions/<code>                -     -    -         -            yes     -       -
POST /desk/track/actions/<code>/start          -     -    -         -            yes     -       -
POST /desk/track/actions/<code>/pause          -     -    -         -            yes     -       -
POST /desk/track/actions/<code>/progress       -     -    -         -            yes     -       -
POST /desk/track/actions/<code>/milestones     -     -    -         -            yes     -       -
POST /desk/track/actions/<code>/milestones/<number> -     -    -         -            yes     -       -
POST /desk/track/actions/<code>/evidence       yes   -    -         -            yes     -       -
POST /desk/track/actions/<code>/evidence/<number> -     -    -         -            yes     -       -
POST /desk/track/actions/<code>/seen           -     -    yes       -            yes     -       -
POST /desk/track/actions/<code>/drop           -     -    -         -            yes     -       -
POST /desk/track/actions/<code>/reopen         -     -    -         -            yes     -       -
GET  /desk/track/decisions                     yes   yes  yes       -            yes     yes     -
POST /desk/track/decisions                     -     -    -         -            yes     -       -
GET  /desk/track/decisions/new                 -     -    -         -            yes     -       -
GET  /desk/track/decisions/<code>              yes   yes  yes       -            yes     yes     -
GET  /desk/track/decisions/<code>/edit         -     -    -         -            yes     -       -
POST /desk/track/decisions/<code>              -     -    -         -            yes     -       -
POST /desk/track/decisions/<code>/confirm      -     -    yes       -            yes     -       -
POST /desk/track/decisions/<code>/publish      -     -    -         -            yes     -       -
POST /desk/track/decisions/<code>/drop         -     -    -         -            yes     -       -
GET  /desk/track/telling                       -     -    yes       -            yes     -       -
GET  /desk/track/telling/<code>                -     -    yes       -            yes     -       -
GET  /desk/track/telling/<code>/edit           -     -    yes       -            yes     -       -
POST /desk/track/telling/<code>                -     -    yes       -            yes     -       -
POST /desk/track/telling/<code>/approve        -     -    yes       -            yes     -       -
POST /desk/track/telling/<code>/take-down      -     -    yes       -            yes     -       -

GET  /desk/track/presence                      -     -    yes       -            yes     yes     -
GET  /desk/track/presence/groups               -     -    yes       -            yes     yes     -
POST /desk/track/presence/groups               -     -    -         -            yes     yes     -
POST /desk/track/presence/groups/confirm       -     -    -         -            yes     yes     -
GET  /desk/offers                              yes   -    yes       -            yes     yes     yes
GET  /desk/offers/<key>                        -     -    -         -            -       -       yes
POST /desk/offers/<key>                        -     -    -         -            -       -       yes
POST /desk/offers/<key>/overview               -     -    -         -            -       -       yes
POST /desk/offers/nearby                       -     -    -         -            yes     yes     yes
GET  /desk/releases                            -     -    yes       -            yes     yes     -
GET  /desk/releases/<code>                     -     -    yes       -            yes     yes     -
POST /desk/releases/<code>/preview             -     -    -         -            yes     yes     -
POST /desk/releases/<code>/sign                -     -    yes       -            yes     -       -
GET  /desk/exports                             -     -    -         -            yes     yes     -
GET  /desk/exports/microdata                   -     -    -         -            yes     yes     -
POST /desk/exports/microdata                   -     -    -         -            yes     yes     -
GET  /desk/exports/decidim                     -     -    -         -            yes     yes     -
POST /desk/exports/decidim/<name>              -     -    -         -            yes     yes     -
POST /desk/exports/decidim/numbers             -     -    -         -            yes     yes     -
POST /desk/exports/decidim/links               -     -    -         -            yes     yes     -
GET  /desk/exports/forms                       -     -    -         -            yes     yes     -
POST /desk/exports/forms/<survey_id>.<kind>    -     -    -         -            yes     yes     -

GET  /desk/simulator                           -     -    yes       -            -       -       yes
POST /desk/simulator                           -     -    yes       -            -       -       yes
GET  /desk/simulator/<rehearsal_id>            -     -    yes       -            -       -       yes
POST /desk/simulator/<rehearsal_id>/<act>      -     -    yes       -            -       -       yes
GET  /desk/simulator/<rehearsal_id>/script     -     -    yes       -            -       -       yes
"""
"""As privacy promises it; what a role then sees of a page is tested beside the page."""

OPEN = """
GET  /                   public
GET  /s/<code>           public
POST /s/<code>           public
GET  /S/<code>           public
POST /S/<code>           public
GET  /kvittering         public
POST /kvittering         public
GET  /lyd/<name>         public
GET  /resultater         public
GET  /resultater.atom    public
GET  /resultater/<release_id> public
GET  /resultater/kort        public
GET  /resultater/spor        public
GET  /resultater/spor/<code> public
GET  /api/v1/track.json      public
GET  /api/v1/actions/<code>/outcome.json public
GET  /api/v1/dossiers/<phase>.zip public
GET  /resultater/<release_id>/<table> public
GET  /api/v1/releases    public
GET  /api/v1/releases/<release_id>.<format_name> public
GET  /api/v1/dictionary.<format_name> public
GET  /api/v1/opendata/<year>.zip public
GET  /hjaelp             public
GET  /privatliv          public
GET  /moderation         public
GET  /tilgaengelighed    public
GET  /was                public

GET  /kiosk              public
POST /kiosk              kiosk
GET  /kiosk/kvittering   kiosk
POST /kiosk/kvittering   kiosk
POST /kiosk/enrol        public
POST /kiosk/unenrol      kiosk
GET  /kiosk/pack.json    kiosk
GET  /kiosk/sw.js        kiosk
GET  /kiosk/app.webmanifest public
GET  /kiosk/static/<name> public
GET  /kiosk/audio/<name> public
POST /kiosk/api/v1/responses kiosk
GET  /kiosk/api/v1/ping  public
POST /kiosk/api/v1/heartbeat kiosk

POST /sms/<carrier>      provider
POST /sms/<carrier>/status provider

GET  /desk/login         public
POST /desk/login         public
GET  /desk/code          public
POST /desk/code          public
GET  /desk/elsewhere     public
GET  /desk/elsewhere/back public
GET  /healthz            public
GET  /readyz             public
GET  /metrics            operator
GET  /static/<filename>  public
"""
"""Addresses without sign-in: for everybody, or for who proves itself in another way."""

SAMPLES = {"code": "GH1", "name": "nobody", "survey_id": "five_tap"}
PLACE = re.compile(r"<(?:(any\((\w+)[^)]*\)|\w+):)?(\w+)>")


WAYS_IN = {"/desk/login", "/desk/code", "/desk/elsewhere", "/desk/elsewhere/back"}


def rows(table: str) -> Iterator[tuple[str, str, list[str]]]:
    for line in table.strip().splitlines():
        if line.startswith(("GET", "POST")):
            method, rule, *cells = line.split()
            yield method, rule, cells


ROLES = DESK.split("GET", 1)[0].split()
ALLOWED = {
    (method, rule): {role for role, cell in zip(ROLES, cells, strict=True) if cell == "yes"}
    for method, rule, cells in rows(DESK)
}
WITHOUT_SIGN_IN = {(method, rule): {cells[0]} for method, rule, cells in rows(OPEN)}


@dataclass(frozen=True)
class Route:
    """One method at one address: its row in the table, a way to ask for it, and who the view names."""

    method: str
    rule: str
    address: str
    who: frozenset[str]

    @property
    def key(self) -> tuple[str, str]:
        return self.method, self.rule

    def ask(self, client: FlaskClient) -> TestResponse:
        return client.open(self.address, method=self.method, headers={"Sec-Fetch-Site": "same-origin"})


def routes(app: Flask) -> list[Route]:
    return [
        Route(method, PLACE.sub(r"<\3>", rule.rule), PLACE.sub(sample, rule.rule), access.declared(app, rule.endpoint))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def sample(place: re.Match[str]) -> str:
    """Something to ask for: the first of a choice, a thing of the demo, or an id that is nobody's."""
    converter, choice, name = place.groups()
    return choice or SAMPLES.get(name, "1" if converter == "int" else "0" * 32)


def desk_routes(app: Flask) -> list[Route]:
    return [route for route in routes(app) if route.key in ALLOWED]


def test_every_route_has_a_row_and_every_row_a_route(app: Flask) -> None:
    assert {route.key for route in routes(app)} == set(ALLOWED) | set(WITHOUT_SIGN_IN)


def test_every_view_names_exactly_who_the_table_names(app: Flask) -> None:
    table = ALLOWED | WITHOUT_SIGN_IN

    assert [(route.key, route.who) for route in routes(app) if route.who != table.get(route.key)] == []


def test_everything_of_the_desk_but_the_sign_in_page_needs_a_role() -> None:
    assert {rule for _, rule in WITHOUT_SIGN_IN if rule.startswith("/desk")} == WAYS_IN


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_the_table_says_and_posts_nothing_without_a_form(
    app: Flask, sign_in: Callable[..., FlaskClient], role: str
) -> None:
    if not (IN_FULL or db.is_sqlite()):
        pytest.skip("the same doors: both databases in full")
    client = sign_in(role)

    wrong = {}
    for route in desk_routes(app):
        response = route.ask(client)
        if response.status_code not in expected(route, let_in=role in ALLOWED[route.key]):
            wrong[route.key] = response.status

    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_who_works_at_a_place_opens_the_pages_of_that_one_and_staff_of_no_other(
    app: Flask, content: None, role: str, figure: Callable[[str], None]
) -> None:
    if not (IN_FULL or db.is_sqlite()):
        pytest.skip("the same doors: both databases in full")
    tablets = {code: Tablet.enrolled(app, code).device for code in ("GH1", "GH2")}
    client = factories.browser_of(app, factories.a_user(role, "GH1"))
    pages = [route for route in desk_routes(app) if route.method == "GET" and OF_A_PLACE.search(route.rule)]
    pages = [route for route in pages if IN_FULL or not route.rule.endswith(".pdf")]  # typeset anew each time

    wrong = {}
    for code, device in tablets.items():
        is_shut = role == "staff" and code != "GH1"
        for route in pages:
            found = client.get(of_a_place(route.rule, code, device)).status_code
            if found != (403 if role not in ALLOWED[route.key] else 404 if is_shut else 200):
                wrong[code, route.rule] = found

    figure(f"{len(ALLOWED)} routes of the desk x {len(ROLES)} roles and nobody, those of a place x own and other")
    assert (len(pages) >= 6, wrong) == (True, {})


def test_who_is_not_signed_in_is_sent_to_sign_in_everywhere(app: Flask, content: None) -> None:
    client = factories.Browser(app, app.response_class)

    assert [route.key for route in desk_routes(app) if not sent_to_sign_in(route.ask(client))] == []


@pytest.mark.requirement("R14")
def test_the_token_of_a_tablet_opens_its_own_pages_and_none_of_the_desk(
    app: Flask, content: None, figure: Callable[[str], None]
) -> None:
    cookie = Tablet.enrolled(app, "GH1").client.get_cookie("kiosk", path="/kiosk")
    assert cookie is not None
    thief = factories.Browser(app, app.response_class)
    for name in ("kiosk", "stemme"):
        thief.set_cookie(name, cookie.value)
    opened = [route.key for route in desk_routes(app) if not sent_to_sign_in(route.ask(thief))]

    figure(f"{len(opened)} of {len(ALLOWED)} addresses of the desk open to a tablet")
    assert opened == []
    assert thief.get("/kiosk/pack.json").status_code == 200


OF_A_PLACE = re.compile(r"^/desk/(?:sites/<code>|kiosks/<device>|languages/places/<code>)")


def of_a_place(rule: str, code: str, device: str) -> str:
    return rule.replace("<code>", code).replace("<device>", device).replace("<name>", "poster")


LEADS_ON = frozenset({"/desk/track/peers/code"})
"""Whoever has not said where they belong is asked that first."""


def expected(route: Route, *, let_in: bool) -> set[int]:
    """A page opens; what is not there is not found; a post without a form is refused; the rest is not for this role."""
    if not let_in:
        return {403}
    if route.method == "POST":
        return {404, 422}
    return {200, 303, 404} if "<" in route.rule or route.rule in LEADS_ON else {200}


def sent_to_sign_in(response: TestResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/desk/login")
