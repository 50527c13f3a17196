"""Which help lines a place is given, and in what order."""

from dataclasses import replace
from datetime import date, timedelta

from app.surveys import help_lines
from app.surveys.help_lines import HelpLines
from tests.surveys.samples import ROOT

BOOK = help_lines.load((ROOT / "content" / "help_lines.json").read_text(encoding="utf-8"))
TODAY = date(2026, 10, 1)
LOCAL = {"da": "Sig det til en, der arbejder i huset.", "en": "Tell someone who works in the house."}


def keys(book: HelpLines, municipality: str = "Helsingør", region: str = "hovedstaden", lang: str = "da") -> list[str]:
    return [line.key for line in help_lines.for_place(book, municipality=municipality, region=region, lang=lang)]


def confirmed(key: str, on: date) -> HelpLines:
    lines = tuple(replace(line, verified_on=on) if line.key == key else line for line in BOOK.lines)
    return replace(BOOK, lines=lines)


def test_112_comes_first_then_the_near_lines_then_the_countrys() -> None:
    found = keys(BOOK, municipality="København")

    assert found[0] == "112"
    assert found.index("udsatteenheden-kbh") < found.index("1813") < found.index("livslinien")


def test_a_line_of_another_place_is_not_given() -> None:
    assert "skadestue-aalborg" not in keys(BOOK)
    assert "skadestue-aalborg" in keys(BOOK, municipality="Aalborg", region="nordjylland")


def test_the_police_are_given_only_to_who_asks_for_them() -> None:
    asked = help_lines.for_place(BOOK, municipality="", region="", lang="da", topics={"police"})

    assert "114" not in keys(BOOK)
    assert "114" in [line.key for line in asked]


def test_a_line_in_greenlandic_is_given_in_greenlandic() -> None:
    assert "tusaannga" not in keys(BOOK)
    assert "tusaannga" in keys(BOOK, lang="kl")


def test_a_line_without_a_known_number_has_no_sentence_and_is_never_given() -> None:
    assert BOOK.line("psyk-national") is None


def test_production_gives_112_alone_until_a_person_has_confirmed_the_rest() -> None:
    assert keys(help_lines.shown(BOOK, today=TODAY, is_production=True)) == ["112"]
    assert len(keys(help_lines.shown(BOOK, today=TODAY, is_production=False))) > 5


def test_a_confirmation_lasts_180_days() -> None:
    last = confirmed("livslinien", TODAY - timedelta(days=180))
    over = confirmed("livslinien", TODAY - timedelta(days=181))

    assert keys(help_lines.shown(last, today=TODAY, is_production=True)) == ["112", "livslinien"]
    assert keys(help_lines.shown(over, today=TODAY, is_production=True)) == ["112"]


def test_help_says_112_then_the_people_on_the_spot_then_the_worst_moments() -> None:
    said = help_lines.acute_sentences(BOOK, LOCAL, lang="da")

    assert said[:2] == ["Er du i fare? Ring 112.", "Sig det til en, der arbejder i huset."]
    assert "Slår eller truer nogen dig? Ring 1888. Det er gratis, og du er anonym." in said
    assert not any("alkohol" in sentence or "114" in sentence for sentence in said)


def test_help_for_a_language_without_lines_falls_back_as_a_sentence() -> None:
    assert help_lines.acute_sentences(BOOK, LOCAL, lang="pl")[0] == "In danger? Call 112."
    assert help_lines.acute_sentences(BOOK, LOCAL, lang="kl")[0] == "Er du i fare? Ring 112."
