"""Claims proved over the plan, or refuted by a record that the interpreter confirms."""
