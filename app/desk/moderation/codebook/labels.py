"""What the parts and acts of the codebook are called on the screen; templates translate."""

from app.core.i18n import N_

FIELDS = {
    "name_da": N_("Name in Danish"),
    "name_en": N_("Name in English"),
    "definition_da": N_("Definition in Danish"),
    "definition_en": N_("Definition in English"),
    "use_when_da": N_("Use it when, in Danish"),
    "use_when_en": N_("Use it when, in English"),
    "exclusion_da": N_("Do not use it when, in Danish"),
    "exclusion_en": N_("Do not use it when, in English"),
    "example_da": N_("A typical example"),
    "borderline_da": N_("A borderline example"),
    "hints": N_("Hint words"),
    "principles": N_("Principles"),
    "colour": N_("Colour"),
    "parent_key": N_("Theme"),
    "state": N_("State"),
}
STATES = {
    "draft": N_("Draft"),
    "active": N_("In use"),
    "retired": N_("Retired"),
    "merged": N_("Merged"),
    "split": N_("Split"),
}
DID = {
    "add": N_("New code: “%(name)s”"),
    "edit": N_("“%(name)s” was written anew"),
    "move": N_("“%(name)s” was moved to “%(other)s”"),
    "merge": N_("“%(name)s” was merged into “%(other)s”"),
    "split": N_("“%(name)s” was to be split into %(other)s"),
    "split_end": N_("“%(name)s” is split: its list is empty"),
    "retire": N_("“%(name)s” was retired"),
    "restore": N_("“%(name)s” was restored"),
    "load": N_("A newer codebook came with the product"),
}
"""What a published change did."""
PROPOSED = {
    "add": N_("Add “%(name)s”"),
    "edit": N_("Write “%(name)s” anew"),
    "move": N_("Move “%(name)s” to “%(other)s”"),
    "merge": N_("Merge “%(name)s” into “%(other)s”"),
    "split": N_("Split “%(name)s” into %(other)s"),
    "retire": N_("Retire “%(name)s”"),
    "restore": N_("Restore “%(name)s”"),
}
"""What a change of the draft would do."""
ACTS = {
    "edit": N_("Edit"),
    "move": N_("Move"),
    "merge": N_("Merge"),
    "split": N_("Split"),
    "retire": N_("Retire"),
    "restore": N_("Restore"),
}
"""The buttons of a code."""
SAID = {
    "proposed": N_("It is in the draft. Somebody else must agree."),
    "out": N_("It is out of the draft."),
    "agreed": N_("Thank you. The draft waits for somebody to agree to the rest."),
    "published": N_("The new version is published."),
    "sorted": N_("Saved."),
}
"""What the live region says after an act; the address carries only the word on the left."""
