"""The participation track: what was heard becomes a finding, a proposal, and a decision with a reason."""
