"""What a tablet takes along: the survey in every language, and files whose names change with what is in them."""

import gzip
import json
import re
from datetime import date

from flask import Flask

from app.channels.kiosk import files
from app.core import db, i18n
from app.publication import told
from app.surveys import kiosk_sentences, pictures, sites
from tests.channels.kiosk.conftest import Connect
from tests.channels.kiosk.tablet import Tablet
from tests.content import demo_surveys
from tests.publication.telling import tell

HEAVIEST = 25 * 1024
"""Bytes of the shell in all languages, gzipped."""


def test_the_pack_has_what_the_place_asks(tablet: Tablet) -> None:
    pack = tablet.pack()

    survey = next(one for one in demo_surveys() if one.id == "five_tap")
    asked = pack["survey"]
    assert (asked["id"], asked["version"], asked["minutes"]) == ("five_tap", 1, survey.minutes)
    assert [one["id"] for one in asked["questions"]] == [one.id for one in survey.questions]
    assert asked["questions"][0]["text"]["da"] == survey.questions[0].text["da"]
    shown = next(one for one in asked["questions"] if one["show_if"])
    assert shown["show_if"] == {"question": "safe", "is": ["no", "partly"]}
    assert pack["site"]["hours"][1] == [(24 + 8) * 60, (24 + 20) * 60, "8"]
    assert (pack["site"]["code"], pack["device"]) == ("GH1", tablet.device)


def test_every_picture_of_an_answer_is_there(tablet: Tablet) -> None:
    pack = tablet.pack()

    named = {option["picture"] for question in pack["survey"]["questions"] for option in question["options"]} - {None}
    assert named
    assert named <= set(pack["pictures"])
    drawn = [picture for name in pictures.names() if (picture := pictures.get(name))]
    assert all(line.startswith("M") for picture in drawn for line in picture.paths), "joined as they are"


def test_every_sentence_is_there_in_danish_and_english(tablet: Tablet) -> None:
    pack = tablet.pack()

    every = {*kiosk_sentences.FOR_CITIZENS, *kiosk_sentences.FOR_STAFF}
    assert set(pack["ui"]["da"]) == set(pack["ui"]["en"]) == every
    assert pack["ui"]["da"]["start"] == "Start"
    assert set(pack["ui"]["ar"]) <= set(kiosk_sentences.FOR_CITIZENS)


def test_what_a_language_lacks_is_left_out_and_nobody_reads_a_mixture(tablet: Tablet) -> None:
    pack = tablet.pack()

    assert all(sentence for ui in pack["ui"].values() for sentence in ui.values())
    english = pack["ui"]["en"]
    copied = [key for key, said in pack["ui"]["ar"].items() if said == english[key] and len(said) > 20]
    assert copied == []


def test_languages_say_their_direction_and_whether_somebody_has_read_them(tablet: Tablet) -> None:
    langs = {one["code"]: one for one in tablet.pack()["langs"]}

    assert list(langs) == list(i18n.LANGUAGES)
    assert (langs["da"]["unreviewed"], langs["fa"]["unreviewed"]) == (False, True)
    assert (langs["ar"]["dir"], langs["ar"]["name"]) == ("rtl", "العربية")


def test_words_to_draw_are_a_thousand_and_twenty_four(tablet: Tablet) -> None:
    assert len(set(tablet.pack()["words"])) == 1024


def test_help_is_there_without_net_and_112_comes_first(tablet: Tablet) -> None:
    lines = tablet.pack()["help"]["da"]

    assert lines[0]["number"] == "112"
    assert len(lines) > 2


def test_sounds_can_be_fetched_in_parts(tablet: Tablet) -> None:
    sound = tablet.pack()["survey"]["questions"][0]["audio"]["da"]

    whole = tablet.client.get(sound)
    part = tablet.client.get(sound, headers={"Range": "bytes=100-199"})
    beyond = tablet.client.get(sound, headers={"Range": f"bytes={len(whole.data)}-"})

    assert (whole.status_code, whole.mimetype, whole.headers["Accept-Ranges"]) == (200, "audio/mpeg", "bytes")
    assert "immutable" in whole.headers["Cache-Control"]
    assert (part.status_code, part.data) == (206, whole.data[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole.data)}"
    assert beyond.status_code == 416
    assert {tablet.client.get(f"/kiosk/audio/{name}").status_code for name in ("0" * 32 + ".mp3", "%00")} == {404}


