"""`stemme survey check` and `stemme survey speak`, as somebody who writes surveys meets them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.commands import content, speaking
from app.core.errors import Refusal
from app.surveys import prompts
from tests.surveys.samples import SURVEYS, file_text


def check(path: Path, *more: str) -> Result:
    return CliRunner().invoke(content.survey, ["check", str(path), *more])


def written(folder: Path, text: str, name: str = "five_tap.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("survey_id", ["five_tap", "sms_core", "track_core"])
def test_the_surveys_of_the_house_fit_every_channel_they_name(survey_id: str) -> None:
    ended = check(SURVEYS / f"{survey_id}.toml")

    assert (ended.exit_code, ended.stderr) == (0, "")
    assert "fits every channel it names" in ended.stdout


SHOUTED, MISSPELT = 'da = "Meget godt!"', 'picture = "tabler:clok"'


def test_every_fault_is_shown_with_file_line_channels_place_and_reason(tmp_path: Path) -> None:
    text = file_text("five_tap").replace('picture = "tabler:clock"', MISSPELT).replace('da = "Meget godt"', SHOUTED)
    path = written(tmp_path, text)
    ended = check(path)
    first, second = (text.split("\n").index(line) + 1 for line in (SHOUTED, MISSPELT))

    assert ended.exit_code == 1
    assert ended.stderr.splitlines() == [
        f"{path}:{first}: kiosk, web, paper: today.5.da: No exclamation marks: they sound like shouting.",
        f"{path}:{second}: kiosk, web, paper: mattered.hours.picture: There is no picture called “tabler:clok”.",
    ]


def test_a_channel_the_file_does_not_name_can_be_tried(tmp_path: Path) -> None:
    path = written(tmp_path, file_text("five_tap"))

    assert check(path).exit_code == 0
    assert (
        "sms: five_tap: One way through asks 6 questions. By SMS 4 is the most."
        in check(path, "--channel", "sms").stderr
    )


def test_a_fault_of_another_language_stands_in_its_own_file(tmp_path: Path) -> None:
    path = written(tmp_path, file_text("sms_core"), "sms_core.toml")
    arabic = (SURVEYS / "sms_core.ar.toml").read_text(encoding="utf-8").replace('yes = "نعم"', 'yes = "نعم!"', 1)
    beside = written(tmp_path, arabic, "sms_core.ar.toml")
    line = arabic.split("\n").index('yes = "نعم!"') + 1

    assert check(path).stderr.startswith(f"{beside}:{line}: sms, web: respect.yes.ar: No exclamation marks")


def test_a_file_that_is_no_survey_is_refused_with_its_line(tmp_path: Path) -> None:
    ended = check(written(tmp_path, "format = 1\nid = 3\n"))

    assert isinstance(ended.exception, Refusal)
    assert str(ended.exception).startswith("five_tap.toml:2: ")


def test_prompts_cannot_be_made_without_the_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    ended = CliRunner().invoke(speaking.speak)

    assert str(ended.exception) == "Install espeak-ng and lame to make prompts."


def test_there_is_nothing_left_to_speak() -> None:
    assert set(speaking.wanted()) == set(prompts.manifest())
