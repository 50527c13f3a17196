"""Decidim: our files equal the oracle's byte for byte, and its export is read back by exact title."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from app.desk.track.exchange import decidim, decidim_export, for_decidim
from app.desk.track.exchange.decidim import Idea, NotForDecidim, Reply, Result
from app.publication.track import Entry

ORACLE = Path(__file__).parents[3] / "oracles" / "interop"
FRIDAY = Idea(
    code="F3",
    title={"da": "Åbent hele natten om fredagen", "en": "Open all night on Fridays"},
    body={
        "da": "Vi foreslår, at Gadens Hus Ankeret holder åbent hele natten om fredagen. 41 af 96 svar talte om "
              "åbningstider.",
        "en": "We propose that Gadens Hus Ankeret stays open all night on Fridays. 41 of 96 answers spoke of opening "
              "hours.",
    },
    taxonomies=(12, 14),
)  # fmt: skip
CONTACT = Idea(
    code="F4",
    title={"da": "Den samme kontaktperson hele vejen", "en": "The same contact person all the way"},
    body={
        "da": "Vi foreslår, at to kommuner aftaler, hvem der følger op, når en borger flytter. Nogle svar sagde: "
              '"Jeg blev sendt rundt".',
        "en": "We propose that two municipalities agree who follows up when a person moves. Some answers said: "
              '"I was sent around".',
    },
    taxonomies=(12,),
)  # fmt: skip
REPLIES = (
    Reply(
        id=417,
        state="partly_accepted",
        answer={
            "da": "Ja. Huset holder åbent til kl. 02 om fredagen fra 1. maj 2027. Hele natten er ikke muligt endnu, "
                  "fordi der mangler en nattevagt.",
            "en": "Yes. The house stays open until 2 a.m. on Fridays from 1 May 2027. All night is not possible yet, "
                  "because a night guard is missing.",
        },
    ),
    Reply(
        id=418,
        state="evaluating",
        answer={
            "da": "De to kommuner mødes 12. april 2027.",
            "en": "The two municipalities meet on 12 April 2027.",
        },
    ),
)  # fmt: skip
RESULTS = (
    Result(
        title={"da": "Åbent til kl. 02 om fredagen", "en": "Open until 2 a.m. on Fridays"},
        description={
            "da": "I sagde: Der er lukket, når vi har mest brug for det. Vi gjorde: Huset holder åbent til kl. 02 om "
                  "fredagen.",
            "en": "You said: It is closed when we need it most. We did: The house stays open until 2 a.m. on Fridays.",
        },
        start_date=date(2027, 5, 1), end_date=date(2027, 6, 30), status="3", progress=60,
    ),
    Result(
        title={"da": "Aftale om hvem der følger op", "en": "Agreement on who follows up"},
        description={
            "da": "I sagde: Vi bliver sendt rundt. Vi gør: To kommuner skriver en fælles aftale.",
            "en": "You said: We are sent around. We are doing: Two municipalities write a joint agreement.",
        },
        start_date=date(2027, 4, 12), end_date=date(2027, 9, 30), status="2", progress=20,
    ),
)  # fmt: skip


def an_entry(**changes: object) -> Entry:
    """A proposal as the public has it."""
    given: dict[str, object] = {
        "code": "F3", "kind": "proposal", "state": "submitted", "first_on": date(2027, 3, 1),
        "changed_on": date(2027, 3, 1), "title": {"da": "vi foreslår åbent hele natten. Også i ferien."},
    }  # fmt: skip
    return Entry(**given | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("decidim_proposals.csv", decidim.proposals_csv([FRIDAY, CONTACT])),
        ("decidim_proposals.json", decidim.proposals_json([FRIDAY, CONTACT])),
        ("decidim_answers.csv", decidim.answers_csv(REPLIES)),
        ("decidim_results.csv", decidim.results_csv(RESULTS)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_equals_the_oracle(name: str, written: bytes) -> None:
    assert written == (ORACLE / name).read_bytes()


@pytest.mark.parametrize("sign", ["=1+1", "+45", "-2", "@a", "\tx", "\rx", "＝1", "＋1", "－1", "＠a"])
def test_no_cell_is_a_formula(sign: str) -> None:
    reply = Reply(id=1, state="rejected", answer={"da": sign, "en": sign})
    done = Result(title={"da": sign}, description={"da": sign}, progress=1)

    for written in (decidim.answers_csv([reply]), decidim.results_csv([done])):
        cells = [cell for row in csv.reader(io.StringIO(written.decode(), newline=""), delimiter=";") for cell in row]
        assert f"'{sign}" in cells
        assert sign not in cells


@pytest.mark.parametrize("title", ["For kort titel", "den begynder med småt her", "L" + "å" * 150])
def test_a_title_decidim_would_refuse_is_refused_here(title: str) -> None:
    with pytest.raises(NotForDecidim, match="F3"):
        decidim.proposals_csv([Idea(code="F3", title={"da": title}, body=FRIDAY.body)])


def test_the_title_is_the_first_sentence_of_what_is_asked() -> None:
    long = "Vi foreslår " + "åbent hele natten " * 20

    assert for_decidim.titles(an_entry()) == {"da": "Vi foreslår åbent hele natten"}
    assert for_decidim.titles(an_entry(title={"da": "Åbent til kl. 02. Altid."}))["da"] == "Åbent til kl. 02"
    assert len(for_decidim.titles(an_entry(title={"da": long}))["da"]) <= decidim.LONGEST_TITLE


def test_only_answers_of_known_proposals_go_out() -> None:
    answered = {
        "parts": {"answer": {"state": "rejected", "words": "Nej.\nIkke nu.", "by": "Rådet", "on": "2027-05-01"}}
    }
    public = [
        an_entry(state="rejected", **answered),
        an_entry(code="F4", state="submitted"),
        an_entry(code="F5", state="evaluating"),
    ]

    assert for_decidim.replies(public, {"F3": 417, "F4": 418}) == [
        Reply(id=417, state="rejected", answer={"da": "Nej. Ikke nu."})
    ]


def test_their_export_is_matched_by_exact_title_alone() -> None:
    listed = decidim_export.read((ORACLE / "decidim_proposals_back.csv").read_bytes())
    ours = {"F3": ["Åbent hele natten om fredagen"], "F9": ["Åbent hele natten om lørdagen"]}

    here, nowhere = decidim_export.matched(ours, listed)

    assert [(one.id, one.reference) for one in here.found] == [(417, "GS-PROP-2027-02-417")]
    assert nowhere.found == ()


@pytest.mark.parametrize(
    "content", [b"", b"a;b\n1;2\n", b"id;title\nx;Noget\n", b"id;title\n0;Noget\n", b"\xff\xfe", b"id\n1\n"]
)
def test_what_decidim_did_not_export_is_refused(content: bytes) -> None:
    with pytest.raises(decidim_export.ExportRefused):
        decidim_export.read(content)


def test_an_address_one_may_not_follow_is_not_kept() -> None:
    (one,) = decidim_export.read(b"id;title;url\n7;Noget;javascript:alert(1)\n")

    assert one.url == ""
