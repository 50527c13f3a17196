"""`.venv/bin/python -m benchmarks.scores`: how often themes, tone, language and look-alikes are right."""

import json
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from app.desk.moderation.similar import rule
from app.desk.moderation.suggesting import hints, language, learning, suggestions, tone, training
from app.desk.moderation.suggesting.learning import Model
from app.desk.moderation.suggesting.tone import Tone

ORACLES = Path(__file__).resolve().parents[1] / "tests" / "oracles"
FOLDS = 10
SAID = {Tone.PRAISE: "pos", Tone.CRITICISM: "neg", Tone.UNKNOWN: "neu"}
Ranked = tuple[list[suggestions.Suggestion], set[str]]


def main() -> None:
    """Print the figures; what is learned never sees the text it is asked about."""
    items = _items("themes_public")
    book = hints.shipped()
    of_hints = learning.bayes([one for one in training.examples(book) if one.voice is None])
    _themes("hints alone", [_ranked(item, None) for item in items])
    _themes("and a model of the hints", [_ranked(item, of_hints) for item in items])
    _themes(f"and of the other texts, {FOLDS} parts", _in_parts(items))
    _tone(_items("tone_public"))
    _language(_items("langid_public"))
    _look_alikes()


def _themes(name: str, ranked: Sequence[Ranked]) -> None:
    shown = [({one.theme for one in order if one.score >= suggestions.SHOWN}, true) for order, true in ranked]
    right = sum(len(got & true) for got, true in shown)
    f1 = 2 * right / sum(len(got) + len(true) for got, true in shown)
    with_theme = [(order, true) for order, true in ranked if true]
    first = sum(bool(order) and order[0].theme in true for order, true in with_theme)
    three = sum(len({one.theme for one in order[:3]} & true) for order, true in with_theme)
    of_all = sum(len(true) for _, true in with_theme)
    print(f"themes    {name:36} F1 {f1:.3f}  first {first / len(with_theme):.3f}  in three {three / of_all:.3f}")


def _in_parts(items: Sequence[dict[str, Any]]) -> list[Ranked]:
    book = hints.shipped()
    examples = training.examples(book)
    of_hints, of_texts = [one for one in examples if one.voice is None], [one for one in examples if one.voice]
    ranked = []
    for part in range(FOLDS):
        model = learning.bayes([*of_hints, *(one for nth, one in enumerate(of_texts) if nth % FOLDS != part)])
        ranked += [_ranked(item, model) for nth, item in enumerate(items) if nth % FOLDS == part]
    return ranked


def _ranked(item: dict[str, Any], model: Model | None) -> Ranked:
    return suggestions.rank(item["text"], model=model), set(item["themes"])


def _tone(items: Sequence[dict[str, Any]]) -> None:
    said = [(SAID[tone.of(item["text"])], item["label"]) for item in items]
    spoke = [(got, true) for got, true in said if got != "neu"]
    turned = sum({got, true} == {"pos", "neg"} for got, true in spoke)
    right = sum(got == true for got, true in spoke)
    print(f"tone      spoke {len(spoke)} of {len(said)}, right {right / len(spoke):.3f}, the opposite {turned}")


def _language(items: Sequence[dict[str, Any]]) -> None:
    right: Counter[str] = Counter()
    for item in items:
        right[item["kind"]] += language.of(item["text"]) in item["lang"]
    kinds = Counter(item["kind"] for item in items)
    print("language  " + ", ".join(f"{kind} {right[kind]} of {n}" for kind, n in kinds.items()))


def _look_alikes() -> None:
    oracle = json.loads((ORACLES / "near_duplicates.json").read_text("utf-8"))
    plain = {item["id"]: rule.plain(item["text"]) for item in oracle["items"]}
    found = {pair for pair in combinations(sorted(plain), 2) if rule.same(plain[pair[0]], plain[pair[1]])}
    wanted = {tuple(sorted(pair)) for pair in oracle["pairs"]}
    traps = sum(tuple(sorted(trap["pair"])) in found for trap in oracle["must_not"])
    right = len(found & wanted)
    said = f"precision {right / len(found):.3f}  recall {right / len(wanted):.3f}"
    print(f"alike     {said}  traps {traps} of {len(oracle['must_not'])}")


def _items(name: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads((ORACLES / f"{name}.json").read_text("utf-8"))["items"]
    return items


if __name__ == "__main__":
    main()
