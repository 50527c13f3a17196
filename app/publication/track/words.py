"""How the public track speaks: states, clocks and relations as short sentences in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from app.core import i18n
from app.core.i18n import N_
from app.publication.formats import wording
from app.publication.track import lateness
from app.publication.track.entries import Entry
from app.publication.track.lateness import Late

KINDS = {
    "phase": N_("Phase"),
    "finding": N_("What we heard"),
    "research": N_("Research"),
    "proposal": N_("What we ask for"),
    "decision": N_("Decided"),
    "action": N_("What is being done"),
}
HEADINGS = {
    "finding": N_("What we have heard"),
    "research": N_("Research"),
    "proposal": N_("What we ask for"),
    "decision": N_("What has been decided"),
    "action": N_("What is being done"),
}
STATES: Mapping[str, Mapping[str, str]] = {
    "phase": {
        "planned": N_("Not begun yet"),
        "open": N_("We are listening now"),
        "closed": N_("Over. The answers are being read."),
        "decided": N_("Over, and decided"),
        "result_published": N_("Over. The result is out."),
        "cancelled": N_("Called off"),
    },
    "finding": {"superseded": N_("Replaced by a newer one")},
    "research": {"withdrawn": N_("Taken back")},
    "proposal": {
        "submitted": N_("Waits for an answer"),
        "evaluating": N_("Is being thought over"),
        "accepted": N_("The answer is yes"),
        "partly_accepted": N_("The answer is yes to some of it"),
        "rejected": N_("The answer is no"),
        "withdrawn": N_("Taken back"),
    },
    "decision": {
        "continue": N_("It goes on"),
        "adjust": N_("It is changed"),
        "stop": N_("It stops"),
        "more_input": N_("We must know more first"),
    },
    "action": {
        "planned": N_("Not begun yet"),
        "started": N_("Under way"),
        "paused": N_("On hold"),
        "done": N_("Done"),
        "dropped": N_("Not done"),
    },
}
LATE = {
    "answer": N_("The answer should have come on %(day)s. It is %(days)s late."),
    "decision": N_("The decision should have come on %(day)s. It is %(days)s late."),
    "result": N_("The result should have come on %(day)s. It is %(days)s late."),
    "action": N_("It should have been done on %(day)s. It is %(days)s late."),
}
ABOUT_FINDING = {
    "supports": N_("The research says the same"),
    "contradicts": N_("The research says something else"),
    "other_angle": N_("The research looks from another side"),
    "not_covered": N_("The research did not look at this"),
}
VERDICTS = {
    "agree": N_("Yes, that is how it is"),
    "not_our_words": N_("Not our words"),
    "something_missing": N_("Something is missing"),
}
LED_TO = {
    "proposal": N_("We ask for something"),
    "answer": N_("Somebody has answered"),
    "decision": N_("Something is decided"),
    "started": N_("Something has begun"),
    "finished": N_("Something is done"),
    "not_done": N_("Somebody said: We did not, because"),
}
"""What a finding can lead to, in the order of the change rate."""
RECIPIENTS = {
    "ministry": N_("Ministry"),
    "region": N_("Region"),
    "municipality": N_("Municipality"),
    "two_municipalities": N_("Two municipalities together"),
    "site_owner": N_("Owner of the place"),
    "ngo": N_("Voluntary organisation"),
    "council": N_("The Council itself"),
}


def kind(entry: Entry, lang: str) -> str:
    """What sort of object it is."""
    return i18n.translate(lang, KINDS[entry.kind])


def state(entry: Entry, lang: str) -> str:
    """How far it is; a decision says what was decided."""
    code = str(entry.parts.get("outcome", "")) if entry.kind == "decision" else entry.state
    said = STATES[entry.kind].get(code, "")
    return i18n.translate(lang, said) if said else ""


def status(entry: Entry, today: date, lang: str) -> str:
    """Its state; for a proposal that waits, how long it has."""
    waited = lateness.days_waiting(entry, today)
    if waited is None:
        return state(entry, lang)
    say_number = _counting(lang)
    return say_number("Waiting for an answer: %(num)s day.", "Waiting for an answer: %(num)s days.", waited)


def late(entry: Entry, today: date, lang: str) -> list[str]:
    """A sentence for everything that should have come by now."""
    return [_late(one, lang) for one in lateness.late(entry, today)]


def _late(one: Late, lang: str) -> str:
    say_number = _counting(lang)
    days = say_number("%(num)s day", "%(num)s days", one.days)
    return i18n.translate(lang, LATE[one.what], day=wording.day(one.due, lang), days=days)


def _counting(lang: str) -> Callable[[str, str, int], str]:
    return partial(i18n.translate_number, lang)


def named(names: Mapping[str, str], code: object, lang: str) -> str:
    """One of these names in the reader's language; '' for a code that has none."""
    return i18n.translate(lang, names[str(code)]) if code in names else ""