def test_an_unchanged_pack_is_not_sent_again(tablet: Tablet) -> None:
    first = tablet.client.get("/kiosk/pack.json")

    again = tablet.client.get("/kiosk/pack.json", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "no-cache"


def test_the_version_changes_with_the_place_and_with_what_is_the_tablets_own(tablet: Tablet, connect: Connect) -> None:
    version = tablet.pack()["id"]
    neighbour = connect(idle=90).pack()["id"]
    site = sites.by_code("GH1")
    assert site is not None
    site.name = "Et nyt navn"
    db.db.session.commit()

    assert re.fullmatch(r"[0-9a-f]{16}", version)
    assert len({version, neighbour, tablet.pack()["id"]}) == 3


def test_a_place_that_does_not_ask_has_no_survey(tablet: Tablet) -> None:
    site = sites.by_code("GH1")
    assert site is not None
    site.is_open = False
    db.db.session.commit()

    assert tablet.pack()["survey"] is None
    assert "Vi spørger ikke her lige nu" in tablet.page()


def test_one_line_tells_what_became_of_it(tablet: Tablet) -> None:
    before = tablet.pack()["said"]
    tell("B1", said="Der er lukket for tit.", body="Nu er der åbent om søndagen.", on=date(2026, 2, 1))
    tell("B2", on=date(2026, 2, 2), channels=("web",))
    tell("B3", on=date(2026, 2, 3), places=("MUE2",))
    db.db.session.commit()
    everywhere = tablet.pack()
    tell("B4", on=date(2026, 1, 1), body="Her er åbent nu.", places=("GH1",))
    db.db.session.commit()
    here = tablet.pack()
    told.retire("B4")
    told.retire("B1")
    db.db.session.commit()

    line = "I sagde: Der er lukket for tit. Vi gjorde: Nu er der åbent om søndagen."
    assert (before, everywhere["said"]) == (None, {"da": line})
    assert here["said"] == {"da": "I sagde: Der er lukket. Vi gjorde: Her er åbent nu."}
    assert tablet.pack()["said"] is None
    assert len({everywhere["id"], here["id"], tablet.pack()["id"]}) == 3, "so a tablet fetches it anew"


def test_the_worker_may_rule_the_shell_above_it(tablet: Tablet) -> None:
    worker = tablet.client.get("/kiosk/sw.js")

    assert worker.headers["Service-Worker-Allowed"] == "/kiosk"
    assert worker.mimetype == "text/javascript"
    assert "connect-src 'self'" in worker.headers["Content-Security-Policy"]
    kept = json.loads(worker.text.split("\n", 1)[0].removeprefix("self.KIOSK=").removesuffix(";"))
    assert kept["version"] == tablet.pack()["id"]
    assert [tablet.client.get(file).status_code for file in kept["files"]] == [200] * len(kept["files"])


def test_a_stranger_gets_neither_pack_nor_worker(app: Flask, content: None) -> None:
    assert [app.test_client().get(path).status_code for path in ("/kiosk/pack.json", "/kiosk/sw.js")] == [401, 401]


def test_files_never_change_under_their_names(app: Flask, content: None) -> None:
    for file in (files.script(), files.staff_script(), files.style(), files.plain_style(), files.icon()):
        served = app.test_client().get(file.address)
        assert (served.status_code, served.data) == (200, file.content)
        assert "immutable" in served.headers["Cache-Control"]
    assert app.test_client().get("/kiosk/static/app.js").status_code == 404


def test_the_shell_is_light_in_all_languages(tablet: Tablet) -> None:
    shell = gzip.compress(tablet.client.get("/kiosk").data, 9)
    pack = gzip.compress(tablet.client.get("/kiosk/pack.json").data, 9)

    assert len(shell) + len(pack) <= HEAVIEST


def test_the_shell_locks_its_page(tablet: Tablet) -> None:
    shell = tablet.client.get("/kiosk")

    policy = shell.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "'unsafe-inline'" not in policy
    assert "require-trusted-types-for 'script'; trusted-types sw" in policy
    assert shell.headers["Cache-Control"] == "no-store"
    assert " style=" not in shell.text
    assert " on" not in re.sub(r">[^<]*<", "><", shell.text).replace(" only", "")


def test_it_can_be_installed(app: Flask, content: None) -> None:
    told_of = app.test_client().get("/kiosk/app.webmanifest")

    assert told_of.mimetype == "application/manifest+json"
    assert (told_of.get_json()["start_url"], told_of.get_json()["scope"]) == ("/kiosk", "/kiosk")
    assert app.test_client().get(told_of.get_json()["icons"][0]["src"]).status_code == 200
