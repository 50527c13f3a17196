"""PDF files: HTML goes to a process of its own and comes back as a tagged PDF, so WeasyPrint is never loaded here."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from flask_babel import gettext as _

from app.core.errors import Refusal

WRITER = Path(__file__).with_name("pdf_writer.py")
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-core")
"""What Debian calls the libraries and letters that a PDF needs."""
LONGEST = 45
"""Seconds a PDF may take."""
NOT_HERE, TOO_LONG, NO_LETTERS = 3, 4, 5
"""How the writer ends where Pango is missing, on more pages than allowed, and where no font has a letter."""

_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "LANG", "TZ")
"""All that the writer learns of our surroundings: none of it is a secret."""
_ONE_AT_A_TIME = threading.Lock()  # each takes a processor for a second, which citizens' pages need too
_LINE = threading.BoundedSemaphore(3)  # one is made, two wait: who waits keeps a thread from the citizens' pages


class PdfRefused(Refusal):
    """There is no PDF, and why."""


def write(html: str, *, most_pages: int) -> bytes:
    """The page as PDF/UA-1, with the language and the title that the page itself names.

    The writer reads nothing but this text: no file, no address, no setting of ours. Raises PdfRefused where Pango
    is missing or has no letter for a sign, where it takes longer than 45 s, and where it would be more than
    `most_pages`; at once where two wait already.
    """
    if not _LINE.acquire(blocking=False):
        raise PdfRefused(_("The PDF took too long. Try again, or print the page itself from the browser."))
    try:
        with _ONE_AT_A_TIME:
            ended = _writer(html, most_pages)
    except subprocess.TimeoutExpired as error:
        raise PdfRefused(_("The PDF took too long. Try again, or print the page itself from the browser.")) from error
    finally:
        _LINE.release()
    if ended.returncode in _reasons():
        raise PdfRefused(_reasons()[ended.returncode])
    if ended.returncode:
        raise RuntimeError(f"the PDF writer ended with {ended.returncode}: {ended.stderr.decode('utf-8', 'replace')}")
    return ended.stdout


def _reasons() -> dict[int, str]:
    packages = " ".join(PACKAGES)
    return {
        NOT_HERE: _(
            "PDF files need %(packages)s on the server; the page itself can be printed too.", packages=packages
        ),
        TOO_LONG: _("This does not fit on the sheet. Use shorter words or fewer questions."),
        NO_LETTERS: _("The server lacks letters for this text. Install fonts-noto-core, or print the page itself."),
    }


def _writer(html: str, most_pages: int) -> subprocess.CompletedProcess[bytes]:
    surroundings = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return subprocess.run(  # noqa: S603 - our own file
        [sys.executable, "-I", str(WRITER), str(most_pages)],
        input=html.encode(), capture_output=True, timeout=LONGEST, check=False, cwd="/", env=surroundings,
    )  # fmt: skip
