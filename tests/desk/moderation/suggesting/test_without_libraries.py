"""Without the libraries the desk can do without: every page works and says what is missing."""

import sys
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient

from app.core import clock
from app.desk.moderation.suggesting import afinn_da, language, teaching, tone
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_text, post, yes


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if afinn, pycld2 and scikit-learn were not installed."""
    for name in ("afinn", "pycld2", "sklearn"):
        monkeypatch.setitem(sys.modules, name, None)
    for made in (afinn_da.path, tone.shipped):
        made.cache_clear()
    yield
    monkeypatch.undo()
    for made in (afinn_da.path, tone.shipped):
        made.cache_clear()


@pytest.mark.usefixtures("bare")
def test_the_desk_reads_and_codes_and_says_what_is_missing(sign_in: Callable[..., FlaskClient]) -> None:
    factories.the_codebook()
    client, text_id = sign_in("moderator"), a_text("Køen er for lang, og det er utrygt")
    teaching.teacher().teach(clock.now())

    card = client.get(f"/desk/statements/{text_id.hex()}?lang=en").text
    about = client.get("/desk/suggestions?lang=en").text
    done = post(client, text_id, "approve", **yes(1, suggested="ADG.KOE", shown="ADG.KOE 0 hints-1"))

    assert 'value="ADG.KOE"' in card
    assert "criticism?" in card
    assert done.status_code == 303
    for missing in (
        "(scikit-learn): not installed. Naive Bayes is used.",
        "(pycld2): not installed. No language is guessed.",
        "The package afinn is not installed.",
    ):
        assert missing in about
    assert client.get("/desk/new-words").status_code == 200


@pytest.mark.usefixtures("bare")
def test_without_a_detector_no_language_is_guessed() -> None:
    assert language.of("No clean needles at night") == language.UNKNOWN
    assert language.disagrees("No clean needles at night", "da") is None
