"""What quotes, their states and the questions before a signature are called; templates translate."""

from app.core.i18n import N_

STATES = {
    "draft": N_("Not signed"),
    "first_signed": N_("Signed by one"),
    "approved": N_("Signed by two"),
    "released": N_("Shown"),
    "taken_down": N_("Taken down"),
}
KINDS = {
    "verbatim": N_("The person's own words"),
    "paraphrase": N_("Said in other words"),
}
ASKED = {
    "name": N_("No name stands in it, and nothing that works like a name."),
    "role": N_("No job or role that only few people have."),
    "trait": N_("Nothing so rare that it points to one person."),
    "date": N_("No date or event tells who it is."),
    "sum": N_("No sum of money tells who it is."),
    "wording": N_("No wording could be searched for and found elsewhere."),
    "third": N_("It tells nothing about somebody else who was not asked."),
    "accusation": N_("It accuses nobody who could be found."),
}
"""What no tool can see, asked before each signature."""
DOWN_REASONS = {
    "recognised": N_("Somebody could be recognised"),
    "asked_for": N_("Somebody asked for it"),
    "mistake": N_("It says something else than the person did"),
    "old": N_("It is not true any more"),
}
SAID = {
    "drafted": N_("The quote is written. Now two people must sign it."),
    "reworded": N_("The words are changed. They must be signed again."),
    "signed": N_("Signed."),
    "released": N_("It is shown from tomorrow morning."),
    "down": N_("The quote is gone."),
}
"""What the live region says after an act."""
