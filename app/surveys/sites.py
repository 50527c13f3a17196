"""Places: finding one by the code on its poster, and reading a file of them."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from app.core import db
from app.core.errors import Refusal
from app.surveys import queries, versions
from app.surveys.models import SITE_KINDS, Site, Stop

CODE = re.compile(r"[A-ZÆØÅ]{2,4}[0-9]{1,3}")
RESERVED_CODE = "AB1"  # stands for "a code" in our own sentences, so no place may own it
_REQUIRED = ("code", "kind", "name", "municipality", "region")
_SURVEYS = ("sms_survey", "web_survey", "kiosk_survey", "paper_survey")


class SiteFileRefused(Refusal):
    """A file of sites with a fault: which site, which key, why."""


def by_code(code: str) -> Site | None:
    """The site whose code this is: any case, spaces, hyphens and full stops forgiven (`gh 1`, `GH-1.`)."""
    return queries.site(normalised(code))


def normalised(code: str) -> str:
    """A typed code as posters print it."""
    return re.sub(r"[^0-9A-ZÆØÅ]", "", code.upper())[:8]


def import_file(content: str, filename: str) -> list[Site]:
    """Add or change the sites of a TOML file, all or none. Answers and codes stay as they are."""
    try:
        document = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise SiteFileRefused(f"{filename}: {error}") from error
    entries = document.get("sites")
    if not isinstance(entries, list) or not entries:
        raise SiteFileRefused(f"{filename}: no [[sites]] in it.")
    sites = [_site(entry, document.get("defaults", {}), f"{filename}: site {n}") for n, entry in enumerate(entries, 1)]
    codes = [site.code for site in sites]
    for code in codes:
        if codes.count(code) > 1:
            raise SiteFileRefused(f"{filename}: the code {code} is used twice.")
    for site in sites:
        _refuse_unfit(site, f"{filename}: {site.code}")
    return [db.db.session.merge(site) for site in sites]


def _site(entry: Mapping[str, Any], defaults: Mapping[str, Any], where: str) -> Site:
    _check(entry, where)
    merged = {**defaults, **entry}
    return Site(
        code=entry["code"],
        kind=entry["kind"],
        name=entry["name"],
        municipality=entry["municipality"],
        region=entry["region"],
        languages=merged.get("languages", ["da", "en"]),
        local_help=merged.get("local_help", {}),
        hours=merged.get("hours", "always"),
        is_open=merged.get("is_open", True),
        stops=[_stop(stop, entry["code"], where) for stop in entry.get("stops", [])],
        **{key: merged.get(key) for key in _SURVEYS},
    )


def _check(entry: Mapping[str, Any], where: str) -> None:
    for key in _REQUIRED:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise SiteFileRefused(f"{where}: {key} is missing.")
    if not CODE.fullmatch(entry["code"]):
        raise SiteFileRefused(f"{where}: code must be 2-4 capital letters and 1-3 digits, like GH1.")
    if entry["code"] == RESERVED_CODE:
        raise SiteFileRefused(f"{where}: the code {RESERVED_CODE} is reserved for examples.")
    if entry["kind"] not in SITE_KINDS:
        raise SiteFileRefused(f"{where}: kind must be one of {', '.join(SITE_KINDS)}.")
    if entry.get("stops") and entry["kind"] != "mobile_unit":
        raise SiteFileRefused(f"{where}: only a mobile unit has stops.")


def _refuse_unfit(site: Site, where: str) -> None:
    """A published survey is asked only on channels it was made and checked for; one yet to come is looked at then."""
    for key in _SURVEYS:
        survey_id, channel = getattr(site, key), key.removesuffix("_survey")
        latest = queries.latest_version(survey_id) if survey_id else None
        survey = versions.get(survey_id, latest.version) if latest else None
        if survey and channel not in survey.channels:
            raise SiteFileRefused(
                f"{where}: {survey_id} is not made for {channel}. It fits {', '.join(survey.channels)}."
            )


def _stop(entry: Mapping[str, Any], site_code: str, where: str) -> Stop:
    for key in ("id", "name", "municipality", "region"):
        if not isinstance(entry.get(key), str):
            raise SiteFileRefused(f"{where}: a stop without {key}.")
    return Stop(
        site_code=site_code,
        key=entry["id"],
        name=entry["name"],
        municipality=entry["municipality"],
        region=entry["region"],
        hours=entry.get("when", []),
    )
