"""Every engine against the interpreter: a suite of cases with known answers, and generated rulesets with generated events."""
