"""What the fields of a code are called on the page of an import."""

from app.core.i18n import N_

NAMES = {
    "name_da": N_("Danish name"),
    "name_en": N_("English name"),
    "definition_da": N_("Danish definition"),
    "definition_en": N_("English definition"),
    "use_when_da": N_("Use when, in Danish"),
    "use_when_en": N_("Use when, in English"),
    "exclusion_da": N_("Not here, in Danish"),
    "exclusion_en": N_("Not here, in English"),
    "example_da": N_("Example"),
    "borderline_da": N_("Borderline example"),
    "hints": N_("Hint words"),
    "principles": N_("Principles"),
    "colour": N_("Colour"),
    "parent": N_("Theme"),
}
