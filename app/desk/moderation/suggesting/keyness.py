"""How much more a word is used now than before: weighted log-odds with an informative prior. Pure.

Monroe, Colaresi and Quinn, Fightin' Words, Political Analysis 16 (2008), formulas 16 and 20–22.
"""

from math import log, sqrt

WEIGHT = 0.5
"""The prior says that both times speak alike: half of what both said together."""


def z(in_new: float, words_new: float, in_history: float, words_history: float) -> float:
    """Standard deviations by which the odds of a word in the new texts lie above those in the old ones.

    The first and third are the word's counts, the others those of all words. 0 where there is nothing to compare.
    """
    prior = WEIGHT * (in_new + in_history)
    prior_words = WEIGHT * (words_new + words_history)
    if not prior or not (new := in_new + prior) or not (old := in_history + prior):
        return 0.0
    rest_new, rest_old = words_new + prior_words - new, words_history + prior_words - old
    if rest_new <= 0 or rest_old <= 0:
        return 0.0
    return (log(new / rest_new) - log(old / rest_old)) / sqrt(1 / new + 1 / old)
