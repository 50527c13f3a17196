"""Where somebody may be led after signing in: addresses of the desk, and nowhere else."""

import re

from flask import url_for

_OWN_PATH = re.compile(r"/desk(?:[/?][!-\[\]-~]*)?", re.ASCII)  # printable, no backslash


def own_path(target: str | None) -> str:
    """`target` if it is an address of the desk, else the start page."""
    if target and _OWN_PATH.fullmatch(target) and "//" not in target:
        return target
    return url_for("admin.start")
