"""Names of people: after a cue, on the list, or with a capital where Danish writes none."""

from collections.abc import Iterator

from app.privacy.masking import lists, span, words
from app.privacy.masking.span import Span
from app.privacy.masking.words import Word

# Behind these, any word that is not an ordinary one is a name.
_CUES = frozenset(
    tuple(cue.split())
    for cue in (
        "hedder", "hed", "hilsen", "hilsner", "hilsen fra", "hilsner fra", "mvh", "vh", "kh", "knus", "spoerg efter", "spoerge efter",
        "spurgte efter", "navn er", "navnet er", "ved navn", "kaldenavn er", "oegenavn er", "under navnet", "kendt som", "doebt",
        "hr", "fr", "fru", "froeken", "mr", "mrs", "kaerlig hilsen", "my name is", "named", "ask for", "nazywam sie", "na imie", "ma numesc",
        "numele meu este", "magacaygu waa", "اسمي", "اسمه", "اسمها", "نام من",
    )
)  # fmt: skip
_LONGEST_CUE = max(len(cue) for cue in _CUES)
_BETWEEN_CUE_AND_NAME = frozenset(["vist", "vistnok", "bare", "nok", "altsaa", "sgu", "saa", "jo", "da", "egentlig", "noget"])
# 'stedet hedder …' names a place, a thing or an idea.
_NO_PERSON = frozenset(
    ["det", "hvad", "stedet", "huset", "cafeen", "gaden", "vejen", "byen", "parken", "pladsen", "medicinen", "stoffet", "butikken", "projektet", "foreningen", "appen", "siden", "herberget", "vaerestedet", "klubben", "kirken", "skolen", "bussen", "filmen", "sangen", "bogen", "kommunen", "afdelingen", "ordningen", "loven", "paragraffen"]
)
_ROLES = frozenset(
    ["mor", "far", "soen", "datter", "bror", "soester", "kaereste", "kone", "mand", "ven", "veninde", "kammerat", "nabo", "eks", "fyr", "makker", "chef", "leder", "vagt", "vagten", "laege", "laegen", "kontaktperson", "sagsbehandler", "sagsbehandleren", "paedagog", "paedagogen", "psykolog", "psykologen", "betjent", "betjenten", "sygeplejerske", "sygeplejersken", "socialraadgiver", "frivillige", "vagtmanden", "store", "lille", "lange", "tykke", "gamle", "unge", "onkel", "tante", "faetter", "kusine", "hende", "ham"]
)
_ACTS = frozenset(
    ["siger", "sagde", "hjaelper", "hjalp", "tager", "tog", "gav", "giver", "spurgte", "spoerger", "kommer", "kom", "smed", "slog", "slaar", "raabte", "raaber", "staar", "sidder", "sad", "arbejder", "passer", "lovede", "lytter", "lyttede", "ringede", "ringer", "skrev", "skriver", "stjal", "kalder", "kaldte", "skaelder", "griner", "taler", "talte", "snakker", "sover", "bor", "drikker", "fik", "faar", "fortalte", "lavede", "laver", "truede", "truer", "skubbede", "bestemmer", "glemmer", "glemte", "hader", "elsker", "kender", "kendte", "laaner", "laante", "lyver", "loej"]
)
_IS = frozenset({"er", "har", "var", "vil", "kan", "skal", "blev", "bliver"})
# Ambiguous ones that cannot be what a sentence is about unless they are somebody: 'Per er', not 'Sol er'.
_SOMEBODY = frozenset(["bo", "per", "stig", "bent", "jan", "max", "rene", "kaj", "signe", "rune", "nick", "ane", "helle", "line", "mik", "tine", "tue", "tage", "tom", "peer", "aske"])
_PARTICLES = frozenset(["van", "von", "de", "del", "el", "al", "bin", "ibn", "abu", "af", "der", "den", "la"])
_SURNAME_ENDINGS = (
    "nsen", "rsen", "dsen", "tsen", "gsen", "ksen", "lsen", "bsen", "gaard", "lund", "bjerg", "holm", "dahl", "strup", "toft", "kjaer", "baek",
    "beck", "berg", "borg", "mark", "loekke", "holt", "vang", "kvist", "krog", "dal", "skov", "ager", "sson", "ski", "ska", "escu", "vic", "ovic", "zadeh",
)  # fmt: skip
_SHORTEST_SURNAME = 6
# What an unknown capitalised word is more likely to be than somebody.
_THING_ENDINGS = ("erne", "ningen", "tionen", "heden", "elsen", "ning", "tion", "hed", "else", "ingen", "skab", "skabet", "isme", "et")
_PLACE_ENDINGS = (
    "vej", "vejen", "gade", "gaden", "alle", "straede", "straedet", "torv", "torvet", "plads", "pladsen", "parken", "kirken", "kirke", "huset",
    "centret", "centeret", "center", "skole", "skolen", "klubben", "havnen", "banegaard", "station", "kommune", "kommunen", "regionen",
    "foreningen", "festival", "bodega", "kroen", "hjemmet", "fonden", "porten", "broen", "hallen", "boulevard", "hospital", "hospitalet",
    "herberg", "herberget", "caf", "cafe", "cafeen", "landet", "bladet", "avisen", "teamet", "raadet", "koebing", "loese", "sted", "stedet",
)  # fmt: skip
# Definite forms behind a cue ('spørg efter kaptajnen') name a role.
_ROLE_ENDINGS = ("en", "et", "er", "erne", "ende", "ede", "ig", "sk")
_SHORTEST_THING = 6
_FEWEST_TO_JUDGE = 4
# Beginnings and letters that no Danish word has, but for those on the list of ordinary words.
_FOREIGN_BEGINNINGS = ("x", "zb", "zh", "dh", "kh", "gh")
_NAME_ENDINGS = (
    "ovic", "enko", "rzy", "ullah", "uddin", "slav", "mir", "hild", "gerd", "mund", "vald", "bert", "frid", "ulf", "trud", "dottir", "escu",
)  # fmt: skip
# A name behind these belongs to a house, not to a person.
_HOUSES = frozenset(["cafe", "cafeen", "hotel", "hotellet", "restaurant", "projekt", "projektet", "vaerested", "vaerestedet", "herberg", "bodega", "klub", "klubben", "kollegiet"])
# 'tag fat i Jan' is about somebody, 'sover i Jels' is not.
_IN_SOMEBODY = frozenset(["fat", "forelsket", "skuffet", "vild", "tillid"])


