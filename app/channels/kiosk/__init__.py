"""The tablet of a place: enrolled once, works without net, sends sealed answers one by one."""
