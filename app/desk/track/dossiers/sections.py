"""A dossier read aloud, in Danish: the same headings, paragraphs and tables for the page, the PDF and the document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core import i18n
from app.core.i18n import N_
from app.desk.track import states
from app.desk.track.decisions.decisions import OUTCOME_NAMES
from app.desk.track.phases.dates import NAMES as DATE_NAMES
from app.desk.track.phases.models import DATES
from app.publication import themes
from app.publication.formats import wording
from app.publication.formats.base import Document

LANGUAGE = "da"
VERDICTS = {
    "agree": N_("agree"),
    "not_our_words": N_("not our words"),
    "something_missing": N_("something is missing"),
}
CHANNELS = {"web": N_("Web"), "poster": N_("Poster"), "kiosk": N_("Tablet"), "sms": N_("Text message")}


@dataclass(frozen=True)
class Table:
    """Rows under a caption and a heading."""

    caption: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading from 1 to 3 with what stands under it."""

    heading: str
    level: int = 2
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    table: Table | None = None


def of(document: Document) -> list[Section]:
    """Everything in order: the phase, its gate, what was decided, and what it stood on."""
    return [
        _title(document),
        _gate(document["phase"]["parts"]["gate"]),
        *(part for one in document["decisions"] for part in _decision(one, document)),
        *(part for one in document["findings"] for part in _finding(one)),
        *(_research(one) for one in document["research"]),
        *(_proposal(one) for one in document["proposals"]),
        *(_action(one) for one in document["actions"]),
        *_told(document["told"]),
        *_quotes(document["quotes"]),
        *_presence(document["presence"]),
        _proof(document),
    ]


def worded(sentence: str, **values: object) -> str:
    """A sentence in the language of the dossier."""
    return i18n.translate(LANGUAGE, sentence, **values)


def _title(document: Document) -> Section:
    phase = document["phase"]
    parts = phase["parts"]
    days = tuple((worded(DATE_NAMES[name]), _day(parts[name])) for name in DATES)
    moved = tuple(
        worded(
            N_("%(name)s was moved from %(was)s to %(became)s: %(because)s"),
            name=worded(DATE_NAMES[one["name"]]), was=_day(one["was"]), became=_day(one["became"]),
            because=one["because"],
        )
        for one in parts["moved"]
    )  # fmt: skip
    return Section(
        heading=worded(N_("Dossier %(number)s: %(phase)s"), number=document["number"], phase=phase["title"][LANGUAGE]),
        level=1,
        paragraphs=(parts["purpose"][LANGUAGE], worded(N_("Frozen on %(day)s."), day=_day(document["frozen_on"]))),
        bullets=moved,
        table=Table(worded(N_("The days that were promised")), (worded(N_("What")), worded(N_("Day"))), days),
    )


def _gate(points: list[Mapping[str, Any]]) -> Section:
    rows = tuple((str(one["number"]), one["point"], _stands(one)) for one in points)
    heading = (worded(N_("No.")), worded(N_("Point")), worded(N_("How it stands")))
    return Section(worded(N_("Was everything in order?")), table=Table(worded(N_("The gate")), heading, rows))


def _stands(point: Mapping[str, Any]) -> str:
    if point["is_met"]:
        return worded(N_("Met"))
    told = " ".join(filter(None, (point["missing"], point["because"] if point["by_role"] else "")))
    role = f" ({point['by_role']})" if point["by_role"] else ""
    not_met = worded(N_("Not met"))
    return f"{not_met}: {told}{role}"


