"""The relations `subjects` and `inputs`, one row a subject, and how their columns are called."""

from __future__ import annotations

SUBJECT = "subject"
SUBJECTS, INPUTS = "subjects", "inputs"


def attribute_column(index: int) -> str:
    """The column of the relation `subjects` that holds the attribute of that place in the plan."""
    return f"a{index}"


def input_column(index: int) -> str:
    """The column of the relation `inputs` that holds the input of that place among the record's fields."""
    return f"i{index}"
