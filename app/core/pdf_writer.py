"""The process that makes one PDF: HTML on stdin, PDF/UA-1 on stdout. It imports nothing of ours and fetches nothing.

Started by path (`python pdf_writer.py MOST_PAGES`), so that starting it does not load the application.
"""

import io
import logging
import resource
import sys

NOT_HERE, TOO_LONG, NO_LETTERS = 3, 4, 5
MOST_MEMORY = 1 << 30
"""Bytes of address space; a poster takes about a third of it."""


class Heard(logging.Handler):
    """What WeasyPrint said while it worked."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one sentence."""
        self.said.append(record.getMessage())


def main() -> int:
    """Read, lay out, write; the number says how it ended."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        # Only here may it fail: without Pango the import itself does.
        from weasyprint import HTML  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return NOT_HERE
    heard = Heard()
    logging.getLogger("weasyprint").addHandler(heard)
    only_data = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    document = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=only_data).render(pdf_variant="pdf/ua-1")
    if len(document.pages) > int(sys.argv[1]):
        return TOO_LONG
    written = io.BytesIO()
    document.write_pdf(written, pdf_variant="pdf/ua-1")
    sys.stderr.write("".join(f"{sentence}\n" for sentence in heard.said))
    if any(".notdef" in sentence for sentence in heard.said):  # an empty box stands where a letter should
        return NO_LETTERS
    sys.stdout.buffer.write(written.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
