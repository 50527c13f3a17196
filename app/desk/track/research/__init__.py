"""What research says about the same: registered, reviewed, laid beside each finding."""
