"""What can be said about a case: IFRC's lists word for word, our outcomes, and why somebody is worried."""

from app.core.i18n import N_

CONCERNS = {
    "own_life": N_("The writer may hurt or kill themselves"),
    "others": N_("Somebody may hurt another person"),
    "treated": N_("Somebody is treated badly by those who should help"),
    "drugs": N_("A drug that is stronger or other than people think"),
    "child": N_("A child may be in danger"),
    "unsure": N_("I am worried and not sure why"),
}
SENSITIVITIES = {
    "sensitive": N_("Sensitive"),
    "not_sensitive": N_("Non-sensitive"),
    "unclear": N_("To be clarified"),
}
CRITICALITIES = {
    "at_once": N_("Urgent or immediate action needs to be taken"),
    "action": N_("Action needs to be taken"),
    "no_action": N_("No immediate action necessary, general monitoring, review and action"),
    "taken": N_("Action already taken"),
    "unclear": N_("To be clarified"),
}
STATUSES = {
    "review": N_("Under review"),
    "internally": N_("Referred internally"),
    "externally": N_("Referred externally"),
    "no_action": N_("No individual action required"),
    "taken": N_("Action was taken"),
}
LOOPS = {
    "at_once": N_("Information provided immediately"),
    "call": N_("Follow-up call"),
    "visit": N_("Follow-up visit"),
    "message": N_("Follow-up message"),
    "focal_point": N_("Information shared with focal point"),
    "other": N_("Other"),
}
"""The lists of the IFRC community feedback kit, so that cases can be spoken of with others who use it."""
OUTCOMES = {
    "site_informed": N_("The place was told, in general words"),
    "drug_alert": N_("A drug warning went out"),
    "authority_informed": N_("An authority was told"),
    "help_shown_publicly": N_("Where to get help was shown to everybody there"),
    "nothing_possible": N_("Nothing could be done"),
    "not_a_case": N_("It was not a case after all"),
}
LOOKS = {
    "danger": N_("To judge how great the danger is"),
    "what_to_do": N_("To find out what can be done"),
    "masked": N_("The masks hide what matters here"),
}
"""Why the text itself is opened; it is written down with the case."""
STEPS = {
    "raised": N_("To be assessed"),
    "assessed": N_("To be decided"),
    "decided": N_("To be reviewed"),
    "reviewed": N_("To be closed"),
    "closed": N_("Closed"),
}
"""How far a case is, by what comes next."""
AFTERWARDS = {
    "use": N_("It goes back to the queue and is read like any other"),
    "leave_out": N_("It is left out: it could hurt someone if it is kept"),
}
"""What becomes of the text when its case is closed."""
