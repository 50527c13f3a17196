"""QR codes as pictures."""

import re
import subprocess
import sys
from urllib.parse import unquote

import pytest

from app.core import qr

BOX = re.compile(r"width='([\d.]+)mm' height='([\d.]+)mm' viewBox='0 0 ([\d.]+)")
SMALLEST_WHOLE_CODE = 21
"""Modules of version 1; a Micro QR has 17 at most."""


def sides(content: str, millimetres: float) -> tuple[float, float]:
    found = BOX.search(unquote(qr.data_uri(content, millimetres=millimetres)))
    assert found
    return float(found[1]), float(found[2])


def test_the_picture_is_the_code_and_four_modules_of_white_on_each_side() -> None:
    width, height = sides("HTTPS://GADENSSTEMME.DK/S/GH1", 30)

    assert width == height == pytest.approx(30 * (25 + 8) / 25)


def test_the_shortest_content_is_a_whole_code_and_no_micro_one() -> None:
    width, _ = sides("1", SMALLEST_WHOLE_CODE)

    assert width == pytest.approx(SMALLEST_WHOLE_CODE + 8)


def test_capitals_make_a_smaller_code_than_the_same_address_in_small_letters() -> None:
    assert sides("HTTPS://GADENSSTEMME.DK/S/GH1", 30) > sides("https://gadensstemme.dk/s/gh1", 30)


def test_who_prints_nothing_holds_none_of_what_printing_needs() -> None:
    loaded = "import app, sys; print(sorted({'segno', 'weasyprint'} & set(sys.modules)))"

    assert subprocess.check_output([sys.executable, "-c", loaded], text=True).strip() == "[]"