def find(text: str, allow: frozenset[str]) -> Iterator[Span]:
    """Names in a folded text; `allow` are folded words (sites, stops) that are nobody's name here."""
    row = words.split(text)
    reader = _Reader(row, allow)
    reasons = [reader.reason(at) for at in range(len(row))]
    for at in range(len(row)):
        reasons[at] = reasons[at] or reader.joined(at, reasons)
    yield from _spans(row, reasons)


class _Reader:
    """One text: which of its words are names, and why."""

    def __init__(self, row: list[Word], allow: frozenset[str]) -> None:
        self.row = row
        self.allow = allow
        inside = [word for word in row if not word.begins]
        capitals = sum(word.is_capitalised for word in inside)
        # Where every other word has a capital, capitals say nothing.
        self.capitals_tell = len(inside) < _FEWEST_TO_JUDGE or 2 * capitals <= len(inside)

    def reason(self, at: int) -> str | None:
        """Why this word by itself is a name, None where it is not."""
        word = self.row[at]
        if self._is_ordinary(word) or self._names_a_place(at):
            return None
        if self._is_cued(at) and self._may_be_called(word):
            return span.NAME_CUE
        if self._is_known(word):
            return span.NAME_KNOWN
        if word.key in lists.ambiguous() or _without_s(word.key) in lists.ambiguous():
            return self._ambiguous(at)
        if word.is_capitalised and self.capitals_tell and not word.begins and self._is_unusual(at):
            return span.NAME_CAPITAL
        return span.NAME_KNOWN if word.begins and word.is_capitalised and _sounds_like_a_name(word) else None

    def joined(self, at: int, reasons: list[str | None]) -> str | None:
        """Why this word belongs to the name beside it: a family name, an initial, 'van', the first of two."""
        word = self.row[at]
        before = self.row[at - 1] if at and reasons[at - 1] and word.gap == " " else None
        after = self._name_after(at, reasons)
        is_initial = len(word.said) == 1 and word.said.isupper() and word.said != "I"
        if before and not self._is_ordinary(word):
            if is_initial or (word.is_capitalised and self.capitals_tell) or _is_surname(word):
                return reasons[at - 1]
        if after and is_initial:
            return reasons[at + 1]
        if before and after and word.key in _PARTICLES and after.is_capitalised:
            return reasons[at - 1]
        if word.begins and word.is_capitalised and self._may_begin_a_name(word):
            return reasons[at + 1] if after and after.is_capitalised else self._named_with_another(at, reasons)
        return None

    def _name_after(self, at: int, reasons: list[str | None]) -> Word | None:
        after = self.row[at + 1] if at + 1 < len(self.row) and reasons[at + 1] else None
        return after if after and after.gap in (" ", ". ") else None

    def _named_with_another(self, at: int, reasons: list[str | None]) -> str | None:
        """'Ronja og Sofus': the first of two is a name when the second is."""
        if at + 2 < len(self.row) and self.row[at + 1].key == "og" and self.row[at + 2].is_capitalised:
            return reasons[at + 2]
        return None

    def _is_ordinary(self, word: Word) -> bool:
        key = word.key
        if key in self.allow or _without_s(key) in self.allow:
            return True
        if key in lists.ordinary() or (_without_s(key) in lists.ordinary() and key not in lists.given()):
            return key not in lists.ambiguous()
        first, hyphen, second = word.said.partition("-")
        # Facebook-gruppen and Peer-medarbejdere are things; Anne-Birthe is not.
        return bool(hyphen) and first[0].isupper() and second[:1].islower()

    def _names_a_place(self, at: int) -> bool:
        """'i Opdigtet' and 'stedet hedder Reden' name no person; a known name does, wherever it stands."""
        before = self.row[at - 1].key if at else ""
        if before in ("i", "in") and not self.row[at].begins:
            return not self._is_known(self.row[at]) and (at < 2 or self.row[at - 2].key not in _IN_SOMEBODY)
        if before in _HOUSES and self.row[at].is_capitalised:
            return not self._is_known(self.row[at])
        return before in ("hedder", "hed") and at > 1 and self.row[at - 2].key in _NO_PERSON

    def _is_cued(self, at: int) -> bool:
        while at > 1 and self.row[at - 1].key in _BETWEEN_CUE_AND_NAME:
            at -= 1
        if at >= len(self.row) or len(self.row[at].gap.strip(" :.,\n-")) > 0:
            return False
        return any(
            tuple(word.key for word in self.row[at - length : at]) in _CUES for length in range(1, min(at, _LONGEST_CUE) + 1)
        )

    def _may_be_called(self, word: Word) -> bool:
        if word.is_capitalised or word.key in lists.given() or word.key in lists.ambiguous():
            return True
        if not word.said[0].isascii() and not word.said[0].islower():
            return True  # scripts without capitals
        return len(word.key) > 2 and not word.key.endswith(_ROLE_ENDINGS + _THING_ENDINGS)

    def _is_known(self, word: Word) -> bool:
        if len(word.key) < 3 and not word.is_capitalised:
            return False
        keys = {word.key, _without_s(word.key), *(part for part in word.key.split("-") if len(part) > 2)}
        return not keys.isdisjoint(lists.given()) and word.key not in lists.ambiguous()

    def _ambiguous(self, at: int) -> str | None:
        word = self.row[at]
        after = self.row[at + 1].key if at + 1 < len(self.row) else ""
        if word.is_capitalised and not word.begins:
            return span.NAME_CAPITAL if self.capitals_tell else None
        if word.is_capitalised and (after in _ACTS or (after in _IS and word.key in _SOMEBODY)):
            return span.NAME_KNOWN
        cued = at > 0 and self.row[at - 1].key in _ROLES and after in _ACTS | _IS
        return span.NAME_CUE if cued else None

    def _is_unusual(self, at: int) -> bool:
        word = self.row[at]
        if len(word.said) == 1 or any(c.isupper() for c in word.said[1:] if "-" not in word.said and "'" not in word.said):
            return False
        is_long = len(word.key) >= _SHORTEST_THING
        is_after_name = self._is_known(self.row[at - 1])
        return is_after_name or not (is_long and word.key.endswith(_THING_ENDINGS + _PLACE_ENDINGS))

    def _may_begin_a_name(self, word: Word) -> bool:
        return not self._is_ordinary(word) and not word.key.endswith(("en", "et", "erne", "er", *_THING_ENDINGS))


