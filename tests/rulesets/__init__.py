"""The published rulesets: their counts, their tables, and the flights against an independent computation."""
