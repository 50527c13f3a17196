"""How people reach us: one package for each channel, and no channel knows another."""
