"""The real application with one planned death, as a target for granian in tests: nothing of this is code in app/.

`TORTURE_CRASH` is `point:n` (empty: no plan), `TORTURE_MARK` the file that tells of the death, and
`TORTURE_MUTANT` a wrong gateway of tests/mutants, to show that the torture notices.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from app.channels.sms import conversation, intake, meter
from app.channels.sms.writes import Writes
from app.core.db import db
from tests.faults import crash_points
from tests.faults.crash_points import Plan
from tests.mutants import gateway_mutants
from wsgi import app as real

_POINT, _, _NTH = os.environ.get("TORTURE_CRASH", "").partition(":")
_PLAN = Plan(_POINT, int(_NTH or 0), Path(os.environ.get("TORTURE_MARK", "/dev/null")))


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The application; texts from the carrier pass the points."""
    _PLAN.hear(is_text=environ["PATH_INFO"].startswith("/sms/"))
    answer: Iterable[bytes] = real(environ, start_response)
    _PLAN.passing("before the answer")
    return answer


def _wrap(owner: Any, name: str, *, before: str = "", after: str = "") -> None:
    inner = getattr(owner, name)

    def crashing(*args: Any, **kwargs: Any) -> Any:
        _PLAN.passing(before)
        found = inner(*args, **kwargs)
        _PLAN.passing(after)
        return found

    setattr(owner, name, crashing)


meter.REPLIES_AN_HOUR = meter.LOOKUPS_AN_HOUR = 10**6  # limits have tests of their own; here every reply is compared
_wrap(intake, "take", before="before the claim")
_wrap(intake, "take_together", before="before the claim")
_wrap(conversation, "turn", after="before the first write")
_wrap(Writes, "keep", after="before COMMIT")
_wrap(db.session, "commit", after="after COMMIT")
crash_points.end_with(int(os.environ["TORTURE_DRIVER"]))
gateway_mutants.apply(os.environ.get("TORTURE_MUTANT", ""))
