"""Who may import whom: the contracts hold, and each of them can fail."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.core.config import ROOT

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
VERDICT = re.compile(r"^(.+) (KEPT|BROKEN)\b.*$", re.MULTILINE)


@dataclass(frozen=True)
class Plant:
    """A line that does not belong where it is put (an empty line: the package itself has no place)."""

    contract: str
    file: str
    line: str

    @property
    def evidence(self) -> str:
        """What the report must say about it."""
        if not self.line:
            return self.file.split("/")[-2]
        module = ".".join(("app", *Path(self.file).with_suffix("").parts)).removesuffix(".__init__")
        target = self.line.split()[1]
        return f"{module} -> {target if target.startswith('app') else target.split('.')[0]}"


PLANTS = (
    Plant("Packages import downwards only", "core/folding.py", "import app.surveys.sites"),
    Plant("Packages import downwards only", "privacy/boxes.py", "import app.surveys.sites"),
    Plant("Packages import downwards only", "surveys/sites.py", "import app.publication.told"),
    Plant("Packages import downwards only", "channels/sms/keywords.py", "import app.desk.accounts.session"),
    Plant("Packages import downwards only", "desk/accounts/users.py", "import app.channels.sms.keywords"),
    Plant("Packages import downwards only", "newcomer/__init__.py", ""),
    Plant("No channel knows another", "channels/web/places.py", "import app.channels.sms.keywords"),
    Plant("No channel knows another", "channels/letter/__init__.py", ""),
    Plant("The desk", "desk/accounts/users.py", "import app.desk.admin.places"),
    Plant("The desk", "desk/moderation/reading.py", "import app.desk.track.states"),
    Plant("Inside a package", "surveys/models.py", "import app.surveys.queries"),
    Plant("Nothing but the commands", "jobs.py", "from app import create_app"),
    Plant("Surveys and the promise", "surveys/sites.py", "from flask import request"),
    Plant("Surveys and the promise", "privacy/boxes.py", "import phonenumbers"),
    Plant("One file knows Twilio", "desk/admin/places.py", "import twilio.rest"),
    Plant("One file knows phone numbers", "channels/sms/views.py", "import phonenumbers"),
    Plant("One file knows the solver", "publication/told.py", "import scipy.stats"),
    Plant("One file knows WeasyPrint", "core/pdf.py", "import weasyprint"),
    Plant("One file knows QR codes", "desk/admin/posters.py", "import segno"),
    Plant("One file knows the word stems", "core/folding.py", "import Stemmer"),
    Plant("One file knows TextBlob", "desk/moderation/tagging.py", "import textblob"),
    Plant("One file knows the language detector", "desk/moderation/reading.py", "import pycld2"),
    Plant("One file knows age", "desk/moderation/reading.py", "import pyrage"),
    Plant("One file knows pyotp", "desk/accounts/signing_in.py", "import pyotp"),
    Plant("One file knows Authlib", "desk/accounts/outside/errands.py", "from authlib.oidc.core import CodeIDToken"),
    Plant("One file knows scikit-learn", "desk/moderation/tagging.py", "import sklearn.svm"),
    Plant("Nobody imports afinn", "desk/moderation/suggesting/tone.py", "import afinn"),
    Plant("No code, count, export", "desk/moderation/tagging.py", "import app.desk.moderation.suggesting.suggestions"),
    Plant("One file knows rapidfuzz", "desk/moderation/tagging.py", "import rapidfuzz"),
    Plant("One file knows openpyxl", "desk/moderation/reading.py", "import openpyxl"),
    Plant("One file reads XML from outside", "desk/moderation/reading.py", "import defusedxml.ElementTree"),
    Plant("One file knows python-docx", "desk/moderation/reading.py", "import docx"),
    Plant("No export knows a case", "desk/moderation/exchange/queries.py", "import app.desk.moderation.opening"),
    Plant("What answers citizens", "channels/web/wording.py", "import app.publication.solver"),
    Plant("Neither the web process", "jobs.py", "import app.publication.solver"),
)


def report(folder: Path) -> str:
    done = subprocess.run(
        [LINT_IMPORTS, "--no-cache"], check=False, cwd=folder, capture_output=True, text=True, timeout=120
    )
    return re.sub(" +", " ", done.stdout.split("Analyzed", 1)[-1])


def verdicts(text: str) -> dict[str, str]:
    return {name.strip(): verdict for name, verdict in VERDICT.findall(text)}


def about(text: str, contract: str) -> str:
    """What the report says of one contract it found broken."""
    details = text.split("Broken contracts", 1)[-1]
    heading = re.search(rf"^{re.escape(contract)}.*\n-+$", details, re.MULTILINE)
    if heading is None:
        return ""
    return re.split(r"\n[^\n]+\n---+\n", details[heading.end() :], maxsplit=1)[0]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report about a copy of the code in which everything of PLANTS is done at once."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "app", folder / "app", ignore=shutil.ignore_patterns("*.pyc", "static", "templates"))
    for plant in PLANTS:
        file = folder / "app" / plant.file
        file.parent.mkdir(exist_ok=True)
        with file.open("a", encoding="utf-8") as end:
            end.write(f"\n{plant.line}\n")
    return report(folder)


@pytest.mark.requirement("R5")
def test_every_package_imports_only_what_it_may() -> None:
    text = report(ROOT)

    assert set(verdicts(text).values()) == {"KEPT"}, text


@pytest.mark.requirement("R5")
def test_every_contract_has_a_fault_that_breaks_it(planted: str) -> None:
    assert set(verdicts(planted).values()) == {"BROKEN"}


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.file}-{plant.line}")
def test_an_import_that_does_not_belong_is_named(planted: str, plant: Plant) -> None:
    assert plant.evidence in about(planted, plant.contract)