def _decision(one: Mapping[str, Any], document: Document) -> Iterator[Section]:
    parts, titles = one["parts"], _titles(document)
    yield Section(
        f"{one['code']}: {one['title'][LANGUAGE]}",
        paragraphs=tuple(
            filter(
                None,
                (
                    worded(OUTCOME_NAMES[parts["outcome"]]),
                    parts["body"],
                    worded(N_("Why: %(reason)s"), reason=parts["reason"]),
                    worded(N_("Those who disagreed: %(words)s"), words=parts["minority"]) if parts["minority"] else "",
                    worded(
                        N_("Decided by %(who)s on %(day)s."), who=parts["decided_by"], day=_day(parts["decided_on"])
                    ),
                ),
            )
        ),
    )
    considered = [code for relation, code in one["links"] if relation == "considered"]
    yield Section(
        worded(N_("Considered")),
        level=3,
        bullets=tuple(f"{code}: {titles.get(code, '')}" for code in considered) or (worded(N_("Nothing.")),),
    )
    aside = tuple((item["code"], titles.get(item["code"], ""), item["reason"]) for item in parts["set_aside"])
    heading = (worded(N_("Code")), worded(N_("What")), worded(N_("Why not")))
    table = Table(worded(N_("Set aside")), heading, aside) if aside else None
    yield Section(worded(N_("Set aside")), level=3, paragraphs=() if aside else (worded(N_("Nothing.")),), table=table)


def _finding(one: Mapping[str, Any]) -> Iterator[Section]:
    parts = one["parts"]
    about = ", ".join(themes.name(code, LANGUAGE) for code in one["themes"])
    yield Section(
        f"{one['code']}: {one['title'][LANGUAGE]}",
        paragraphs=tuple(
            filter(None, (f"{about}. {wording.period(parts['period'], LANGUAGE)}.", parts["body"], parts["note"]))
        ),
    )
    yield Section(worded(N_("What speaks against")), level=3, paragraphs=(parts["counter_evidence"],))
    if parts["who_is_missing"]:
        yield Section(worded(N_("Who is missing")), level=3, paragraphs=(parts["who_is_missing"],))
    if one["verdicts"]:
        rows = tuple(
            (str(said["version"]), worded(VERDICTS[said["verdict"]]), said["words"]) for said in one["verdicts"]
        )
        heading = (worded(N_("Version")), worded(N_("Verdict")), worded(N_("Words")))
        yield Section(worded(N_("What peers said")), level=3, table=Table(worded(N_("Peers")), heading, rows))


def _research(one: Mapping[str, Any]) -> Section:
    parts = one["parts"]
    laid = tuple(f"{code}: {worded(RELATIONS[relation])}" for relation, code in one["links"] if relation in RELATIONS)
    asked = worded(N_("Asked for on %(day)s. None received."), day=_day(parts["asked_on"])) if parts["asked_on"] else ""
    return Section(
        f"{one['code']}: {one['title'][LANGUAGE]}",
        paragraphs=tuple(filter(None, (parts["institution"], parts["says"], asked, parts["withdrawn_because"]))),
        bullets=laid,
    )


RELATIONS = {
    "supports": N_("supports it"),
    "contradicts": N_("contradicts it"),
    "other_angle": N_("sees it from another side"),
    "not_covered": N_("says nothing about it"),
}


def _proposal(one: Mapping[str, Any]) -> Section:
    parts, answer = one["parts"], one["parts"]["answer"]
    told = [worded(N_("To %(name)s, sent on %(day)s."), name=parts["recipient_name"], day=_day(parts["submitted_on"]))]
    if answer:
        said = {"state": worded(states.WORDS[answer["state"]]), "who": answer["by"], "day": _day(answer["on"])}
        told += [worded(N_("Answered by %(who)s on %(day)s: %(state)s."), **said), answer["words"]]
    elif parts["answer_due"]:
        told.append(worded(N_("No answer yet; it is due on %(day)s."), day=_day(parts["answer_due"])))
    return Section(f"{one['code']}: {one['title'][LANGUAGE]}", paragraphs=tuple(filter(None, told)))


def _action(one: Mapping[str, Any]) -> Section:
    parts = one["parts"]
    told = (worded(states.WORDS[one["state"]]), parts["owner"], parts.get("dropped_because") or "")
    return Section(f"{one['code']}: {one['title'][LANGUAGE]}", paragraphs=tuple(filter(None, told)))