def _without_s(key: str) -> str:
    return key[:-1].rstrip("'") if len(key) > 3 and key.endswith("s") else key.rstrip("'")


def _sounds_like_a_name(word: Word) -> bool:
    """A first word nobody listed: it sounds like a name we know, or is spelled as no Danish word is."""
    keys = (word.key, _without_s(word.key))
    if any(len(key) >= lists.SHORTEST_SOUND and lists.sound(key) in lists.given_sounds() for key in keys):
        return True
    is_foreign = "q" in word.key or word.key.startswith(_FOREIGN_BEGINNINGS)
    return is_foreign or word.key.endswith(_NAME_ENDINGS)


def _is_surname(word: Word) -> bool:
    if word.key in lists.surnames() or word.key.startswith(("al-", "el-", "abu-")):
        return True
    return len(word.key) >= _SHORTEST_SURNAME and word.key.endswith(_SURNAME_ENDINGS)


def _spans(row: list[Word], reasons: list[str | None]) -> Iterator[Span]:
    """Names side by side are one mask."""
    at = 0
    while at < len(row):
        reason = reasons[at]
        if reason is None:
            at += 1
            continue
        first = last = at
        while last + 1 < len(row) and reasons[last + 1] and row[last + 1].gap in (" ", ". "):
            last += 1
        yield Span("name", row[first].start, row[last].end, reason)
        at = last + 1
