"""`stemme survey check --script` and `stemme sms chat`, as somebody types them."""

import io
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from app import cli
from app.core.config import ROOT
from app.surveys import versions

SURVEY = ROOT / "content" / "surveys" / "sms_core.toml"
SCRIPTS = ROOT / "tests" / "oracles" / "dialogues"


class Done(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


Stemme = Callable[..., Done]


@pytest.fixture
def stemme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Stemme:
    """stemme("sms", "chat", typed="GH1") runs the command in a house of its own, which nobody has begun."""
    for name in [name for name in os.environ if name.startswith("STEMME_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("STEMME_ENV", "testing")
    monkeypatch.setenv("STEMME_INSTANCE_DIR", str(tmp_path / "instance"))

    def run(*words: object, typed: str = "") -> Done:
        versions.forget()
        monkeypatch.setattr(sys, "argv", ["stemme", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return Done(int(ended.value.code or 0), said.out, said.err)

    return run


def a_survey(folder: Path, old: str, new: str) -> Path:
    """sms_core with something else in it."""
    for path in SURVEY.parent.glob("sms_core*.toml"):
        shutil.copy(path, folder)
    changed = folder / SURVEY.name
    assert old in (text := changed.read_text("utf-8"))
    changed.write_text(text.replace(old, new), "utf-8")
    return changed


def test_conversations_are_played_against_the_survey_of_a_file(stemme: Stemme, tmp_path: Path) -> None:
    done = stemme("survey", "check", SURVEY, "--script", *sorted(SCRIPTS.glob("0*.txt")))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("plays as it is written.") == 9
    assert not (tmp_path / "instance").exists()


def test_the_file_is_asked_and_not_what_ships_under_its_name(stemme: Stemme, tmp_path: Path) -> None:
    changed = a_survey(tmp_path, "Hvordan var det her sidst? Svar 1-5.", "Hvordan var kaffen her? Svar 1-5.")
    talk = tmp_path / "talk.txt"
    talk.write_text("> GH1\n< {opening} {q1}\n< Hvordan var kaffen\n> 4\n< {q2} {q3}\n< {offer}\n", "utf-8")

    done = stemme("survey", "check", changed, "--script", talk)

    assert done.returncode == 1
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [f"{talk}:5", f"{talk}:6"]
    assert "{q3:da} is “Hvad skal vi lave om" in done.stderr


def test_a_survey_with_faults_is_not_played(stemme: Stemme, tmp_path: Path) -> None:
    changed = a_survey(tmp_path, "STOP=slut.", "STOP=slut!")

    done = stemme("survey", "check", changed, "--script", SCRIPTS / "01_whole_survey_danish.txt")

    assert done.returncode == 1
    assert done.stderr.startswith(f"{changed}:42: ")
    assert "01_whole" not in done.stderr


@pytest.mark.parametrize(
    ("talk", "said"),
    [("> GH1\nhej\n", "talk.txt:2: a line begins with"), ("", "talk.txt:1: nobody says anything")],
)
def test_a_script_that_makes_no_sense_is_one_line(stemme: Stemme, tmp_path: Path, talk: str, said: str) -> None:
    (tmp_path / "talk.txt").write_text(talk, "utf-8")

    done = stemme("survey", "check", SURVEY, "--script", tmp_path / "talk.txt")

    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_cannot_be_played_is_refused_in_one_line(stemme: Stemme, tmp_path: Path) -> None:
    five_tap = SURVEY.with_name("five_tap.toml")
    talk = SCRIPTS / "01_whole_survey_danish.txt"

    lost = stemme("survey", "check", SURVEY, "--script", tmp_path / "none.txt")
    silent = stemme("survey", "check", five_tap, "--script", talk)
    loose = stemme("survey", "check", SURVEY, talk)

    assert [done.returncode for done in (lost, silent, loose)] == [1, 1, 1]
    assert "none.txt: No such file" in lost.stderr
    assert "does not name the channel sms" in silent.stderr
    assert loose.stderr == "Write --script in front of conversations.\n"


def test_a_chat_of_two_telephones_is_priced_saved_and_played(stemme: Stemme, tmp_path: Path) -> None:
    stemme("init")
    stemme("site", "import", ROOT / "content" / "sites_demo.toml")
    stemme("survey", "import", SURVEY)
    saved = tmp_path / "talk.txt"

    typed = f"GH1\n/again\n/phone b\nMUE2 EN\n5\n/phone A\n4\n/frem\n/save {saved}\n"
    done = stemme("sms", "chat", typed=typed)

    assert done.returncode == 0, done.stderr
    replies = re.findall(r"^(?:\w?> )*< (.*)$", done.stdout, re.MULTILINE)
    assert replies[0] == replies[1]
    assert replies[2].startswith("Gadens Stemme. We do not keep your number.")
    assert re.search(r"\(1 segment, 1\d\d GSM-7; DKK 0\.48, USD 0\.0592\)", done.stdout)
    assert "There is no /frem; there are /phone, /again, /save, /help." in done.stdout
    assert saved.read_text("utf-8").splitlines() == [
        "> GH1", "< {opening} {q1}", "@again", "@phone B", "> MUE2 EN", "< {opening:en} {q1:en}", "> 5", "< {q2:en}",
        "@phone A", "> 4", "< {q2}",
    ]  # fmt: skip
    assert stemme("survey", "check", SURVEY, "--script", saved).returncode == 0


@pytest.mark.parametrize("number", ["1234", "TDC", "hello there"])
def test_a_chat_needs_a_telephone(stemme: Stemme, tmp_path: Path, number: str) -> None:
    done = stemme("sms", "chat", "--from", number)

    assert done.returncode == 1
    assert done.stderr == "A telephone must have a number, like +4520123456.\n"
