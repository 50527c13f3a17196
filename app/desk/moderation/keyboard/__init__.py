"""Keys of the moderators' desk: what each does, and how a person changes them or switches them off."""
