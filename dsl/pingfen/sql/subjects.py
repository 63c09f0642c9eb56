"""The relations `subjects` and `inputs`, one row a subject, and how their columns are called."""

from __future__ import annotations

from ..plan.quantity import Type, Words
from ..plan.ruleset import Plan

SUBJECT = "subject"
SUBJECTS, INPUTS = "subjects", "inputs"
VALID_FROM = "valid_from"
"""The column of attributes that says from which date a row's dated ones are valid."""


def attribute_column(index: int) -> str:
    """The column of the relation `subjects` that holds the attribute of that place in the plan."""
    return f"a{index}"


def input_column(index: int) -> str:
    """The column of the relation `inputs` that holds the input of that place among the record's fields."""
    return f"i{index}"


def subject_type(plan: Plan) -> Type:
    """The type of the subject's key: that of the first subject column, else a text."""
    return next((item.type for table in plan.events.tables for item in table.columns if item.role == "subject"), Words())


def has_dated(plan: Plan) -> bool:
    """Whether an attribute is dated."""
    return any(item.dated for item in plan.record.subject.attributes)
