"""Hypothesis strategies of a ruleset and the pytest plugin that runs the examples and claims of its text."""
