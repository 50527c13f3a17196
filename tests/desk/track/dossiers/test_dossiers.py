"""Dossiers: frozen with a hash over everything and over the one before, and proved on any machine."""

import io
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document as WordDocument
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.commands.verifying import verify
from app.core import db
from app.desk.accounts.models import User
from app.desk.track import states
from app.desk.track.decisions import queries as decisions
from app.desk.track.dossiers import dossiers, files, verification
from app.desk.track.dossiers import models as desk
from app.desk.track.dossiers.dossiers import DossierRefused
from app.desk.track.dossiers.models import Dossier
from app.desk.track.gates import gate, in_public, passing
from app.desk.track.phases.models import Phase
from app.publication import frozen, track
from app.publication.dossiers import copies
from app.publication.dossiers import models as public
from app.publication.formats import json
from tests.desk.accounts.factories import a_user
from tests.desk.track import factories
from tests.desk.track.factories import PHASE, TODAY
from tests.desk.track.gates.test_gate import BECAUSE, WAIVABLE

WORDS = "Når jeg er færdig med at samle flasker, er døren låst."


def on_paper(html: str) -> bytes:
    """What stands for the PDF: making a real one is tested with the posters, and takes a second each time."""
    return b"%PDF-1.7 " + html.encode()


@pytest.fixture
def decided(quarter: None) -> Phase:
    """A phase with a finding, a proposal and a decision that is told, decided today."""
    phase = factories.a_phase()
    finding = factories.a_finding("published")
    shown = track.entry(finding.code)
    assert shown
    track.show(type(shown)(**{**vars(shown), "parts": {**shown.parts, "quotes": [WORDS]}}))
    decision = factories.a_decision("published", told=True, of=factories.a_proposal("submitted", on=finding))
    council = a_user("council")
    for number in WAIVABLE:
        gate.give_reason(phase, number, BECAUSE, council)
    passing.decide(phase, TODAY)
    in_public.show(phase, TODAY)
    db.db.session.commit()
    assert decision.code == "B1"
    return phase


def freeze(phase: Phase, by: User | None = None) -> Dossier:
    ready = dossiers.prepare(phase.key, TODAY, write_pdf=on_paper)
    frozen_one = dossiers.freeze(ready, phase, by or a_user("council"), TODAY)
    db.db.session.commit()
    return frozen_one


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_dossier_holds_everything_and_names_every_byte_that_changes(decided: Phase, tmp_path: Path) -> None:
    content = freeze(decided).archive
    parts = unpacked(content)
    document = json.read(parts["dossier.json"])

    assert list(parts) == [
        "dossier.json", "dossier.html", "dossier.pdf", "dossier.docx", "releases/2026-Q1.json", "sha256sums.txt",
    ]  # fmt: skip
    assert [one["code"] for kind in ("findings", "proposals", "decisions") for one in document[kind]] == [
        "U1", "F1", "B1",
    ]  # fmt: skip
    assert len(document["phase"]["parts"]["gate"]) == 10
    assert document["releases"][0]["hash"].startswith("sha256:")
    assert {one["id"] for one in document["surveys"]} == {"five_tap", "sms_core"}
    assert "41 af 96 svar" in parts["dossier.html"].decode()
    assert any("41 af 96 svar" in one.text for one in WordDocument(io.BytesIO(parts["dossier.docx"])).paragraphs)
    assert document["findings"][0]["parts"]["quotes"] == [{"words": "–", "sha256": files.sha256(WORDS.encode())}]
    assert not [name for name, one in parts.items() if b"samle flasker" in one]
    assert list(verification.of_file(content)) == []
    _run_sha256sum(parts, tmp_path, changed=None)
    for name in parts:
        broken = {**parts, name: parts[name][:-3] + b"x" + parts[name][-2:]}
        assert any(name in fault or name == "sha256sums.txt" for fault in verification.of_file(packed(broken))), name
    _run_sha256sum(parts, tmp_path, changed="dossier.html")


def test_whoever_changes_a_file_and_its_sum_is_found_by_the_hash(decided: Phase) -> None:
    parts = unpacked(freeze(decided).archive)
    forged = parts["dossier.json"].replace(b"41 af 96", b"91 af 96")
    assert forged != parts["dossier.json"]
    resummed = {**parts, "dossier.json": forged}
    resummed["sha256sums.txt"] = files.sums({name: one for name, one in resummed.items() if name != files.SUMS})

    assert list(verification.of_file(packed(resummed))) == ["dossier.json: the hash is not that of the document"]
    for broken in ({"dossier.json": b"{}"}, {"dossier.json": b"no"}, {}):
        assert list(verification.of_file(packed(broken)))
    assert list(verification.of_file(b"no zip"))


