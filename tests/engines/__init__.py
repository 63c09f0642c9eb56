"""Runs on the real engines: their servers and sessions, started by fixtures that every test may use."""
