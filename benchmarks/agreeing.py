"""What the agreement of two coders costs: 2,000 texts, 68 codes, kappa code by code and alpha over whole sets."""

import random
import time

from app.desk.moderation.second_coding import agreement
from app.desk.moderation.second_coding.agreement import Pair

TEXTS, CODES = 2_000, 68
ALIKE = 0.7


def agreed() -> dict[str, float]:
    """Processor milliseconds of both formulas together; reading the rows is the database's part."""
    chance = random.Random(1)
    codes = [f"C{nth}" for nth in range(CODES)]
    pairs = [_pair(chance, codes) for _nth in range(TEXTS)]
    begun = time.process_time()
    agreement.per_code(pairs, codes)
    agreement.alpha((nth, said) for nth, pair in enumerate(pairs) for said in pair)
    return {"agreement_ms": 1000 * (time.process_time() - begun)}


def _pair(chance: random.Random, codes: list[str]) -> Pair:
    first = frozenset(chance.sample(codes, chance.choice((1, 1, 2, 3))))
    return first, first if chance.random() < ALIKE else frozenset(chance.sample(codes, chance.choice((1, 2))))
