"""Files for Decidim: proposals, the answers to them, and results, in the columns its importers ask for.

Semicolons, UTF-8 without a byte order mark (it would become part of the first header), line feeds. Decidim publishes
and notifies as it imports, and one bad row fails all of them: what it would refuse is refused here, with a sentence.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.core import table_cells
from app.core.errors import Refusal

Words = Mapping[str, str]
"""Language → wording."""
LANGUAGES = ("da", "en")
SHORTEST_TITLE, LONGEST_TITLE = 15, 150
SHORTEST_BODY = 15
SOURCES = {"da": "Kilde: Gadens Stemme, forslag {code}.", "en": "Source: Gadens Stemme, proposal {code}."}
STATES = {
    "accepted": "accepted", "partly_accepted": "accepted", "rejected": "rejected", "evaluating": "evaluating",
}  # fmt: skip
"""Ours → Decidim's token; whatever is in no other state has no answer there."""
_SEPARATORS = frozenset(',;:"\t\r\n')
_UNQUOTED = frozenset(("taxonomies/ids", "proposal_urls"))


class NotForDecidim(Refusal):
    """A row Decidim would refuse."""


@dataclass(frozen=True, kw_only=True)
class Idea:
    """A proposal. The body gets the source and the code at its end: there they lead back here."""

    code: str
    title: Words
    body: Words
    taxonomies: Sequence[int] = ()
    scope: str = ""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer, under the number Decidim gave the proposal."""

    id: int
    state: str
    answer: Words


@dataclass(frozen=True, kw_only=True)
class Result:
    """What was done. With a number it changes what is there; without one it is new."""

    title: Words
    description: Words
    progress: int
    start_date: date | None = None
    end_date: date | None = None
    status: str = ""
    id: int | None = None
    fields: Words = field(default_factory=dict)
    """category/id and scope/id, where Decidim has them."""


def proposals_csv(ideas: Iterable[Idea]) -> bytes:
    """The proposals as the importer of Decidim's proposals component reads them."""
    return _csv(
        {
            **_in("title", one.title),
            **_in("body", _sourced(one)),
            "taxonomies/ids": ",".join(map(str, one.taxonomies)),
            "scope/id": one.scope,
        }
        for one in map(_checked, ideas)
    )


def proposals_json(ideas: Iterable[Idea]) -> bytes:
    """The same for importers that read JSON."""
    found = [
        {"title": _said(one.title), "body": _said(_sourced(one)), "taxonomies": {"ids": list(one.taxonomies)}}
        for one in map(_checked, ideas)
    ]
    return (json.dumps(_some(found), ensure_ascii=False, indent=1) + "\n").encode()


def answers_csv(replies: Iterable[Reply]) -> bytes:
    """The answers. One version of Decidim asks for `state`, another for `status`: both hold the same token."""
    return _csv(
        {"id": one.id, "state": STATES[one.state], "status": STATES[one.state], **_in("answer", one.answer)}
        for one in replies
    )


def results_csv(results: Iterable[Result]) -> bytes:
    """The results. `proposal_urls` stays empty: its importer keeps only the last digit of each address.

    `parent/id` too: Decidim destroys what hangs under a parent it does not know.
    """
    return _csv(
        {
            "id": one.id or "",
            "category/id": one.fields.get("category/id", ""),
            "scope/id": one.fields.get("scope/id", ""),
            "parent/id": "",
            **_in("title", one.title),
            **_in("description", one.description),
            "start_date": one.start_date or "",
            "end_date": one.end_date or "",
            "status/id": one.status,
            "progress": one.progress,
            "proposal_urls": "",
        }
        for one in results
    )


def _checked(one: Idea) -> Idea:
    for title in _said(one.title).values():
        if not SHORTEST_TITLE <= len(title) <= LONGEST_TITLE or title[:1] != title[:1].upper():
            raise NotForDecidim(
                _("%(code)s: a title in Decidim has %(shortest)s to %(longest)s characters and a capital first.",
                  code=one.code, shortest=SHORTEST_TITLE, longest=LONGEST_TITLE)
            )  # fmt: skip
    if not one.title.get("da") or len(one.body.get("da", "")) < SHORTEST_BODY:
        raise NotForDecidim(
            _("%(code)s: a proposal in Decidim needs a title and %(shortest)s characters of text.",
              code=one.code, shortest=SHORTEST_BODY)
        )  # fmt: skip
    return one


def _sourced(one: Idea) -> Words:
    return {lang: f"{text} {SOURCES[lang].format(code=one.code)}" for lang, text in _said(one.body).items()}


def _said(words: Words) -> dict[str, str]:
    return {lang: words[lang] for lang in LANGUAGES if words.get(lang)}


def _in(name: str, words: Words) -> dict[str, str]:
    return {f"{name}/{lang}": words.get(lang, "") for lang in LANGUAGES}


def _csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    found = _some(list(rows))
    lines = [";".join(found[0]), *(";".join(_cell(*cell) for cell in row.items()) for row in found)]
    return ("\n".join(lines) + "\n").encode()


def _some(rows: list[Any]) -> list[Any]:
    """Refuses a file without a row."""
    if not rows:
        raise NotForDecidim(_("There is nothing to write into this file yet."))
    return rows


def _cell(name: str, value: object) -> str:
    """Quoted wherever some reader might see a separator in it."""
    text = table_cells.written(str(value))
    if name in _UNQUOTED or not _SEPARATORS & set(text):
        return text
    return '"' + text.replace('"', '""') + '"'
