"""The least change of a subject that reaches a goal."""
