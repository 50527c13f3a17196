"""What the tablet says on its own screens: a key for its script, and the sentence as it is written in English.

The script fills in %(name)s itself, so the pack carries the sentences unformatted.
"""

from app.core.i18n import N_

FOR_CITIZENS = {
    "tell": N_("Tell us"),
    "about_place": N_("Tell us about %(place)s"),
    "languages": N_("Languages"),
    "machine": N_("A machine translated this page. Nobody has read it yet."),
    "size": N_("Larger text"),
    "contrast": N_("Contrast"),
    "help": N_("Help"),
    "listen": N_("Read aloud"),
    "have_code": N_("I have a code"),
    "together": N_("Answer together with someone"),
    "helping": N_("Is somebody helping you?"),
    "none": N_("No"),
    "peer": N_("Yes, a friend"),
    "staff": N_("Yes, someone who works here"),
    "sees": N_("The one who helps you sees your answers."),
    "no_name": N_("We do not ask your name."),
    "no_must": N_("You can skip anything."),
    "no_change": N_("It does not change the help you get."),
    "keeps": N_("If you leave half-way, we keep what you tapped, but not your words."),
    "start": N_("Start"),
    "back": N_("Back"),
    "skip": N_("Skip"),
    "next": N_("Next"),
    "number": N_("Question %(number)s of %(total)s"),
    "nothing": N_("Choose an answer, or press Skip."),
    "most": N_("You can choose %(num)s. Press one again to take it away."),
    "erase": N_("Erase"),
    "almost": N_("Almost done"),
    "show": N_("You may show my words to others, without my name."),
    "code": N_("Give me a code. Then I can see what happens."),
    "send": N_("Send"),
    "thanks": N_("Thank you"),
    "safe": N_("Your answer is safe here. It is sent when the net is there."),
    "your_code": N_("Your code"),
    "write_code": N_("Write the 4 words down, or take a picture. The code never shows what you wrote."),
    "where_code": N_("Use it on the page %(address)s, or text NYT and the 4 words."),
    "done": N_("Done"),
    "still": N_("Are you still there?"),
    "deletes": N_("We delete your answers in %(seconds)s seconds."),
    "go_on": N_("Yes, go on"),
    "wipe": N_("Delete and start again"),
    "danger": N_("In danger? Call 112."),
    "tell_staff": N_("Tell someone who works here."),
    "close": N_("Close"),
    "not_kept": N_("We could not keep your answer."),
    "or_text": N_("Tell someone who works here. Or send a text message."),
    "pause": N_("This screen is taking a break."),
    "opens": N_("We open at %(hour)s."),
    "closed": N_("We are closed just now."),
}

HINTS = {
    "number": N_("Write a number from %(low)s to %(high)s."),
    "text": N_("Do not write names, CPR numbers or phone numbers."),
    "note": N_("For the one who helps: write down what is said, word for word."),
}
"""Type of question → what is said under it."""
FREE = ("text", "note")
"""Types of question that are answered in words."""

FOR_STAFF = {
    "s_title": N_("For those who work here"),
    "s_pin": N_("Write the PIN of the screen."),
    "s_wrong": N_("That was not the PIN."),
    "s_wait": N_("Wait %(seconds)s seconds, then try again."),
    "s_no_pin": N_("The screen has no PIN. Set one at the desk, under Screens."),
    "s_again": N_("Connect the screen again"),
    "s_code": N_("Write the code from the desk."),
    "s_code_wrong": N_("That code did not work."),
    "s_sync": N_("Send now"),
    "s_contact": N_("Last contact"),
    "s_never": N_("not yet"),
    "s_queue": N_("Waiting to be sent"),
    "s_few": N_("under 5"),
    "s_many": N_("5 or more"),
    "s_aside": N_("Set aside"),
    "s_persisted": N_("Storage is kept"),
    "s_yes": N_("yes"),
    "s_no": N_("no"),
    "s_version": N_("Version"),
    "s_survey": N_("Survey"),
    "s_test": N_("Try it with a test answer"),
    "s_testing": N_("This is a test. It is not counted."),
    "s_volume": N_("Volume"),
    "s_sleep": N_("Put the screen to sleep"),
    "s_wake": N_("Wake the screen"),
    "s_export": N_("Save the queue as a file"),
    "s_leave": N_("Take the screen out of use"),
    "s_first": N_("Answers are still waiting. Send them or save them as a file first."),
    "s_sure": N_("Press once more. Then the screen is no longer connected."),
    "s_full": N_("The screen is nearly full. Connect it to the net."),
}
"""In Danish and English only: those who work here read one of them."""


def to_citizens() -> tuple[str, ...]:
    """Every sentence a visitor may meet."""
    return (*FOR_CITIZENS.values(), *HINTS.values())
