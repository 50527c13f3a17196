"""The citizen side: how people reach us; no channel knows another."""
