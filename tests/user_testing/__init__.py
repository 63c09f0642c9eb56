"""What users test with: strategies of a ruleset, and the pytest plugin."""
