"""Mutants: one operator, comparison or rounding of the three back ends changed at a time; the suite must notice."""
