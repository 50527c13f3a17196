"""The channel's own sentences and the language they go out in. Each fits one segment in Danish and English."""

from dataclasses import dataclass, field

from app.channels.sms.segments import downgrade
from app.core.i18n import N_, translate
from app.surveys import sms_languages

spoken = sms_languages.spoken

OFFER = N_(
    "Thank you. Would you like to see what happens with what you said? "
    "You get a code of 4 words. Reply 1 for yes, 2 for no."
)
RECEIPT = N_(
    "Your code: %(code)s. Write it down. Send NEWS and the 4 words later. "
    "We will not text again. You may delete this text. Danger? Call 112."
)
THANKS = N_(
    "Thank you. Your answer is saved without your number. We will not text again. "
    "You may delete these texts from your phone. Danger? Call 112."
)
NOTHING_KEPT = N_("Thank you. You skipped, so nothing is saved. We will not text you again.")
FREE = N_(
    "Thank you. Saved without your number. Which place is it about? "
    "Send the place's code, like AB1, or SKIP. Danger: call 112."
)
ASK_PLACE = N_("Send the code of the place. It is on the poster, like AB1. Or write SKIP.")
START = N_(
    "Gadens Stemme: say what you think about a place, no name. "
    "Send the place's code and EN, like AB1 EN. See the poster. Danger: call 112."
)
ORPHAN = N_(
    "We have no conversation open with you. We forget numbers within two days. "
    "Send the place's code, like AB1, to begin."
)
LOST = N_("We lost the thread. Please write again.")
UNKNOWN_PLACE = N_("We do not know the code %(typed)s. Look at the poster and send it again, like AB1.")
CLOSED = N_("%(site)s is not asking right now. You may still write what you think. It is saved without your number.")
STOPPED = N_("Stopped. We will not text you again. What you had not finished is deleted.")
DELETED = N_("Deleted. What you wrote in this conversation is gone. We will not text again.")
WITHDRAWN = N_("Your answer and your words are deleted now.")
HOW_TO_DELETE = N_(
    "There is nothing open to delete. If you have a code of 4 words, send DELETE and the words. "
    "You can do so for 30 days."
)
NOT_READ_YET = N_("Your answer has been received. A person will read it soon. Send NEWS and the 4 words again later.")
NEWS = N_("%(status)s Theme: %(theme)s. We never show your words. Send NEWS and the 4 words again later.")
READ = N_("Your answer has been read.")
ANSWERED = N_("There is an answer now.")
DONE = N_("Something has been done now.")
READ_WITHOUT_THEME = N_("Your answer has been read. We never show your words. Send NEWS and the 4 words again later.")
NO_SUCH_RECEIPT = N_("We cannot find those 4 words. Check them and send NEWS and the words again.")
LATEST_NEWS = N_("%(news)s If you have a code, send NEWS and the 4 words.")
NO_NEWS = N_("There is no news yet. If you have a code, send NEWS and the 4 words.")
NO_PICTURES = N_("We cannot take pictures or sound, so we kept none. Please write it in words.")
LANGUAGES = N_("Language: reply 1 Dansk, 2 English.")
LANGUAGES_NONE_OPEN = N_("Language: send the place's code and your language, like AB1 EN. DA Dansk, EN English.")
NOBODY_READS = N_("Nobody reads along right now.")


@dataclass(frozen=True)
class Sentence:
    """One of the channel's sentences with what stands in it, or (`is_plain`) a text of the survey as it is."""

    msgid: str
    values: dict[str, str] = field(default_factory=dict)
    is_plain: bool = False


def plain(text: str) -> Sentence:
    """A wording that comes from the content, already in the right language."""
    return Sentence(text, is_plain=True)


def said(lang: str, sentences: tuple[Sentence, ...]) -> str:
    """The sentences as one message in a language that is sent, in as few segments as they can."""
    return rendered(spoken(lang), sentences)


def rendered(lang: str, sentences: tuple[Sentence, ...]) -> str:
    """The message in just this language, read by a speaker or not: for who checks what would be sent."""
    texts = [s.msgid if s.is_plain else translate(lang, s.msgid, **s.values) for s in sentences]
    return downgrade(" ".join(text for text in texts if text), lang)