def _told(items: list[Mapping[str, str]]) -> Iterator[Section]:
    if items:
        rows = tuple(
            (one["about"], worded(CHANNELS[one["channel"]]), one["lang"], one["said"], one["body"]) for one in items
        )
        columns = (N_("About"), N_("Channel"), N_("Language"), N_("You said"), N_("What came of it"))
        heading = tuple(map(worded, columns))
        yield Section(
            worded(N_("What is told back")), table=Table(worded(N_("In words for each channel")), heading, rows)
        )


def _quotes(items: list[Mapping[str, str]]) -> Iterator[Section]:
    if items:
        rows = tuple(
            (
                themes.name(one["theme"], LANGUAGE), wording.one_of_kind(one["kind"], LANGUAGE),
                wording.season(one["season"], LANGUAGE), one["words"], one["sha256"],
            )
            for one in items
        )  # fmt: skip
        heading = tuple(map(worded, (N_("Theme"), N_("Place"), N_("When"), N_("Words"), N_("Fingerprint"))))
        words = worded(N_("Words can be taken back, and a dossier never changes: so it holds their fingerprint only."))
        yield Section(worded(N_("Quotes")), paragraphs=(words,), table=Table(worded(N_("Quotes")), heading, rows))


def _presence(found: Mapping[str, Any] | None) -> Iterator[Section]:
    if found:
        shown = (one for one in found["rows"] if one["answers"] is not None)
        rows = tuple((one["name"], str(one["answers"]), _ratio(one["ratio"])) for one in shown)
        heading = (worded(N_("Place")), worded(N_("Answers")), worded(N_("For each hundred of the target group")))
        table = Table(wording.period(found["period"], LANGUAGE), heading, rows)
        source = f"{found['source']}, {found['year']}"
        hidden = worded(
            N_("Of the other places no figure may be shown: that does not mean that nobody answered there.")
        )
        yield Section(worded(N_("Who was heard, and who is missing")), paragraphs=(source, hidden), table=table)


def _proof(document: Document) -> Section:
    releases = tuple((one["id"], _day(one["published_on"]), one["hash"]) for one in document["releases"])
    heading = (worded(N_("Release")), worded(N_("Made public")), worded(N_("Fingerprint")))
    return Section(
        worded(N_("How to check this dossier")),
        paragraphs=(
            worded(N_("Unpack the file and run “sha256sum -c sha256sums.txt”: it names every file that was changed.")),
            worded(N_("“stemme verify --dossier FILE” also works out the fingerprint again, from everything in it.")),
        ),
        bullets=(
            worded(N_("Fingerprint: %(hash)s"), hash=document["hash"]),
            worded(N_("Fingerprint of the dossier before: %(hash)s"), hash=document["previous_hash"]),
            worded(N_("Codebook: %(version)s, %(hash)s"), version=document["codebook"]["version"],
                hash=document["codebook"]["sha256"]),
            *(f"{one['id']} {one['version']}: {one['sha256']}" for one in document["surveys"]),
            worded(N_("Audit trail: row %(seq)s"), seq=document["audit"]["seq"]),
            worded(N_("Licence: %(licence)s"), licence=document["licence"]),
        ),
        table=Table(worded(N_("Releases it stands on")), heading, releases) if releases else None,
    )  # fmt: skip


def _titles(document: Document) -> dict[str, str]:
    kinds = ("findings", "research", "proposals", "decisions")
    return {one["code"]: one["title"][LANGUAGE] for kind in kinds for one in document[kind]}


def _ratio(ratio: Mapping[str, float] | None) -> str:
    if ratio is None:
        return "–"
    low, value, high = (f"{ratio[name]:.1f}".replace(".", ",") for name in ("low", "value", "high"))
    return f"{value} ({low}–{high})"


def _day(iso: str | None) -> str:
    return wording.day(date.fromisoformat(iso), LANGUAGE) if iso else "–"
