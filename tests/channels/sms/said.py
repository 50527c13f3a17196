"""What people send, for tests that draw conversations at random."""

from hypothesis import strategies as st

CODES = ("GH1", "gh 1.", "GHl", "MUE2", "SIR1", "GH9", "GH1 EN", "gh1 polski", "GH1 maden er altid kold", "START GH1")
ANSWERS = (
    "4", "2", "1", "5/5", "8/10", "ja", "nej", "nogenlunde", "yes", "nie", "cztery", "😀", "⭐⭐", "1-2", "7", "3 1",
    "ved ikke", "vil ikke svare", "meget godt", "4 fordi der var varmt", "ja og nej", "personale", "lys og lås", "👍",
)  # fmt: skip
RESERVED = ("STOP", "stop nu tak", "HJÆLP", "HELP", "START", "SLET", "SPROG", "SPROG EN", "dansk", "EN", "NYT",
            "SPRING", "pas", "توقف", "nyt bro hund kaffe sol", "slet bro hund kaffe sol")  # fmt: skip
WORDS = (
    "Flere senge om natten", "der er koldt i gangen hver aften", "hvad mener du", "slet ikke", "jeg vil ikke leve mere",
    "min ven trækker ikke vejret", "I want to die", "Więcej łóżek w nocy", "هذا المكان بارد جدا", "det store hus",
)  # fmt: skip
SMALL = ("tak", "ok", "hej", "?", "!?", "", "   ", "kaffe", "…", "\u200b", "2", "\0\x07", "' OR 1=1 --", "x" * 1600)

texts = st.one_of(
    st.sampled_from(CODES),
    st.sampled_from(ANSWERS),
    st.sampled_from(ANSWERS),
    st.sampled_from(RESERVED),
    st.sampled_from(WORDS),
    st.sampled_from(SMALL),
    st.text(max_size=40),
)
"""Codes, answers, reserved words, sentences, nothing at all, and anything Unicode has."""
