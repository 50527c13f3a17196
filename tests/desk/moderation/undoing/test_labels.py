"""Every act that can be undone has a name for its button."""

import re

from app.core.config import ROOT
from app.desk.moderation.undoing import labels

_ACT = re.compile(r"(?:remembered\(|remember(?:ing)?\([^,()]+, )\"(\w+)\"")


def test_every_act_has_a_name() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "app/desk/moderation").rglob("*.py")]
    used = {act for text in texts for act in _ACT.findall(text)}

    assert used >= {"approve", "hold", "memo"}  # the search finds what is there
    assert used - set(labels.LABELS) == set()
