"""Diagnostics: what is wrong with a text or with data, where, why, and what mends it."""
