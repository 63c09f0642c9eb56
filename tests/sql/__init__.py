"""SQL from the plan: one statement, the border's validation, and the command, on the real engines."""
