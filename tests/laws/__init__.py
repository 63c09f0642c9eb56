"""The laws: each test is one sentence that holds for every text, ruleset, record and table that can be generated."""
