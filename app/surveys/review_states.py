"""How far a language is on a channel: our own sentences, and the surveys that are asked there."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.surveys import catalogues, definition, queries, versions, wordings, wordlists
from app.surveys.catalogues import MISSING, REVIEWED, STALE, STATES, UNREVIEWED
from app.surveys.models import CHANNELS, Site
from app.surveys.questions import Survey


@dataclass(frozen=True, slots=True)
class Part:
    """Our own sentences, or one survey: how many there are, how many are missing, how many nobody has read."""

    survey: str | None
    state: str
    total: int
    missing: int
    unread: int


@dataclass(frozen=True, slots=True)
class OnChannel:
    """A language on a channel; its state is that of the part that is worst."""

    channel: str
    parts: tuple[Part, ...]

    @property
    def state(self) -> str:
        """Reviewed, unreviewed, stale or missing."""
        return max((part.state for part in self.parts), key=STATES.index)


def of(lang: str, asked: Mapping[str, Sequence[Survey]], earlier: Sequence[Survey] = ()) -> tuple[OnChannel, ...]:
    """The state on every channel. `asked` are the surveys open there; `earlier` are all versions there were."""
    found = []
    for channel in CHANNELS:
        surveys = (_survey(survey, lang, earlier) for survey in asked.get(channel, ()))
        found.append(OnChannel(channel, (_own(lang, channel), *surveys)))
    return tuple(found)


def asked_now(sites: Iterable[Site]) -> dict[str, list[Survey]]:
    """Channel → the surveys open on it at one of these places, each once."""
    listed = list(sites)
    return {channel: _open({getattr(site, f"{channel}_survey") for site in listed}) for channel in CHANNELS}


def every_version() -> list[Survey]:
    """All that was ever published, oldest first."""
    return [definition.from_json(version.definition) for version in queries.survey_versions()]


def _open(survey_ids: Iterable[str | None]) -> list[Survey]:
    named = sorted(one for one in survey_ids if one)
    return [survey for one in named if (survey := versions.open_one(one))]


def _own(lang: str, channel: str) -> Part:
    said = catalogues.sentences(lang, channel)
    missing = sum(one.state == MISSING for one in said)
    unread = sum(one.state in (UNREVIEWED, STALE) for one in said)
    worst = max((one.state for one in said), key=STATES.index, default=REVIEWED)
    return Part(None, worst, len(said), missing, unread)


def _survey(survey: Survey, lang: str, earlier: Sequence[Survey]) -> Part:
    total = len(wordings.missing(survey, ""))
    missing = len(wordings.missing(survey, lang))
    is_unread = lang in survey.unreviewed
    unread = total - missing if is_unread else 0
    if missing:
        state = MISSING
    elif is_unread:
        state = STALE if _was_read(survey, lang, earlier) else UNREVIEWED
    else:
        state = REVIEWED
    return Part(survey.id, state, total, missing, unread)


def _was_read(survey: Survey, lang: str, earlier: Sequence[Survey]) -> bool:
    """Whether somebody read this language once, against other Danish: in an earlier version, or in our own file."""
    before = (one for one in earlier if one.id == survey.id and one.version < survey.version)
    return any(lang in one.title and lang not in one.unreviewed for one in before) or _file_is_stale(survey, lang)


def _file_is_stale(survey: Survey, lang: str) -> bool:
    path = wordlists.CONTENT / "surveys" / f"{survey.id}.{lang}.toml"
    if not path.is_file():
        return False
    found = tomllib.loads(path.read_text("utf-8"))
    return bool(found.get("reviewed")) and found.get("danish") != wordings.danish_hash(survey)
