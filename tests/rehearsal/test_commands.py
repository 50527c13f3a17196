"""`stemme survey check --script` and `stemme sms chat`, as somebody types them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.config import ROOT

STEMME = Path(sys.executable).with_name("stemme")
SURVEY = ROOT / "content" / "surveys" / "sms_core.toml"
SCRIPTS = ROOT / "tests" / "oracles" / "dialogues"


def stemme(folder: Path, *words: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("STEMME_")}
    environ |= {"STEMME_ENV": "testing", "STEMME_INSTANCE_DIR": str(folder / "instance")}
    return subprocess.run(
        [STEMME, *map(str, words)], check=False, input=typed, env=environ, capture_output=True, text=True, timeout=120
    )


def a_survey(folder: Path, old: str, new: str) -> Path:
    """sms_core with something else in it."""
    for path in SURVEY.parent.glob("sms_core*.toml"):
        shutil.copy(path, folder)
    changed = folder / SURVEY.name
    assert old in (text := changed.read_text("utf-8"))
    changed.write_text(text.replace(old, new), "utf-8")
    return changed


def test_conversations_are_played_against_the_survey_of_a_file(tmp_path: Path) -> None:
    done = stemme(tmp_path, "survey", "check", SURVEY, "--script", *sorted(SCRIPTS.glob("0*.txt")))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("plays as it is written.") == 9
    assert not (tmp_path / "instance").exists()


def test_the_file_is_asked_and_not_what_ships_under_its_name(tmp_path: Path) -> None:
    changed = a_survey(tmp_path, "Hvordan var det her sidst? Svar 1-5.", "Hvordan var kaffen her? Svar 1-5.")
    talk = tmp_path / "talk.txt"
    talk.write_text("> GH1\n< {opening} {q1}\n< Hvordan var kaffen\n> 4\n< {q2} {q3}\n< {offer}\n", "utf-8")

    done = stemme(tmp_path, "survey", "check", changed, "--script", talk)

    assert done.returncode == 1
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [f"{talk}:5", f"{talk}:6"]
    assert "{q3:da} is “Hvad skal vi lave om" in done.stderr


def test_a_survey_with_faults_is_not_played(tmp_path: Path) -> None:
    changed = a_survey(tmp_path, "STOP=slut.", "STOP=slut!")

    done = stemme(tmp_path, "survey", "check", changed, "--script", SCRIPTS / "01_whole_survey_danish.txt")

    assert done.returncode == 1
    assert done.stderr.startswith(f"{changed}:42: ")
    assert "01_whole" not in done.stderr


@pytest.mark.parametrize(
    ("talk", "said"),
    [("> GH1\nhej\n", "talk.txt:2: a line begins with"), ("", "talk.txt:1: nobody says anything")],
)
def test_a_script_that_makes_no_sense_is_one_line(tmp_path: Path, talk: str, said: str) -> None:
    (tmp_path / "talk.txt").write_text(talk, "utf-8")

    done = stemme(tmp_path, "survey", "check", SURVEY, "--script", tmp_path / "talk.txt")

    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_cannot_be_played_is_refused_in_one_line(tmp_path: Path) -> None:
    five_tap = SURVEY.with_name("five_tap.toml")
    talk = SCRIPTS / "01_whole_survey_danish.txt"

    lost = stemme(tmp_path, "survey", "check", SURVEY, "--script", tmp_path / "none.txt")
    silent = stemme(tmp_path, "survey", "check", five_tap, "--script", talk)
    loose = stemme(tmp_path, "survey", "check", SURVEY, talk)

    assert [done.returncode for done in (lost, silent, loose)] == [1, 1, 1]
    assert "none.txt: No such file" in lost.stderr
    assert "does not name the channel sms" in silent.stderr
    assert loose.stderr == "Write --script in front of conversations.\n"


def test_a_chat_of_two_telephones_is_priced_saved_and_played(tmp_path: Path) -> None:
    stemme(tmp_path, "init")
    stemme(tmp_path, "site", "import", ROOT / "content" / "sites_demo.toml")
    stemme(tmp_path, "survey", "import", SURVEY)
    saved = tmp_path / "talk.txt"

    typed = f"GH1\n/again\n/phone b\nMUE2 EN\n5\n/phone A\n4\n/frem\n/save {saved}\n"
    done = stemme(tmp_path, "sms", "chat", typed=typed)

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
    assert stemme(tmp_path, "survey", "check", SURVEY, "--script", saved).returncode == 0


@pytest.mark.parametrize("number", ["1234", "TDC", "hello there"])
def test_a_chat_needs_a_telephone(tmp_path: Path, number: str) -> None:
    done = stemme(tmp_path, "sms", "chat", "--from", number)

    assert done.returncode == 1
    assert done.stderr == "A telephone must have a number, like +4520123456.\n"