def test_dossiers_are_chained_and_a_second_person_lets_one_out(decided: Phase, client: FlaskClient) -> None:
    council, address = a_user("council"), f"/api/v1/dossiers/{PHASE}.zip"
    first = freeze(decided, council)
    second = freeze(decided)
    assert (first.previous_hash, second.previous_hash) == (json.NO_HASH, first.hash)
    assert first.hash != second.hash

    with pytest.raises(states.OnePersonTwice):
        dossiers.publish(first, council, TODAY)
    alone = "UPDATE dossier SET state = 'published', published_on = frozen_on, published_by_id = frozen_by_id"
    with pytest.raises(IntegrityError, match="two_people"), db.db.session.begin_nested():
        db.connection().exec_driver_sql(alone)
    assert client.get(address).status_code == 404
    dossiers.publish(first, a_user("moderator"), TODAY)
    in_public.show(decided, TODAY)
    db.db.session.commit()
    found = client.get(address)
    assert (found.data, found.content_type) == (first.archive, "application/zip")
    assert found.get_etag()[0] == copies.sha256(first.archive)
    assert client.get(f"{address}?phase=x").status_code == 404
    assert address in client.get(f"/resultater/spor/{PHASE}").text
    with pytest.raises(states.StepRefused):
        dossiers.publish(first, a_user("moderator"), TODAY)
    track.hide("U1")  # what is taken off the pages later changes nothing that is frozen
    assert list(verification.faults()) == []


def test_what_changed_while_the_files_were_made_is_not_frozen(decided: Phase) -> None:
    ready = dossiers.prepare(decided.key, TODAY, write_pdf=on_paper)
    entry = track.entry("U1")
    assert entry
    track.show(type(entry)(**{**vars(entry), "state": "superseded"}))

    with pytest.raises(states.ChangedMeanwhile):
        dossiers.freeze(ready, decided, a_user("council"), TODAY)


def test_a_phase_that_is_not_decided_has_no_dossier(quarter: None) -> None:
    factories.a_phase()

    with pytest.raises(DossierRefused, match="afgjort"):
        dossiers.prepare(PHASE, TODAY, write_pdf=on_paper)


def test_a_decision_that_nobody_can_read_is_in_no_dossier(decided: Phase) -> None:
    first = decisions.at_gate(PHASE)[0]
    factories.a_decision("taken", of=first.proposals[0], corrects_number=first.number)

    with pytest.raises(DossierRefused, match="B2"):
        dossiers.prepare(PHASE, TODAY, write_pdf=on_paper)


def test_a_decision_that_no_second_person_has_confirmed_holds_no_dossier_up(decided: Phase) -> None:
    first = decisions.at_gate(PHASE)[0]
    factories.a_decision("pending", of=first.proposals[0], corrects_number=first.number)

    ready = dossiers.prepare(PHASE, TODAY, write_pdf=on_paper)

    assert [one["code"] for one in ready.document["decisions"]] == ["B1"]


def test_the_database_keeps_a_dossier_and_verify_names_what_a_forger_changed(decided: Phase, tmp_path: Path) -> None:
    dossier = freeze(decided)
    dossiers.publish(dossier, a_user("moderator"), TODAY)
    db.db.session.commit()
    file = tmp_path / "dossier.zip"
    file.write_bytes(dossier.archive)
    for statement in (
        "UPDATE dossier SET hash = 'sha256:' || substr(hash, 8)", "UPDATE dossier SET state = 'frozen'",
        "DELETE FROM dossier", "UPDATE dossier_copy SET number = 9", "DELETE FROM dossier_copy",
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match="a frozen dossier never changes"):
            db.connection().execute(text(statement))
        db.db.session.rollback()

    forged = dossier.archive[:-30] + b"x" + dossier.archive[-29:]
    for statement in _lifted():
        db.connection().exec_driver_sql(statement)
    db.connection().execute(text("UPDATE dossier_copy SET content = :content"), {"content": forged})
    db.connection().execute(text("UPDATE dossier SET previous_hash = hash"))
    db.db.session.expire_all()

    assert set(verification.faults()) == {
        "dossier 1: it does not follow dossier 0",
        "dossier 1: the document names another hash",
        "dossier 1: the public copy is another one",
        "dossier 1: the public file has changed",
    }
    db.db.session.rollback()
    checked = CliRunner().invoke(verify, ["--dossier", str(file)])
    assert (checked.exit_code, checked.output) == (0, "Everything is as it was frozen.\n")
    file.write_bytes(forged)
    assert CliRunner().invoke(verify, ["--dossier", str(file)]).exit_code == 1


def _lifted() -> Iterator[str]:
    """As somebody with the whole database in their hands would."""
    dialect = "sqlite" if db.is_sqlite() else "postgresql"
    yield from frozen.lifted((*desk.GUARDED, *public.GUARDED), dialect)


def _run_sha256sum(parts: dict[str, bytes], folder: Path, *, changed: str | None) -> None:
    """As anybody does who has the file and no program of ours."""
    for name, content in parts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content + (b" " if name == changed else b""))
    run = subprocess.run(
        ["/usr/bin/sha256sum", "-c", "--quiet", "sha256sums.txt"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout == (f"{changed}: FAILED\n" if changed else "")
