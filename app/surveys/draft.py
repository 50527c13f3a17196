"""A survey being written: its text, every fault in it with its line, how easy it reads, and what it costs by SMS."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.surveys import carry_over, definition, fault_places, lint, sms_preview, toml_lines, word_lint
from app.surveys.audio_lint import IsRecorded, by_nobody
from app.surveys.definition import SurveyFileRefused
from app.surveys.questions import Survey
from app.surveys.sms_preview import Preview

_NAME = "survey.toml"


@dataclass(frozen=True)
class FaultAt:
    """What is wrong, on which line, and on which channels it matters (none: it is no survey yet)."""

    line: int
    reason: str
    channels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A text that may be a survey."""

    source: str
    survey: Survey | None
    faults: tuple[FaultAt, ...]
    lix: int
    previews: tuple[Preview, ...]

    @property
    def may_open(self) -> bool:
        """Whether it fits every channel it names."""
        return self.survey is not None and not self.faults


def read(source: str, is_recorded: IsRecorded = by_nobody) -> Draft:
    """The text looked at: a text that is no survey has one fault, a survey has all of its own."""
    try:
        survey = definition.load(source, _NAME)
    except SurveyFileRefused as refusal:
        _file, line, reason = str(refusal).split(":", 2)
        return Draft(source, None, (FaultAt(int(line), reason.strip()),), 0, ())
    return _looked_at(source, survey, is_recorded)


def as_version(draft: Draft, version: int, earlier: Survey | None, is_recorded: IsRecorded = by_nobody) -> Draft:
    """The draft as this version, with the other languages of the one before."""
    if draft.survey is None:
        return draft
    return _looked_at(draft.source, carry_over.carried(replace(draft.survey, version=version), earlier), is_recorded)


def _looked_at(source: str, survey: Survey, is_recorded: IsRecorded) -> Draft:
    previews = sms_preview.previews(survey) if "sms" in survey.channels else []
    return Draft(
        source, survey, tuple(_faults(source, survey, is_recorded)), round(word_lint.lix(survey)), tuple(previews)
    )


def _faults(source: str, survey: Survey, is_recorded: IsRecorded) -> Iterator[FaultAt]:
    """Each fault once, in the order of the lines; the same one on two channels is one."""
    found: dict[tuple[int, str], list[str]] = {}
    lines = toml_lines.lines(source)
    for channel in survey.channels:
        for fault in lint.check(survey, channel, is_recorded=is_recorded):
            line = fault_places.line(survey, fault.where, lines)
            found.setdefault((line, fault.reason), []).append(channel)
    for (line, reason), channels in sorted(found.items()):
        yield FaultAt(line, reason, tuple(dict.fromkeys(channels)))
